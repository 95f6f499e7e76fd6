"""Signing up, from the activity's page or straight from its card."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock
from volunteer_site.core.access import members_only
from volunteer_site.core.db import write_transaction
from volunteer_site.people.session import current_person
from volunteer_site.signups import queries, services
from volunteer_site.signups.queries import State
from volunteer_site.signups.views import answers

bp = Blueprint("signups", __name__, url_prefix=answers.ADDRESS)


@bp.post("")
@members_only
def create(activity_id: int) -> ResponseReturnValue:
    """Give the visitor a place, or say why not; a full shift answers with the offer to wait."""
    person, now = current_person(), clock.now()
    found = queries.offers(activity_id, person.id)
    if found is None or found.state is State.NONE:
        chosen = request.form.get("shift_id", type=int)
        try:
            offer = services.allow_place(found, chosen, now)
            with write_transaction():
                services.take_place(offer, person.id, activity_id, now=now)
        except services.ShiftFull as refusal:
            return answers.full(refusal, activity_id)

    return answers.now_standing(activity_id)
