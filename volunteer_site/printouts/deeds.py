"""善行义举榜 on paper, for a month or with all that stand; by consent as of now (R40)."""

from base64 import b64encode
from collections import Counter
from datetime import date
from io import BytesIO
from typing import Any, Final

from volunteer_site.core import dates, uploads
from volunteer_site.core.cache import kept
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.core.words import ngettext
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.printouts import periods
from volunteer_site.printouts.fonts import in_kai
from volunteer_site.printouts.orders import Order, Paper, Setting
from volunteer_site.printouts.paper import qr_svg
from volunteer_site.recognition.deeds import board
from volunteer_site.recognition.deeds.shown import Deed
from volunteer_site.recognition.deeds.words import KINDS, PROPOSERS, SIGNS
from volunteer_site.recognition.rolls import words

PLACES: Final = (Kind.DISTRICT, Kind.SUBDISTRICT, Kind.COMMUNITY)
PHOTO: Final = (480, (315, 315))  # pixels: 250 dots an inch on A4
PHOTOS_KEPT: Final = 48
ALL: Final = "all"  # instead of a month: every deed that stands
SCALES: Final = {"a4": 1.0, "a3": 2**0.5}


def of_place(place: Organisation, subject: str, today: date) -> list[Deed]:
    """Return the deeds of a place that stand, of a month or `ALL`, in the order they came up."""
    if place.kind not in PLACES:
        return []
    if subject == ALL:
        return board.standing(today, place.path)[::-1]
    return board.of_month(subject, today, path=place.path)[::-1]


def a4(order: Order) -> Setting:
    """Return the board on A4; raises NotFound if it is empty."""
    return _setting(order, "a4")


def a3(order: Order) -> Setting:
    """Return the board on A3, for the courtyard; raises NotFound if it is empty."""
    return _setting(order, "a3")


def _setting(order: Order, size: str) -> Setting:
    place, asked = order.organisation, order.subject
    found = of_place(place, asked if asked == ALL else periods.month(asked), dates.today(order.now))
    if not found:
        raise NotFound(
            _("No good deed is on this board yet, so there is nothing to print."),
            link=("/desk/good-deeds", _("Good deeds")),
        )
    months = list(dict.fromkeys((found[0].month, found[-1].month)))  # the first and the last
    address = f"{order.host}good-deeds?month={months[-1]}"
    if place.kind == Kind.COMMUNITY:
        address += f"&community={place.slug}"
    content = {
        "title": _("Board of good deeds"),
        "organisation": place.name,
        "month": "–".join(map(dates.show_month, months)),
        "totals": _totals(found),
        "deeds": [_card(deed, named=place.kind != Kind.COMMUNITY) for deed in found],
        "facts": facts(found),
        "issuer": place.name,
        "date": words.full_date(max(map(day, found))),
        "address": address,
        "qr": qr_svg(address),
        "scale": SCALES[size],
        "words": {
            "page": _("Page {page} of {pages}"),
            "continued": _("(continued)"),
            "seal": _("(seal here)"),
            "verify": _("Scan to read them and to tell another one"),
        },
    }
    name = f"{place.name} {_('Board of good deeds')} {'–'.join(months)} {size.upper()}"
    return Setting("deeds.typ", content, name)


def day(deed: Deed) -> date:
    """Return the day on which a deed of the board came to it."""
    assert deed.published_at is not None, "it is on the board"  # noqa: S101
    return dates.local_date(deed.published_at)


def _totals(found: list[Deed]) -> str:
    """Say how many there are, and of which classes."""
    number = Counter(deed.kind for deed in found)
    classes = [f"{KINDS[kind]} {number[kind]}" for kind in KINDS if number[kind]]
    return " · ".join((ngettext("%(num)d good deed", "%(num)d good deeds", len(found)), *classes))


def facts(found: list[Deed]) -> list[str]:
    """Return what has to be known about how they came here, and about names that are not whole."""
    said = [
        _("Weighed by the community's panel, then on public notice for at least 5 working days."),
        _("Names and photos are shown as the people concerned agree."),
    ]
    if any(not deed.whole for deed in found):
        said.append(_("A name with a * is not shown in full: by choice, or under 18."))
    return said


def _card(deed: Deed, *, named: bool) -> dict[str, Any]:
    facts = [deed.place] if named else []
    told = " ".join(deed.words.split())  # a hundred short lines would be taller than the sheet
    facts += [str(PROPOSERS[deed.proposer]), _("No. %(number)s", number=deed.number)]
    return {
        "sign": SIGNS[deed.kind],
        "kind": str(KINDS[deed.kind]),
        "name": deed.name,
        "words": told,
        "brush": in_kai(told),
        "facts": " · ".join(facts),
        "photo": photo_svg(deed.photo, *PHOTO),
        "alt": _("Photo of %(name)s", name=deed.name),
    }


def photo_svg(name: str, wide: int, high: tuple[int, int]) -> str:
    """Return a photo as an SVG drawing that holds it, so many pixels wide; "" without a photo.

    What makes it lower or higher than `high` allows is cut off.
    """
    if not name:
        return ""
    shelf = kept("photos on paper", PHOTOS_KEPT)
    return str(shelf.get((name, wide, high), lambda: _drawn(uploads.read(name), wide, high)))


def _drawn(content: bytes, wide: int, bounds: tuple[int, int]) -> str:
    from PIL import Image, ImageOps  # noqa: PLC0415 -- when needed

    written, (least, most) = BytesIO(), bounds
    with Image.open(BytesIO(content)) as picture:
        high = min(max(wide * picture.height // picture.width, least), most)
        ImageOps.fit(picture.convert("RGB"), (wide, high)).save(written, "JPEG", quality=80)
    inside = b64encode(written.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">'
        f'<image width="{wide}" height="{high}" href="data:image/jpeg;base64,{inside}"/></svg>'
    )


_TITLE = _l("Board of good deeds")
PAPERS: Final = (
    Paper("good-deeds-a4", _TITLE, _l("A4"), a4),
    Paper("good-deeds-a3", _TITLE, _l("A3"), a3),
)
