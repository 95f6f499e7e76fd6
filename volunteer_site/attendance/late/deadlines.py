"""Ten working days to ask after the end, ten more to decide; unknown years are said (R9, R21)."""

from datetime import date, datetime

from volunteer_site.activities.occurrences import WORKING_DAYS_TO_RECORD
from volunteer_site.core import calendar, dates


def in_time(since: datetime, now: datetime) -> bool:
    """Tell whether at most ten working days have passed since a moment, its own day not counted.

    Only the days that are over are looked at, so that a coming year whose holidays nobody knows
    yet is asked for only when it matters; then it raises calendar.UnknownYear (R9).
    """
    first, today = dates.local_date(since), dates.today(now)
    if today <= first:
        return True
    days = calendar.load(first, today)
    return _passed(days, first, today) < WORKING_DAYS_TO_RECORD


def last_day(since: datetime) -> date | None:
    """Return the last of the ten working days; None in a year whose holidays nobody knows (R9)."""
    try:
        return calendar.working_day_after(dates.local_date(since), WORKING_DAYS_TO_RECORD)
    except calendar.UnknownYear:
        return None


def _passed(days: calendar.WorkCalendar, first: date, today: date) -> int:
    """Count the working days that are over: after the first day and before today."""
    ordinals = range(first.toordinal() + 1, today.toordinal())
    count = 0
    for number in ordinals:
        count += days.is_working_day(date.fromordinal(number))
        if count >= WORKING_DAYS_TO_RECORD:
            break
    return count
