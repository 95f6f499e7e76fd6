"""A volunteer's own page: what comes next, what they have given, what they got for it."""

import hashlib
from datetime import date, datetime, timedelta

from flask import (
    Blueprint,
    Response,
    get_template_attribute,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from volunteer_site.attendance import settings
from volunteer_site.core import charts, clock, dates, htmx, words
from volunteer_site.core.access import members_only, public
from volunteer_site.core.cache import kept
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.years import monday
from volunteer_site.pages import calendars, me, promised, year
from volunteer_site.people import kept_pages, services
from volunteer_site.people import queries as people
from volunteer_site.people.session import Visitor, current_person
from volunteer_site.signups import queries as signups
from volunteer_site.signups import settings as signup_settings

bp = Blueprint("me", __name__)
addresses = Blueprint("calendar_addresses", __name__)
feeds = Blueprint("calendar_feeds", __name__)
PAST_IN_FEED = timedelta(days=90)


@bp.get("/me")
@members_only
def show() -> Response:
    """Show what the person is going to do and what they have done."""
    home, tag = _home(current_person(), clock.now())
    return kept_pages.answer("pages/me.html", None, dict, tag, home=home)


@addresses.get("/me/calendar", endpoint="show")
@members_only
def address() -> str:
    """Show the secret address of the person's calendar and how a phone subscribes to it."""
    token = people.get(current_person().id).calendar_token
    path = f"{request.host}/me/calendar.ics?token={token}" if token else None
    return render_template("pages/me_calendar.html", path=path, scheme=request.scheme)


@addresses.post("/me/calendar", endpoint="create")
@members_only
def make_address() -> ResponseReturnValue:
    """Make the secret address, or another one so that the old one is dead."""
    with write_transaction():
        services.calendar_token(current_person().id, renew=request.form.get("renew") == "1")
    return htmx.done("/me/calendar", _("This is the address of your calendar."))


@feeds.get("/me/calendar.ics", endpoint="show")
@public
def feed() -> Response:
    """Return what the person has signed up for to a calendar that knows the secret (W48)."""
    person_id = people.by_calendar_token(request.args.get("token", ""))
    mine = signups.mine(person_id, clock.now() - PAST_IN_FEED)
    return calendars.answer(calendars.of_person(mine), "my-volunteering.ics")


def _home(person: Visitor, now: datetime) -> tuple[Markup, str]:
    """Return the page's content, made once for what it shows, and a tag that changes with it."""
    door, today = settings.hours(), dates.today(now)
    ahead = promised.ahead(person.id, now, door.before, door.after)
    terms = signup_settings.terms()
    facts, hours = me.facts(person.id, today, terms)
    badges = me.badges(person.id, facts.newest, now)
    absences = me.absences(person.id, facts, now, terms)
    panel = _year(person.id, facts, today) if hours.total else Markup()
    shown = (person.name, ahead, hours, facts, badges, absences, panel)
    key = (shown, words.locale(), today.year)
    return kept("me", 512).get(key, lambda: _rendered(*shown))  # type: ignore[no-any-return]


def _year(person_id: int, facts: me.Facts, today: date) -> Markup:
    """Return the panel of the year, kept until the ledger, the week or a name change."""
    mark = facts.newest[0]
    key = (person_id, mark, facts.newest[3], monday(today), today.month, words.locale())
    return kept("year panels", 1024).get(key, lambda: _panel(person_id, mark, today))  # type: ignore[no-any-return]


def _panel(person_id: int, mark: int, today: date) -> Markup:
    found, look_back = year.at_home(person_id, today, mark)
    if found is None:
        return Markup()
    panel = get_template_attribute("pages/year_parts.html", "panel")
    return panel(  # type: ignore[no-any-return]
        found,
        charts.weeks(found.year, found.weeks, today),
        year.told(found),
        year.kinds(found.kinds[: year.FEW]),
        [(part.name, part.minutes) for part in found.places[: year.FEW]],
        look_back and look_back.year,
    )


def _rendered(*shown: object) -> tuple[Markup, str]:
    home = get_template_attribute("pages/me_parts.html", "home")(*shown, dates.saying())
    return home, hashlib.blake2b(home.encode(), digest_size=12).hexdigest()
