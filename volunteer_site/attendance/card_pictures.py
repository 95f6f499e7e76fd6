"""A volunteer's own code as a picture to keep."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT, MARGIN = 720, 1080, 40
NAME, LINE = 76, 40  # the size of letters


@lru_cache(maxsize=64)
def picture(code: str, name: str, lines: tuple[str, ...]) -> bytes:
    """Return the code as a PNG with the name below it and further lines, the last one at the foot.

    It is read without network, from a phone's album or printed on paper.
    """
    import segno  # noqa: PLC0415 -- 2 MiB, for those who need it
    from PIL import Image, ImageDraw  # noqa: PLC0415 -- 8 MiB

    paper = Image.new("L", (WIDTH, HEIGHT), 255)
    drawn = segno.make(code, error="m", micro=False)
    scale = (WIDTH - 2 * MARGIN) // drawn.symbol_size(border=4)[0]
    kept = BytesIO()
    drawn.save(kept, kind="png", scale=scale, border=4)
    square = Image.open(kept).convert("L")
    paper.paste(square, ((WIDTH - square.width) // 2, MARGIN // 2))
    pen, middle, top = ImageDraw.Draw(paper), WIDTH // 2, MARGIN // 2 + square.height
    for text, size in ((name, NAME), *((line, LINE) for line in lines)):
        pen.text((middle, top), text, font=_letters(text, size), anchor="ma", fill=0)
        top += round(size * 1.5)
    out = BytesIO()
    paper.crop((0, 0, WIDTH, top + MARGIN // 2)).save(out, "PNG", optimize=True)
    return out.getvalue()


def _letters(text: str, size: int) -> "FreeTypeFont":
    """Return the largest type up to `size` in which the text is as wide as the picture at most."""
    import pylopdf_fonts_zh_cn as fonts  # noqa: PLC0415
    from PIL import ImageFont  # noqa: PLC0415

    path = str(Path(fonts.__file__).parent / "NotoSansSC-Regular.otf")
    wide = ImageFont.truetype(path, size).getlength(text)
    return ImageFont.truetype(path, min(size, int(size * (WIDTH - 2 * MARGIN) / max(wide, 1))))
