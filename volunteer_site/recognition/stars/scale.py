"""星级: what the official stars take. The office may change it; hours alone never give one (R37).

Nothing here has to do with badges, which carry other names (R38).
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

MOST: Final = 5  # stars


class Level(NamedTuple):
    """What one star takes: hours in all, and days since the star before was awarded."""

    level: int
    hours: int
    days: int = 0  # for the first star: since the person registered; 0 asks for none

    @property
    def minutes(self) -> int:
        """Return the hours in minutes, as the ledger counts."""
        return self.hours * 60


OFFICIAL: Final = (Level(1, 100), Level(2, 300), Level(3, 600), Level(4, 1000), Level(5, 1500))


class Star(NamedTuple):
    """The star that somebody may go for now, and how far they have come."""

    level: int
    hours: int  # it takes
    minutes: int  # given so far
    from_day: date | None = None  # not before this day, where days are still missing

    @property
    def can_apply(self) -> bool:
        """Say whether one may apply; whether it is given, people decide."""
        return self.minutes >= self.hours * 60 and self.from_day is None

    @property
    def share(self) -> float:
        """Return how much of the way is done, 0 to 1."""
        return min(self.minutes / (self.hours * 60), 1.0)


def next_star(
    minutes: int, held: int = 0, scale: Sequence[Level] = OFFICIAL, from_day: date | None = None
) -> Star | None:
    """Return the star after the `held` ones, whatever the hours: none is skipped (R37).

    None for who has all of them.
    """
    if held >= len(scale):
        return None
    return Star(held + 1, scale[held].hours, minutes, from_day)


def ripe_on(level: Level, since: date) -> date:
    """Return the first day on which the days that a star takes have passed."""
    return since + timedelta(days=level.days)


def reachable(minutes: int, scale: Sequence[Level] = OFFICIAL) -> int:
    """Return the highest star that so many minutes are enough for; 0 for none."""
    return bisect_right([level.minutes for level in scale], minutes)
