"""What a roll says about itself, the same on the desk, on the page and on paper (R39, R43)."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from volunteer_site.core import dates
from volunteer_site.core.numbers import in_hours, show_hours
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import ngettext
from volunteer_site.hours import wording
from volunteer_site.recognition.rolls import rule
from volunteer_site.recognition.rolls.models import Counts, Edge, HonorRoll, RollKind, Whose
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


def title(roll: HonorRoll | RollKind | None) -> str:
    """Return what the roll is called: 光荣榜, or as its kind is called (R43)."""
    if roll is None or not roll.title:
        return _("Honor roll")
    return roll.title if dates.saying().chinese or not roll.title_en else roll.title_en


def full_title(roll: HonorRoll, place: str) -> str:
    """Return whose roll of which month it is."""
    return _(
        "%(place)s, %(month)s: %(title)s",
        place=place,
        month=dates.show_month(roll.month),
        title=title(roll),
    )


def days(roll: HonorRoll) -> str:
    """Say which days count: the month, or the 52 weeks that end in it."""
    return _days(*rule.span(roll.month, roll.counts))


def cutoff(roll: HonorRoll) -> str:
    """Say until when hours had to be recorded (R39)."""
    return _("Hours recorded until %(moment)s.", moment=full_moment(roll.cutoff_at))


def minimum(roll: HonorRoll) -> str:
    """Say what it takes to be on the roll."""
    if roll.counts in rule.IN_WEEKS:
        words = _weeks(roll)
    elif roll.counts == Counts.PER_HEAD:
        words = _(
            "Units whose people served at least %(minutes)d minutes for each of their registered "
            "staff.",
            minutes=roll.minimum_minutes,
        )
    else:
        words = _hours(roll)
    if roll.counts == Counts.NEWCOMERS:
        words = joined(_("Only those who served for the first time ever."), words)
    return joined(words, _places(roll)) if roll.most else words


def ordering(roll: HonorRoll) -> str:
    """Say how names are ordered; hours are shown, and so compared, in steps (R66, R69)."""
    if roll.counts not in rule.IN_STEPS:
        first = (
            _("Most minutes a head first;")
            if roll.counts == Counts.PER_HEAD
            else _("Most weeks first;")
        )
        return joined(first, _same_rank(roll))
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


def names(roll: HonorRoll, lines: Collection[Named]) -> str:
    """Say why some names have stars and how many are missing; nothing if all are there (R40)."""
    said = []
    if not all(line.whole for line in lines):
        said.append(_("Names with a star are not published in full, by choice or because of age."))
    if missing := roll.people - len(lines):
        said.append(_("Not named, by their own wish: %(count)d.", count=missing))
    return joined(*said)


def totals(roll: HonorRoll) -> str:
    """Say how many people and hours: the minutes are added up first (R4)."""
    hours = in_hours(hours_of(roll, roll.minutes))
    return _("%(whom)s, %(hours)s together", whom=how_many(roll, roll.people), hours=hours)


def how_many(roll: HonorRoll, count: int) -> str:
    """Say how many of those whom the roll honours: people, units or teams."""
    if roll.whose == Whose.PEOPLE:
        return ngettext("%(num)d person", "%(num)d people", count)
    if roll.whose == Whose.UNITS:
        return ngettext("%(num)d unit", "%(num)d units", count)
    return ngettext("%(num)d team", "%(num)d teams", count)


def value(roll: HonorRoll, line: Named) -> str:
    """Say what a line is honoured for: hours, weeks, or minutes a head."""
    return amount(roll, line.value)


def amount(roll: HonorRoll, number: int) -> str:
    """Write what a roll counts: hours, weeks, or minutes a head."""
    return _amount(roll.counts, number, hours_of(roll, number))


def least(kind: RollKind) -> str:
    """Say with its unit what a kind of roll asks for, to the minute as its rolls do."""
    return _amount(kind.counts, kind.minimum, show_hours(kind.minimum, 1))


def proof(roll: HonorRoll) -> str:
    """Say how much was seen at the door; nothing on rolls made before that was counted."""
    if roll.on_site_minutes is None:
        return ""
    return wording.on_site(roll.on_site_minutes, roll.minutes, hours_of(roll, roll.minutes))


def hours_of(roll: HonorRoll, minutes: int) -> str:
    """Return minutes as the hours that this roll shows; a setting changed later changes nothing."""
    return show_hours(minutes, roll.step_minutes)


def joined(*sentences: str) -> str:
    """Put sentences one after the other; Chinese has no space between them."""
    return ("" if dates.saying().chinese else " ").join(filter(None, sentences))


def _amount(counts: str, number: int, hours: str) -> str:
    if counts in rule.IN_WEEKS:
        return ngettext("%(num)d week", "%(num)d weeks", number)
    if counts == Counts.PER_HEAD:
        return _("%(count)d minutes a head", count=number)
    return in_hours(hours)


def _days(first: date, last: date) -> str:
    return _("Service from %(first)s to %(last)s.", first=full_date(first), last=full_date(last))


def _hours(roll: HonorRoll) -> str:
    if not roll.minimum_minutes:
        return _("Everybody who served is on it.")
    hours = show_hours(roll.minimum_minutes, 1)
    if roll.whose != Whose.PEOPLE:
        return _("Those whose people served at least %(hours)s hours are on it.", hours=hours)
    return _("Whoever served at least %(hours)s hours is on it.", hours=hours)


def _weeks(roll: HonorRoll) -> str:
    weeks = max(roll.minimum_weeks, 1)
    if roll.counts == Counts.YEAR_WEEKS:
        return _("Whoever served in at least %(weeks)d of these 52 weeks.", weeks=weeks)
    return _("Whoever served in at least %(weeks)d weeks of the month.", weeks=weeks)


def _places(roll: HonorRoll) -> str:
    if roll.edge == Edge.NONE:
        return _(
            "%(most)d places at most; whoever shares the last one is left out.", most=roll.most
        )
    return _("%(most)d places; whoever shares the last one is on it, too.", most=roll.most)


def _same_rank(roll: HonorRoll) -> str:
    if roll.name_order == "full":
        return _("the same number shares a rank, in order of the strokes of the whole name.")
    return _("the same number shares a rank, in order of the strokes of the surname.")
