"""Which signs can be printed: what the font of every paper draws (R72)."""

from bisect import bisect_right
from functools import cache
from pathlib import Path

DRAWN = Path(__file__).parent / "drawn.txt"  # by Noto Serif SC and Noto Sans SC


def missing_glyphs(text: str) -> str:
    """Return the signs of `text` that cannot be printed, each once, in their order (R72)."""
    return "".join(dict.fromkeys(sign for sign in text if not is_drawn(sign)))


def is_drawn(sign: str, by: Path = DRAWN) -> bool:
    """Tell whether a font draws a sign; `by` lists those that it draws."""
    firsts, lasts = _ranges(by)
    place = bisect_right(firsts, ord(sign)) - 1
    return place >= 0 and ord(sign) <= lasts[place]


@cache
def _ranges(file: Path) -> tuple[list[int], list[int]]:
    pairs = [line.split("-") for line in file.read_text(encoding="ascii").split()]
    return [int(pair[0], 16) for pair in pairs], [int(pair[-1], 16) for pair in pairs]
