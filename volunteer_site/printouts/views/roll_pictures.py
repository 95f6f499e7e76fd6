"""The picture of a published roll, made for a group of friends."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from volunteer_site.core.access import public
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.printouts.roll_pictures import picture
from volunteer_site.printouts.views import pictures
from volunteer_site.recognition.rolls import queries, words
from volunteer_site.recognition.rolls.models import MONTHLY

bp = Blueprint("roll_pictures", __name__, url_prefix="/honor-rolls/<month:month>")


@bp.get("/<string:slug>.png")
@bp.get("/<string:slug>/<string:roll_kind>.png")
@public
def show(month: str, slug: str, roll_kind: str = MONTHLY) -> ResponseReturnValue:
    """Return the published roll as PNG; a name taken back since is not on it (R40)."""
    place = organisations.by_slug(slug, *queries.KINDS)
    roll = queries.standing(place.id, month, roll_kind)
    page = f"/honor-rolls/{month}/{slug}" + ("" if roll_kind == MONTHLY else f"/{roll_kind}")
    if roll is None or roll.published_at is None:
        raise NotFound(_("This roll is not published."), link=(page, _("Look at its page")))
    address = f"{request.host_url}{page[1:]}"
    content = picture(roll, place, queries.named(roll.id), address=address)
    return pictures.answer("roll_picture.typ", content, words.full_title(roll, place.name))
