"""Ten working days to ask after the end, ten more to decide; unknown years are said (R9, R21)."""

from collections.abc import Sequence
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
    return last_days([since])[since]


def last_days(moments: Sequence[datetime]) -> dict[datetime, date | None]:
    """Return the last of the ten working days after each of these moments, in one query."""
    if not moments:
        return {}
    first, last = (dates.local_date(one) for one in (min(moments), max(moments)))
    days = calendar.load(first, last + calendar.REACH)
    return {moment: _last(days, dates.local_date(moment)) for moment in moments}


def _last(days: calendar.WorkCalendar, since: date) -> date | None:
    try:
        return days.after(since, WORKING_DAYS_TO_RECORD)
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
