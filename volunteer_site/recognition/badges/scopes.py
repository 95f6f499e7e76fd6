"""What a rule of a badge is: what is counted, of which entries, over what time, and how many."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from volunteer_site.hours.queries import Entry

PERIODS: Final[dict[str, Callable[[date], str]]] = {
    "ever": lambda _day: "",
    "year": lambda day: str(day.year),
}


class Scope(NamedTuple):
    """What several rules may share, to be counted once for all of them."""

    measure: str
    category: str = ""  # only work of this kind counts; "" for any
    over_period: str = "ever"  # ever, year, season (part of every year) or dates (once)
    first_day: str = ""  # of a season 03-01, of dates 2026-03-01
    last_day: str = ""
    programme: str = ""  # only services with these words in their title
    organisation_id: int | None = None  # only hours recorded there or below; of a unit, its own

    @property
    def narrow(self) -> bool:
        """Tell whether some entries do not count, whenever they were."""
        return bool(self.category or self.programme or self.organisation_id)

    def period(self, day: date) -> str | None:
        """Return the period a day counts in: "", a year, or None if it does not count.

        A season that goes on after New Year has the year in which it began.
        """
        if usual := PERIODS.get(self.over_period):
            return usual(day)
        told = day.isoformat()
        if self.over_period == "dates":
            return "" if self.first_day <= told <= self.last_day else None
        return self._season(told[5:], day.year)

    def _season(self, told: str, year: int) -> str | None:
        if self.first_day <= self.last_day:
            return str(year) if self.first_day <= told <= self.last_day else None
        if told >= self.first_day:
            return str(year)
        return str(year - 1) if told <= self.last_day else None


class Rule(NamedTuple):
    """What earns a badge: so many of a measure, of some entries, over some time."""

    badge_id: int
    measure: str
    category: str
    over_period: str
    threshold: int
    position: int
    open: bool = True  # False for a retired badge: whoever has it keeps it
    first_day: str = ""
    last_day: str = ""
    programme: str = ""
    organisation_id: int | None = None

    @property
    def scope(self) -> Scope:
        """Return what is counted, without how many."""
        days = (self.first_day, self.last_day)
        return Scope(
            self.measure, self.category, self.over_period, *days, self.programme,
            self.organisation_id,
        )  # fmt: skip


class Earned(NamedTuple):
    """A badge that somebody has reached, with the lines of the ledger it rests on."""

    badge_id: int
    person_id: int
    period: str
    entry: Entry  # the line that reached it
    entries: tuple[int, ...]


class Places(NamedTuple):
    """Which organisations with badges of their own a recorder, or a unit, belongs to."""

    recorders: Mapping[int, tuple[int, ...]] = MappingProxyType({})
    units: Mapping[int, tuple[int, ...]] = MappingProxyType({})

    def of(self, entry: Entry) -> tuple[int | None, ...]:
        """Return the places an entry counts at; None stands for everywhere."""
        there = self.recorders.get(entry.recorder_id, ())
        return (None, *there, *self.units.get(entry.unit_id or 0, ()))

    def at(self, place: int) -> tuple[list[int], list[int]]:
        """Return the recorders, and the units, that belong to a place."""
        recorders = [number for number, places in self.recorders.items() if place in places]
        return recorders, [number for number, places in self.units.items() if place in places]


EVERYWHERE: Final = Places()
