"""What all three actions answer: the part of the activity's page where one signs up."""

from flask import current_app, flash, url_for
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.signups import queries
from volunteer_site.signups.forms import WithdrawalForm
from volunteer_site.signups.queries import Offers, Seats, State
from volunteer_site.signups.services import ShiftFull

ADDRESS = "/activities/<int:activity_id>/signup"


def now_standing(activity_id: int) -> ResponseReturnValue:
    """Answer with how the visitor stands towards the activity now."""
    found = _found(activity_id)
    return htmx.answer(
        "signups/seats.htmx.html",
        otherwise=url_for("pages.activity", activity_id=activity_id),
        message=_words(found),
        seats=_seats(found),
        form=WithdrawalForm(),
    )


def again(activity_id: int, form: WithdrawalForm) -> ResponseReturnValue:
    """Give the form back as it was typed, with the error beside the field."""
    seats = _seats(_found(activity_id))
    return htmx.show("signups/_seats.html", status=422, seats=seats, form=form)


def full(refusal: ShiftFull, activity_id: int) -> ResponseReturnValue:
    """Say that every place is taken and offer the waiting list (409)."""
    if not htmx.asked():
        flash(str(refusal), "warn")
    fragment = "signups/seats.htmx.html" if htmx.asked() else "signups/_seats.html"
    context = {"seats": _seats(_found(activity_id)), "form": WithdrawalForm()}
    return htmx.show(fragment, status=409, message=str(refusal), tone="warn", **context)


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
