"""善行义举榜 on paper: a month's good deeds for the notice board, by consent as of now (R40)."""

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
PHOTO: Final = (480, 315)  # pixels: 250 dots an inch on A4
PHOTOS_KEPT: Final = 48
SCALES: Final = {"a4": 1.0, "a3": 2**0.5}


def of_place(place: Organisation, month: str, today: date) -> list[Deed]:
    """Return the deeds on a month's board of a place, in the order in which they came to it."""
    if place.kind not in PLACES:
        return []
    return board.of_month(month, today, path=place.path)[::-1]


def a4(order: Order) -> Setting:
    """Return the board of a month on A4; raises NotFound if it is empty."""
    return _setting(order, "a4")


def a3(order: Order) -> Setting:
    """Return the board of a month on A3, for the courtyard; raises NotFound if it is empty."""
    return _setting(order, "a3")


def _setting(order: Order, size: str) -> Setting:
    month, place = periods.month(order.subject), order.organisation
    found = of_place(place, month, dates.today(order.now))
    if not found:
        raise NotFound(
            _("No good deed of this month is on the board, so there is nothing to print."),
            link=("/desk/good-deeds", _("Good deeds")),
        )
    address = f"{order.host}good-deeds?month={month}"
    if place.kind == Kind.COMMUNITY:
        address += f"&community={place.slug}"
    content = {
        "title": _("Board of good deeds"),
        "organisation": place.name,
        "month": dates.show_month(month),
        "totals": _totals(found),
        "deeds": [_card(deed, named=place.kind != Kind.COMMUNITY) for deed in found],
        "facts": _facts(found),
        "issuer": place.name,
        "date": words.full_date(max(map(_day, found))),
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
    name = f"{place.name} {_('Board of good deeds')} {month} {size.upper()}"
    return Setting("deeds.typ", content, name)


def _day(deed: Deed) -> date:
    assert deed.published_at is not None, "it is on the board"  # noqa: S101
    return dates.local_date(deed.published_at)


def _totals(found: list[Deed]) -> str:
    """Say how many there are, and of which classes."""
    number = Counter(deed.kind for deed in found)
    classes = [f"{KINDS[kind]} {number[kind]}" for kind in KINDS if number[kind]]
    return " · ".join((ngettext("%(num)d good deed", "%(num)d good deeds", len(found)), *classes))


def _facts(found: list[Deed]) -> list[str]:
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
        "photo": _photo(deed.photo) if deed.photo else "",
        "alt": _("Photo of %(name)s", name=deed.name),
    }


def _photo(name: str) -> str:
    """Return a photo as an SVG drawing that holds it, cut to the size it is printed in."""
    shelf = kept("photos on paper", PHOTOS_KEPT)
    return shelf.get(name, lambda: _drawn(uploads.read(name)))  # type: ignore[no-any-return]


def _drawn(content: bytes) -> str:
    from PIL import Image, ImageOps  # noqa: PLC0415 -- when needed

    written, (wide, high) = BytesIO(), PHOTO
    with Image.open(BytesIO(content)) as picture:
        ImageOps.fit(picture.convert("RGB"), PHOTO).save(written, "JPEG", quality=80)
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
