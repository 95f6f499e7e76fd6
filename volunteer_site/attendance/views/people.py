"""One person and one activity: how it stands and how it came about, for both sides (W33, W41)."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity
from volunteer_site.attendance import history, queries, settings, states
from volunteer_site.attendance.models import Direction
from volunteer_site.attendance.states import Known
from volunteer_site.attendance.views.panel import theirs
from volunteer_site.core import clock
from volunteer_site.core.access import members_only, role
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import desk as entries
from volunteer_site.people import queries as people
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person
from volunteer_site.signups.absences import queries as absences

desk = Blueprint(
    "people_there", __name__, url_prefix="/desk/activities/<int:activity_id>/people/<int:person_id>"
)
desk.add_app_template_filter(states.told, "marked")
desk.add_app_template_filter(lambda mark: states.how(mark.method, mark.by), "marked_how")
desk.add_app_template_filter(states.words, "state_words")
desk.add_app_template_filter(states.tone, "state_tone")
mine = Blueprint("my_presence", __name__, url_prefix="/me/activities/<int:activity_id>")


@desk.get("", endpoint="show")
@role(RoleName.COORDINATOR)
def show(activity_id: int, person_id: int) -> ResponseReturnValue:
    """Show a coordinator how somebody stands, how it came about, and what can be put right."""
    activity = theirs(activity_id)
    page = _page(activity, person_id)
    entry = entries.entries_of_activity(activity_id).get(person_id) if activity.closed_at else None
    return render_template("attendance/person.html", mine=False, entry=entry, **page)


@mine.get("", endpoint="show")
@members_only
def show_mine(activity_id: int) -> ResponseReturnValue:
    """Show somebody the same about themselves."""
    activity = activities.published(activity_id)
    page = _page(activity, current_person().id)
    return render_template("attendance/person.html", mine=True, entry=None, **page)


def _page(activity: Activity, person_id: int) -> dict[str, object]:
    events = history.of(activity.id, person_id)
    if not events:
        raise NotFound(_("There is no such person on this list."))
    marks = {mark.direction: mark for mark in queries.marks_of(activity.id, person_id)}
    came, left = marks.get(Direction.IN), marks.get(Direction.OUT)
    promise = queries.promise(activity.id, person_id)
    excuse = absences.standing_excuse(activity.id, person_id)
    now = clock.now()
    state = None
    if promise is not None and promise.confirmed_at is not None:
        state = states.state_of(
            Known(came, left, excuse is not None),
            (promise.starts_at, promise.ends_at),
            over=activity.closed_at is not None or now >= promise.ends_at,
            tolerance=settings.tolerance(),
        )
    return {
        "activity": activity,
        "person": people.get(person_id),
        "state": state,
        "came": came,
        "left": left,
        "excuse": excuse,
        "events": events,
    }
