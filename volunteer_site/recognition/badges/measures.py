"""What badges count, one measure each. Nothing here asks the database.

A measure goes through somebody's standing entries and says, one by one, how far they have come.
To count something else, write such a function and name it in `MEASURES`; words for it are in
`wording`. What it must know beside the ledger is in `Around`.
"""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from volunteer_site.core import dates
from volunteer_site.hours.models import Proof
from volunteer_site.hours.queries import Entry

PAUSE: Final = 10  # weeks that a streak waits at most; after a longer pause it begins again
MORNING: Final = 9  # what begins before this hour is in the morning
SATURDAY: Final = 5
FRIDAY: Final = timedelta(days=4)  # after the Monday
MINUTES: Final = frozenset({"minutes", "category_minutes"})  # measures of time
SEEN: Final = frozenset({Proof.SCANNED.value, Proof.TICKED.value})


class Around(NamedTuple):
    """What is known about one person beside their entries."""

    community_id: int | None = None  # where they live
    early: frozenset[int] = frozenset()  # activities they signed up for a day before or earlier
    missed: tuple[date, ...] = ()  # no-shows that count, in order
    excused: frozenset[int] = frozenset()  # weeks in which they said that they cannot come
    brought: Mapping[int, frozenset[int]] = MappingProxyType({})  # activity: whom they brought
    led: frozenset[int] = frozenset()  # activities for which colleagues signed up after them
    days_off: frozenset[date] = frozenset()  # public holidays
    held: frozenset[tuple[int, int]] = frozenset()  # (community, week) with an activity

    def waits(self, entry: Entry, week: int) -> bool:
        """Tell whether a week without service breaks no streak: nobody could expect them.

        It was excused, its Friday was a holiday, or where they served last nothing took place.
        """
        return (
            week in self.excused
            or monday_of(week) + FRIDAY in self.days_off
            or (entry.recorder_id, week) not in self.held
        )

    def goes_on(self, entry: Entry, week: int) -> bool:
        """Tell whether a streak that has come to `entry` is unbroken when `week` begins."""
        gap = range(week_of(entry.service_date) + 1, week)
        return len(gap) <= PAUSE and all(self.waits(entry, one) for one in gap)

    def kept_word(self, entry: Entry, day: date) -> bool:
        """Tell whether there is no no-show from the day of `entry` until the day before `day`."""
        return bisect_left(self.missed, entry.service_date) == bisect_left(self.missed, day)


ALONE: Final = Around()


class Step(NamedTuple):
    """A line that moved a measure, and how far it has brought the person."""

    entry: Entry
    value: int


Steps = Callable[[Iterable[Entry], Around], Iterator[Step]]


def week_of(day: date) -> int:
    """Return the number of the week a day is in, Monday to Sunday, counted without end."""
    return (day.toordinal() - 1) // 7


def monday_of(week: int) -> date:
    """Return the first day of a week that has such a number."""
    return date.fromordinal(7 * week + 1)


def _every(_entry: Entry) -> bool:
    return True


@dataclass(frozen=True)
class Measure:
    """How to count, which entries it looks at, and what it must know of `Around`."""

    steps: Steps
    looks_at: Callable[[Entry], bool] = _every
    needs: frozenset[str] = frozenset()
    single: bool = True  # an entry brings one at most
    lasts: Callable[[Around, Entry, date], bool] | None = None  # for what may break: is it whole?

    @property
    def looks_at_all(self) -> bool:
        """Tell whether it looks at every entry, as most do."""
        return self.looks_at is _every


def _minutes(history: Iterable[Entry], _around: Around) -> Iterator[Step]:
    value = 0
    for entry in history:
        value += entry.minutes
        yield Step(entry, value)


def _once_each(what: Callable[[Entry], Hashable]) -> Steps:
    """Count how many different ones there are of something."""

    def steps(history: Iterable[Entry], _around: Around) -> Iterator[Step]:
        seen: set[Hashable] = set()
        for entry in history:
            if (one := what(entry)) not in seen:
                seen.add(one)
                yield Step(entry, len(seen))

    return steps


def _where(holds: Callable[[Entry, Around], bool]) -> Steps:
    """Count the entries of which something is true."""

    def steps(history: Iterable[Entry], around: Around) -> Iterator[Step]:
        value = 0
        for entry in history:
            if holds(entry, around):
                value += 1
                yield Step(entry, value)

    return steps


def _streak(history: Iterable[Entry], around: Around) -> Iterator[Step]:
    """Count weeks in a row; weeks that wait neither add nor break."""
    last, value = None, 0
    for entry in history:
        week = week_of(entry.service_date)
        if last is None or week > week_of(last.service_date):
            value = value + 1 if last and around.goes_on(last, week) else 1
            yield Step(entry, value)
        last = entry


def _kept(history: Iterable[Entry], around: Around) -> Iterator[Step]:
    """Count services in a row without a no-show on a day between them."""
    last, value = None, 0
    for entry in history:
        value = value + 1 if last and around.kept_word(last, entry.service_date) else 1
        last = entry
        yield Step(entry, value)


def _brought(history: Iterable[Entry], around: Around) -> Iterator[Step]:
    """Count the different people whom one signed up, and who came along."""
    seen: set[int] = set()
    for entry in history:
        fresh = around.brought.get(entry.activity_id or 0, frozenset()) - seen
        if fresh:
            seen |= fresh
            yield Step(entry, len(seen))


def _elsewhere(entry: Entry, around: Around) -> bool:
    return around.community_id is not None and entry.recorder_id != around.community_id


def _whole_streak(around: Around, entry: Entry, today: date) -> bool:
    return around.goes_on(entry, week_of(today))


def _needs(*names: str) -> frozenset[str]:
    return frozenset(names)


MEASURES: Final[dict[str, Measure]] = {
    "weeks": Measure(_once_each(lambda entry: week_of(entry.service_date))),
    "streak": Measure(_streak, needs=_needs("excused", "days_off", "held"), lasts=_whole_streak),
    "months": Measure(
        _once_each(lambda entry: (entry.service_date.year, entry.service_date.month))
    ),
    "seasons": Measure(_once_each(lambda entry: entry.service_date.month % 12 // 3)),
    "years": Measure(_once_each(lambda entry: entry.service_date.year)),
    "days": Measure(_once_each(lambda entry: entry.service_date)),
    "entries": Measure(_once_each(lambda entry: entry.id)),
    "minutes": Measure(_minutes, single=False),
    "category_minutes": Measure(_minutes, single=False),
    "categories": Measure(_once_each(lambda entry: entry.category)),
    "recorders": Measure(_once_each(lambda entry: entry.recorder_id)),
    "elsewhere": Measure(_where(_elsewhere), needs=_needs("community_id")),
    "weekends": Measure(
        _once_each(lambda entry: week_of(entry.service_date)),
        looks_at=lambda entry: entry.service_date.weekday() >= SATURDAY,
    ),
    "mornings": Measure(
        _once_each(lambda entry: entry.service_date),
        looks_at=lambda entry: dates.local(entry.started_at).hour < MORNING,
    ),
    "holidays": Measure(
        _where(lambda entry, around: entry.service_date in around.days_off),
        needs=_needs("days_off"),
    ),
    "early": Measure(
        _where(lambda entry, around: entry.activity_id in around.early), needs=_needs("early")
    ),
    "kept": Measure(_kept, needs=_needs("missed"), lasts=Around.kept_word),
    "at_the_door": Measure(
        _once_each(lambda entry: entry.id), looks_at=lambda entry: entry.proof in SEEN
    ),
    "for_unit": Measure(
        _once_each(lambda entry: entry.id), looks_at=lambda entry: entry.unit_id is not None
    ),
    "first_of_unit": Measure(
        _where(lambda entry, around: entry.activity_id in around.led),
        looks_at=lambda entry: entry.unit_id is not None,
        needs=_needs("led"),
    ),
    "brought": Measure(_brought, needs=_needs("brought"), single=False),
    "first_of_year": Measure(_once_each(lambda _entry: "the first")),
}
