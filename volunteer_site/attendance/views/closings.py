"""Closing an activity: the list first, then the hours go into the book."""

from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity
from volunteer_site.attendance import phone_notes, reckoning, services, settings, states
from volunteer_site.attendance.reckoning import Reckoning
from volunteer_site.attendance.sheets import queries as sheets
from volunteer_site.attendance.states import Known, State
from volunteer_site.attendance.views.panel import theirs
from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import ngettext
from volunteer_site.hours import desk
from volunteer_site.hours.held import queries as held
from volunteer_site.people.models import Person, RoleName
from volunteer_site.people.session import current_person

bp = Blueprint("closings", __name__, url_prefix="/desk/activities/<int:activity_id>/closing")


@bp.get("")
@role(RoleName.COORDINATOR)
def new(activity_id: int) -> ResponseReturnValue:
    """Show who was there, who was not, and the minutes of each; nothing is closed yet."""
    activity, now = theirs(activity_id), clock.now()
    reckoned = reckoning.reckon(activity, now)
    closed_by = db.session.get(Person, activity.closed_by_id or 0)
    return render_template(
        "attendance/closing.html",
        activity=activity,
        state=activities.state_of(activity, now),
        begun=now >= activity.starts_at,
        reckoned=reckoned,
        states=_states(activity, reckoned, now),
        posted=reckoning.posted(activity_id) if activity.closed_at else None,
        entries=desk.entries_of_activity(activity_id) if activity.closed_at else {},
        closed_by=closed_by.name if closed_by else "",
        notes=phone_notes.of(activity),
        paper=sheets.waiting(activity_id) if not activity.closed_at else [],
    )


@bp.post("")
@role(RoleName.COORDINATOR)
def create(activity_id: int) -> ResponseReturnValue:
    """Check out who is still in, and post everybody's hours."""
    theirs(activity_id)
    with write_transaction():
        first = services.close(activity_id, by_id=current_person().id, now=clock.now())
    words, tone = _words(theirs(activity_id), first=first)
    return htmx.done(f"/desk/activities/{activity_id}/closing", words, tone)


def _states(activity: Activity, reckoned: Reckoning, now: datetime) -> dict[int, State]:
    """Return by person the state of everybody who came or had a place."""
    tolerance, closed = settings.tolerance(), activity.closed_at is not None
    found = {}
    for one in reckoned.present:
        span = (one.shift.starts_at, one.shift.ends_at)
        known = Known(one.came, one.left)
        found[one.who.id] = states.state_of(known, span, over=True, tolerance=tolerance)
    for away in reckoned.absent:
        known = Known(excused=away.excused_at is not None)
        over, span = closed or now >= away.ends_at, (away.starts_at, away.ends_at)
        found[away.person_id] = states.state_of(known, span, over=over, tolerance=tolerance)
    return found


def _words(activity: Activity, *, first: bool) -> tuple[str, str]:
    if first:
        return _("Closed. The hours are in the book.") + _beyond(activity.id), "good"
    time = dates.show_moment(activity.closed_at or activity.ends_at)
    return _("It was closed at %(time)s already; nothing has changed.", time=time), "info"


def _beyond(activity_id: int) -> str:
    """Say for how many people a part waits because their day has more than the limit (R7)."""
    number = held.people_waiting("activity", activity_id)
    if not number:
        return ""
    return ngettext(
        " For %(num)d person what is beyond the day's limit waits for a second person.",
        " For %(num)d people what is beyond the day's limit waits for a second person.",
        number,
    )
