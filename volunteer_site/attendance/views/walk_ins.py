"""People who come without having signed up: found again, or written down for the first time."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity
from volunteer_site.attendance import candidates, services, settings
from volunteer_site.attendance.forms import NewcomerForm
from volunteer_site.attendance.services import Outcome, Told
from volunteer_site.attendance.views import ticks
from volunteer_site.attendance.views.panel import panel, shift_chosen, theirs, wish
from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

bp = Blueprint("walk_ins", __name__, url_prefix="/desk/activities/<int:activity_id>/walk-ins")


@bp.get("")
@role(RoleName.COORDINATOR)
def new(activity_id: int) -> ResponseReturnValue:
    """Look for somebody the site knows, or offer the form for somebody it does not."""
    return _page(theirs(activity_id), NewcomerForm())


@bp.post("")
@role(RoleName.COORDINATOR)
def create(activity_id: int) -> ResponseReturnValue:
    """Put somebody on the list and check them in."""
    activity, form = theirs(activity_id), NewcomerForm(request.form)
    services.allow_tick(activity, clock.now(), settings.hours())
    person_id = _found(activity_id)
    if person_id is None and not form.validate():
        return _page(activity, form, status=422)
    try:
        with write_transaction():
            person_id = person_id or _add(activity, form)
            outcome = _let_in(activity, person_id)
    except services.SameName as refusal:
        return _page(activity, form, status=refusal.status, refusal=refusal)
    return _done(activity_id, person_id, outcome)


def _found(activity_id: int) -> int | None:
    """Return who was chosen from those found, or None if somebody is written down."""
    person_id = request.form.get("person_id", type=number)
    if person_id is None:
        return None
    return candidates.chosen(activity_id, _paths(), wish().words, person_id).id


def _add(activity: Activity, form: NewcomerForm) -> int:
    told = Told(form.name.data, form.phone.data, form.birth_date.data, form.another.data)
    version, by_id = current_app.config["CONSENT_VERSION"], current_person().id
    return services.add_newcomer(activity, told, version, by_id=by_id, now=clock.now())


def _let_in(activity: Activity, person_id: int) -> Outcome:
    now, shift = clock.now(), shift_chosen(activity.id, "shift_id")
    seen = services.ticked(shift, current_person().id, now=now, start=wish().start)
    return services.walk_in(activity, shift, person_id, seen, now=now)


def _done(activity_id: int, person_id: int, outcome: Outcome) -> ResponseReturnValue:
    door = panel(theirs(activity_id), clock.now())
    name = door.roster.of(person_id).coming.name
    words = _("%(name)s is in.", name=name) if outcome.first else ticks.said_before(outcome)
    address = f"{door.here}/door?{door.wish.query(q='')}#row-{person_id}"
    return htmx.done(address, words, "good" if outcome.first else "info")


def _page(
    activity: Activity, form: NewcomerForm, *, status: int = 200, refusal: Refusal | None = None
) -> ResponseReturnValue:
    door = panel(activity, clock.now())
    found = candidates.found(activity.id, _paths(), door.wish.words)
    page = render_template(
        "attendance/walk_in.html",
        door=door,
        form=form,
        refusal=refusal,
        found=found,
        shifts=activities.shifts(activity.id),
        chosen=request.form.get("shift_id", type=number),
    )
    return page, status


def _paths() -> tuple[str, ...]:
    return current_person().paths(RoleName.COORDINATOR)
