"""One activity: all that R15 asks for, where to sign up, and its calendar file."""

from typing import Any

from flask import Blueprint, Response, current_app, render_template

from volunteer_site.activities import queries as activities
from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.attendance import queries as attendance
from volunteer_site.attendance import settings
from volunteer_site.core import clock, dates
from volunteer_site.core.access import public
from volunteer_site.core.errors import NotFound
from volunteer_site.core.versions import all_now
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.pages import calendars
from volunteer_site.people import kept_pages
from volunteer_site.people.session import visitor
from volunteer_site.signups import queries as signups
from volunteer_site.signups.parts import INVITATION, SEATS, family_part, seats_part

bp = Blueprint("pages", __name__)


@bp.get("/activities/<int:activity_id>")
@public
def activity(activity_id: int) -> Response:
    """Show an activity with its places."""
    person, now = visitor(), clock.now()
    found = signups.offers(activity_id, person.id if person else None)
    if found is None or found.published_at is None:
        raise NotFound(_("There is no such activity. It may have been taken back."))
    seats = signups.seats(found, now, current_app.config["FREE_WITHDRAWAL_HOURS"])
    pieces: dict[str, str] = {"seats": seats_part(seats, SEATS if person else INVITATION)}
    if person is not None:
        pieces["family"] = family_part(found, person.id, now)
    presence = attendance.presence(found, person.id, settings.hours(), now) if person else None
    if presence is not None:
        pieces["presence"] = render_template("attendance/_presence.html", presence=presence)
    versions = all_now()
    key = (activity_id, versions["board"], versions["organisations"], dates.today(now).year)
    return kept_pages.answer("pages/activity.html", key, lambda: _about(activity_id), **pieces)


def _about(activity_id: int) -> dict[str, Any]:
    shown = activities.published(activity_id)
    return {
        "activity": shown,
        "community": organisations.get(shown.organisation_id),
        "category": CATEGORIES.get(shown.category),
        "presence": "",
        "family": "",
    }


@bp.get("/activities/<int:activity_id>.ics")
@public
def activity_file(activity_id: int) -> Response:
    """Return the activity as a calendar file (W48)."""
    shown = activities.published(activity_id)
    community = organisations.get(shown.organisation_id)
    return calendars.answer(calendars.of_activity(shown, community), f"activity-{activity_id}.ics")
