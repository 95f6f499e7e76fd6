"""Calling an activity off."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.activities import queries, services
from volunteer_site.activities.forms import CancellationForm
from volunteer_site.activities.services.activities import refuse_finished
from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

bp = Blueprint(
    "cancellations", __name__, url_prefix="/desk/activities/<int:activity_id>/cancellation"
)


@bp.get("")
@role(RoleName.COORDINATOR)
def new(activity_id: int) -> ResponseReturnValue:
    """Ask why, and say who will read it."""
    refuse_finished(queries.theirs(current_person(), activity_id, RoleName.COORDINATOR))
    return _page(activity_id, CancellationForm())


@bp.post("")
@role(RoleName.COORDINATOR)
def create(activity_id: int) -> ResponseReturnValue:
    """Call it off."""
    person, form = current_person(), CancellationForm(request.form)
    activity = queries.theirs(person, activity_id, RoleName.COORDINATOR)
    if not form.validate():
        return _page(activity_id, form), 422
    with write_transaction():
        services.cancel(activity, form.reason.data, by_id=person.id, now=clock.now())
    return htmx.done("/desk", _("Called off. Those who had signed up see why."))


def _page(activity_id: int, form: CancellationForm) -> str:
    shifts = queries.shifts(activity_id)
    return render_template(
        "activities/cancellation.html",
        activity=queries.get(activity_id),
        form=form,
        people=sum(shift.taken + shift.waiting for shift in shifts),
    )
