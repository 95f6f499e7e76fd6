"""How much of a day counts by itself: plain sums, no database (R7).

A credit is cut at the end of what fits: its beginning counts, its end waits. Whatever the order in
which a day's credits arrive, the minutes of each kind are the same: the first `automatic` minutes
count, those up to `approval` wait for a second person of the community, the rest for the office.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from volunteer_site.hours.held.models import Level

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Caps:
    """Minutes of a person on one day: what counts at once, and what the community may grant."""

    automatic: int
    approval: int


@dataclass(frozen=True)
class Day:
    """What a person has on a day already: minutes in the ledger, and those that wait."""

    counted: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Piece:
    """A part of a credit; `level` is who has to grant it, None what counts at once."""

    started_at: datetime
    ended_at: datetime
    minutes: int
    level: Level | None


def cut(span: tuple[datetime, datetime], minutes: int, day: Day, caps: Caps) -> list[Piece]:
    """Cut a credit of so many minutes, within a span, where the day's limits lie.

    A break that was taken off lies in the last piece, so each is at least as long as its minutes.
    """
    start, end = span
    parts = list(_parts(minutes, day, caps))
    pieces = []
    for number, (part, level) in enumerate(parts, start=1):
        until = end if number == len(parts) else start + part * MINUTE
        pieces.append(Piece(start, until, part, level))
        start = until
    return pieces


def _parts(minutes: int, day: Day, caps: Caps) -> Iterator[tuple[int, Level | None]]:
    """Yield how many minutes count at once and how many wait for whom; none that is empty."""
    at_once = min(minutes, max(0, caps.automatic - day.counted))
    before = day.counted + at_once + day.waiting
    community = min(minutes - at_once, max(0, caps.approval - before))
    office = minutes - at_once - community
    if at_once or not minutes:
        yield at_once, None
    if community:
        yield community, Level.COMMUNITY
    if office:
        yield office, Level.OFFICE
