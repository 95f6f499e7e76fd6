"""How many rows the paper has: so large that a pen has room, the pages filled to their ends."""

from collections.abc import Sequence
from typing import Final, TypeVar

Row = TypeVar("Row")

FIRST_PAGE: Final = 17  # rows; the head takes the room of the others
NEXT_PAGE: Final = 20
LEAST_EMPTY: Final = 4  # rows for people who did not sign up


def rows_for(names: int) -> int:
    """Return how many rows a sheet with so many names has, empty ones to the last page's end."""
    wanted = max(0, names + LEAST_EMPTY - FIRST_PAGE)
    return FIRST_PAGE + -(-wanted // NEXT_PAGE) * NEXT_PAGE


def pages_for(rows: int) -> int:
    """Return how many pages so many rows take."""
    return 1 + -(-max(0, rows - FIRST_PAGE) // NEXT_PAGE)


def paged(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """Return the rows page by page."""
    later = range(FIRST_PAGE, len(rows), NEXT_PAGE)
    return [rows[:FIRST_PAGE], *(rows[first : first + NEXT_PAGE] for first in later)]
