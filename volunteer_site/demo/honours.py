"""What hours are honoured with, counted for one person after the other; nothing is written here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter

from volunteer_site.core import dates
from volunteer_site.recognition.models import Badge


@dataclass(frozen=True, slots=True)
class Credit:
    """What honours are counted from: one entry of the ledger."""

    entry: int
    person: int
    recorder: int
    unit: int | None
    category: str
    day: date
    started_at: datetime
    minutes: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Earned:
    """A badge that somebody has reached, with the entries it rests on."""

    badge: int
    person: int
    period: str
    credit: Credit  # the one that reached it
    entries: tuple[int, ...]


@dataclass(slots=True)
class _Count:
    """How far somebody has come in one measure and one period."""

    value: int = 0
    entries: list[int] = field(default_factory=list)
    seen: set[object] = field(default_factory=set)


def earned(history: Iterable[Credit], badges: Iterable[Badge]) -> Iterator[Earned]:
    """Yield what one person has earned with their entries, in the order of their service."""
    rules = list(badges)
    counts: dict[tuple[str, str, str], _Count] = {}
    for credit in sorted(history, key=attrgetter("started_at", "entry")):
        moved = {}
        for badge in rules:
            period = str(credit.day.year) if badge.over_period == "year" else ""
            key = (badge.measure, badge.category, period)
            if key not in moved:
                count = counts.setdefault(key, _Count())
                moved[key] = (count.value, count)
                _step(count, badge, credit)
            before, count = moved[key]
            if before < badge.threshold <= count.value:
                yield Earned(badge.id, credit.person, period, credit, tuple(count.entries))


def _step(count: _Count, badge: Badge, credit: Credit) -> None:
    """Count the entry if it moves this measure; weeks and communities count once each."""
    if badge.category not in {"", credit.category} or credit.minutes <= 0:
        return
    once: object = {
        "weeks": dates.week_of(credit.day),
        "recorders": credit.recorder,
        "first_of_year": "first",
    }.get(badge.measure, credit.entry)
    if once in count.seen:
        return
    count.seen.add(once)
    count.value += credit.minutes if "minutes" in badge.measure else 1
    count.entries.append(credit.entry)
