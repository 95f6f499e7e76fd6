"""What is in a month's book.

An entry belongs to the book of its service's month, unless it was recorded after the sign-off with
which that book was sealed: then it is in the book of the month in which it was recorded. So every
line of the ledger is in exactly one book, and a sealed book never changes.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.hours import proofs
from volunteer_site.hours.books.models import BookSeal
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.hours.proofs import Shares
from volunteer_site.people.models import Person

Key = tuple[int, str]  # recorder and month


class Part(NamedTuple):
    """Some lines of a book added up; reversals count as lines and take minutes off."""

    lines: int = 0
    shares: Shares = Shares()

    @property
    def minutes(self) -> int:
        """Return the minutes of these lines."""
        return self.shares.minutes


class Book(NamedTuple):
    """A recorder's month: services of the month, and what came too late for an earlier book."""

    own: Part = Part()
    earlier: Part = Part()

    @property
    def lines(self) -> int:
        """Return how many lines of the ledger are in it."""
        return self.own.lines + self.earlier.lines

    @property
    def shares(self) -> Shares:
        """Return the minutes of all lines by proof."""
        return self.own.shares + self.earlier.shares

    @property
    def minutes(self) -> int:
        """Return the minutes of all lines."""
        return self.shares.minutes


class Held(NamedTuple):
    """Somebody's month in a book."""

    person_id: int
    name: str
    lines: int
    shares: Shares


class Late(NamedTuple):
    """A line that came after the book of its own month was sealed."""

    number: int
    person: str
    title: str
    service_date: date
    kind: str
    proof: str
    minutes: int
    reason: str


def all_of(found: Iterable[Book]) -> Book:
    """Return several books added up."""
    ours, earlier = Part(), Part()
    for one in found:
        ours = Part(ours.lines + one.own.lines, ours.shares + one.own.shares)
        earlier = Part(earlier.lines + one.earlier.lines, earlier.shares + one.earlier.shares)
    return Book(ours, earlier)


def book(recorder_id: int, month: str) -> Book:
    """Return what is in the book of a month, added up; an empty one if nothing is."""
    return books([recorder_id], [month]).get((recorder_id, month), Book())


def books(recorder_ids: Collection[int], months: Sequence[str]) -> dict[Key, Book]:
    """Return the books of these recorders and months that have a line, added up."""
    found: dict[Key, dict[bool, Part]] = {}
    for month, condition in ((month, in_books(recorder_ids, month)) for month in months):
        late = HourEntry.month != month
        asked = sa.select(HourEntry.recorder_id, late, sa.func.count(), *proofs.sums())
        asked = asked.where(condition).group_by(HourEntry.recorder_id, late)
        for recorder, is_late, lines, *minutes in db.session.execute(asked):
            part = Part(lines, Shares(*map(int, minutes)))
            found.setdefault((recorder, month), {})[bool(is_late)] = part
    return {key: Book(p.get(False, Part()), p.get(True, Part())) for key, p in found.items()}


def people(recorder_id: int, month: str) -> list[Held]:
    """Return what each person has in a book, by number; names are shown to the staff only."""
    asked = sa.select(HourEntry.person_id, Person.name, sa.func.count(), *proofs.sums())
    asked = asked.join(Person, Person.id == HourEntry.person_id)
    asked = asked.where(in_books([recorder_id], month)).group_by(HourEntry.person_id, Person.name)
    rows = db.session.execute(asked.order_by(HourEntry.person_id))
    return [
        Held(person, name, lines, Shares(*map(int, minutes)))
        for person, name, lines, *minutes in rows
    ]


def from_earlier(recorder_id: int, month: str) -> list[Late]:
    """Return the lines of a book whose services were in months that are sealed, in order."""
    asked = sa.select(
        HourEntry.id, Person.name, ServiceRecord.title, HourEntry.service_date, HourEntry.kind,
        HourEntry.proof, HourEntry.minutes, HourEntry.reason,
    )  # fmt: skip
    asked = asked.join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
    asked = asked.join(Person, Person.id == HourEntry.person_id)
    rows = asked.where(_fell_into([recorder_id], month)).order_by(HourEntry.id)
    return [Late(*row) for row in db.session.execute(rows)]


def in_books(recorder_ids: Collection[int], month: str) -> sa.ColumnElement[bool]:
    """Return the condition that an `HourEntry` is in the month's book of one of these."""
    recorder = HourEntry.recorder_id.in_(recorder_ids)
    own = sa.and_(recorder, HourEntry.month == month, ~_too_late())
    return sa.or_(own, _fell_into(recorder_ids, month))


def _fell_into(recorder_ids: Collection[int], month: str) -> sa.ColumnElement[bool]:
    begins, ends = dates.month_bounds(month)
    return sa.and_(
        HourEntry.recorder_id.in_(recorder_ids),
        HourEntry.recorded_at >= begins,
        HourEntry.recorded_at < ends,
        HourEntry.month != month,
        _too_late(),
    )


def _too_late() -> sa.ColumnElement[bool]:
    """Return the condition that an entry came after the book of its month was sealed."""
    return sa.exists().where(
        BookSeal.recorder_id == HourEntry.recorder_id,
        BookSeal.month == HourEntry.month,
        BookSeal.until_at < HourEntry.recorded_at,
    )
