"""A badge as a picture to send to friends: what is kept becomes the words on the card."""

from typing import Any

from flask import current_app

from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.people.session import Visitor
from volunteer_site.printouts.paper import qr_svg
from volunteer_site.recognition.badges.emblems import TINTS
from volunteer_site.recognition.badges.holders import Citation
from volunteer_site.recognition.badges.queries import Held
from volunteer_site.recognition.designs.pictures import badge_svg
from volunteer_site.recognition.rolls.words import full_date


def card(person: Visitor, held: Held, said: Citation | None, address: str) -> dict[str, Any]:
    """Return what `badge_card.typ` shows; `address` is where the badge's story can be read."""
    tint, pin = TINTS[held.pin.tint], held.pin
    place = (said.organisation if said else "") or _community(person)
    return {
        "site": current_app.config["SITE_NAME"],
        "tones": [tint.deep, tint.main, tint.light],
        "emblem": badge_svg(pin),
        "badge": pin.name,
        "sentence": pin.sentence,
        "given": _("is given to") if said else _("was earned by"),
        "person": person.name,
        "citation": said.words if said else "",
        "facts": [line for line in (place, full_date(held.earned_on)) if line],
        "invite": _("Scan to read the story of this badge"),
        "address": address,
        "qr": qr_svg(address),
    }


def _community(person: Visitor) -> str:
    return organisations.get(person.community_id).name if person.community_id else ""
