"""The coordinator's phone, or a scanner that types, reads the volunteers' own codes (W28, W30)."""

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity
from volunteer_site.attendance import services, settings
from volunteer_site.attendance.cards import CardUnknown
from volunteer_site.attendance.models import Direction
from volunteer_site.attendance.readings import Answer, Reading
from volunteer_site.attendance.services import Outcome, cards
from volunteer_site.attendance.views.panel import panel, shift_chosen, theirs, wish
from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.people import queries as people
from volunteer_site.people.models import Person, RoleName
from volunteer_site.people.session import current_person

bp = Blueprint("card_readings", __name__, url_prefix="/desk/activities/<int:activity_id>/cards")


@bp.get("")
@role(RoleName.COORDINATOR)
def new(activity_id: int) -> ResponseReturnValue:
    """Show the camera, and a field for a scanner that types."""
    return _page(theirs(activity_id), None)


@bp.post("")
@role(RoleName.COORDINATOR)
def create(activity_id: int) -> ResponseReturnValue:
    """Check in or out whose code was read, and say who it is and how they stand."""
    activity, code = theirs(activity_id), request.form.get("code", "").strip()
    try:
        person = _person(code)
    except CardUnknown as refusal:
        return _answer(activity, Reading(Answer.UNKNOWN, code, words=str(refusal)))
    try:
        services.allow_tick(activity, clock.now(), settings.hours())
        with write_transaction():
            outcome = _mark(activity, person.id)
    except (services.NotOnTheList, services.NotIn) as refusal:
        return _answer(activity, _without(refusal, activity, code, person))
    except Refusal as refusal:
        refused = Reading(Answer.REFUSED, code, person.name, str(refusal))
        return _answer(activity, refused)
    answer = Answer.DONE if outcome.first else Answer.BEFORE
    return _answer(activity, Reading(answer, code, person.name, mark=outcome.mark))


def _person(code: str) -> Person:
    person = people.by_number(settings.cards().number(code))
    if person is None:
        raise CardUnknown(_("Nobody has this number any more. Look for the name on the roster."))
    return person


def _mark(activity: Activity, person_id: int) -> Outcome:
    by_id, now = current_person().id, clock.now()
    if "let_in" in request.form:
        shift = shift_chosen(activity.id, "let_in")
        return cards.let_in(activity, shift, person_id, by_id, now=now)
    return cards.read(activity.id, person_id, wish().direction, by_id, now=now)


def _without(refusal: Refusal, activity: Activity, code: str, person: Person) -> Reading:
    """Say what is missing: a place, which one tap gives, or the check-in before the check-out."""
    if isinstance(refusal, services.NotIn):
        return Reading(Answer.NOT_IN, code, person.name, str(refusal))
    shifts = tuple(activities.shifts(activity.id))
    return Reading(Answer.ABSENT, code, person.name, str(refusal), shifts=shifts)


def _answer(activity: Activity, reading: Reading) -> ResponseReturnValue:
    """Answer htmx with the result; a plain browser with the page, ready for the next code."""
    if htmx.asked():
        words = _words(activity, reading)
        return htmx.show("attendance/_reading.html", status=reading.status, **words)
    if reading.mark is None:
        return _page(activity, reading)
    address = f"/desk/activities/{activity.id}/cards?direction={wish().direction}"
    return htmx.done(address, f"{reading.name} · {reading.said}", reading.tone)


def _page(activity: Activity, reading: Reading | None) -> ResponseReturnValue:
    words = render_template("attendance/cards.html", **_words(activity, reading))
    return make_response(words, reading.status if reading else 200)


def _words(activity: Activity, reading: Reading | None) -> dict[str, Any]:
    return {
        "door": panel(theirs(activity.id), clock.now()),
        "reading": reading,
        "out": wish().direction == Direction.OUT,
    }
