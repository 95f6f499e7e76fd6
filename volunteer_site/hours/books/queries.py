"""How far the months' books are: open, signed off, changed since, sealed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import calendar, dates
from volunteer_site.core.db import db
from volunteer_site.hours.books.contents import Book, Key, books
from volunteer_site.hours.books.models import BookSeal, BookSignOff
from volunteer_site.hours.models import HourEntry
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Person

WORKING_DAYS_TO_SIGN = 10  # after the month's end
LOOKED_BACK = 12  # months; older ones are found on their own page
SETTLED = timedelta(minutes=1)  # until whatever was under way at the sign-off is written


class Signed(NamedTuple):
    """The last sign-off of a book, and its seal if there is one."""

    id: int
    entries: int
    digest: str
    at: datetime
    by_id: int
    by: str
    sealed_at: datetime | None
    sealed_by: str | None
    seal: str | None


class Standing(NamedTuple):
    """How far a recorder's book of a month is."""

    recorder_id: int
    slug: str
    name: str
    month: str
    book: Book
    signed: Signed | None
    due_on: date | None  # None: nobody knows the year's holidays yet (R9)

    @property
    def state(self) -> str:
        """Return empty, open, changed (since the sign-off), signed or sealed."""
        if self.signed is None:
            return "open" if self.book.lines else "empty"
        if self.signed.sealed_at is not None:
            return "sealed"
        return "signed" if self.signed.entries == self.book.lines else "changed"

    def is_late(self, today: date) -> bool:
        """Tell whether it should have been signed off by now."""
        due = self.due_on is not None and today > self.due_on
        return due and self.state in {"open", "changed"}

    def ready_for(self, officer_id: int, now: datetime) -> bool:
        """Tell whether this officer may seal it now: signed off, settled, by somebody else."""
        if self.signed is None or self.state != "signed":
            return False
        return self.signed.by_id != officer_id and now - self.signed.at >= SETTLED


def deadline(month: str) -> date | None:
    """Return the day until which a month is signed off (R8); None if nobody knows the year (R9)."""
    last = dates.month_dates(month)[1]
    try:
        return calendar.working_day_after(last, WORKING_DAYS_TO_SIGN)
    except calendar.UnknownYear:
        return None


def standings(paths: Iterable[str], month: str) -> list[Standing]:
    """Return the books of a month of all communities at or below these paths, by name.

    Four queries, however many there are.
    """
    found = _recorders(paths)
    there = books([number for number, *_ in found], [month])
    known = signed([number for number, *_ in found], [month])
    due_on = deadline(month)
    return [
        Standing(
            number, slug, name, month,
            there.get((number, month), Book()), known.get((number, month)), due_on,
        )
        for number, slug, name, is_open in found
        if is_open or (number, month) in there
    ]  # fmt: skip


def open_books(paths: Iterable[str], now: datetime) -> list[Standing]:
    """Return the books of months that are over and have hours but no seal, oldest first.

    Looks a year back; of the communities at or below these paths.
    """
    paths = tuple(paths)
    this_month = dates.month_of(dates.today(now))
    months = [dates.add_months(this_month, -back) for back in range(LOOKED_BACK, 0, -1)]
    waiting = _unsealed(paths, months)
    return [
        one
        for month in months
        if month in waiting
        for one in standings(paths, month)
        if one.state not in {"empty", "sealed"}
    ]


def _unsealed(paths: Iterable[str], months: Sequence[str]) -> set[str]:
    """Return those months in which somebody has hours and no seal; a few looks into an index."""
    listed = sa.union_all(*(sa.select(sa.literal(month).label("month")) for month in months))
    of = listed.subquery().c
    has_hours = sa.exists().where(
        HourEntry.recorder_id == Organisation.id, HourEntry.month == of.month
    )
    has_seal = sa.exists().where(
        BookSeal.recorder_id == Organisation.id, BookSeal.month == of.month
    )
    asked = (
        sa.select(of.month)
        .join(Organisation, sa.true())
        .where(Organisation.kind == Kind.COMMUNITY, at_or_below(paths), has_hours, ~has_seal)
    )
    return set(db.session.scalars(asked.distinct()))


def _recorders(paths: Iterable[str]) -> list[tuple[int, str, str, bool]]:
    is_open = Organisation.closed_at.is_(None)
    asked = sa.select(Organisation.id, Organisation.slug, Organisation.name, is_open).where(
        Organisation.kind == Kind.COMMUNITY, at_or_below(paths)
    )
    rows = db.session.execute(asked.order_by(Organisation.pinyin, Organisation.name))
    return [(number, slug, name, bool(opened)) for number, slug, name, opened in rows]


def signed(recorder_ids: Iterable[int], months: Iterable[str]) -> dict[Key, Signed]:
    """Return the last sign-off of each of these books that was signed off, and its seal."""
    signer, sealer = orm.aliased(Person), orm.aliased(Person)
    columns: tuple[Any, ...] = (
        BookSignOff.recorder_id, BookSignOff.month, BookSignOff.id, BookSignOff.entries,
        BookSignOff.digest, BookSignOff.signed_off_at, signer.id, signer.name,
        BookSeal.sealed_at, sealer.name, BookSeal.digest,
    )  # fmt: skip
    asked = (
        sa.select(*columns)
        .join(signer, signer.id == BookSignOff.signed_off_by_id)
        .outerjoin(BookSeal, BookSeal.sign_off_id == BookSignOff.id)
        .outerjoin(sealer, sealer.id == BookSeal.sealed_by_id)
        .where(BookSignOff.recorder_id.in_(recorder_ids), BookSignOff.month.in_(months))
        .order_by(BookSignOff.id)
    )
    return {(row[0], row[1]): Signed(*row[2:]) for row in db.session.execute(asked)}


def is_closed(entry_id: int) -> bool:
    """Tell whether the book of the month of an entry's service is sealed."""
    asked = sa.select(HourEntry.id).join(
        BookSeal,
        sa.and_(BookSeal.recorder_id == HourEntry.recorder_id, BookSeal.month == HourEntry.month),
    )
    return db.session.scalar(asked.where(HourEntry.id == entry_id)) is not None


def last_sign_off(recorder_id: int, month: str) -> BookSignOff | None:
    """Return the last sign-off of a book; None if nobody has signed it off."""
    asked = sa.select(BookSignOff).where(
        BookSignOff.recorder_id == recorder_id, BookSignOff.month == month
    )
    return db.session.scalar(asked.order_by(BookSignOff.id.desc()).limit(1))
