"""What somebody gave in a year, added up from the ledger by week, kind of work and community."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from volunteer_site.core.look import Look
from volunteer_site.hours.models import HourEntry, MonthlyTotal, ServiceRecord
from volunteer_site.hours.queries import occasions_of
from volunteer_site.organisations.models import Organisation

WEEK = timedelta(days=7)


class Part(NamedTuple):
    """A part of the year's hours: a kind of work, or a community."""

    name: str
    minutes: int
    occasions: int


@dataclass(frozen=True)
class Year:
    """A person's year; every sum in it is of the same lines of the ledger (W36)."""

    year: int
    weeks: dict[date, int]  # minutes by the week's Monday, only weeks with hours
    kinds: tuple[Part, ...]  # by the slug of the kind of work, the most first
    places: tuple[Part, ...]  # by the community's name, the most first
    occasions: int
    first_day: date | None
    last_day: date | None

    @property
    def minutes(self) -> int:
        """Return all minutes of the year."""
        return sum(self.weeks.values())

    @property
    def best(self) -> tuple[date, int] | None:
        """Return the Monday of the week with the most minutes, the first of equals."""
        earliest_first = sorted(self.weeks.items())
        return max(earliest_first, key=lambda week: week[1], default=None)


class Line(NamedTuple):
    """What was given on a day for one kind of work at one community."""

    day: date
    kind: str
    place: str
    minutes: int
    occasions: int


_lines = Look(
    sa.select(
        HourEntry.service_date,
        ServiceRecord.category,
        Organisation.name,
        sa.func.sum(HourEntry.minutes),
        sa.func.sum(occasions_of(HourEntry.minutes)),
    )
    .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
    .join(Organisation, Organisation.id == HourEntry.recorder_id)
    .where(
        HourEntry.person_id == sa.bindparam("person_id"),
        HourEntry.service_date.between(
            sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date)
        ),
    )
    .group_by(HourEntry.service_date, ServiceRecord.category, Organisation.name)
    .order_by(HourEntry.service_date)
)
_newest = Look(
    sa.select(sa.func.max(HourEntry.id)).where(HourEntry.person_id == sa.bindparam("person_id"))
)
_at_place = Look(
    sa.select(MonthlyTotal.person_id, sa.func.sum(MonthlyTotal.minutes))
    .where(
        MonthlyTotal.recorder_id == sa.bindparam("recorder_id"),
        MonthlyTotal.month.between(sa.bindparam("first"), sa.bindparam("last")),
    )
    .group_by(MonthlyTotal.person_id)
)


def of_person(person_id: int, year: int) -> Year:
    """Return what somebody gave in a year; what was taken back is taken off."""
    asked = _lines(person_id=person_id, first=date(year, 1, 1), last=date(year, 12, 31))
    lines = [Line(day, kind, place, int(given), int(n)) for day, kind, place, given, n in asked]
    counted = [line for line in lines if line.minutes > 0]
    weeks: dict[date, int] = defaultdict(int)
    for line in counted:
        weeks[monday(line.day)] += line.minutes
    return Year(
        year,
        dict(weeks),
        _parts((line.kind, line) for line in counted),
        _parts((line.place, line) for line in counted),
        sum(line.occasions for line in counted),
        counted[0].day if counted else None,
        counted[-1].day if counted else None,
    )


def mark_of(person_id: int) -> int:
    """Return the number of somebody's newest entry: while it is the same, so are their sums."""
    [[newest]] = _newest(person_id=person_id)
    return newest or 0


def so_far(year: sa.ColumnElement[bool], month: sa.ColumnElement[bool]) -> sa.Subquery:
    """Return one row: a person's minutes `whole`, in a `year` and in a `month` (W36).

    To be joined into a greater question; `person_id` is to be given there.
    """
    minutes = MonthlyTotal.minutes
    sums = {
        "whole": sa.func.sum(minutes),
        "year": sa.func.sum(sa.case((year, minutes), else_=0)),
        "month": sa.func.sum(sa.case((month, minutes), else_=0)),
    }
    columns = (sa.func.coalesce(total, 0).label(name) for name, total in sums.items())
    return (
        sa.select(*columns)
        .where(MonthlyTotal.person_id == sa.bindparam("person_id"))
        .subquery("so_far")
    )


def at_place(recorder_id: int, year: int) -> dict[int, int]:
    """Return the minutes of everybody who gave any at a community in a year, by person."""
    rows = _at_place(recorder_id=recorder_id, first=f"{year}-01", last=f"{year}-12")
    return {person: int(minutes) for person, minutes in rows if minutes > 0}


def monday(day: date) -> date:
    """Return the first day of the week that a day is in."""
    return day - timedelta(days=day.weekday())


def _parts(lines: Iterable[tuple[str, Line]]) -> tuple[Part, ...]:
    minutes: dict[str, int] = defaultdict(int)
    occasions: dict[str, int] = defaultdict(int)
    for name, line in lines:
        minutes[name] += line.minutes
        occasions[name] += line.occasions
    found = [Part(name, minutes[name], occasions[name]) for name in minutes]
    return tuple(sorted(found, key=lambda part: (-part.minutes, part.name)))
