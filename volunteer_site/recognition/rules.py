"""What badges count. Nothing here asks the database: posting, pages and the demo share one rule.

A measure is one function that goes through somebody's standing entries and says, one by one, how
far they have come. To count something else, write such a function and name it in `MEASURES`.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date
from itertools import accumulate
from operator import attrgetter
from typing import Final, NamedTuple

from volunteer_site.hours.queries import Entry


class Rule(NamedTuple):
    """What earns a badge: so many of a measure, ever or within a year."""

    badge_id: int
    measure: str
    category: str  # only work of this kind counts; "" for any
    over_period: str
    threshold: int
    position: int
    open: bool = True  # False for a retired badge: whoever has it keeps it


class Earned(NamedTuple):
    """A badge that somebody has reached, with the lines of the ledger it rests on."""

    badge_id: int
    person_id: int
    period: str
    entry: Entry  # the line that reached it
    entries: tuple[int, ...]


class Step(NamedTuple):
    """A line that moved a measure, and how far it has brought the person."""

    entry: Entry
    value: int


Measure = Callable[[Iterable[Entry]], Iterator[Step]]


def _minutes(history: Iterable[Entry]) -> Iterator[Step]:
    value = 0
    for entry in history:
        value += entry.minutes
        yield Step(entry, value)


def _once_each(what: Callable[[Entry], Hashable]) -> Measure:
    """Count how many different ones there are of something."""

    def measure(history: Iterable[Entry]) -> Iterator[Step]:
        seen: set[Hashable] = set()
        for entry in history:
            if (one := what(entry)) not in seen:
                seen.add(one)
                yield Step(entry, len(seen))

    return measure


MEASURES: Final[dict[str, Measure]] = {
    "weeks": _once_each(lambda entry: entry.service_date.isocalendar()[:2]),
    "minutes": _minutes,
    "category_minutes": _minutes,
    "recorders": _once_each(attrgetter("recorder_id")),
    "entries": _once_each(attrgetter("id")),
    "first_of_year": _once_each(lambda _entry: "the first"),
}
PERIODS: Final[dict[str, Callable[[date], str]]] = {
    "ever": lambda _day: "",
    "year": lambda day: str(day.year),
}


class Scope(NamedTuple):
    """What several rules may share, to be counted once for all of them."""

    measure: str
    category: str
    over_period: str


class Rulebook:
    """All rules together, so that each measure is counted once a person."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._scopes: dict[Scope, list[Rule]] = defaultdict(list)
        for rule in rules:
            self._scopes[Scope(*rule[1:4])].append(rule)

    def earned(self, history: Iterable[Entry]) -> list[Earned]:
        """Return what one person has earned, in the order of their service."""
        found = [
            (got.entry.started_at, got.entry.id, rule.position, got)
            for rules, period, steps in self._counted(history)
            for rule, got in _reached(rules, period, steps)
        ]
        return [got for *_order, got in sorted(found, key=lambda one: one[:3])]

    def values(self, history: Iterable[Entry], today: date) -> dict[int, int]:
        """Return how far one person has come towards each badge, in the period it is today."""
        reached = {rule.badge_id: 0 for rules in self._scopes.values() for rule in rules}
        now = {period(today) for period in PERIODS.values()}
        for rules, period, steps in self._counted(history):
            if period in now:
                reached |= dict.fromkeys((rule.badge_id for rule in rules), steps[-1].value)
        return reached

    def _counted(self, history: Iterable[Entry]) -> Iterator[tuple[list[Rule], str, list[Step]]]:
        kinds = _by_category(history)
        for scope, rules in self._scopes.items():
            periods = _by_period(kinds.get(scope.category, ()), scope.over_period)
            for period, lines in periods.items():
                yield rules, period, list(MEASURES[scope.measure](lines))


def _by_category(history: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Put what counts in order of time: all of it under "", and each kind of work by itself."""
    kinds: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(history, key=attrgetter("started_at", "id")):
        if entry.minutes > 0:
            for kind in {"", entry.category}:
                kinds[kind].append(entry)
    return kinds


def _by_period(history: Iterable[Entry], over: str) -> dict[str, list[Entry]]:
    periods: dict[str, list[Entry]] = defaultdict(list)
    for entry in history:
        periods[PERIODS[over](entry.service_date)].append(entry)
    return periods


def _reached(
    rules: Iterable[Rule], period: str, steps: list[Step]
) -> Iterator[tuple[Rule, Earned]]:
    best = list(accumulate((step.value for step in steps), max))
    for rule in rules:
        at = bisect_left(best, rule.threshold)
        if at < len(steps):
            entry = steps[at].entry
            rests_on = tuple(step.entry.id for step in steps[_begin(steps, at) : at + 1])
            yield rule, Earned(rule.badge_id, entry.person_id, period, entry, rests_on)


def _begin(steps: list[Step], at: int) -> int:
    """Return where the count that led to step `at` began: after it last fell, if it ever did."""
    while at and steps[at - 1].value <= steps[at].value:
        at -= 1
    return at
