"""How names are laid out on paper: how large, in how many columns, which names share a row."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

COLUMN_EMS = 7.3
BESIDE_EMS = 3.0


@dataclass(frozen=True)
class RollLine:
    """One person on the roll, ready to be read: rank, name as it may be shown, hours, a note."""

    rank: int
    name: str
    hours: str
    note: str = ""

    @property
    def ems(self) -> float:
        """Return how wide the name is, in widths of a Chinese sign."""
        return sum(1.0 if is_wide(sign) else 0.56 for sign in self.name)

    @property
    def spread(self) -> bool:
        """Tell whether the name has two signs, which are spread to the width of three (R65)."""
        return len(self.name) == 2 and all(map(is_wide, self.name))  # noqa: PLR2004


@dataclass(frozen=True)
class Size:
    """A way to lay out a roll: in `columns`, in type of `points`.

    `row` is the least and the most height of a row, in widths of a sign.
    """

    name: str
    columns: int
    points: float
    row: tuple[float, float]


FEW = Size("few", 1, 42, (1.5, 2.1))
SOME = Size("some", 2, 28, (1.5, 2.3))
MANY = Size("many", 3, 20, (1.5, 2.4))
MORE = Size("more", 4, 15, (1.45, 2.4))
CROWD = Size("crowd", 5, 12, (1.45, 2.4))
# Up to so many cells, this size: chosen so that each step fills its one, two or more sheets.
STEPS = ((4, FEW), (10, SOME), (24, MANY), (48, MORE), (72, CROWD), (160, MORE))


def is_wide(sign: str) -> bool:
    """Tell whether a sign is as wide as a Chinese one."""
    return unicodedata.east_asian_width(sign) in "WF"


def size_for(lines: Sequence[RollLine]) -> Size:
    """Return the largest type in which these people fit well on the fewest sheets."""
    return next(
        (size for most, size in STEPS if sum(span(line, size) for line in lines) <= most), CROWD
    )


def span(line: RollLine, size: Size) -> int:
    """Return how many cells the name takes: one up to four signs, else as many as it needs."""
    if line.ems <= 4:  # noqa: PLR2004
        return 1
    return min(size.columns, -int(-(line.ems + BESIDE_EMS) // COLUMN_EMS))


def pack(lines: Sequence[RollLine], size: Size) -> list[list[tuple[RollLine, int]]]:
    """Put people into rows in their order; a name that doesn't fit any more starts a row."""
    rows: list[list[tuple[RollLine, int]]] = []
    free = 0
    for line in lines:
        cells = span(line, size)
        if cells > free:
            rows.append([])
            free = size.columns
        rows[-1].append((line, cells))
        free -= cells
    return rows
