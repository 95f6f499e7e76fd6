"""How many minutes count: plain sums, no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Served:
    """The time that counts, and its whole minutes."""

    started_at: datetime
    ended_at: datetime
    minutes: int


def served(present: Span, shift: Span, taken: Sequence[Span] = (), pause: int = 0) -> Served:
    """Return the time of a presence that counts.

    What lies inside the shift (R5), outside what counts elsewhere (R6), in whole minutes rounded
    down (R4), less the declared break of `pause` minutes. Where other hours lie in the middle the
    longest piece counts: a mark has one line in the ledger, whose span is what was credited, so
    that nobody can be credited again for a minute inside it and a service stays one occasion. The
    shorter piece is for a correction, with its reason.
    """
    start = min(max(present[0], shift[0]), shift[1])
    end = max(start, min(present[1], shift[1]))
    pieces = list(_outside((start, end), taken))
    start, end = max(pieces, key=_length, default=(start, start))
    return Served(start, end, max(0, (end - start) // MINUTE - pause))


def _outside(whole: Span, taken: Iterable[Span]) -> Iterable[Span]:
    """Yield the pieces of a time that are left when others are cut out of it, earliest first."""
    free_from, end = whole
    for begins, ends in sorted(taken):
        if min(begins, end) > free_from:
            yield free_from, min(begins, end)
        free_from = max(free_from, ends)
    if end > free_from:
        yield free_from, end


def _length(span: Span) -> timedelta:
    return span[1] - span[0]
