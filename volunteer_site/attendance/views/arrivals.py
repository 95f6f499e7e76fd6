"""What the code at the door opens: checking oneself in and out.

Whoever has not logged in goes to log in and comes back with a ticket that keeps the moment of
the scan (W24). The ticket is good only in the browser that scanned, which a cookie remembers.
"""

from secrets import token_urlsafe

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer_site.attendance import queries, services, settings
from volunteer_site.attendance.codes import TICKET_LASTS, Door
from volunteer_site.attendance.models import Direction, Method
from volunteer_site.attendance.queries import Entrance
from volunteer_site.attendance.services import Outcome, Seen
from volunteer_site.core import clock, htmx
from volunteer_site.core.access import public
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import Visitor, visitor

BROWSER = "door"  # the cookie's name

check_ins = Blueprint("check_ins", __name__, url_prefix="/activities/<int:activity_id>/check-in")
check_outs = Blueprint("check_outs", __name__, url_prefix="/activities/<int:activity_id>/check-out")


@check_ins.get("", endpoint="new")
@public
def arriving(activity_id: int) -> ResponseReturnValue:
    """Show who would be checked in, and one big button; nothing changes yet."""
    return _ask(Door(activity_id, Direction.IN))


@check_outs.get("", endpoint="new")
@public
def leaving(activity_id: int) -> ResponseReturnValue:
    """Show who would be checked out, and one big button; nothing changes yet."""
    return _ask(Door(activity_id, Direction.OUT))


@check_ins.post("", endpoint="create")
@public
def arrive(activity_id: int) -> ResponseReturnValue:
    """Check the visitor in at the moment of their scan."""
    return _pass(Door(activity_id, Direction.IN))


@check_outs.post("", endpoint="create")
@public
def leave(activity_id: int) -> ResponseReturnValue:
    """Check the visitor out at the moment of their scan."""
    return _pass(Door(activity_id, Direction.OUT))


def _ask(door: Door) -> ResponseReturnValue:
    person, code, now = visitor(), request.args.get("code", ""), clock.now()
    if person is None:
        return _log_in_first(door, code)
    entrance = queries.entrance(door.activity_id, person.id)
    ticket = ""
    if code and entrance.mark(door.direction) is None:
        scanned_at = settings.codes().scanned_at(code, door, _holders(person), now)
        services.allow_scan(entrance, door.direction, scanned_at, settings.hours())
        ticket = settings.codes().ticket(door, _name(person), scanned_at)
    return _page(door, entrance, ticket)


def _pass(door: Door) -> ResponseReturnValue:
    person, code, now = visitor(), request.form.get("code", ""), clock.now()
    if person is None:
        return _log_in_first(door, code)
    entrance = queries.entrance(door.activity_id, person.id)
    if entrance.mark(door.direction) is not None:
        return _done(door, first=False)
    scanned_at = settings.codes().scanned_at(code, door, _holders(person), now)
    services.allow_scan(entrance, door.direction, scanned_at, settings.hours())
    seen = Seen(Method.SCAN, scanned_at)
    with write_transaction():
        outcome = _mark(door, person.id, seen)
    return _done(door, first=outcome.first)


def _mark(door: Door, person_id: int, seen: Seen) -> Outcome:
    write = services.check_in if door.direction == Direction.IN else services.check_out
    return write(door.activity_id, person_id, seen, now=clock.now())


def _done(door: Door, *, first: bool) -> ResponseReturnValue:
    words = _("Thank you for coming!") if door.direction == Direction.IN else _("Thank you!")
    if not first:
        words = _("That was written down before; nothing has changed.")
    return htmx.done(_address(door), words, "good" if first else "info")


def _log_in_first(door: Door, code: str) -> ResponseReturnValue:
    """Lead to the log-in and back; a good code becomes a ticket that outlives it (W24)."""
    if not code:
        return redirect(url_for("sessions.new", next=_address(door)), code=303)
    browser, codes = request.cookies.get(BROWSER) or token_urlsafe(12), settings.codes()
    scanned_at = codes.scanned_at(code, door, {browser}, clock.now())
    ticket = codes.ticket(door, browser, scanned_at)
    back = f"{_address(door)}?code={ticket}"
    response = make_response(redirect(url_for("sessions.new", next=back), code=303))
    response.set_cookie(
        BROWSER,
        browser,
        max_age=TICKET_LASTS,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
    )
    return response


def _page(door: Door, entrance: Entrance, ticket: str) -> ResponseReturnValue:
    shift = entrance.shift
    return render_template(
        "attendance/arrival.html",
        address=_address(door),
        leaving=door.direction == Direction.OUT,
        found=entrance.found,
        shift=shift,
        came=entrance.came,
        left=entrance.left,
        ticket=ticket,
        opening=settings.hours().span(shift.starts_at, shift.ends_at) if shift else None,
    )


def _holders(person: Visitor) -> set[str]:
    return {_name(person), request.cookies.get(BROWSER, "")} - {""}


def _name(person: Visitor) -> str:
    return f"person {person.id}"


def _address(door: Door) -> str:
    return f"/activities/{door.activity_id}/check-{door.direction}"
