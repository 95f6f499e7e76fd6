"""What all three actions answer: the part of the activity's page where one signs up."""

from dataclasses import replace

from flask import current_app, flash
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.signups import queries
from volunteer_site.signups.forms import WithdrawalForm
from volunteer_site.signups.parts import FRAGMENT, seats_part
from volunteer_site.signups.queries import Offers, Seats, State
from volunteer_site.signups.services import OthersFirst, ShiftFull

ADDRESS = "/activities/<int:activity_id>/signup"


def now_standing(activity_id: int) -> ResponseReturnValue:
    """Answer with how the visitor stands towards the activity now."""
    found = _found(activity_id)
    if not htmx.asked():
        return htmx.done(f"/activities/{activity_id}", _words(found))
    return htmx.send(seats_part(_seats(found), FRAGMENT, message=_words(found), tone="good"))


def again(activity_id: int, form: WithdrawalForm) -> ResponseReturnValue:
    """Give the form back as it was typed, with the error beside the field."""
    seats = _seats(_found(activity_id))
    return htmx.show("signups/_seats.html", status=422, seats=seats, form=form)


def full(refusal: ShiftFull, activity_id: int) -> ResponseReturnValue:
    """Say that every place is taken, or is for others first, and offer the waiting list (409)."""
    seats, words = _seats(_found(activity_id)), {"message": str(refusal), "tone": "warn"}
    seats = replace(seats, others_first=isinstance(refusal, OthersFirst))
    if htmx.asked():
        return htmx.send(seats_part(seats, FRAGMENT, **words), status=409)
    flash(str(refusal), "warn")
    context = {"seats": seats, "form": WithdrawalForm(), **words}
    return htmx.show("signups/_seats.html", status=409, **context)


def _found(activity_id: int) -> Offers:
    found = queries.offers(activity_id, current_person().id)
    if found is None:
        raise NotFound(_("There is no such activity. It may have been taken back."))
    return found


def _seats(found: Offers) -> Seats:
    return queries.seats(found, clock.now(), current_app.config["FREE_WITHDRAWAL_HOURS"])


def _words(found: Offers) -> str:
    if found.state is State.CONFIRMED:
        return _("You are signed up. See you there!")
    if found.state is State.WAITLISTED:
        return _("You are number %(position)d on the waiting list.", position=found.position)
    return _("You are not signed up. Thank you for telling us.")
