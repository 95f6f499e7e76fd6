"""What can be asked about spot checks, each only through the roles of who asks (R56)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from volunteer_site.oversight.spot_checks.models import Result, SpotCheck, SpotCheckLine
from volunteer_site.people.models import Person

AT_ONCE = 24  # draws on a page


class Row(NamedTuple):
    """An entry that was drawn, with what the ledger says about it."""

    line: SpotCheckLine
    person: str
    volunteer: str  # the number
    community: str
    activity_id: int | None
    title: str
    place: str
    service_date: date
    started_at: datetime
    ended_at: datetime
    minutes: int
    proof: str
    recorder: str | None
    stands: bool


@dataclass(frozen=True)
class Shares:
    """What a spot check found, in numbers."""

    check: SpotCheck
    district: str
    by: str
    drawn: int
    found: dict[str, int]  # by result

    @property
    def looked_at(self) -> int:
        """Return how many of the entries have been looked at."""
        return sum(self.found.values())

    def share(self, result: str) -> str:
        """Return how many of a hundred that were looked at had this result, to one decimal."""
        return f"{self.found.get(result, 0) * 100 / max(1, self.looked_at):.1f}"


def through(paths: Iterable[str], check_id: int) -> Shares:
    """Return the spot check if its district is at or below one of these paths; or NotFound."""
    return _one(_shares(at_or_below(paths), SpotCheck.id == check_id))


def drawn(paths: Iterable[str]) -> list[Shares]:
    """Return the spot checks of these districts, the latest first."""
    return _shares(at_or_below(paths))


def published_in(roots: Iterable[int], check_id: int | None = None) -> list[Shares]:
    """Return the published spot checks of these districts, for everybody who belongs there."""
    conditions: list[sa.ColumnElement[bool]] = [
        SpotCheck.organisation_id.in_(roots),
        SpotCheck.published_at.is_not(None),
    ]
    if check_id is not None:
        conditions.append(SpotCheck.id == check_id)
    return _shares(*conditions)


def published(roots: Iterable[int], check_id: int) -> Shares:
    """Return a published spot check of these districts; raises NotFound."""
    return _one(published_in(roots, check_id))


def districts_of(organisation_ids: Iterable[int]) -> set[int]:
    """Return the districts that these organisations belong to."""
    asked = sa.select(Organisation.path).where(Organisation.id.in_(list(organisation_ids)))
    return {int(path.split("/")[1]) for path in db.session.scalars(asked)}


def rows(check_id: int) -> list[Row]:
    """Return the entries that were drawn, in the order of the sheet."""
    by = orm.aliased(Person)
    asked = (
        sa.select(
            SpotCheckLine, Person.name, Person.number, Organisation.name,
            sa.case((ServiceRecord.source == "activity", ServiceRecord.source_id)),
            ServiceRecord.title, ServiceRecord.place, HourEntry.service_date,
            HourEntry.started_at, HourEntry.ended_at, HourEntry.minutes, HourEntry.proof,
            by.name, standing(),
        )
        .join(HourEntry, HourEntry.id == SpotCheckLine.entry_id)
        .join(Person, Person.id == HourEntry.person_id)
        .join(Organisation, Organisation.id == HourEntry.recorder_id)
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .outerjoin(by, by.id == HourEntry.recorded_by_id)
        .where(SpotCheckLine.check_id == check_id)
        .order_by(SpotCheckLine.position)
    )  # fmt: skip
    found: Iterable[Any] = db.session.execute(asked)
    return [Row(*row) for row in found]


def number_of(person_id: int) -> str:
    """Return somebody's own number as a volunteer."""
    number: str = db.session.execute(
        sa.select(Person.number).where(Person.id == person_id)
    ).scalar_one()
    return number


def _shares(*conditions: sa.ColumnElement[bool]) -> list[Shares]:
    asked = (
        sa.select(
            SpotCheck, Organisation.name, Person.name, sa.func.count(SpotCheckLine.id),
            *(sa.func.count().filter(SpotCheckLine.result == one) for one in Result),
        )
        .join(Organisation, Organisation.id == SpotCheck.organisation_id)
        .join(Person, Person.id == SpotCheck.drawn_by_id)
        .join(SpotCheckLine, SpotCheckLine.check_id == SpotCheck.id)
        .where(*conditions)
        .group_by(SpotCheck.id, Organisation.name, Person.name)
        .order_by(SpotCheck.month.desc(), SpotCheck.id.desc())
        .limit(AT_ONCE)
    )  # fmt: skip
    return [
        Shares(check, district, by, count, dict(zip(Result, found, strict=True)))
        for check, district, by, count, *found in db.session.execute(asked)
    ]


def _one(found: Sequence[Shares]) -> Shares:
    if not found:
        raise NotFound(_("There is no such spot check, or it is not one of your district's."))
    return found[0]
