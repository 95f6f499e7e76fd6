"""The picture of a good deed on the board, made for a group of friends."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates
from volunteer_site.core.access import public
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.printouts.deed_pictures import picture
from volunteer_site.printouts.views import pictures
from volunteer_site.recognition.deeds import board
from volunteer_site.recognition.deeds.words import KINDS

bp = Blueprint("deed_pictures", __name__, url_prefix="/good-deeds")


@bp.get("/<string:deed_number>.png")
@public
def show(deed_number: str) -> ResponseReturnValue:
    """Return a deed as PNG, as everybody may see it now; one that was taken down has none (R40)."""
    deed = board.numbered(deed_number, dates.today(clock.now()))
    page = f"/good-deeds/{deed.number}"
    if deed.taken_down_at is not None:
        said = _("This deed was taken down, so there is no picture of it.")
        raise NotFound(said, link=(page, _("Read why")))
    content = picture(deed, address=f"{request.host_url}{page[1:]}")
    name = f"{deed.place}{deed.name}{KINDS[deed.kind]}"
    return pictures.answer("deed_picture.typ", content, name)
