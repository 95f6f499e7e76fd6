"""Waiting for a place that may come free."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock
from volunteer_site.core.access import members_only
from volunteer_site.core.db import write_transaction
from volunteer_site.people.session import current_person
from volunteer_site.signups import queries, services, settings
from volunteer_site.signups.queries import State
from volunteer_site.signups.views import answers

bp = Blueprint("waitlist", __name__, url_prefix=f"{answers.ADDRESS}/waitlist")


@bp.post("")
@members_only
def create(activity_id: int) -> ResponseReturnValue:
    """Put the visitor on the waiting list; a place that came free meanwhile is theirs at once."""
    person, now = current_person(), clock.now()
    found = queries.offers(activity_id, person.id)
    if found is None or found.state is State.NONE:
        offer = services.allow(found, request.form.get("shift_id", type=int), now)
        behind = services.priority(offer, person.id, now, settings.terms())
        with write_transaction():
            services.join_waitlist(offer, person.id, activity_id, now=now, behind=behind)

    return answers.now_standing(activity_id)
