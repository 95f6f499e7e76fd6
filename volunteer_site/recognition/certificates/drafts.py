"""What a certificate would say: entries that stand, added up by what was done (R31, R32)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from volunteer_site.core import text
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.models import HourEntry, Proof, ServiceRecord
from volunteer_site.hours.proofs import Shares
from volunteer_site.hours.queries import standing
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people import queries as people
from volunteer_site.people.models import Person

MOST_LINES: Final = 8  # kinds of service that are named one by one


class Days(NamedTuple):
    """Whose hours with which recorder, from day to day, both included."""

    person_id: int
    recorder_id: int
    first: date
    last: date


class Recorder(NamedTuple):
    """A community that recorded hours of somebody: from which day to which, and how many."""

    id: int
    name: str
    first: date
    last: date
    minutes: int


class Line(NamedTuple):
    """A kind of service: the activity's name, the kind of work, how often, how long."""

    title: str
    category: str
    occasions: int
    minutes: int


@dataclass(frozen=True)
class Draft:
    """What the ledger says about these days, ready to be written out."""

    days: Days
    recorder: Organisation
    entries: tuple[int, ...]
    lines: tuple[Line, ...]
    shares: Shares

    @property
    def minutes(self) -> int:
        """Return all minutes."""
        return sum(line.minutes for line in self.lines)

    @property
    def occasions(self) -> int:
        """Return how often the person served."""
        return len(self.entries)

    @property
    def named(self) -> tuple[Line, ...]:
        """Return the lines that are named one by one, the longest service first."""
        return self.lines if len(self.lines) <= MOST_LINES else self.lines[: MOST_LINES - 1]

    @property
    def others(self) -> tuple[Line, ...]:
        """Return the lines that are added up in one."""
        return self.lines[len(self.named) :]


def served(paths: Iterable[str], words: str) -> list[Person]:
    """Return who fits these words and has hours recorded at or below these paths (at most 50)."""
    if not (words := text.tidy(words)):
        return []
    entry = (
        sa.select(HourEntry.id)
        .join(Organisation, Organisation.id == HourEntry.recorder_id)
        .where(HourEntry.person_id == Person.id, HourEntry.minutes > 0, standing())
        .where(at_or_below(paths))
    )
    asked = sa.select(Person).where(Person.erased_at.is_(None), people.fits(words), entry.exists())
    return list(db.session.scalars(asked.order_by(Person.pinyin, Person.id).limit(people.MOST)))


def recorders(person_id: int, paths: Iterable[str] | None = None) -> list[Recorder]:
    """Return who recorded hours of this person, most hours first (R32); at these paths if given."""
    places = () if paths is None else (at_or_below(paths),)
    minutes = sa.func.sum(HourEntry.minutes)
    days = (sa.func.min(HourEntry.service_date), sa.func.max(HourEntry.service_date))
    asked = (
        sa.select(Organisation.id, Organisation.name, *days, minutes)
        .join(HourEntry, HourEntry.recorder_id == Organisation.id)
        .where(HourEntry.person_id == person_id, HourEntry.minutes > 0, standing(), *places)
        .group_by(Organisation.id, Organisation.name)
        .order_by(minutes.desc(), Organisation.id)
    )
    return [Recorder(*row) for row in db.session.execute(asked)]


def of(days: Days) -> Draft:
    """Return what the ledger says about these days; NotFound if the recorder has nothing (R32)."""
    if all(one.id != days.recorder_id for one in recorders(days.person_id)):
        raise NotFound(
            _("This community has recorded no hours of this person, so it cannot certify any."),
            link=("/me/certificates/new", _("Choose another one")),
        )
    return read(days)


def read(days: Days) -> Draft:
    """Return what the ledger says about these days, also if that is nothing any more."""
    recorder = db.session.get_one(Organisation, days.recorder_id)
    asked = (
        sa.select(
            HourEntry.id, HourEntry.minutes, HourEntry.proof, ServiceRecord.title,
            ServiceRecord.category,
        )
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .where(
            HourEntry.person_id == days.person_id,
            HourEntry.recorder_id == days.recorder_id,
            HourEntry.service_date.between(days.first, days.last),
            HourEntry.minutes > 0,
            standing(),
        )
        .order_by(HourEntry.id)
    )  # fmt: skip
    rows = db.session.execute(asked).all()
    entries = tuple(row[0] for row in rows)
    return Draft(days, recorder, entries, _lines(rows), _shares(rows))


def _lines(rows: Iterable[Any]) -> tuple[Line, ...]:
    """Add up what was done under the same name and of the same kind, the longest first."""
    found: dict[tuple[str, str], Line] = {}
    for _number, minutes, _proof, title, category in rows:
        before = found.get((title, category), Line(title, category, 0, 0))
        added = Line(title, category, before.occasions + 1, before.minutes + minutes)
        found[title, category] = added
    return tuple(sorted(found.values(), key=lambda line: (-line.minutes, line.title)))


def _shares(rows: Iterable[Any]) -> Shares:
    minutes = dict.fromkeys(Proof, 0)
    for row in rows:
        minutes[Proof(row[2])] += row[1]
    return Shares(*minutes.values())
