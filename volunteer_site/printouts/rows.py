"""How names are laid out on paper: how large, in how many columns, which names share a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from volunteer_site.core.text import is_spread, is_wide

SHORT = 4.0  # the usual name: up to four signs
BESIDE = 3.0  # signs' room that rank and number take beside a name
BETWEEN = 3.3  # what a cell has beyond its names, taken together


def ems(name: str) -> float:
    """Return about how wide a name is, in widths of a Chinese sign."""
    return sum(1.0 if is_wide(sign) else 0.56 for sign in name)


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
        return ems(self.name)

    @property
    def spread(self) -> bool:
        """Tell whether the name is spread to the width of three signs."""
        return is_spread(self.name)


@dataclass(frozen=True)
class Size:
    """A way to lay out a roll: in `columns`, in type of `points`.

    `row` is the least and the most height of a row, and `room` how long a name one cell takes,
    both in widths of a sign.
    """

    name: str
    columns: int
    points: float
    row: tuple[float, float]
    room: float = SHORT


@dataclass(frozen=True)
class Form:
    """The paper that names stand on: its template and its measures in millimetres.

    `steps` say up to how many cells a size is taken; they are chosen so that each fills its one,
    two or more sheets. Beyond them it is `crowd`. `long_steps` and `long_crowd` are for rolls of
    units and teams, whose names are long.
    """

    template: str
    page: tuple[float, float]
    margin: tuple[float, float, float, float]  # above, right, below, left
    wide: float  # what is left for a row of names
    scale: float  # of everything that is not a name
    steps: tuple[tuple[int, Size], ...]
    crowd: Size
    long_steps: tuple[tuple[int, Size], ...]
    long_crowd: Size


FEW = Size("few", 1, 42, (1.5, 2.1))
SOME = Size("some", 2, 28, (1.5, 2.3))
MANY = Size("many", 3, 20, (1.5, 2.4))
MORE = Size("more", 4, 15, (1.45, 2.4))
CROWD = Size("crowd", 5, 12, (1.45, 2.4))
A4 = Form(
    "roll.typ",
    (210, 297),
    (37, 26, 35, 28),
    156,
    1,
    ((4, FEW), (10, SOME), (24, MANY), (48, MORE), (72, CROWD), (160, MORE)),
    CROWD,
    (
        (4, Size("some", 1, 28, (1.5, 2.3), 12)),
        (8, Size("many", 1, 20, (1.5, 2.1), 16)),
        (24, Size("more", 2, 15, (1.45, 2.4), 11)),
    ),
    Size("crowd", 2, 12, (1.45, 2.4), 13),
)
A3 = Form(
    "roll.typ",
    (297, 420),
    (50, 33, 47, 33),
    231,
    1.38,
    (
        (4, Size("few", 1, 58, (1.5, 2.1))),
        (10, Size("some", 2, 39, (1.5, 2.3))),
        (24, Size("many", 3, 28, (1.5, 2.4))),
        (48, Size("more", 4, 21, (1.45, 2.4))),
        (75, Size("lots", 5, 17, (1.45, 2.4))),
        (108, Size("mass", 6, 14.5, (1.45, 2.4))),
        (147, Size("crowd", 7, 12.5, (1.45, 2.4))),
        (250, Size("lots", 5, 17, (1.45, 2.4))),
        (350, Size("mass", 6, 14.5, (1.45, 2.4))),
    ),
    Size("crowd", 7, 12.5, (1.45, 2.4)),
    (
        (4, Size("some", 1, 39, (1.5, 2.3), 12)),
        (8, Size("many", 1, 28, (1.5, 2.1), 16)),
        (24, Size("more", 2, 21, (1.45, 2.4), 11)),
    ),
    Size("crowd", 2, 17, (1.45, 2.4), 13),
)
LEAFLET = Form(
    "roll_list.typ",
    (297, 210),
    (11, 11, 12, 11),
    126.5,
    0.86,
    (
        (36, Size("some", 2, 17, (1.5, 2.4))),
        (132, Size("many", 3, 14, (1.45, 2.4))),
        (240, Size("more", 4, 11, (1.4, 2.4))),
    ),
    Size("crowd", 5, 9, (1.38, 2.4)),
    (
        (10, Size("many", 1, 16, (1.5, 2.4), 15)),
        (70, Size("more", 2, 11, (1.4, 2.4), 12)),
    ),
    Size("crowd", 2, 9, (1.38, 2.4), 13),
)


def size_for(lines: Sequence[RollLine], form: Form = A4) -> Size:
    """Return the largest type in which these people fit well on the fewest sheets."""
    long = 2 * sum(line.ems > SHORT for line in lines) > len(lines)
    steps, crowd = (form.long_steps, form.long_crowd) if long else (form.steps, form.crowd)
    fitting = (size for most, size in steps if sum(span(one, size) for one in lines) <= most)
    return next(fitting, crowd)


def span(line: RollLine, size: Size) -> int:
    """Return how many cells the name takes: one if it is short, else as many as it needs."""
    if line.ems <= size.room:
        return 1
    return min(size.columns, -int(-(line.ems + BESIDE) // (size.room + BETWEEN)))


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
