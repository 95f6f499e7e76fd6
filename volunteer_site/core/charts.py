"""Where bars and squares stand; the page draws them as SVG, so they print and need no script.

Lengths are in the drawing's own units; a phone is 360 of them wide.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

WIDTH: Final = 360
HEIGHT: Final = 190
LEFT, RIGHT, TOP, BOTTOM = 34, 356, 12, 166  # the field in which the bars stand
THICK: Final = 0.66  # of the room that each bar has
STEPS: Final = (1, 2, 5)

PITCH, SQUARE, MARGIN, LABELS = 29, 24, 8, 20  # of a year of weeks: a month is a column
SIDES: Final = (8, 13, 18, 24)  # of a week's square: more minutes, larger, for who sees no colour
FROM: Final = (1, 60, 120, 240)  # minutes from which a square has each of these sides
MONTHS, MOST_WEEKS = 12, 5


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


@dataclass(frozen=True)
class Weeks:
    """A year of weeks, a month a column: paths of squares, ready to be drawn.

    A path is many squares in one, so that a whole year takes 2 kB.
    """

    past: str  # frames of the weeks that were
    ahead: str  # of those that come
    here: str  # of the one that is
    given: tuple[str, ...]  # squares by how much was given, the least first
    months: tuple[float, ...]  # the middle of each column
    width: int = WIDTH
    height: int = LABELS + MOST_WEEKS * PITCH


def weeks(year: int, minutes: Mapping[date, int], today: date) -> Weeks:
    """Place the weeks of a year, Monday to Sunday, by the minutes of each Monday."""
    placed = [(day, *_square(at)) for day, at in _columns(year)]
    this = today - timedelta(days=today.weekday())
    steps = {day: sum(minutes.get(day, 0) >= least for least in FROM) for day, _x, _y in placed}
    return Weeks(
        _squares(((x, y) for day, x, y in placed if day <= this), SQUARE),
        _squares(((x, y) for day, x, y in placed if day > this), SQUARE),
        _squares(((x, y) for day, x, y in placed if day == this), SQUARE),
        tuple(
            _squares(((x, y) for day, x, y in placed if steps[day] == step), side)
            for step, side in enumerate(SIDES, start=1)
        ),
        tuple(MARGIN + month * PITCH + SQUARE / 2 for month in range(MONTHS)),
    )


def _columns(year: int) -> Iterator[tuple[date, tuple[int, int]]]:
    """Return each Monday with its month's column and its place in it; Thursday says the month."""
    rows = [0] * MONTHS
    day = date(year, 1, 1) - timedelta(days=date(year, 1, 1).weekday())
    while day.year <= year:
        thursday = day + timedelta(days=3)
        column = MONTHS - 1 if thursday.year > year else 0
        if thursday.year == year:
            column = thursday.month - 1
        yield day, (column, rows[column])
        rows[column] += 1
        day += timedelta(days=7)


def _square(at: tuple[int, int]) -> tuple[int, int]:
    column, row = at
    return MARGIN + column * PITCH, LABELS + row * PITCH


def _squares(corners: Iterable[tuple[int, int]], side: int) -> str:
    inset = (SQUARE - side) / 2
    return "".join(f"M{x + inset:g} {y + inset:g}h{side}v{side}h-{side}z" for x, y in corners)


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
