"""The fonts of everything printed, and which signs they can print.

Noto Serif SC and Noto Sans SC draw everything; 仿宋 and 楷体, where custom wants them, are Fandol
Fang and Fandol Kai, and Noto steps in for a sign that these lack.
"""

from bisect import bisect_right
from functools import cache
from pathlib import Path

BLANK_TYPE = "〓"
HERE = Path(__file__).parent
DRAWN = "drawn.txt"  # by Noto
KAI = "kai.txt"  # by Fandol Kai


def font_folders() -> tuple[Path, ...]:
    """Return the folders with Noto Serif SC and Noto Sans SC (OFL), Fandol Fang and Kai (GPL)."""
    import pylopdf_fonts_zh_cn  # noqa: PLC0415 -- only those who print need it

    return Path(pylopdf_fonts_zh_cn.__file__).parent, HERE / "typefaces"


def missing_glyphs(text: str) -> str:
    """Return the signs of `text` that cannot be printed, each once, in their order (R72)."""
    return "".join(dict.fromkeys(sign for sign in text if not _is_drawn(ord(sign))))


def printable(text: str) -> str:
    """Return `text` with a 〓 for each sign that cannot be printed, as typesetters do."""
    return text.translate(dict.fromkeys(map(ord, missing_glyphs(text)), BLANK_TYPE))


def in_kai(text: str) -> bool:
    """Tell whether 楷体 has every sign of the text; else the whole of it stands better in 宋体."""
    return all(_is_drawn(ord(sign), KAI) for sign in text)


def _is_drawn(sign: int, by: str = DRAWN) -> bool:
    firsts, lasts = _ranges(by)
    place = bisect_right(firsts, sign) - 1
    return place >= 0 and sign <= lasts[place]


@cache
def _ranges(name: str) -> tuple[list[int], list[int]]:
    words = (HERE / "typst" / name).read_text(encoding="ascii").split()
    pairs = [line.split("-") for line in words]
    return [int(pair[0], 16) for pair in pairs], [int(pair[-1], 16) for pair in pairs]
