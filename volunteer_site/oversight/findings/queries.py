"""Which entries may be proven false, and what was found before."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.hours.queries import standing
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.oversight.changes import Consequences, Line, Lost, Sum, Touched, Voided
from volunteer_site.oversight.findings.models import Finding
from volunteer_site.people.models import Person

MOST = 500  # entries to choose from


class Choice(NamedTuple):
    """An entry that counts, with what one needs to know to choose it."""

    number: int
    recorder_id: int
    person_id: int
    person: str
    title: str
    community: str
    service_date: date
    started_at: datetime
    ended_at: datetime
    minutes: int
    proof: str
    by: str | None


class Listed(NamedTuple):
    """A finding on the list."""

    id: int
    found_at: datetime
    by: str
    reason: str
    facts: dict[str, Any]


def of_activity(paths: Iterable[str], activity_id: int) -> list[Choice]:
    """Return the entries that count of an activity, those recorded at or below these paths."""
    return _choices(
        paths, ServiceRecord.source == "activity", ServiceRecord.source_id == activity_id
    )


def of_person(paths: Iterable[str], person_id: int) -> list[Choice]:
    """Return the entries that count of a person, those recorded at or below these paths."""
    return _choices(paths, HourEntry.person_id == person_id)


def of_number(paths: Iterable[str], number: int) -> list[Choice]:
    """Return the entry with this number, or the entries of the activity with it."""
    return _choices(paths, HourEntry.id == number) or of_activity(paths, number)


def chosen(paths: Iterable[str], entry_ids: Collection[int]) -> list[Choice]:
    """Return these entries; raises NotFound if one does not count or is not theirs (R56)."""
    found = _choices(paths, HourEntry.id.in_(entry_ids))
    if len(found) != len(set(entry_ids)):
        raise NotFound(
            _("One of these entries is not there, not yours, or was taken back already."),
            link=("/office/findings/new", _("Choose again")),
        )
    return found


def listed(paths: Iterable[str]) -> list[Listed]:
    """Return what was found in these districts, the latest first."""
    asked = (
        sa.select(Finding.id, Finding.found_at, Person.name, Finding.reason, Finding.facts)
        .join(Organisation, Organisation.id == Finding.district_id)
        .join(Person, Person.id == Finding.found_by_id)
        .where(at_or_below(paths))
        .order_by(Finding.id.desc())
        .limit(200)
    )
    return [Listed(*row) for row in db.session.execute(asked)]


def through(paths: Iterable[str], finding_id: int) -> tuple[Finding, str, Organisation]:
    """Return a finding of these districts, who found it, and the district; or NotFound (R56)."""
    asked = (
        sa.select(Finding, Person.name, Organisation)
        .join(Organisation, Organisation.id == Finding.district_id)
        .join(Person, Person.id == Finding.found_by_id)
        .where(Finding.id == finding_id, at_or_below(paths))
    )
    row = db.session.execute(asked).one_or_none()
    if row is None:
        raise NotFound(_("There is no such finding, or it is not one of yours."))
    return row[0], row[1], row[2]


def facts_of(found: Consequences) -> dict[str, Any]:
    """Return what changed as it is kept: people by number only (R45)."""
    return {
        "lines": [
            [line.number, line.person_id, line.title, line.service_date.isoformat(), line.minutes]
            for line in found.lines
        ],
        "sums": [[one.person_id, one.before, one.after] for one in found.sums],
        "badges": [[one.award_id, one.badge_id, one.person_id, one.period] for one in found.badges],
        "rolls": [list(roll) for roll in found.rolls],
        "certificates": [[one.number, one.person_id] for one in found.certificates],
    }


def kept(finding: Finding) -> Consequences:
    """Return the list of what changed as it was kept, with the names that people have now."""
    facts, at = finding.facts, finding.found_at
    names = _names({one[1] for one in facts["lines"]})
    return Consequences(
        [_line(one, names, at) for one in facts["lines"]],
        [Sum(person, names[person], before, after) for person, before, after in facts["sums"]],
        [
            Lost(award, badge, person, names[person], period, at)
            for award, badge, person, period in facts["badges"]
        ],
        [Touched(*roll) for roll in facts["rolls"]],
        tuple(Voided(number, person, names[person]) for number, person in facts["certificates"]),
    )


def _line(one: list[Any], names: dict[int, str], at: datetime) -> Line:
    number, person, title, day, minutes = one
    on = date.fromisoformat(day)
    return Line(number, person, names[person], title, on, "", minutes, "", None, at, at, 0)


def _names(person_ids: Collection[int]) -> dict[int, str]:
    asked = sa.select(Person.id, Person.name).where(Person.id.in_(person_ids))
    return dict(db.session.execute(asked).all())


def _choices(paths: Iterable[str], *conditions: sa.ColumnElement[bool]) -> list[Choice]:
    by = orm.aliased(Person)
    asked = (
        sa.select(
            HourEntry.id, HourEntry.recorder_id, HourEntry.person_id, Person.name,
            ServiceRecord.title, Organisation.name, HourEntry.service_date,
            HourEntry.started_at, HourEntry.ended_at,
            HourEntry.minutes, HourEntry.proof, by.name,
        )
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .join(Organisation, Organisation.id == HourEntry.recorder_id)
        .join(Person, Person.id == HourEntry.person_id)
        .outerjoin(by, by.id == HourEntry.recorded_by_id)
        .where(*conditions, HourEntry.minutes > 0, standing(), at_or_below(paths))
        .order_by(HourEntry.started_at.desc(), Person.pinyin, HourEntry.id)
        .limit(MOST)
    )  # fmt: skip
    rows: Iterable[Any] = db.session.execute(asked)
    return [Choice(*row) for row in rows]
