"""Days, weeks and months where the site stands, and how they are said.

What is stored is UTC without a zone; a `datetime` given to a function of this module is that,
unless its name says local. A `date` is always a day of the site's zone.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import Flask, current_app, has_app_context

from volunteer_site.core import clock, words
from volunteer_site.core.numbers import UNIT, in_digits, in_hours, in_numerals, show_hours

DEFAULT_ZONE = "Asia/Shanghai"
YEARS = range(1900, 3000)  # a year beyond is a slip of the keyboard
DAYS_ZH = "一二三四五六日"
DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")

Bounds = tuple[datetime, datetime]


def init_app(app: Flask) -> None:
    """Add the filters `day`, `time`, `moment`, `span`, `month`, `week`, `iso`, `[in_]hours`."""
    app.jinja_env.filters.update(
        day=show_day,
        time=show_time,
        moment=show_moment,
        span=show_span,
        month=show_month,
        week=show_week,
        iso=show_iso,
        hours=hours,
        in_hours=in_hours,
    )


def zone() -> ZoneInfo:
    """Return the zone the site stands in, from the setting TIMEZONE."""
    return ZoneInfo(current_app.config["TIMEZONE"] if has_app_context() else DEFAULT_ZONE)


def local(moment: datetime, tz: ZoneInfo | None = None) -> datetime:
    """Return a stored moment as the clock on the wall shows it, without a zone."""
    return _on_the_wall(moment, tz or zone())


def utc(local_moment: datetime, tz: ZoneInfo | None = None) -> datetime:
    """Return what the clock on the wall shows as a moment to store."""
    return local_moment.replace(tzinfo=tz or zone()).astimezone(UTC).replace(tzinfo=None)


def local_date(moment: datetime, tz: ZoneInfo | None = None) -> date:
    """Return the day a stored moment falls on."""
    return local(moment, tz).date()


def today(now: datetime, tz: ZoneInfo | None = None) -> date:
    """Return the day it is at `now`, a moment in UTC."""
    return local_date(now, tz)


def day_bounds(day: date, tz: ZoneInfo | None = None) -> Bounds:
    """Return the moments a day begins and the next one does, to compare stored times with."""
    return _bounds(day, day + timedelta(days=1), tz)


def week_of(day: date) -> str:
    """Return the week a day is in, Monday to Sunday, as addresses write it: 2026-W47."""
    year, week, _weekday = day.isocalendar()
    return f"{year:04}-W{week:02}"


def week_days(week: str) -> list[date]:
    """Return the seven days of a week like 2026-W47; raises ValueError for anything else."""
    found = _WEEK.fullmatch(week)
    if not found or int(found[1]) not in YEARS:
        raise ValueError(f"Not a week: {week!r}")
    monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    return [monday + timedelta(days=number) for number in range(7)]


def week_bounds(week: str, tz: ZoneInfo | None = None) -> Bounds:
    """Return the moments a week begins and the next one does; raises ValueError as `week_days`."""
    monday = week_days(week)[0]
    return _bounds(monday, monday + timedelta(days=7), tz)


def add_weeks(week: str, number: int) -> str:
    """Return the week so many weeks later, or earlier; raises ValueError as `week_days`."""
    later = week_of(week_days(week)[0] + timedelta(weeks=number))
    week_days(later)
    return later


def month_of(day: date) -> str:
    """Return the month of a day as addresses write it: 2026-11."""
    return f"{day.year:04}-{day.month:02}"


def month_dates(month: str) -> tuple[date, date]:
    """Return the first and the last day of a month like 2026-11; raises ValueError otherwise."""
    found = _MONTH.fullmatch(month)
    if not found or int(found[1]) not in YEARS:
        raise ValueError(f"Not a month: {month!r}")
    first = date(int(found[1]), int(found[2]), 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def month_bounds(month: str, tz: ZoneInfo | None = None) -> Bounds:
    """Return the moments a month begins and the next does; raises ValueError as `month_dates`."""
    first, last = month_dates(month)
    return _bounds(first, last + timedelta(days=1), tz)


def add_months(month: str, number: int) -> str:
    """Return the month so many months later, or earlier; raises ValueError as `month_dates`."""
    first, _last = month_dates(month)
    months = first.year * 12 + first.month - 1 + number
    later = f"{months // 12:04}-{months % 12 + 1:02}"
    month_dates(later)
    return later


def show_day(when: date) -> str:
    """Say a day as people do: 11月20日 周五; the year only if it is another one."""
    return saying().day(when)


def show_time(when: datetime | time) -> str:
    """Say the time of day, 18:00; a `time` by itself is already local."""
    return saying().time(when)


def show_moment(when: datetime) -> str:
    """Say day and time: 11月20日 周五 18:00."""
    return saying().moment(when)


def show_span(start: datetime, end: datetime) -> str:
    """Say from when to when: 11月20日 周五 18:00–19:00, or both days if they differ."""
    return saying().span(start, end)


def show_month(month: str) -> str:
    """Say a month, always with its year: 2026年11月."""
    return saying().month(month)


def show_week(week: str) -> str:
    """Say a week by its first and last day: 11月16日–11月22日."""
    return saying().week(week)


def saying() -> "Saying":
    """Return how this page says days; ask once before a loop over many (5 times as quick)."""
    tz, chinese = zone(), words.locale() != "en"
    minute = clock.now().replace(second=0, microsecond=0)  # so that `local` remembers it
    return Saying(tz, chinese, local(minute, tz).year)


class Saying(NamedTuple):
    """A zone, a language and the current year: what it takes to say a day."""

    tz: ZoneInfo
    chinese: bool
    this_year: int

    def day(self, when: date) -> str:
        """As `show_day`."""
        day = local(when, self.tz) if isinstance(when, datetime) else when
        if self.chinese:
            return f"{self._date(day)} 周{DAYS_ZH[day.weekday()]}"
        return f"{DAYS_EN[day.weekday()]} {self._date(day)}"

    def time(self, when: datetime | time) -> str:
        """As `show_time`."""
        at = local(when, self.tz) if isinstance(when, datetime) else when
        return f"{at.hour:02}:{at.minute:02}"

    def moment(self, when: datetime) -> str:
        """As `show_moment`."""
        at = local(when, self.tz)
        return f"{self.day(at.date())} {at:%H:%M}"

    def span(self, start: datetime, end: datetime) -> str:
        """As `show_span`."""
        until = local(end, self.tz)
        if until.date() == local_date(start, self.tz):
            return f"{self.moment(start)}–{until:%H:%M}"
        return f"{self.moment(start)} – {self.moment(end)}"

    def month(self, month: str) -> str:
        """As `show_month`."""
        first, _last = month_dates(month)
        if self.chinese:
            return f"{first.year}年{first.month}月"
        return f"{MONTHS_EN[first.month - 1]} {first.year}"

    def week(self, week: str) -> str:
        """As `show_week`."""
        days = week_days(week)
        return f"{self._date(days[0])}–{self._date(days[-1])}"

    def _date(self, day: date) -> str:
        if self.chinese:
            said = f"{day.month}月{day.day}日"
            return said if day.year == self.this_year else f"{day.year}年{said}"
        said = f"{day.day} {MONTHS_EN[day.month - 1]}"
        return said if day.year == self.this_year else f"{said} {day.year}"


def show_iso(when: date) -> str:
    """Write a day or a moment for machines, as in `<time datetime>`."""
    return f"{when:%Y-%m-%dT%H:%MZ}" if isinstance(when, datetime) else when.isoformat()


def arabic_date(day: date) -> str:
    """Write a date as official papers do, without zeros in front: 2026年1月5日 (R64)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_date(day: date) -> str:
    """Write a date in Chinese numerals, as certificates do: 二〇二六年一月五日 (R64)."""
    return f"{in_digits(day.year)}年{in_numerals(day.month)}月{in_numerals(day.day)}日"


def hours(minutes: int) -> str:
    """Show minutes as hours, by the one policy of the site (R4)."""
    return show_hours(minutes, current_app.config.get("ROUNDING_MINUTES", UNIT))


@lru_cache(maxsize=2048)  # most activities of a week begin at the same few moments
def _on_the_wall(moment: datetime, tz: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone(tz).replace(tzinfo=None)


def _bounds(first: date, after: date, tz: ZoneInfo | None) -> Bounds:
    start, end = (utc(datetime(day.year, day.month, day.day), tz) for day in (first, after))  # noqa: DTZ001 -- local
    return start, end
