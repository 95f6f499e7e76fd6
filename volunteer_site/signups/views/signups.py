"""Signing up, from the activity's page or straight from its card."""

from datetime import datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock
from volunteer_site.core.access import members_only
from volunteer_site.core.db import write_transaction
from volunteer_site.people.session import current_person
from volunteer_site.signups import queries, services, settings
from volunteer_site.signups.queries import Offers, State
from volunteer_site.signups.views import answers

bp = Blueprint("signups", __name__, url_prefix=answers.ADDRESS)


@bp.post("")
@members_only
def create(activity_id: int) -> ResponseReturnValue:
    """Give the visitor a place, or say why not; a full shift answers with the offer to wait."""
    person, now = current_person(), clock.now()
    found = queries.offers(activity_id, person.id)
    try:
        if found is None or found.state is State.NONE:
            _take(found, activity_id, person.id, now)
        elif found.state is State.WAITLISTED:
            _move_up(found, person.id, now)
    except services.ShiftFull as refusal:
        return answers.full(refusal, activity_id)

    return answers.now_standing(activity_id)


def _take(found: Offers | None, activity_id: int, person_id: int, now: datetime) -> None:
    offer = services.allow_place(found, request.form.get("shift_id", type=int), now)
    behind = services.priority(offer, person_id, now, settings.terms())
    services.refuse_scarce(offer, behind)
    with write_transaction():
        services.take_place(offer, person_id, activity_id, now=now, behind=behind)


def _move_up(found: Offers, person_id: int, now: datetime) -> None:
    """Let those who wait have what is free, in their order; say so to who must leave it to others.

    Places stay free beside a waiting list for who comes after the others (R16).
    """
    offer, terms = found.shift(found.signup_shift_id), settings.terms()
    if offer is None or offer.full or not found.open_at(now):
        return
    services.refuse_scarce(offer, services.priority(offer, person_id, now, terms))
    with write_transaction():
        services.promote(offer.shift_id, now=now, terms=terms)
