"""Who was there and for how many minutes: what the coordinator sees before closing."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance import minutes, queries, settings
from volunteer_site.attendance.minutes import Served, Span
from volunteer_site.attendance.models import Direction
from volunteer_site.attendance.queries import Mark
from volunteer_site.core import calendar, dates
from volunteer_site.core.db import db
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Person, Role, RoleName
from volunteer_site.signups.queries import Coming


@dataclass(frozen=True)
class Who:
    """Somebody who came, also if they have erased their data since."""

    id: int
    name: str
    unit_id: int | None
    unit: str | None


@dataclass(frozen=True)
class Present:
    """When somebody came, until when they stayed, and what of it counts."""

    who: Who
    shift: Shift
    came: Mark
    left: Mark | None
    until: datetime  # when they left, or will have left by the closing
    counts: Served
    why: str = ""  # "staff" or "elsewhere" when something of it does not count


@dataclass(frozen=True)
class Reckoning:
    """Everybody who came, and everybody with a place who did not."""

    present: list[Present]
    absent: list[Coming]

    @property
    def minutes(self) -> int:
        """Return the minutes of all together."""
        return sum(one.counts.minutes for one in self.present)


def reckon(activity: Activity, now: datetime) -> Reckoning:
    """Return what closing the activity at `now` would post (R4, R5, R6, R11)."""
    found = queries.marks(activity.id)
    present = _present(activity, found, now)
    came = {one.who.id for one in present}
    lines = queries.roster(activity.id).lines
    return Reckoning(present, [line.coming for line in lines if line.coming.person_id not in came])


def reckon_one(activity: Activity, person_id: int, now: datetime) -> Present | None:
    """Return what one person's marks would post at `now`; None if they did not come."""
    found = queries.marks_of(activity.id, person_id)
    return next(iter(_present(activity, found, now)), None)


def posted(activity_id: int) -> dict[int, int]:
    """Return the minutes in the ledger for an activity that is closed, by person."""
    asked = (
        sa.select(HourEntry.person_id, sa.func.sum(HourEntry.minutes))
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .where(ServiceRecord.source == "activity", ServiceRecord.source_id == activity_id)
        .group_by(HourEntry.person_id)
    )
    return {person: int(total) for person, total in db.session.execute(asked)}


def _present(activity: Activity, found: Iterable[Mark], now: datetime) -> list[Present]:
    """Return everybody whom these marks say was there, in order of their names."""
    standing = {(mark.person_id, mark.direction): mark for mark in found}
    came = {person: mark for (person, way), mark in standing.items() if way == Direction.IN}
    taken, duty = _taken(activity, came), _duty(activity, came)
    shifts = {shift.id: shift for shift in activities.shifts(activity.id)}
    present = []
    for who in _people(came):
        mark, left = came[who.id], standing.get((who.id, Direction.OUT))
        shift = shifts[mark.shift_id]
        until = left.happened_at if left else _let_out(mark, shift, now)
        span, busy = (mark.happened_at, until), (taken.get(who.id, []), duty.get(who.id, []))
        counts, why = _counts(span, shift, busy, activity.break_minutes)
        present.append(Present(who, shift, mark, left, until, counts, why))
    return present


def _let_out(came: Mark, shift: Shift, now: datetime) -> datetime:
    """Return when somebody who did not check out has left: at the end, or now if it still runs."""
    return max(came.happened_at, min(shift.ends_at, now))


def _taken(activity: Activity, people: Collection[int]) -> dict[int, list[Span]]:
    return hours.busy(people, activity.starts_at, activity.ends_at) if people else {}


def _duty(activity: Activity, people: Collection[int]) -> dict[int, list[Span]]:
    """Return when the community's own staff are paid during the activity (R11)."""
    paid = list(_paid_hours(activity)) if people else []
    if not paid:
        return {}
    asked = sa.select(Role.person_id).where(
        Role.person_id.in_(people),
        Role.name == RoleName.COORDINATOR,
        Role.organisation_id == activity.organisation_id,
        Role.granted_at <= activity.ends_at,
        sa.or_(Role.ended_at.is_(None), Role.ended_at > activity.starts_at),
    )
    return dict.fromkeys(db.session.scalars(asked), paid)


def _paid_hours(activity: Activity) -> Iterator[Span]:
    """Yield the paid hours that touch the activity: of working days only, make-up days too."""
    day, last = dates.local_date(activity.starts_at), dates.local_date(activity.ends_at)
    days = calendar.load(day, last)
    while day <= last:
        for at in settings.staff_day() if days.describe(day).working else ():
            begins, ends = (dates.utc(datetime.combine(day, one)) for one in at)
            if begins < activity.ends_at and ends > activity.starts_at:
                yield begins, ends
        day += timedelta(days=1)


def _counts(
    span: Span, shift: Shift, busy: tuple[list[Span], list[Span]], pause: int
) -> tuple[Served, str]:
    """Return what counts, and what takes something away from it."""
    window, (elsewhere, duty) = (shift.starts_at, shift.ends_at), busy
    counts = minutes.served(span, window, [*elsewhere, *duty], pause)
    plain = minutes.served(span, window, (), pause)
    if minutes.served(span, window, duty, pause) != plain:
        return counts, "staff"
    return counts, "elsewhere" if counts != plain else ""


def _people(ids: Collection[int]) -> list[Who]:
    asked = (
        sa.select(Person.id, Person.name, Person.unit_id, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Person.unit_id)
        .where(Person.id.in_(ids))
        .order_by(Person.pinyin, Person.id)
    )
    return [Who(*row) for row in db.session.execute(asked)]
