"""All present in one tap, for a courtyard where everybody is; and that tap taken back."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from volunteer_site.attendance import services, settings
from volunteer_site.attendance.views.panel import panel, theirs, wish
from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import ngettext
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/desk/activities/<int:activity_id>/roll-calls"

bp = Blueprint("roll_calls", __name__, url_prefix=ADDRESS)
undoings = Blueprint("roll_call_undoings", __name__, url_prefix=f"{ADDRESS}/<int:attendance_id>")


@bp.post("")
@role(RoleName.COORDINATOR)
def create(activity_id: int) -> ResponseReturnValue:
    """Check in everybody who is expected, not in yet and not excused."""
    activity, now = theirs(activity_id), clock.now()
    services.allow_tick(activity, now, settings.hours())
    by_id, start = current_person().id, wish().start
    with write_transaction():
        number = services.all_present(activity_id, by_id, now=now, start=start)
    words = ngettext("%(num)d person is in now.", "%(num)d people are in now.", number)
    return _roster(activity_id, words)


@undoings.post("/undoing", endpoint="create")
@role(RoleName.COORDINATOR)
def undo(activity_id: int, attendance_id: int) -> ResponseReturnValue:
    """Take back the whole tap to which this mark belongs."""
    theirs(activity_id)
    with write_transaction():
        number = services.take_back_call(
            activity_id, attendance_id, by_id=current_person().id, now=clock.now()
        )
    words = ngettext(
        "Taken back: %(num)d person is not in any more.",
        "Taken back: %(num)d people are not in any more.",
        number,
    )
    return _roster(activity_id, words)


def _roster(activity_id: int, message: str) -> ResponseReturnValue:
    """Answer with the whole roster and the numbers."""
    door = panel(theirs(activity_id), clock.now())
    if not htmx.asked():
        return htmx.done(f"{door.here}/door?{door.wish.query()}", message)
    return render_template("attendance/roster.htmx.html", door=door, message=message, tone="good")
