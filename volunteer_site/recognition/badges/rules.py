"""Who has earned which badge. Nothing here asks the database: posting, pages and demo share it.

A rule says what is counted (see `measures`), of which entries, over what time, and how many. All
rules together are a rulebook, which counts each measure once for a person and only where that
person has entries it may look at.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import accumulate
from math import inf
from operator import attrgetter
from typing import NamedTuple

from volunteer_site.hours.queries import Entry
from volunteer_site.recognition.badges.measures import (
    ALONE,
    MEASURES,
    MINUTES,
    Around,
    Measure,
    Step,
)
from volunteer_site.recognition.badges.scopes import (
    EVERYWHERE,
    PERIODS,
    Earned,
    Places,
    Rule,
    Scope,
)

__all__ = ["EVERYWHERE", "PERIODS", "Earned", "Places", "Rule", "Rulebook", "Scope"]


class Counting(NamedTuple):
    """A scope with its rules, the easiest first, and the fewest entries that may reach one."""

    scope: Scope
    measure: Measure
    rules: list[Rule]
    fewest: int
    plain: bool  # everything counts, in one period


Key = tuple[str, int | None]  # category, place
Held = tuple[int, str]  # badge, period


class Rulebook:
    """All rules together, so that each measure is counted once a person."""

    def __init__(
        self,
        rules: Iterable[Rule],
        places: Places = EVERYWHERE,
        days_off: frozenset[date] = frozenset(),
    ) -> None:
        self.days_off = days_off
        self.places = places
        self._periods: dict[Scope, set[str]] = {}  # count only these; all of what is not in it
        self.rules = list(rules)
        scopes: dict[Scope, list[Rule]] = defaultdict(list)
        for rule in self.rules:
            scopes[rule.scope].append(rule)
        self._countings: dict[Key, list[Counting]] = defaultdict(list)
        for scope, ones in scopes.items():
            key = scope.category, scope.organisation_id
            self._countings[key].append(_counting(scope, ones))
        for countings in self._countings.values():
            countings.sort(key=attrgetter("fewest"))
        names = {scope.measure for scope in scopes}
        self.needs = frozenset().union(*(MEASURES[name].needs for name in names))
        self.narrow = any(scope.measure == "streak" and scope.narrow for scope in scopes)

    def earned(
        self, history: Iterable[Entry], around: Around = ALONE, held: Collection[Held] = ()
    ) -> list[Earned]:
        """Return what one person has earned, in the order of their service.

        Badges in `held` (with their period) are left out, so nothing is counted only for them.
        """
        found = [
            (got.entry.started_at, got.entry.id, rule.position, got)
            for counting, period, lines in self._counted(history, held)
            if (wanted := _wanted(counting, period, lines, held))
            for rule, got in _reached(counting.measure, wanted, period, lines, around)
        ]
        return [got for *_order, got in sorted(found, key=lambda one: one[:3])]

    def values(
        self, history: Iterable[Entry], today: date, around: Around = ALONE
    ) -> dict[int, int]:
        """Return how far one person has come towards each badge, in the period it is today."""
        values = {rule.badge_id: 0 for rule in self.rules}
        for key, entries in self._sorted(history).items():
            for counting in self._countings[key]:
                lines = _by_period(counting, entries).get(counting.scope.period(today) or "")
                if lines and counting.scope.period(today) is not None:
                    value = _value(counting.measure, lines, today, around)
                    values |= dict.fromkeys((rule.badge_id for rule in counting.rules), value)
        return values

    def touched_by(self, entries: Iterable[Entry], badge_ids: Collection[int]) -> "Rulebook":
        """Return the rules that these entries may have changed, and those of these badges.

        Of the former only the periods are counted in which these entries are.
        """
        periods: dict[Scope, set[str]] = defaultdict(set)
        for entry in entries:
            for key in self._keys(entry):
                for counting in self._countings[key]:
                    periods[counting.scope].update(_by_period(counting, [entry]))
        shaken = {rule.scope for rule in self.rules if rule.badge_id in badge_ids}
        rules = [rule for rule in self.rules if periods.get(rule.scope) or rule.scope in shaken]
        book = Rulebook(rules, self.places, self.days_off)
        book._periods = {scope: found for scope, found in periods.items() if scope not in shaken}
        return book

    def _counted(
        self, history: Iterable[Entry], held: Collection[Held]
    ) -> Iterator[tuple[Counting, str, list[Entry]]]:
        """Yield what is counted for one person, where it may be enough for what is not held."""
        for key, entries in self._sorted(history).items():
            for counting in self._countings[key]:
                if counting.fewest > len(entries):
                    break
                for period, lines in self._in_periods(counting, entries, held):
                    yield counting, period, lines

    def _in_periods(
        self, counting: Counting, entries: list[Entry], held: Collection[Held]
    ) -> Iterator[tuple[str, list[Entry]]]:
        only = self._periods.get(counting.scope)
        if not _all_held(counting, only, held):
            for period, lines in _by_period(counting, entries).items():
                if only is None or period in only:
                    yield period, lines

    def _sorted(self, history: Iterable[Entry]) -> dict[Key, list[Entry]]:
        """Put what counts in order of time, by kind of work and by place."""
        found: dict[Key, list[Entry]] = defaultdict(list)
        for entry in sorted(history, key=attrgetter("started_at", "id")):
            if entry.minutes > 0:
                for key in self._keys(entry):
                    found[key].append(entry)
        return found

    def _keys(self, entry: Entry) -> list[Key]:
        places = self.places.of(entry)
        return [
            (category, place)
            for category in dict.fromkeys(("", entry.category))
            for place in places
            if (category, place) in self._countings
        ]


def _counting(scope: Scope, rules: list[Rule]) -> Counting:
    measure = MEASURES[scope.measure]
    rules = sorted(rules, key=attrgetter("threshold"))
    plain = measure.looks_at_all and not scope.programme and scope.over_period == "ever"
    return Counting(scope, measure, rules, rules[0].threshold if measure.single else 1, plain)


def _all_held(counting: Counting, only: set[str] | None, held: Collection[Held]) -> bool:
    """Tell whether nothing is left to reach, as far as that can be told without counting."""
    periods = only if counting.scope.over_period in {"year", "season"} else {""}
    if periods is None:
        return False
    return all((rule.badge_id, one) in held for rule in counting.rules for one in periods)


def _wanted(
    counting: Counting, period: str, lines: list[Entry], held: Collection[Held]
) -> list[Rule]:
    """Return the rules that these entries may reach and that are not held, the easiest first."""
    wanted = [rule for rule in counting.rules if (rule.badge_id, period) not in held]
    if not wanted:
        return []
    most = len(lines) if counting.measure.single else _most(counting, lines)
    return wanted if most >= wanted[0].threshold else []


def _most(counting: Counting, lines: list[Entry]) -> float:
    if counting.scope.measure in MINUTES:
        return sum(entry.minutes for entry in lines)
    return inf


def _counts(counting: Counting, entry: Entry) -> bool:
    return counting.scope.programme in entry.title and counting.measure.looks_at(entry)


def _by_period(counting: Counting, history: list[Entry]) -> dict[str, list[Entry]]:
    if counting.plain:
        return {"": history}
    periods: dict[str, list[Entry]] = defaultdict(list)
    for entry in history:
        if _counts(counting, entry):
            period = counting.scope.period(entry.service_date)
            if period is not None:
                periods[period].append(entry)
    return periods


def _value(measure: Measure, lines: list[Entry], today: date, around: Around) -> int:
    if measure.lasts and not measure.lasts(around, lines[-1], today):
        return 0
    steps = list(measure.steps(lines, around))
    return steps[-1].value if steps else 0


def _reached(
    measure: Measure, rules: list[Rule], period: str, lines: list[Entry], around: Around
) -> Iterator[tuple[Rule, Earned]]:
    steps = list(measure.steps(lines, around))
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
