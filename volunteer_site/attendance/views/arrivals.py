"""What the code at the door opens: checking in and out, oneself and those one acts for.

Whoever has not logged in goes to log in and comes back with a ticket that keeps the moment of
the scan (W24). The ticket is good only in the browser that scanned, which a cookie remembers.
"""

from dataclasses import replace
from secrets import token_urlsafe
from urllib.parse import urlencode

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from volunteer_site.attendance import nearness, parties, queries, services, settings
from volunteer_site.attendance.codes import TICKET_LASTS, CodeWorthless, Door
from volunteer_site.attendance.models import Direction, Method
from volunteer_site.attendance.parties import Party
from volunteer_site.attendance.queries import Entrance
from volunteer_site.attendance.services import Outcome, Seen
from volunteer_site.attendance.views import phones
from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import public
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people import families
from volunteer_site.people import queries as people_queries
from volunteer_site.people import services as people
from volunteer_site.people.models import ConsentKind
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
    """Check in the visitor, or somebody they act for, at the moment of their scan."""
    return _pass(Door(activity_id, Direction.IN))


@check_outs.post("", endpoint="create")
@public
def leave(activity_id: int) -> ResponseReturnValue:
    """Check out the visitor, or somebody they act for, at the moment of their scan."""
    return _pass(Door(activity_id, Direction.OUT))


def _ask(door: Door) -> ResponseReturnValue:
    person, code, now = visitor(), request.args.get("code", ""), clock.now()
    if person is None:
        return _log_in_first(door, code)
    party = parties.before(door, person.id, person.name, dates.today(now))
    if not code or not party.missing:
        return _page(door, party, "")
    try:
        scanned_at = settings.codes().scanned_at(code, door, _holders(person), now)
    except CodeWorthless:
        if party.own.mark is None:
            raise
        return _page(door, party, "")
    party = parties.let(party, door, scanned_at, settings.hours())
    return _page(door, party, settings.codes().ticket(door, _name(person), scanned_at))


def _pass(door: Door) -> ResponseReturnValue:
    person, code, now = visitor(), request.form.get("code", ""), clock.now()
    if person is None:
        return _log_in_first(door, code)
    whom = _whom(person)
    entrance = queries.entrance(door.activity_id, whom)
    if entrance.mark(door.direction) is not None:
        return _done(door, first=False)
    scanned_at = settings.codes().scanned_at(code, door, _holders(person), now)
    services.allow_scan(entrance, door.direction, scanned_at, settings.hours())
    cookie, device = phones.known()
    seen = Seen(Method.SCAN, scanned_at, None if whom == person.id else person.id, device)
    with write_transaction():
        outcome = _mark(door, whom, _with_nearness(entrance, whom, seen))
    return phones.remember(make_response(_done(door, first=outcome.first)), cookie)


def _whom(person: Visitor) -> int:
    """Return who is meant: the visitor, or somebody they act for; raises NotFound."""
    asked = request.form.get("person_id", type=number)
    if asked is None or asked == person.id:
        return person.id
    return families.relative(person.id, asked, dates.today(clock.now())).id


def _with_nearness(entrance: Entrance, person_id: int, seen: Seen) -> Seen:
    """Add whether the phone is at the place, if its owner agrees; who agrees now is written down.

    Nothing that goes wrong here stands against the check-in.
    """
    if seen.by_id is not None:
        return seen  # the phone is not theirs
    if phones.agrees_now() and not _is_minor(entrance):
        version = current_app.config["CONSENT_VERSION"]
        people.give_consent(person_id, ConsentKind.LOCATION, version, now=clock.now())
    near = phones.near(entrance.found.activity_id, person_id)
    return replace(seen, nearness=near.nearness, distance=near.distance) if near else seen


def _mark(door: Door, person_id: int, seen: Seen) -> Outcome:
    write = services.check_in if door.direction == Direction.IN else services.check_out
    return write(door.activity_id, person_id, seen, now=clock.now())


def _done(door: Door, *, first: bool) -> ResponseReturnValue:
    words = _("Thank you for coming!") if door.direction == Direction.IN else _("Thank you!")
    if not first:
        words = _("That was written down before; nothing has changed.")
    return htmx.done(_back(door), words, "good" if first else "info")


def _back(door: Door) -> str:
    """Return the page to show next; with the ticket while somebody of the family is missing."""
    if "more" in request.form:
        return f"{_address(door)}?{urlencode({'code': request.form.get('code', '')})}"
    return _address(door)


def _log_in_first(door: Door, code: str) -> ResponseReturnValue:
    """Lead to the log-in and back; a good code becomes a ticket that outlives it (W24)."""
    if not code:
        return redirect(url_for("sessions.new", next=_address(door)), code=303)
    browser, codes = request.cookies.get(BROWSER) or token_urlsafe(12), settings.codes()
    scanned_at = codes.scanned_at(code, door, {browser}, clock.now())
    ticket = codes.ticket(door, browser, scanned_at)
    back = f"{_address(door)}?code={ticket}"
    response = make_response(redirect(url_for("sessions.new", next=back), code=303))
    phones.keep(response, BROWSER, browser, TICKET_LASTS)
    return response


def _page(door: Door, party: Party, ticket: str) -> ResponseReturnValue:
    own = party.own.entrance
    shift = own.shift
    return render_template(
        "attendance/arrival.html",
        address=_address(door),
        leaving=door.direction == Direction.OUT,
        party=party,
        found=own.found,
        shift=shift,
        ticket=ticket,
        opening=settings.hours().span(shift.starts_at, shift.ends_at) if shift else None,
        nearness=_asks_where(party) if ticket and party.own.ready else None,
    )


def _asks_where(party: Party) -> str | None:
    """Return "asks" or "agreed" if the phone may say where it is; None where no place is set.

    Somebody under 18 is not asked: a guardian agrees for them, under “My data”.
    """
    own = party.own
    if nearness.place_of(own.entrance.found.activity_id) is None:
        return None
    if people_queries.agreed(own.id, ConsentKind.LOCATION) is not None:
        return "agreed"
    return None if _is_minor(own.entrance) else "asks"


def _is_minor(entrance: Entrance) -> bool:
    return people_queries.is_minor(entrance.found.birth_date, dates.today(clock.now()))


def _holders(person: Visitor) -> set[str]:
    return {_name(person), request.cookies.get(BROWSER, "")} - {""}


def _name(person: Visitor) -> str:
    return f"person {person.id}"


def _address(door: Door) -> str:
    return f"/activities/{door.activity_id}/check-{door.direction}"
