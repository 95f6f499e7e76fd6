"""The pictures of designs and of drawings as files."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from volunteer_site.core.access import public
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import visitor
from volunteer_site.recognition.badges.emblem_names import EMBLEMS
from volunteer_site.recognition.badges.emblems import drawing_svg
from volunteer_site.recognition.designs import queries
from volunteer_site.recognition.designs.drawing import design_svg
from volunteer_site.recognition.designs.models import Design

SVG = "image/svg+xml"
A_WEEK = 7 * 24 * 60 * 60
AN_HOUR = 60 * 60
ALONE = "sandbox; default-src 'none'; img-src data:; frame-ancestors 'none'"

bp = Blueprint("design_files", __name__)
emblems = Blueprint("drawings", __name__, url_prefix="/emblems")


@bp.get("/designs/<int:design_id>.svg")
@public
def show(design_id: int) -> ResponseReturnValue:
    """Return an approved design to everybody, others to their designer and who decides."""
    design = _visible(design_id)
    response = Response(design_svg(queries.look(design), title=design.name), mimetype=SVG)
    kept = f"public, max-age={AN_HOUR}" if design.approved_at else "private, no-cache"
    return _safe(response, kept)


@emblems.get("/<string:drawing>.svg", endpoint="show")
@public
def show_drawing(drawing: str) -> ResponseReturnValue:
    """Return one of the drawings to choose from, without a badge around it."""
    if drawing not in EMBLEMS:
        raise NotFound(_("There is no such drawing."))
    response = Response(drawing_svg(drawing, "slate"), mimetype=SVG)
    return _safe(response, f"public, max-age={A_WEEK}")


def _visible(design_id: int) -> Design:
    person = visitor()
    paths = person.paths(RoleName.COORDINATOR, RoleName.OFFICER) if person else ()
    return queries.shown(design_id, person.id if person else None, paths)


def _safe(response: Response, kept: str) -> ResponseReturnValue:
    """Let the picture do nothing but be looked at, also when it is opened by itself."""
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cache-Control"] = kept
    response.add_etag()
    return response.make_conditional(request)
