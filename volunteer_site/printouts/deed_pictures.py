"""A good deed as a picture for a group of friends: what everybody may see becomes its words."""

from typing import Any, Final

from volunteer_site.core.words import gettext as _
from volunteer_site.printouts import deeds
from volunteer_site.printouts.fonts import in_kai
from volunteer_site.printouts.paper import qr_svg
from volunteer_site.recognition.deeds.shown import Deed
from volunteer_site.recognition.deeds.words import KINDS, PROPOSERS, SIGNS
from volunteer_site.recognition.rolls import words

PHOTO: Final = (912, (520, 1040))  # pixels: how wide, and how high at least and at most


def picture(deed: Deed, *, address: str) -> dict[str, Any]:
    """Return what `deed_picture.typ` shows: name and photo as they may be seen now (R40).

    `address` is where the deed can be looked up.
    """
    told = " ".join(deed.words.split())
    return {
        "organisation": deed.place,
        "title": _("Board of good deeds"),
        "sign": SIGNS[deed.kind],
        "kind": str(KINDS[deed.kind]),
        "name": deed.name,
        "words": told,
        "brush": in_kai(told),
        "photo": deeds.photo_svg(deed.photo, *PHOTO),
        "alt": _("Photo of %(name)s", name=deed.name),
        "proposer": str(PROPOSERS[deed.proposer]),
        "date": words.full_date(deeds.day(deed)),
        "facts": [_("No. %(number)s", number=deed.number), *deeds.facts([deed])],
        "invite": _("Scan to look it up"),
        "address": address,
        "qr": qr_svg(address),
    }
