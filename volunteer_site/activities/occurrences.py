"""When a programme takes place next: its weekday, and what holidays make of it (R9, R26)."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from volunteer_site.activities.models import HolidayRule, Programme
from volunteer_site.activities.plans import Plan, ShiftPlan, words_of
from volunteer_site.activities.queries import LastTime
from volunteer_site.core import calendar, dates, words
from volunteer_site.core.calendar import DayKind, WorkCalendar
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _

WEEK = timedelta(days=7)
THURSDAY = 3
DOUBLE = 2
WORKING_DAYS_TO_RECORD = 10  # R8
MOST_WEEKS = 60


@dataclass(frozen=True)
class Occurrence:
    """A programme's own day, and the day it is really held; None when it is skipped."""

    due_on: date
    day: date | None
    why: str = ""  # what is not as usual, in a sentence
    unknown: bool = False  # the holidays of that year are not known (R9)


def days_from(day: date) -> WorkCalendar:
    """Read the calendar that this module needs to look ahead from a day, in one query."""
    return calendar.load(day - WEEK, day + (MOST_WEEKS + 9) * WEEK)


def between(
    programme: Programme, first: date, last: date, days: WorkCalendar
) -> Iterator[Occurrence]:
    """Yield what the programme has from one day to another, both included."""
    day = first + timedelta(days=(programme.weekday - first.weekday()) % 7)
    while day <= last:
        yield occurrence(programme, day, days)
        day += WEEK


def next_occurrence(
    programme: Programme, now: datetime, days: WorkCalendar, made: Container[date] = ()
) -> Occurrence:
    """Return the next date that has no activity yet and has not begun, also if it is skipped."""
    first = dates.today(now)
    for found in between(programme, first, first + MOST_WEEKS * WEEK, days):
        begins = starts_at(programme, found.day or found.due_on)
        if found.due_on not in made and begins > now:
            return found
    raise AssertionError("more than a year is prepared already")


def occurrence(programme: Programme, due_on: date, days: WorkCalendar) -> Occurrence:
    """Return what becomes of the programme on one of its days."""
    known = days.describe(due_on, _language())
    if not known.known and programme.holiday_rule != HolidayRule.HOLD:
        return Occurrence(due_on, due_on, _unknown_words(due_on.year), unknown=True)
    if not _is_holiday(known):
        makes_up = known.known and known.working and known.moved
        return Occurrence(due_on, due_on, _make_up_words(due_on) if makes_up else "")
    return _on_holiday(programme, due_on, known.name or _("a holiday"), days)


def _on_holiday(programme: Programme, due_on: date, name: str, days: WorkCalendar) -> Occurrence:
    said = {"day": dates.show_day(due_on), "name": name}
    if programme.holiday_rule == HolidayRule.HOLD:
        return Occurrence(
            due_on, due_on, _("%(day)s is %(name)s; it is held all the same.", **said)
        )
    if programme.holiday_rule == HolidayRule.SKIP:
        return Occurrence(due_on, None, _("%(day)s is %(name)s, so it is skipped.", **said))
    try:
        moved = days.after(due_on, 1)
    except calendar.UnknownYear as unknown:
        return Occurrence(due_on, due_on, _unknown_words(unknown.year), unknown=True)
    why = _("%(day)s is %(name)s, so it moves to %(to)s.", to=dates.show_day(moved), **said)
    return Occurrence(due_on, moved, why)


def own_day(programme: Programme, text: str) -> date:
    """Read one of the programme's own days; raises NotFound for any other."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if day.year not in dates.YEARS or day.weekday() != programme.weekday:
        raise NotFound(_("The programme has nothing on that day. Reload the page and look again."))
    return day


def prefilled(programme: Programme, found: Occurrence) -> Plan:
    """Return the activity as the programme fills it in; a skipped one on its own day."""
    starts = starts_at(programme, found.day or found.due_on)
    shift = ShiftPlan(starts, starts + timedelta(minutes=programme.lasts_minutes), programme.places)
    note = found.why if found.day != found.due_on and found.day is not None else ""
    return Plan(words_of(programme), (shift,), None, programme.leader_id, note)


def starts_at(programme: Programme, day: date) -> datetime:
    """Return the moment the programme begins on a day, in UTC."""
    minutes = timedelta(minutes=programme.starts_minute)
    return dates.utc(datetime(day.year, day.month, day.day) + minutes)  # noqa: DTZ001 -- local


def oddities(plan: Plan, last: LastTime | None, days: WorkCalendar) -> list[str]:
    """Say what differs so much from last time or from usual that somebody should look twice."""
    return [*day_oddities(dates.local_date(plan.starts_at), days), *_differences(plan, last)]


def day_oddities(day: date, days: WorkCalendar) -> Iterator[str]:
    """Say if a day is a holiday, a make-up workday or in a year nobody knows yet."""
    known = days.describe(day, _language())
    if not known.known:
        yield _unknown_words(day.year)
    elif _is_holiday(known):
        name = known.name or _("a holiday")
        yield _("%(day)s is %(name)s.", day=dates.show_day(day), name=name)
    elif known.moved:
        yield _make_up_words(day)


def posting_day(week: Sequence[date], days: WorkCalendar) -> date:
    """Return the week's Thursday, or the working day before it if that is a holiday (R26)."""
    day = week[THURSDAY]
    while day > week[0] and not days.describe(day).working:
        day -= timedelta(days=1)
    return day


def _differences(plan: Plan, last: LastTime | None) -> Iterator[str]:
    if last is None:
        return
    if plan.words["place"] != last.place:
        yield _(
            "Another place than last time: %(new)s, not %(old)s.",
            new=plan.words["place"],
            old=last.place,
        )
    if plan.places >= DOUBLE * last.places:
        yield _("%(new)d places; last time it was %(old)d.", new=plan.places, old=last.places)


def _is_holiday(known: DayKind) -> bool:
    """Tell a holiday from a plain weekend."""
    return not known.working and (known.moved or bool(known.name))


def _language() -> str:
    return "zh" if words.locale() == "zh_CN" else "en"


def _make_up_words(day: date) -> str:
    said = dates.show_day(day)
    return _("%(day)s is a make-up workday; many people are at work.", day=said)


def _unknown_words(year: int) -> str:
    return _(
        "The holidays of %(year)d are not known yet; the district office enters them. Check the "
        "day yourself.",
        year=year,
    )
