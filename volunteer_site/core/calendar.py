"""Working days: what the State Council has set, and what the office enters for later years.

The library knows the years it was published for. For any other, and wherever the notice was
changed, the office's own table is asked first.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa
from flask import current_app
from sqlalchemy import orm

from volunteer_site.core import versions
from volunteer_site.core.db import Model, db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _

Kind = Literal["holiday", "workday"]
REACH = timedelta(days=400)  # longer than any run of holidays
SATURDAY = 5
FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


class CalendarDay(Model):
    """A holiday or make-up workday that the office has entered; it wins over the library."""

    __tablename__ = "calendar_days"
    __table_args__ = (sa.CheckConstraint("kind IN ('holiday','workday')", name="kind_known"),)

    day: orm.Mapped[date] = orm.mapped_column(primary_key=True)
    kind: orm.Mapped[str]
    name: orm.Mapped[str] = orm.mapped_column(default="")
    set_at: orm.Mapped[datetime]
    set_by_id: orm.Mapped[int | None]


class CalendarYear(Model):
    """A year whose holidays the office has entered completely."""

    __tablename__ = "calendar_years"

    year: orm.Mapped[int] = orm.mapped_column(primary_key=True, autoincrement=False)
    known_at: orm.Mapped[datetime]


class UnknownYear(Refusal):
    """Nobody has said yet which days of this year are holidays (R9)."""

    def __init__(self, year: int) -> None:
        sentence = _(
            "The holidays of %(year)s are not in the calendar yet. "
            "Ask the district office to enter them.",
            year=year,
        )
        super().__init__(sentence)
        self.year = year


class DayKind(NamedTuple):
    """What kind of day it is; if not `known`, `working` is only a guess by the weekday (R9)."""

    day: date
    known: bool
    working: bool
    name: str  # of the holiday, or of the one a make-up workday is worked for

    @property
    def moved(self) -> bool:
        """A weekday off, or a weekend day worked: what people must be told."""
        return self.working != _is_weekday(self.day)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The kinds of all days from `first` to `last`, read in one query."""

    first: date
    last: date
    entered: dict[date, tuple[str, str]]  # day: kind, name
    completed: frozenset[int]  # years

    def is_known(self, year: int) -> bool:
        """Tell whether all holidays of this year are in the library or entered by the office."""
        return year in self.completed or _from_library(date(year, 1, 1), "zh") is not None

    def describe(self, day: date, lang: str = "zh") -> DayKind:
        """Say what kind of day it is, guessing if nobody knows; LookupError outside the range."""
        if not self.first <= day <= self.last:
            raise LookupError(day)
        if day in self.entered:
            kind, name = self.entered[day]
            return DayKind(day, known=True, working=kind == "workday", name=name)
        if found := _from_library(day, lang):
            return found
        return DayKind(day, day.year in self.completed, _is_weekday(day), name="")

    def is_working_day(self, day: date) -> bool:
        """Tell whether people work on this day; raises UnknownYear (R9)."""
        found = self.describe(day)
        if not found.known:
            raise UnknownYear(day.year)
        return found.working

    def after(self, day: date, number: int) -> date:
        """Return the day on which so many working days have passed, `day` not counted (R8).

        Raises UnknownYear when it would need a year whose holidays nobody has entered (R9).
        """
        while number > 0:
            day += timedelta(days=1)
            number -= self.is_working_day(day)
        return day


def load(first: date, last: date) -> WorkCalendar:
    """Read the calendar of some days, both ends included, in one query."""
    days = sa.select(CalendarDay.day, CalendarDay.kind, CalendarDay.name, _nothing(sa.Integer()))
    years = sa.select(
        _nothing(sa.Date()), _nothing(sa.Text()), _nothing(sa.Text()), CalendarYear.year
    ).where(CalendarYear.year.between(first.year, last.year))
    asked = sa.union_all(days.where(CalendarDay.day.between(first, last)), years)
    rows = db.session.execute(asked).all()
    return WorkCalendar(
        first,
        last,
        {day: (kind, name) for day, kind, name, year in rows if year is None},
        frozenset(year for _day, _kind, _name, year in rows if year is not None),
    )


def is_working_day(day: date) -> bool:
    """Tell whether people work on this day, make-up workdays included; raises UnknownYear."""
    return load(day, day).is_working_day(day)


def is_known(year: int) -> bool:
    """Tell whether all holidays of this year are known."""
    return load(date(year, 1, 1), date(year, 12, 31)).is_known(year)


def describe_day(day: date, lang: str = "zh") -> DayKind:
    """Say what kind of day it is; never raises, `known` is False for a guess (R9)."""
    return load(day, day).describe(day, lang)


def holiday_name(day: date, lang: str = "zh") -> str:
    """Return what is celebrated on a day off; empty for a working day or a plain weekend."""
    found = describe_day(day, lang)
    return "" if found.working else found.name


def special_days(year: int, lang: str = "zh") -> list[DayKind]:
    """Return the holidays and make-up workdays of a year, in order."""
    days = load(date(year, 1, 1), date(year, 12, 31))
    number = (days.last - days.first).days + 1
    found = (days.describe(days.first + timedelta(days=n), lang) for n in range(number))
    return [one for one in found if one.moved or one.name]


def working_day_after(day: date, number: int) -> date:
    """Return the day on which so many working days have passed; `day` itself is not counted (R8).

    Raises UnknownYear when it would need a year whose holidays nobody has entered (R9).
    """
    return load(day, day + REACH + timedelta(days=2 * number)).after(day, number)


def end_of_notice(day: date) -> date:
    """Return the last day of a public notice that begins on `day`, itself not counted (R42).

    Raises UnknownYear when it would need a year whose holidays nobody has entered (R9).
    """
    return working_day_after(day, current_app.config["NOTICE_DAYS"])


def previous_working_day(day: date) -> date:
    """Return the last working day before this one; raises UnknownYear."""
    days = load(day - REACH, day)
    day -= timedelta(days=1)
    while not days.is_working_day(day):
        day -= timedelta(days=1)
    return day


def set_day(day: date, kind: Kind, name: str, *, now: datetime, by_id: int | None = None) -> None:
    """Enter a holiday or make-up workday, or correct it; call inside a write_transaction."""
    versions.bump("calendar")
    db.session.merge(CalendarDay(day=day, kind=kind, name=name, set_at=now, set_by_id=by_id))


def clear_day(day: date) -> None:
    """Take back what was entered for a day; call inside a write_transaction."""
    versions.bump("calendar")
    db.session.execute(sa.delete(CalendarDay).where(CalendarDay.day == day))


def complete_year(year: int, *, now: datetime) -> None:
    """Say that all holidays of a year have been entered; twice changes nothing."""
    if db.session.get(CalendarYear, year) is None:
        versions.bump("calendar")
        db.session.add(CalendarYear(year=year, known_at=now))


def _nothing(kind: sa.types.TypeEngine[Any]) -> sa.Cast[Any]:
    return sa.cast(sa.null(), kind)


def _is_weekday(day: date) -> bool:
    return day.weekday() < SATURDAY


def _from_library(day: date, lang: str) -> DayKind | None:
    from chinese_calendar import Holiday, get_holiday_detail  # noqa: PLC0415 -- 4 MB, when needed

    try:
        off, name = get_holiday_detail(day)
    except NotImplementedError:  # a year it was not published for
        return None
    if name and lang == "zh":
        name = Holiday(name).chinese
    return DayKind(day, known=True, working=not off, name=FULL_NAMES.get(name, name) or "")
