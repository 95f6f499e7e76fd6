"""How names are laid out on paper: how large, in how many columns, which names share a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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

    @cached_property
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

    columns: int
    points: float
    row: tuple[float, float]
    room: float = SHORT


@dataclass(frozen=True)
class Form:
    """The paper that names stand on: its template and its measures in millimetres.

    `sizes`, and `long_sizes` for units and teams, whose names are long, go from the largest type
    to the least that is still read where the paper hangs or lies. `rooms` are, for one sheet, two
    and so on, the heights in points that each page has for names; beyond them each further sheet
    brings `more`. A line of sentences more or less at the foot is allowed for.
    """

    template: str
    page: tuple[float, float]
    margin: tuple[float, float, float, float]  # above, right, below, left
    frame: float  # from the edge of the paper to the lines around it
    wide: float  # what is left for a row of names
    scale: float  # of everything that is not a name
    rooms: tuple[tuple[float, ...], ...]
    more: tuple[float, ...]
    sizes: tuple[Size, ...]
    long_sizes: tuple[Size, ...]

    def sheets(self, rows: int, height: float) -> int:
        """Return how far along `rooms` so many rows of this height reach, from 0 on."""
        for place, rooms in enumerate(self.rooms):
            if _rows_in(rooms, height) >= rows:
                return place
        left = rows - _rows_in(self.rooms[-1], height)
        return len(self.rooms) - 1 - (-left // max(1, _rows_in(self.more, height)))


A4 = Form(
    "roll.typ",
    (210, 297),
    (37, 26, 35, 28),
    15,
    156,
    1,
    ((280,), (442, 472)),
    (637,),
    (
        Size(1, 42, (1.5, 2.1)),
        Size(1, 34, (1.5, 2.1)),
        Size(2, 28, (1.5, 2.3)),
        Size(3, 20, (1.5, 2.4)),
        Size(4, 15, (1.45, 2.4)),
        Size(5, 12, (1.4, 2.4)),
    ),
    (
        Size(1, 28, (1.5, 2.3), 12),
        Size(1, 19, (1.45, 2.3), 16),
        Size(2, 15, (1.45, 3), 11),
        Size(2, 12, (1.4, 2.4), 13),
    ),
)
A3 = Form(
    "roll.typ",
    (297, 420),
    (42, 29, 38, 29),
    15,
    239,
    1.38,
    ((472,), (697, 735)),
    (963,),
    (
        Size(1, 58, (1.5, 2.1)),
        Size(1, 48, (1.5, 2.1)),
        Size(2, 39, (1.5, 2.3)),
        Size(3, 28, (1.5, 2.4)),
        Size(4, 21, (1.45, 2.4)),
        Size(5, 18, (1.45, 2.4)),
        Size(6, 15.5, (1.36, 2.4)),
    ),
    (
        Size(1, 39, (1.5, 2.3), 12),
        Size(1, 28, (1.45, 2.3), 16),
        Size(2, 21, (1.45, 3), 12),
        Size(2, 18, (1.45, 3), 14),
        Size(2, 15.5, (1.4, 2.4), 16),
    ),
)
LEAFLET = Form(
    "roll_list.typ",
    (297, 210),
    (11, 11, 12, 11),
    9,
    126.5,
    0.86,
    ((505, 505), (505, 505, 345)),
    (505, 505, 505, 505),
    (
        Size(1, 34, (1.5, 3)),
        Size(1, 26, (1.5, 3)),
        Size(2, 19, (1.5, 3)),
        Size(3, 14, (1.45, 3)),
        Size(4, 11.5, (1.4, 2.6)),
        Size(5, 10.5, (1.36, 2.4)),
    ),
    (
        Size(1, 19, (1.5, 3), 13),
        Size(1, 16, (1.45, 3), 16),
        Size(2, 11, (1.45, 3), 12),
        Size(2, 10.5, (1.36, 2.6), 12.5),
    ),
)


def size_for(lines: Sequence[RollLine], form: Form = A4) -> Size:
    """Return the largest type in which these people need no more sheets than in the least."""
    long = 2 * sum(line.ems > SHORT for line in lines) > len(lines)
    sizes = form.long_sizes if long else form.sizes
    fewest = _sheets(lines, sizes[-1], form)
    return next(size for size in sizes if _sheets(lines, size, form) <= fewest)


def row_of(lines: Sequence[RollLine], size: Size) -> tuple[float, float]:
    """Return the least and the most height of a row, in widths of a sign; notes need room too."""
    note = 0.6 * any(line.note for line in lines)
    return size.row[0] + note, size.row[1] + note


def _sheets(lines: Sequence[RollLine], size: Size, form: Form) -> int:
    return form.sheets(len(pack(lines, size)), row_of(lines, size)[0] * size.points)


def _rows_in(rooms: Sequence[float], height: float) -> int:
    return sum(int(room // height) for room in rooms)


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
