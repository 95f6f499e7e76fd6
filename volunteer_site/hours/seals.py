"""What is shown of the seals: the head of the chain month by month, and the sealed books."""

from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.core.look import Look
from volunteer_site.hours.books.models import BookSeal
from volunteer_site.hours.models import Seal


class Head(NamedTuple):
    """The last sealed day of a month: its digest stands for everything until then."""

    day: date
    digest: str
    entries: int  # of the whole month
    minutes: int

    @property
    def line(self) -> str:
        """Return what a QR code says, and what `verify --known` reads."""
        return f"{self.day} {self.digest}"


class State(NamedTuple):
    """Tells whether anything was sealed since a page was made."""

    last_day: date | None
    last_book_at: datetime | None


_state = Look(
    sa.select(
        sa.select(sa.func.max(Seal.day)).scalar_subquery(),
        sa.select(sa.func.max(BookSeal.sealed_at)).scalar_subquery(),
    )
)


def state() -> State:
    """Return what has been sealed last."""
    return State(*_state()[0])


def years() -> list[int]:
    """Return the years that have seals, the latest first."""
    first, last = db.session.execute(sa.select(sa.func.min(Seal.day), sa.func.max(Seal.day))).one()
    return list(range(last.year, first.year - 1, -1)) if first else []


def heads(year: int) -> list[Head]:
    """Return the last seal of each month of a year, with what the month has, the latest first."""
    asked = sa.select(Seal.day, Seal.digest, Seal.entries, Seal.minutes).where(
        Seal.day.between(date(year, 1, 1), date(year, 12, 31))
    )
    months: dict[int, Head] = {}
    for day, digest, entries, minutes in db.session.execute(asked.order_by(Seal.day)):
        before = months.get(day.month, Head(day, digest, 0, 0))
        months[day.month] = Head(day, digest, before.entries + entries, before.minutes + minutes)
    return list(reversed(months.values()))


def sealed_books(year: int) -> dict[str, int]:
    """Return how many books of each month of a year are sealed."""
    asked = sa.select(BookSeal.month, sa.func.count()).where(BookSeal.month.startswith(str(year)))
    rows = db.session.execute(asked.group_by(BookSeal.month))
    return {month: count for month, count in rows}  # noqa: C416 -- typed
