"""Where the bars of a chart stand; the page draws them as SVG, so they print and need no script.

Lengths are in the drawing's own units; a phone is 360 of them wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

WIDTH: Final = 360
HEIGHT: Final = 190
LEFT, RIGHT, TOP, BOTTOM = 34, 356, 12, 166  # the field in which the bars stand
THICK: Final = 0.66  # of the room that each bar has
STEPS: Final = (1, 2, 5)


class Row(NamedTuple):
    """What one bar says: `part` of `whole`, as in 12 who came of 15 who signed up."""

    label: str
    whole: int
    part: int

    @property
    def percent(self) -> int:
        """Return the share in whole percents, rounded down; 0 of nothing."""
        return 100 * self.part // self.whole if self.whole else 0


@dataclass(frozen=True)
class Bar:
    """One bar: a frame as high as the whole, filled as high as the part."""

    row: Row
    x: float
    width: float
    whole_y: float
    part_y: float

    @property
    def middle(self) -> float:
        """Return where the words below it are centred."""
        return round(self.x + self.width / 2, 1)

    @property
    def whole_height(self) -> float:
        """Return how high the frame is."""
        return round(BOTTOM - self.whole_y, 1)

    @property
    def part_height(self) -> float:
        """Return how high the filling is."""
        return round(BOTTOM - self.part_y, 1)


@dataclass(frozen=True)
class Chart:
    """Bars side by side, and the lines that say how high they are."""

    bars: list[Bar]
    lines: list[tuple[float, int]]  # how far down, and for which number
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM


def bars(rows: Sequence[Row]) -> Chart:
    """Place a bar for each row from left to right, the highest as high as the field."""
    highest = max((max(row.whole, row.part) for row in rows), default=0)
    step = _step(highest)
    top = max(step, -(-highest // step) * step)
    pitch = (RIGHT - LEFT) / max(len(rows), 1)
    placed = [_bar(row, LEFT + number * pitch, pitch, top) for number, row in enumerate(rows)]
    return Chart(placed, [(_height(number, top), number) for number in range(0, top + 1, step)])


def _bar(row: Row, at: float, pitch: float, top: int) -> Bar:
    width = round(pitch * THICK, 1)
    x = round(at + (pitch - width) / 2, 1)
    return Bar(row, x, width, _height(row.whole, top), _height(row.part, top))


def _height(number: int, top: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * number / top, 1)


def _step(highest: int) -> int:
    """Return the round number, 1, 2 or 5 with noughts, that makes at most five lines."""
    tens = 1
    while True:
        for step in STEPS:
            if highest <= 5 * step * tens:
                return step * tens
        tens *= 10
