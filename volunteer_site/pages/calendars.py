"""Calendar files and feeds that every calendar reads with the right time (W48, W49)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Response, current_app, request

from volunteer_site.activities.models import Activity
from volunteer_site.core import clock, dates
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.signups.queries import Mine

if TYPE_CHECKING:
    from icalendar import Calendar, Event


def of_activity(activity: Activity, community: Organisation) -> "Calendar":
    """Return a calendar with this one activity."""
    event = _event(activity.id, activity.title, activity.starts_at, activity.ends_at)
    event.add("location", f"{activity.place} ({community.name})")
    event.add("description", activity.content)
    event.add("status", "CANCELLED" if activity.cancelled_at else "CONFIRMED")
    return _calendar(activity.title, [event])


def of_person(signups: Iterable[Mine]) -> "Calendar":
    """Return a calendar with somebody's sign-ups; waiting is tentative, cancelled says so."""
    events = []
    for mine in signups:
        event = _event(mine.activity_id, mine.title, mine.starts_at, mine.ends_at)
        event.add("location", f"{mine.place} ({mine.community})")
        event.add("status", _status(mine))
        events.append(event)
    return _calendar(_("My volunteering"), events)


def answer(calendar: "Calendar", name: str) -> Response:
    """Send the calendar as a file of that name."""
    response = Response(calendar.to_ical(), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _calendar(name: str, events: "list[Event]") -> "Calendar":
    from icalendar import Calendar  # noqa: PLC0415 -- 4 MiB, for the few who ask for a calendar

    calendar = Calendar()
    calendar.add("prodid", "-//volunteer_site//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(dates.zone()))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar


def _event(activity_id: int, title: str, starts_at: datetime, ends_at: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415 -- as above

    event = Event()
    event.add("uid", f"activity-{activity_id}@{request.host}")
    event.add("dtstamp", clock.now().replace(tzinfo=UTC))
    event.add("summary", title)
    event.add("dtstart", dates.local(starts_at).replace(tzinfo=dates.zone()))
    event.add("dtend", dates.local(ends_at).replace(tzinfo=dates.zone()))
    event.add("url", f"{request.host_url}activities/{activity_id}")
    event.add("categories", [current_app.config["SITE_NAME"]])
    return event


def _status(mine: Mine) -> str:
    if mine.cancelled_at:
        return "CANCELLED"
    return "CONFIRMED" if mine.confirmed_at else "TENTATIVE"
