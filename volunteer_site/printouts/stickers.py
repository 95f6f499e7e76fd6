"""Badges on paper: a sheet of stickers to cut out, and large emblems, one a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.recognition.badges import holders
from volunteer_site.recognition.badges.queries import Pin
from volunteer_site.recognition.designs import pictures

MOST_BADGES: Final = 24  # on one order
MOST_PAGES: Final = 10


@dataclass(frozen=True)
class Size:
    """How stickers are cut from A4: cells across and down, and millimetres; `type` in points."""

    across: int
    down: int
    wide: float
    high: float
    pin: float
    type: float

    @property
    def places(self) -> int:
        """Return how many stickers a page has."""
        return self.across * self.down


SIZES: Final = {
    "small": Size(6, 9, 31, 30, 21.5, 6.5),
    "medium": Size(4, 6, 46, 45, 34, 9),
    "large": Size(3, 4, 62, 67, 52, 12),
}
SIZE_WORDS: Final = {
    "small": _l("small: 54 on a page, 3 cm"),
    "medium": _l("medium: 24 on a page, 4.5 cm"),
    "large": _l("large: 12 on a page, 6 cm"),
}


def stickers(pins: Sequence[Pin], size: Size, pages: int, today: date) -> dict[str, Any]:
    """Return what `stickers.typ` shows: the badges in turn, until all pages are full."""
    cells = [number % len(pins) for number in range(size.places * pages)]
    cells = cells if len(pins) == 1 else _in_blocks(len(pins), size.places * pages)
    names = _("、").join(pin.name for pin in pins[:3])
    return {
        "title": _("Stickers: %(names)s", names=names),
        "note": _("Cut along the marks. %(names)s", names=names),
        **vars(size),
        "badges": [_badge(pin, today) for pin in pins],
        "pages": [cells[at : at + size.places] for at in range(0, len(cells), size.places)],
    }


def emblems(pins: Sequence[Pin], site: str, today: date) -> dict[str, Any]:
    """Return what `emblem.typ` shows: each badge large, on a page of its own."""
    names = _("、").join(pin.name for pin in pins[:3])
    return {
        "title": _("Emblems: %(names)s", names=names),
        "site": site,
        "badges": [_badge(pin, today) | {"sentence": pin.sentence} for pin in pins],
    }


def _in_blocks(badges: int, places: int) -> list[int]:
    """Return the cells with equal badges side by side, so that they are cut and sorted at once."""
    return [place * badges // places for place in range(places)]


def _badge(pin: Pin, today: date) -> dict[str, str]:
    designer = holders.designer(pin, today)
    return {
        "svg": pictures.badge_svg(pin),
        "name": pin.name,
        "by": _("Designed by %(name)s", name=designer) if designer else "",
    }
