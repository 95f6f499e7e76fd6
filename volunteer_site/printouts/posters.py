"""Recruiting posters: one activity, or everything that a community or a unit's partners do."""

from datetime import datetime
from typing import Any, Final

from volunteer_site.activities import queries as activities
from volunteer_site.activities import weeks
from volunteer_site.activities.models import Activity
from volunteer_site.activities.weeks import Line
from volunteer_site.core import dates
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.core.words import ngettext
from volunteer_site.organisations import queries as organisations
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.printouts import periods, reach
from volunteer_site.printouts.orders import Order, Paper, Setting
from volunteer_site.printouts.paper import qr_svg

SMALL: Final = 1
LARGE: Final = 2**0.5  # A3 to A4
MOST_WORDS: Final = 72  # of what the work is; more nobody reads in passing


class NothingToRecruitFor(Refusal):
    """The activity has not been published, or it was called off or is over."""


def of_activity(order: Order, scale: float) -> Setting:
    """Return the poster of one activity; its code leads to where one signs up."""
    activity = reach.activity(order.visitor, order.organisation, order.subject)
    _check_open(activity, order.now)
    place = organisations.get(activity.organisation_id)
    where = f"{order.host}activities/{activity.id}"
    people = sum(shift.places for shift in activities.shifts(activity.id))
    content = {
        "scale": scale,
        "organisation": place.name,
        "title": activity.title,
        "day": dates.show_day(dates.local_date(activity.starts_at)),
        "hours": _hours(activity.starts_at, activity.ends_at),
        "place": activity.place,
        "content": _shortened(activity.content),
        "places": _wanted(people),
        "contact": activity.contact,
        "address": where,
        "qr": qr_svg(where),
        "words": _words() | {"call": _("Volunteers wanted"), "contact": _("Contact")},
    }
    return Setting("poster.typ", content, f"{_('Recruiting poster')} {activity.title}")


def of_week(order: Order, scale: float) -> Setting:
    """Return the poster of a week: a community's own activities, or those a unit helps with."""
    week, place = periods.week(order.subject), order.organisation
    community = place.kind != Kind.UNIT
    where = f"{order.host}?week={week}" + (f"&community={place.slug}" if community else "")
    lines = coming(place, week, order.now)
    several = len({line.organisation_id for line in lines}) > 1
    content = {
        "scale": scale,
        "organisation": place.name,
        "title": _("Join us this week"),
        "week": dates.show_week(week),
        "entries": [_entry(line, several=several) for line in lines],
        "address": where,
        "qr": qr_svg(where),
        "words": _words()
        | {
            "all": _("All activities, with the places that are still free"),
            "none": _("Nothing more is posted for this week."),
        },
    }
    return Setting("poster_week.typ", content, f"{_('Poster of the week')} {place.name} {week}")


def coming(place: Organisation, week: str, now: datetime) -> list[Line]:
    """Return what one can still come to in a week, at the place or its partners."""
    if place.kind == Kind.UNIT:
        friday = dates.week_days(week)[4]
        found = weeks.at(organisations.paired_communities(place.id, friday), [week])
    else:
        found = weeks.of_weeks([place.path], [week])
    held = (line for line in found if line.published_at and not line.cancelled_at)
    return [line for line in held if line.ends_at > now]


def _check_open(activity: Activity, now: datetime) -> None:
    state = activities.state_of(activity, now)
    if state == "draft":
        raise NothingToRecruitFor(
            _("This activity is a draft; the code on the poster would lead nowhere. Publish it."),
            link=(f"/desk/activities/{activity.id}", _("To the activity")),
        )
    if state not in {"published", "running"}:
        raise NothingToRecruitFor(
            _("This activity is over or was called off; nobody can be recruited for it any more."),
            link=("/print", _("Print shop")),
        )


def _entry(line: Line, *, several: bool) -> dict[str, str]:
    day = dates.show_day(dates.local_date(line.starts_at))
    date, weekday = periods.day_words(day)
    return {
        "date": date,
        "weekday": weekday,
        "title": line.title,
        "hours": _hours(line.starts_at, line.ends_at),
        "place": line.place,
        "organisation": line.organisation if several else "",
        "wanted": _wanted(line.places),
    }


def _wanted(people: int) -> str:
    return ngettext("%(num)d volunteer wanted", "%(num)d volunteers wanted", people)


def _hours(starts_at: datetime, ends_at: datetime) -> str:
    return f"{dates.show_time(starts_at)}–{dates.show_time(ends_at)}"


def _shortened(words: str) -> str:
    said = " ".join(words.split())
    return said if len(said) <= MOST_WORDS else f"{said[: MOST_WORDS - 1]}…"


def _words() -> dict[str, Any]:
    return {
        "time": _("Time"),
        "place": _("Place"),
        "content": _("Work"),
        "scan": _("Scan to sign up"),
        "page": _("Page {page} of {pages}"),
    }


_CALL, _WEEK = _l("Recruiting poster"), _l("Poster of the week")
PAPERS: Final = (
    Paper("poster-a4", _CALL, _l("A4"), lambda order: of_activity(order, SMALL)),
    Paper("poster-a3", _CALL, _l("A3"), lambda order: of_activity(order, LARGE)),
    Paper("week-poster-a4", _WEEK, _l("A4"), lambda order: of_week(order, SMALL)),
    Paper("week-poster-a3", _WEEK, _l("A3"), lambda order: of_week(order, LARGE)),
)
