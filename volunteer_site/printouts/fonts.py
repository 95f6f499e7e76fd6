"""The fonts of everything printed, and which signs they can print.

Noto Serif SC and Noto Sans SC draw everything; 仿宋 and 楷体, where custom wants them, are Fandol
Fang and Fandol Kai, and Noto steps in for a sign that these lack.
"""

from pathlib import Path

from volunteer_site.core.glyphs import is_drawn, missing_glyphs

BLANK_TYPE = "〓"
HERE = Path(__file__).parent
KAI = HERE / "typst" / "kai.txt"  # what Fandol Kai draws


def font_folders() -> tuple[Path, ...]:
    """Return the folders with Noto Serif SC and Noto Sans SC (OFL), Fandol Fang and Kai (GPL)."""
    import pylopdf_fonts_zh_cn  # noqa: PLC0415 -- only those who print need it

    return Path(pylopdf_fonts_zh_cn.__file__).parent, HERE / "typefaces"


def printable(text: str) -> str:
    """Return `text` with a 〓 for each sign that cannot be printed, as typesetters do."""
    return text.translate(dict.fromkeys(map(ord, missing_glyphs(text)), BLANK_TYPE))


def in_kai(text: str) -> bool:
    """Tell whether 楷体 has every sign of the text; else the whole of it stands better in 宋体."""
    return all(is_drawn(sign, KAI) for sign in text)
