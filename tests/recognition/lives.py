"""What tests of measures need: entries told in a few words, and weeks to put them in."""

from datetime import date, datetime, timedelta

from volunteer_site.hours.queries import Entry
from volunteer_site.recognition.badges.measures import monday_of, week_of

HERE = 7  # a community
FIRST = week_of(date(2026, 1, 5))  # a Monday


def on(week, day=4, hour=10):
    """Return the moment (UTC) on a Friday, or another day, so many weeks after the first."""
    monday = datetime.combine(monday_of(FIRST + week), datetime.min.time())
    return monday + timedelta(days=day, hours=hour)


def served(number, week, *, day=4, hour=10, **more):
    starts = on(week, day, hour)
    told = {"person_id": 1, "recorder_id": HERE, "unit_id": None, "category": "clean-up",
            "service_date": starts.date(), "started_at": starts, "minutes": 60,
            "recorded_at": starts, "proof": "scanned", "title": "公益一小时：扫院子",
            "activity_id": number}  # fmt: skip
    return Entry(id=number, **told | more)


def weekly(*weeks):
    """Return an entry in each of these weeks."""
    return [served(number, week) for number, week in enumerate(weeks, 1)]


def open_in(*weeks, at=HERE):
    """Return these weeks as those in which a community did something."""
    return frozenset((at, FIRST + week) for week in weeks)
