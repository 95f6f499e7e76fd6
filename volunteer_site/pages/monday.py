"""Monday: everything that waits for somebody, from all corners of the site, the most urgent first.

Each corner (`volunteer_site.pages.corners`) is asked once, however many communities there are.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from volunteer_site.core import dates

NEAR: Final = timedelta(days=3)
ORDER: Final = ("late", "near", "open")  # the most urgent first
KINDS: Final = (
    "close",
    "sheet",
    "approve",
    "certificate",
    "star",
    "design",
    "book",
    "objection",
    "appeal",
    "question",
    "deed",
    "notice",
    "roll",
)


@dataclass(frozen=True)
class Errand:
    """One thing to do: what, where, until when, and the address where one tap does it."""

    kind: str
    title: str
    place: str
    href: str
    due_on: date | None = None  # None: whenever, or in a year nobody knows yet (R9)
    since: datetime | None = None

    def urgency(self, today: date) -> str:
        """Return late, near (within three days) or open."""
        if self.due_on is None:
            return "open"
        if self.due_on < today:
            return "late"
        return "near" if self.due_on - today <= NEAR else "open"


@dataclass(frozen=True)
class Pile:
    """What waits in one community."""

    place: str
    kinds: Counter[str]
    late: int
    due_on: date | None  # the nearest

    @property
    def number(self) -> int:
        """Return how many things wait."""
        return self.kinds.total()


Source = Callable[[Sequence[str], datetime], Iterable[Errand]]


def errands(paths: Sequence[str], now: datetime, sources: Iterable[Source]) -> list[Errand]:
    """Return what waits at or below these paths, late ones first, then by their day."""
    today = dates.today(now)
    found = [errand for source in sources for errand in source(paths, now)]

    def place(errand: Errand) -> tuple[int, date, str]:
        urgency = ORDER.index(errand.urgency(today))
        return urgency, errand.due_on or date.max, errand.place

    return sorted(found, key=place)


def piles(found: Iterable[Errand], today: date) -> list[Pile]:
    """Return what waits by community: the most that is late first, then the most that waits."""
    by_place: dict[str, list[Errand]] = {}
    for errand in found:
        by_place.setdefault(errand.place, []).append(errand)
    heaps = [_pile(name, ones, today) for name, ones in by_place.items()]
    return sorted(heaps, key=lambda pile: (-pile.late, -pile.number, pile.place))


def _pile(place: str, ones: list[Errand], today: date) -> Pile:
    due = [errand.due_on for errand in ones if errand.due_on]
    late = sum(errand.urgency(today) == "late" for errand in ones)
    return Pile(place, Counter(errand.kind for errand in ones), late, min(due, default=None))
