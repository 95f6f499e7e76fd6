"""Ticking people in and out on the roster, and taking a tick back."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.attendance import services, settings
from volunteer_site.attendance.models import Direction, Method
from volunteer_site.attendance.services import Outcome, Seen
from volunteer_site.attendance.views.panel import panel, theirs, wish
from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/desk/activities/<int:activity_id>"

check_ins = Blueprint("ticks", __name__, url_prefix=f"{ADDRESS}/check-ins")
check_outs = Blueprint("ticks_out", __name__, url_prefix=f"{ADDRESS}/check-outs")
undoings = Blueprint("undoings", __name__, url_prefix=f"{ADDRESS}/check-ins/<int:attendance_id>")
outs_undoings = Blueprint(
    "undoings_out", __name__, url_prefix=f"{ADDRESS}/check-outs/<int:attendance_id>"
)


@check_ins.post("", endpoint="create")
@role(RoleName.COORDINATOR)
def tick(activity_id: int) -> ResponseReturnValue:
    """Check in the person ticked."""
    activity, now = theirs(activity_id), clock.now()
    services.allow_tick(activity, now, settings.hours())
    person_id = _person_id()
    by_id, start = current_person().id, wish().start
    with write_transaction():
        outcome = services.tick(activity_id, person_id, by_id, now=now, start=start)
    return row(activity_id, person_id, outcome)


@check_outs.post("", endpoint="create")
@role(RoleName.COORDINATOR)
def tick_out(activity_id: int) -> ResponseReturnValue:
    """Check out the person ticked."""
    activity, now = theirs(activity_id), clock.now()
    services.allow_tick(activity, now, settings.hours())
    person_id, seen = _person_id(), Seen(Method.TICK, now, current_person().id)
    with write_transaction():
        outcome = services.check_out(activity_id, person_id, seen, now=now)
    return row(activity_id, person_id, outcome)


@undoings.post("/undoing", endpoint="create")
@role(RoleName.COORDINATOR)
def undo(activity_id: int, attendance_id: int) -> ResponseReturnValue:
    """Take back a mark that was wrong."""
    theirs(activity_id)
    with write_transaction():
        person_id = services.undo(
            activity_id, attendance_id, by_id=current_person().id, now=clock.now()
        )
    return row(activity_id, person_id, None)


@outs_undoings.post("/undoing", endpoint="create")
@role(RoleName.COORDINATOR)
def undo_out(activity_id: int, attendance_id: int) -> ResponseReturnValue:
    """Take back a check-out that was wrong."""
    return undo(activity_id, attendance_id)


def row(activity_id: int, person_id: int, outcome: Outcome | None) -> ResponseReturnValue:
    """Answer with the person's line on the roster, and the numbers."""
    door = panel(theirs(activity_id), clock.now())
    message = "" if outcome is None or outcome.first else said_before(outcome)
    if not htmx.asked():
        address = f"{door.here}/door?{door.wish.query()}#row-{person_id}"
        return htmx.done(address, message or _("Written down."), "info" if message else "good")
    return render_template(
        "attendance/tick.htmx.html",
        door=door,
        line=door.roster.of(person_id),
        message=message,
        tone="info",
    )


def said_before(outcome: Outcome) -> str:
    """Say who made the mark before, and when (W28)."""
    mark, time = outcome.mark, dates.show_time(outcome.mark.happened_at)
    going = mark.direction == Direction.OUT
    if mark.by is None:
        if going:
            return _("They checked out with the code at %(time)s; nothing changed.", time=time)
        return _("They checked in with the code at %(time)s; nothing changed.", time=time)
    if going:
        return _("%(by)s ticked them out for %(time)s; nothing changed.", by=mark.by, time=time)
    return _("%(by)s ticked them in for %(time)s; nothing changed.", by=mark.by, time=time)


def _person_id() -> int:
    return request.form.get("person_id", 0, type=number)
