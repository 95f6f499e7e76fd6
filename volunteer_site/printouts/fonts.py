"""The letters on paper: two open fonts from the site's own libraries.

Typesetting libraries are loaded when something is printed: until then a worker stays small.
"""

from functools import cache
from pathlib import Path

BLANK_TYPE = "〓"


def font_folder() -> Path:
    """Return the folder with Noto Serif SC and Noto Sans SC (SIL Open Font License)."""
    import pylopdf_fonts_zh_cn  # noqa: PLC0415

    return Path(pylopdf_fonts_zh_cn.__file__).parent


def missing_glyphs(text: str) -> str:
    """Return the signs of `text` that cannot be printed, each once, in their order (R72)."""
    return "".join(dict.fromkeys(sign for sign in text if ord(sign) not in _drawable()))


def printable(text: str) -> str:
    """Return `text` with a 〓 for each sign that cannot be printed, as typesetters do."""
    return text.translate(dict.fromkeys(map(ord, missing_glyphs(text)), BLANK_TYPE))


@cache
def _drawable() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415

    known: set[int] = set()
    for path in font_folder().glob("*.otf"):
        with TTFont(path, lazy=True) as font:
            known.update(font.getBestCmap())
    return frozenset(known)
