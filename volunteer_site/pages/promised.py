"""What a volunteer has promised: the activities ahead, and whether the door is open."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.core import dates
from volunteer_site.core.look import Look
from volunteer_site.organisations.models import Organisation
from volunteer_site.signups.models import Signup

MOST = 12  # activities on one page


class Ahead(NamedTuple):
    """An activity that the person has signed up for or waits for."""

    activity_id: int
    title: str
    place: str
    community: str
    starts_at: datetime
    ends_at: datetime
    shift: str
    confirmed: bool
    position: int  # in the waiting list; 1 is the first
    cancellation: str | None
    came: bool
    left: bool
    door: str = ""  # "check-in" or "check-out" while the door would let them
    days_away: int = 0


def ahead(person_id: int, now: datetime, opens: timedelta, closes: timedelta) -> tuple[Ahead, ...]:
    """Return what the person has promised, soonest first, until the door has closed behind it.

    `opens` and `closes` say for how long before and after one may check in (R18).
    """
    found = [Ahead(*row) for row in _ahead(person_id=person_id, since=now - closes)]
    today = dates.today(now)
    return tuple(
        one._replace(
            door=_door(one, now, opens),
            days_away=(dates.local_date(one.starts_at) - today).days,
        )
        for one in found
    )


def _door(one: Ahead, now: datetime, opens: timedelta) -> str:
    if not one.confirmed or one.cancellation is not None or now < one.starts_at - opens:
        return ""
    if not one.came:
        return "check-in"
    return "check-out" if not one.left and now >= one.starts_at else ""


def _position() -> sa.ColumnElement[int]:
    other = orm.aliased(Signup)
    before = sa.select(sa.func.count()).where(
        other.shift_id == Signup.shift_id,
        other.confirmed_at.is_(None),
        other.withdrawn_at.is_(None),
        other.id <= Signup.id,
    )
    waiting = Signup.confirmed_at.is_(None)
    return sa.case((waiting, before.correlate(Signup).scalar_subquery()), else_=0)


def _passed(direction: str) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        Attendance.activity_id == Signup.activity_id,
        Attendance.person_id == Signup.person_id,
        Attendance.direction == direction,
        Attendance.undone_at.is_(None),
    )


_columns: tuple[Any, ...] = (
    Activity.id,
    Activity.title,
    Activity.place,
    Organisation.name,
    Signup.starts_at,
    Signup.ends_at,
    Shift.name,
    Signup.confirmed_at.is_not(None),
    _position(),
    sa.case((Activity.cancelled_at.is_not(None), Activity.cancellation_reason)),
    _passed(Direction.IN),
    _passed(Direction.OUT),
)
_ahead = Look(
    sa.select(*_columns)
    .join(Activity, Activity.id == Signup.activity_id)
    .join(Shift, Shift.id == Signup.shift_id)
    .join(Organisation, Organisation.id == Activity.organisation_id)
    .where(
        Signup.person_id == sa.bindparam("person_id"),
        Signup.withdrawn_at.is_(None),
        Signup.ends_at > sa.bindparam("since"),
        Activity.closed_at.is_(None),
    )
    .order_by(Signup.starts_at, Signup.id)
    .limit(MOST)
)
