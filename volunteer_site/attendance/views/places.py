"""Where the door of an activity is: set by the coordinator, with one tap, from where they stand."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from volunteer_site.attendance import nearness
from volunteer_site.attendance.views.panel import theirs
from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

bp = Blueprint("door_places", __name__, url_prefix="/desk/activities/<int:activity_id>/place")


@bp.post("")
@role(RoleName.COORDINATOR)
def create(activity_id: int) -> ResponseReturnValue:
    """Keep where the coordinator stands as the place of the activity."""
    theirs(activity_id)
    position = nearness.point(request.form)
    with write_transaction():
        nearness.set_place(activity_id, position, by_id=current_person().id, now=clock.now())
    words = _("The place is set. Phones of volunteers who agree tell whether they are here.")
    return htmx.done(f"/desk/activities/{activity_id}/door", words)


@bp.post("/removal")
@role(RoleName.COORDINATOR)
def destroy(activity_id: int) -> ResponseReturnValue:
    """Forget where the place is; no phone is asked any more."""
    theirs(activity_id)
    with write_transaction():
        nearness.forget_place(activity_id, by_id=current_person().id)
    return htmx.done(f"/desk/activities/{activity_id}/door", _("The place is forgotten."))
