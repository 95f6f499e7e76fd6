"""What the designer asks for while one draws: the picture so far, and one's own drawing in it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from volunteer_site.core import htmx, uploads
from volunteer_site.core.access import members_only
from volunteer_site.people.session import current_person
from volunteer_site.recognition.designs import queries
from volunteer_site.recognition.designs.views import pages

bp = Blueprint("design_previews", __name__, url_prefix="/me/designs/preview")
pictures = Blueprint("design_pictures", __name__, url_prefix="/me/designs/pictures")


@bp.post("")
@members_only
@uploads.takes_uploads
def create() -> ResponseReturnValue:
    """Draw the badge as the form says; without script, the whole designer with it."""
    design, form = pages.changing(), pages.filled()
    wrong = pages.receive(form)
    if htmx.asked():
        return htmx.send(pages.preview(form, wrong))
    return pages.page(form, design, wrong=wrong)


@pictures.get("/<int:picture_id>")
@members_only
def show(picture_id: int) -> ResponseReturnValue:
    """Hand out one of the visitor's own pictures."""
    return uploads.send(queries.my_picture(current_person().id, picture_id).file)
