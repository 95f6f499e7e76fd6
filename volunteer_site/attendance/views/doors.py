"""The coordinator's page at the door: the code to scan, and the roster to tick."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.attendance import nearness
from volunteer_site.attendance.views.panel import Panel, panel, theirs
from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.people.models import RoleName

ADDRESS = "/desk/activities/<int:activity_id>/door"

bp = Blueprint("doors", __name__, url_prefix=ADDRESS)
codes = Blueprint("door_codes", __name__, url_prefix=f"{ADDRESS}/code")


@bp.get("")
@role(RoleName.COORDINATOR)
def show(activity_id: int) -> str:
    """Show the code, the numbers and the roster."""
    door = panel(theirs(activity_id), clock.now())
    place = nearness.place_of(activity_id)
    radius = place.radius if place else nearness.RADIUS
    return render_template("attendance/door.html", door=door, place=place, radius=radius)


@codes.get("", endpoint="show")
@role(RoleName.COORDINATOR)
def show_code(activity_id: int) -> ResponseReturnValue:
    """Show the code of this half minute; with it the roster, if it changed since it was seen."""
    door = panel(theirs(activity_id), clock.now())
    tag = _tag(door)
    if request.if_none_match.contains_weak(tag):
        response = make_response("", 304)  # without drawing what would not be sent
    else:
        changed = request.args.get("seen") != str(door.roster.changes)
        response = make_response(htmx.show("attendance/code.htmx.html", door=door, changed=changed))
    response.set_etag(tag, weak=True)
    return response


def _tag(door: Panel) -> str:
    """Return what changes when the answer does; the seconds left do not count."""
    step = door.code.step if door.code else door.state
    return f"{step}-{door.roster.changes}-{len(door.roster.lines)}-{len(door.roster.waiting)}"
