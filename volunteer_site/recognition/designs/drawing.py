"""Drawing what somebody has designed: a pin with words along an arc, or with their own picture.

Every sign of the words is placed by itself, turned about the middle, for `textPath` is not known
everywhere. What people typed becomes text and nothing else.
"""

from dataclasses import dataclass
from html import escape
from typing import Final

from volunteer_site.recognition.badges.emblems import (
    METALS,
    SHAPES,
    SHINE,
    TINTS,
    Shape,
    Tint,
    about_the_middle,
    drawing,
    enamel,
    framed,
)

ENAMEL: Final = 0.88  # of the outline; the rest is the rim
WIDEST: Final = 27.0  # degrees from one sign to the next where there is room
ARC: Final = 236.0  # degrees that the longest words take
STARS_BELOW: Final = 215.0  # with words so short, stars fill the ribbon
NARROW: Final = 0.62  # of a Chinese sign: a letter or a digit
_FONTS: Final = "Noto Sans SC,PingFang SC,HarmonyOS Sans SC,MiSans,Microsoft YaHei,sans-serif"
_STAR: Final = "l.9 1.8 2 .3-1.45 1.4.35 2L48 {y}l-1.8.95.35-2-1.45-1.4 2-.3z"


@dataclass(frozen=True)
class Ribbon:
    """The ring that carries words: where its middle is and how broad it is."""

    radius: float
    width: float
    middle: float = 48

    @property
    def inside(self) -> float:
        """Return the radius of the disc that it leaves free."""
        return self.radius - self.width / 2


@dataclass(frozen=True)
class Look:
    """How a badge looks. `picture` is where one's own drawing is; without, `emblem` is drawn."""

    shape: str
    tint: str
    metal: str
    emblem: str = ""
    text: str = ""
    picture: str = ""
    zoom: int = 100  # percent: how near the picture is looked at


RIBBONS: Final = {
    "circle": Ribbon(30.3, 11),
    "squircle": Ribbon(30, 11),
    "hexagon": Ribbon(27, 10.4),
    "shield": Ribbon(25.6, 10, middle=42),
    "petal": Ribbon(25.4, 10),
    "rosette": Ribbon(28, 10.6),
    "arch": Ribbon(27.6, 10.6, middle=46.5),
}


def design_svg(look: Look, *, title: str) -> str:
    """Return the badge as an SVG picture of 96 x 96; without a title it is only shown.

    Raises KeyError for a shape, tint or metal that does not exist, FileNotFoundError for an emblem.
    """
    form, tones = SHAPES[look.shape], TINTS[look.tint]
    rim, edge = METALS[look.metal]
    ribbon = RIBBONS[look.shape] if look.text else None
    return framed(
        f'<path fill="{rim}" stroke="{edge}" stroke-width="1.5" d="{form.outline}"/>'
        f"{_field(look, form, tones, ribbon)}"
        f"{_words(look.text, ribbon, tones, rim) if ribbon else ''}"
        f"{'' if look.picture else _emblem(look.emblem, form, tones, ribbon)}"
        f"{'' if ribbon else _shine()}",
        title,
    )


def _field(look: Look, form: Shape, tones: Tint, ribbon: Ribbon | None) -> str:
    field = f'<g transform="{about_the_middle(ENAMEL)}">{enamel(form, tones)}</g>'
    if not look.picture:
        return field
    return field + _own(look, form, tones, ribbon)


def _own(look: Look, form: Shape, tones: Tint, ribbon: Ribbon | None) -> str:
    """Return one's own picture, cut to the field of the pin or to the disc inside the words."""
    if ribbon:
        middle, half = ribbon.middle, ribbon.inside
        cut = f'<circle cx="48" cy="{middle:g}" r="{half:.4g}"/>'
    else:
        middle, half = 48.0, 48 * ENAMEL
        cut = f'<path transform="{about_the_middle(ENAMEL)}" d="{form.outline}"/>'
    half *= look.zoom / 100
    clip = f"own-{look.shape}{'-words' if ribbon else ''}"
    rim = "" if ribbon else (
        f'<path fill="none" stroke="{tones.deep}" stroke-width="4" d="{form.outline}" '
        f'transform="{about_the_middle(ENAMEL)}"/>'
    )  # fmt: skip
    return (
        f'<clipPath id="{clip}">{cut}</clipPath><g clip-path="url(#{clip})">'
        f'<image x="{48 - half:.4g}" y="{middle - half:.4g}" width="{2 * half:.4g}" '
        f'height="{2 * half:.4g}" preserveAspectRatio="xMidYMid slice" '
        f'href="{escape(look.picture)}"/></g>{rim}'
    )


def _emblem(name: str, form: Shape, tones: Tint, ribbon: Ribbon | None) -> str:
    if ribbon:
        size = 0.0295 * (ribbon.inside - 1)
        place = about_the_middle(size, ribbon.middle - 48)
    else:
        place = about_the_middle(form.drawing, form.drop)
    return (
        f'<g stroke="{tones.deep}" stroke-width="2" stroke-linejoin="round" '
        f'stroke-linecap="round" transform="{place} translate(16 16)">{drawing(name, tones)}</g>'
    )


def _words(text: str, ribbon: Ribbon, tones: Tint, rim: str) -> str:
    """Return the ribbon with its words, the middle one at the top; stars below if there is room."""
    signs = _placed(text)
    size = ribbon.width * 0.8
    foot = ribbon.middle - ribbon.radius + 0.395 * size
    turns = "".join(
        f'<text x="48" y="{foot:.2f}" transform="rotate({angle:.2f} 48 {ribbon.middle:g})">'
        f"{escape(sign)}</text>"
        for sign, angle in signs
    )
    stars = _stars(ribbon) if signs[-1][1] - signs[0][1] < STARS_BELOW else ""
    ring = f'<circle cx="48" cy="{ribbon.middle:g}" fill="none"'
    return (
        f'{ring} stroke="{tones.deep}" stroke-width="{ribbon.width:g}" r="{ribbon.radius:g}"/>'
        f'{ring} stroke="{rim}" stroke-width="1.1" r="{ribbon.inside:g}"/>'
        f'{ring} stroke="{rim}" stroke-width=".6" r="{ribbon.radius + ribbon.width / 2 - 0.6:g}"/>'
        f'<g fill="#FFF8E6" stroke="#FFF8E6" stroke-width=".32" font-size="{size:.3g}" '
        f'font-family="{_FONTS}" text-anchor="middle">{turns}</g>'
        f'<g fill="{rim}" stroke="none">{stars}</g>'
    )


def _placed(text: str) -> list[tuple[str, float]]:
    """Return each sign with the angle at which it stands, in degrees from the top."""
    widths = [NARROW if sign.isascii() else 1.0 for sign in text]
    whole = sum(widths)
    step = min(WIDEST, ARC / whole)
    placed, at = [], -whole / 2
    for sign, width in zip(text, widths, strict=True):
        placed.append((sign, (at + width / 2) * step))
        at += width
    return placed


def _stars(ribbon: Ribbon) -> str:
    top = ribbon.middle - ribbon.radius - 2.7
    star = f"M48 {top:.2f}" + _STAR.format(y=f"{top + 4.55:.2f}")
    return "".join(
        f'<path transform="rotate({angle} 48 {ribbon.middle:g})" d="{star}"/>'
        for angle in (160, 180, 200)
    )


def _shine() -> str:
    return (
        f'<path fill="none" stroke="#FFFFFF" stroke-opacity=".5" stroke-width="3" '
        f'stroke-linecap="round" d="{SHINE}"/>'
    )
