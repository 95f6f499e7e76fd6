"""The picture of one's badge, made to be sent to a group of friends; only for its owner."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from volunteer_site.core.access import members_only
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.printouts.badge_cards import card
from volunteer_site.printouts.views import pictures
from volunteer_site.recognition.badges import holders, queries

bp = Blueprint("badge_pictures", __name__, url_prefix="/me/badges/<int:award_id>")


@bp.get("/picture.png")
@members_only
def show(award_id: int) -> ResponseReturnValue:
    """Return the picture of one of the visitor's own badges; a withdrawn one has none."""
    person = current_person()
    held = queries.award_of(person.id, award_id)
    if held.withdrawn_at is not None:
        page = (f"/me/badges/{award_id}", _("Read why"))
        raise NotFound(_("This badge was withdrawn, so there is no picture of it."), link=page)
    address = f"{request.host_url}badges/{held.pin.slug}"
    content = card(person, held, holders.citations(person.id).get(award_id), address)
    return pictures.answer("badge_card.typ", content, held.pin.name)
