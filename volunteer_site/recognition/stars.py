"""星级: the official stars. They are applied for and approved, never given for hours alone (R37).

Nothing here has to do with badges, which carry other names (R38).
"""

from typing import Final, NamedTuple

SCALE: Final = (100, 300, 600, 1000, 1500)  # hours for one to five stars


class Star(NamedTuple):
    """The star that somebody may go for now, and how far their hours have come."""

    level: int
    hours: int  # it takes
    minutes: int  # given so far

    @property
    def can_apply(self) -> bool:
        """Say whether there are hours enough to apply; whether it is given, people decide."""
        return self.minutes >= self.hours * 60

    @property
    def share(self) -> float:
        """Return how much of the way is done, 0 to 1."""
        return min(self.minutes / (self.hours * 60), 1.0)


def next_star(minutes: int, held: int = 0) -> Star | None:
    """Return the star after the `held` ones, whatever the hours: none is skipped (R37).

    None for who has all five.
    """
    if held >= len(SCALE):
        return None
    return Star(held + 1, SCALE[held], minutes)
