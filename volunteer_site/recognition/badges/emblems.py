"""Emblems of badges: enamel pins, drawn as SVG text that needs neither styles nor scripts.

Each drawing is a file in `templates/recognition/emblems/`, on a 64 x 64 grid and without a frame;
`$deep`, `$main` and `$light` in it take the colours of the badge. Shapes stand on 96 x 96.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from typing import Final

DRAWINGS: Final = Path(__file__).parents[3] / "templates" / "recognition" / "emblems"
_COLOUR: Final = re.compile(r"#[0-9A-F]{6}\b")
_RING_RADIUS: Final = 45
_RING_COLOUR: Final = "#C67A10"  # 3:1 on our paper and on our night
_RING_ROOM: Final = 39.5  # the pin must not reach farther from the middle than this
SHINE: Final = "M19 41A30 30 0 0 1 36 20"


@dataclass(frozen=True)
class Tint:
    """Three tones of enamel: outlines, the field, and what lies on the field."""

    deep: str
    main: str
    light: str


@dataclass(frozen=True)
class Shape:
    """The outline of a pin, the metal of its rim and how large a drawing fits in it."""

    outline: str
    metal: str = "gold"
    drawing: float = 0.92
    drop: float = 0  # how far below the middle the drawing stands
    reach: float = 44  # from the middle to the farthest corner
    half: str = ""  # the part in the darker tone, if any


TINTS: Final = {
    "red": Tint("#5C1220", "#B92B2B", "#E4574A"),
    "orange": Tint("#5E2409", "#D2611C", "#F08F43"),
    "amber": Tint("#5A3606", "#D38A12", "#F2B544"),
    "green": Tint("#0F3D28", "#25794A", "#4FAE73"),
    "teal": Tint("#083C45", "#15757F", "#46ABB1"),
    "sky": Tint("#0E3757", "#2878B0", "#62AEDD"),
    "blue": Tint("#17265C", "#3152B0", "#6186DB"),
    "indigo": Tint("#1D1A50", "#3F3A94", "#6E69C4"),
    "violet": Tint("#3B1A54", "#7B3FA3", "#A873CB"),
    "pink": Tint("#5A1739", "#BE4579", "#E583AB"),
    "brown": Tint("#3D2416", "#84532F", "#B8845A"),
    "slate": Tint("#1E2B36", "#4B6070", "#8399A9"),
}
SHAPES: Final = {
    "circle": Shape("M48 5a43 43 0 1 1 0 86 43 43 0 1 1 0-86z"),
    "squircle": Shape("M48 6c33 0 42 9 42 42s-9 42-42 42S6 81 6 48 15 6 48 6z", reach=49),
    "hexagon": Shape(
        "M43.5 5.6q4.5-2.6 9 0l30 17.3q4.5 2.6 4.5 7.8v34.6q0 5.2-4.5 7.8l-30 17.3"
        "q-4.5 2.6-9 0l-30-17.3Q9 70.5 9 65.3V30.7q0-5.2 4.5-7.8z",
        metal="silver",
        reach=46,
        drawing=0.86,
    ),
    "shield": Shape(
        "M48 3c9 6 22 9 36 9 4 0 5 2 5 5 1 38-9 62-37 75q-4 2-8 0C16 79 6 55 7 17c0-3 1-5 5-5"
        " 14 0 27-3 36-9z",
        drawing=0.86,
        drop=-3,
        reach=56,
        half="M48 3c9 6 22 9 36 9 4 0 5 2 5 5 1 38-9 62-37 75q-2 1-4 1z",
    ),
    "petal": Shape(
        "M66.5 16A21.5 21.5 0 0 1 85 48A21.5 21.5 0 0 1 66.5 80A21.5 21.5 0 0 1 29.5 80"
        "A21.5 21.5 0 0 1 11 48A21.5 21.5 0 0 1 29.5 16A21.5 21.5 0 0 1 66.5 16z",
        metal="copper",
        drawing=0.86,
    ),
    "rosette": Shape(
        "M58.5 8.9A11.5 11.5 0 0 1 76.6 19.4A11.5 11.5 0 0 1 87.1 37.5"
        "A11.5 11.5 0 0 1 87.1 58.5A11.5 11.5 0 0 1 76.6 76.6A11.5 11.5 0 0 1 58.5 87.1"
        "A11.5 11.5 0 0 1 37.5 87.1A11.5 11.5 0 0 1 19.4 76.6A11.5 11.5 0 0 1 8.9 58.5"
        "A11.5 11.5 0 0 1 8.9 37.5A11.5 11.5 0 0 1 19.4 19.4A11.5 11.5 0 0 1 37.5 8.9"
        "A11.5 11.5 0 0 1 58.5 8.9z",
        drawing=0.86,
        reach=46,
    ),
    "arch": Shape(
        "M8 46a40 40 0 0 1 80 0v37c0 5-2 8-8 8H16c-6 0-8-3-8-8z",
        metal="gold",
        drawing=0.9,
        drop=3,
        reach=57,
    ),
}
METALS: Final = {  # the rim, and its edge
    "gold": ("#F6D37A", "#9C6B12"),
    "silver": ("#E3E9EE", "#6A7884"),
    "copper": ("#F0BE9C", "#97532C"),
    "jade": ("#B9E3CF", "#2F7358"),
    "ink": ("#5A626C", "#1B2026"),
}


def emblem_names() -> list[str]:
    """Return the names of all drawings, in alphabetical order."""
    return sorted(path.stem for path in DRAWINGS.glob("*.svg"))


def emblem_svg(  # noqa: PLR0913 -- a pin is a drawing, a shape, a tint, its words and its state
    name: str,
    *,
    shape: str,
    tint: str,
    title: str,
    earned: bool = True,
    progress: float | None = None,
) -> str:
    """Return a badge as SVG: in colour when earned, else grey; without a title it is only shown.

    With `progress` (0 to 1) a ring around it shows how far one has come. Raises KeyError for a
    shape or tint that does not exist, FileNotFoundError for a drawing that does not.
    """
    pin = _pin(name, shape, tint)
    if not earned:
        pin = _COLOUR.sub(lambda found: _grey(found.group()), pin)
    if progress is not None:
        pin = _inside_ring(pin, progress, SHAPES[shape].reach)
    return framed(pin, title)


def framed(pin: str, title: str) -> str:
    """Return what is drawn on 96 x 96 as a picture that says its title, or only shows itself."""
    said = f' role="img"><title>{escape(title)}</title>' if title else ' aria-hidden="true">'
    size = 'viewBox="0 0 96 96" width="96" height="96"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}{said}{pin}</svg>'


def drawing_svg(name: str, tint: str) -> str:
    """Return a drawing alone, without a pin around it; to choose from. Raises as `emblem_svg`."""
    tones = TINTS[tint]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 68 68" width="68" height="68" '
        f'aria-hidden="true"><g stroke="{tones.deep}" stroke-width="2" stroke-linejoin="round" '
        f'stroke-linecap="round">{drawing(name, tones)}</g></svg>'
    )


@lru_cache(maxsize=512)
def _pin(name: str, shape: str, tint: str) -> str:
    form, tones = SHAPES[shape], TINTS[tint]
    rim, edge = METALS[form.metal]
    return (
        f'<path fill="{rim}" stroke="{edge}" stroke-width="1.5" d="{form.outline}"/>'
        f'<g transform="{about_the_middle(0.88)}">{enamel(form, tones)}</g>'
        f'<path fill="none" stroke="#FFFFFF" stroke-opacity=".5" stroke-width="3" '
        f'stroke-linecap="round" d="{SHINE}"/>'
        f'<g stroke="{tones.deep}" stroke-width="2" stroke-linejoin="round" '
        f'stroke-linecap="round" transform="{about_the_middle(form.drawing, form.drop)} '
        f'translate(16 16)">{drawing(name, tones)}</g>'
    )


def enamel(form: Shape, tones: Tint) -> str:
    """Return the field of a pin, the size of its outline, in its tones."""
    outline = f'stroke="{tones.deep}" stroke-width="4" d="{form.outline}"/>'
    if not form.half:
        return f'<path fill="{tones.light}" {outline}'
    return (
        f'<path fill="{tones.light}" d="{form.outline}"/>'
        f'<path fill="{tones.main}" d="{form.half}"/><path fill="none" {outline}'
    )


def drawing(name: str, tones: Tint) -> str:
    """Return a drawing of `templates/recognition/emblems/` in these tones, on its 64 x 64 grid."""
    text = (DRAWINGS / f"{name}.svg").read_text("utf-8").replace("\n", "")
    return Template(text).substitute(deep=tones.deep, main=tones.main, light=tones.light)


def about_the_middle(scale: float, drop: float = 0) -> str:
    """Return the transform that makes things smaller about the middle of a pin."""
    rest = 48 * (1 - scale)
    return f"translate({rest:.4g} {rest + drop:.4g}) scale({scale:.4g})"


def _grey(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    light = (299 * red + 587 * green + 114 * blue) // 1000
    return "#" + f"{112 + light * 112 // 255:02X}" * 3


def _inside_ring(pin: str, progress: float, reach: float) -> str:
    done = round(100 * min(max(progress, 0), 1))
    ring = f'<circle cx="48" cy="48" r="{_RING_RADIUS}" fill="none" stroke-width="5"'
    arc = (
        f'{ring} stroke="{_RING_COLOUR}" stroke-linecap="round" pathLength="100" '
        f'stroke-dasharray="{done} 100" transform="rotate(-90 48 48)"/>'
        if done
        else ""
    )
    return (
        f'{ring} stroke="#9AA3AB" stroke-opacity=".4"/>{arc}'
        f'<g transform="{about_the_middle(_RING_ROOM / reach)}">{pin}</g>'
    )
