"""Everything that waits for a second person, in one list: late entries and full days (R7, R21)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from volunteer_site.attendance.late import deadlines, rules
from volunteer_site.attendance.late import queries as late
from volunteer_site.core.access import Actor
from volunteer_site.hours.held import queries as held
from volunteer_site.hours.held import rules as held_rules

LATELY = timedelta(days=14)


@dataclass(frozen=True)
class Item:
    """One thing that waits or was decided, and why this visitor may not decide about it."""

    kind: str  # "late" or "held"
    line: late.Line | held.Line
    at: datetime  # when it came to wait, or was decided
    why_not: str = ""
    until: date | None = None  # last day on which it can be granted

    @property
    def name(self) -> str:
        """Return a name for the page: late-17."""
        return f"{self.kind}-{self.line.id}"


def waiting(paths: Iterable[str], by: Actor) -> list[Item]:
    """Return what waits at or below these paths, the oldest first; what is theirs before the rest.

    Three statements, however many wait.
    """
    paths = tuple(paths)
    asked = late.waiting(paths)
    last = deadlines.last_days([line.asked_at for line in asked])
    found = [
        Item("late", line, line.asked_at, rules.why_not(line, by), last[line.asked_at])
        for line in asked
    ]
    found += [
        Item("held", line, line.held_at, held_rules.why_not(line, by))
        for line in held.waiting(paths)
    ]
    return sorted(found, key=lambda item: (bool(item.why_not), item.at, item.name))


def decided(paths: Sequence[str], now: datetime) -> list[Item]:
    """Return what was decided in the last two weeks, the latest first."""
    since = now - LATELY
    found = [Item("late", one, one.decided_at or since) for one in late.decided(paths, since)]
    found += [Item("held", one, one.decided_at or since) for one in held.decided(paths, since)]
    return sorted(found, key=lambda item: item.at, reverse=True)
