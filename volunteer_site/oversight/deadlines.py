"""By when something has to be answered: in working days, shown as a date (R8, R9)."""

from datetime import date, datetime

from volunteer_site.core import calendar, dates


def due_on(now: datetime, days: int) -> date | None:
    """Return the day so many working days from today; None in a year nobody knows yet (R9)."""
    try:
        return calendar.working_day_after(dates.today(now), days)
    except calendar.UnknownYear:
        return None
