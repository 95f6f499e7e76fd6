"""What a roll says about itself, the same on the desk, on the page and on paper (R39, R43)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from volunteer_site.core import dates
from volunteer_site.core.numbers import show_hours
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import wording
from volunteer_site.recognition.models import HonorRoll
from volunteer_site.recognition.rolls.queries import Named


def full_date(day: date) -> str:
    """Write a date with its year, as papers do: 2026年11月3日 (R64)."""
    if dates.saying().chinese:
        return dates.arabic_date(day)
    return f"{day.day} {dates.MONTHS_EN[day.month - 1]} {day.year}"


def full_moment(moment: datetime) -> str:
    """Write a moment with its year; midnight is the end of the day before: 12月3日24:00."""
    at = dates.local(moment)
    if at.time() == time():
        return f"{full_date(at.date() - timedelta(days=1))} 24:00"
    return f"{full_date(at.date())} {at:%H:%M}"


def period(month: str) -> str:
    """Say which days count."""
    first, last = dates.month_dates(month)
    return _("Service from %(first)s to %(last)s.", first=full_date(first), last=full_date(last))


def cutoff(roll: HonorRoll) -> str:
    """Say until when hours had to be recorded (R39)."""
    return _("Hours recorded until %(moment)s.", moment=full_moment(roll.cutoff_at))


def minimum(roll: HonorRoll) -> str:
    """Say what it takes to be on the roll."""
    if not roll.minimum_minutes:
        return _("Everybody who served is on it.")
    hours = show_hours(roll.minimum_minutes, 1)
    return _("Whoever served at least %(hours)s hours is on it.", hours=hours)


def ordering(roll: HonorRoll) -> str:
    """Say how names are ordered; hours are shown, and so compared, in steps (R66, R69)."""
    if roll.name_order == "full":
        return _(
            "Most hours first, in steps of %(unit)s minutes; the same hours share a rank and stand "
            "in order of the strokes of the whole name.",
            unit=roll.step_minutes,
        )
    return _(
        "Most hours first, in steps of %(unit)s minutes; the same hours share a rank and stand in "
        "order of the strokes of the surname.",
        unit=roll.step_minutes,
    )


def stars(lines: Iterable[Named]) -> str:
    """Say why some names have stars; nothing if none has (R40, R41)."""
    if all(line.whole for line in lines):
        return ""
    return _("Names with a star are not published in full, by choice or because of age.")


def totals(roll: HonorRoll) -> str:
    """Say how many people and hours: the minutes are added up first (R4)."""
    hours = hours_of(roll, roll.minutes)
    return _("%(people)s people, %(hours)s hours together", people=roll.people, hours=hours)


def proof(roll: HonorRoll) -> str:
    """Say how much was seen at the door; nothing on rolls made before that was counted."""
    if roll.on_site_minutes is None:
        return ""
    return wording.on_site(roll.on_site_minutes, roll.minutes, hours_of(roll, roll.minutes))


def hours_of(roll: HonorRoll, minutes: int) -> str:
    """Return minutes as the hours that this roll shows; a setting changed later changes nothing."""
    return show_hours(minutes, roll.step_minutes)
