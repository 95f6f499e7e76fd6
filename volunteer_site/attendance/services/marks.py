"""Coming in, going out, and taking back a wrong mark.

Whoever makes a mark first makes it for all: a second scan or tick changes nothing (W28, W34). The
unique index decides, however many phones send at once. Call inside a `write_transaction`.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.sql.dml import ReturningInsert

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance import queries
from volunteer_site.attendance.models import Attendance, Direction, Method
from volunteer_site.attendance.queries import Mark, Promise
from volunteer_site.attendance.services import rules
from volunteer_site.attendance.services.refusals import NotIn, NotOnTheList
from volunteer_site.core.db import db, insert_into
from volunteer_site.core.errors import NotFound
from volunteer_site.core.look import Change, Look
from volunteer_site.core.words import gettext as _


@dataclass(frozen=True)
class Seen:
    """How it is known that somebody stood at the door, and when they did."""

    method: str
    happened_at: datetime
    by_id: int | None = None
    device: str | None = None  # a keyed digest (R20)
    nearness: str | None = None  # only of who agreed to it (R19)
    distance: int | None = None


@dataclass(frozen=True)
class Outcome:
    """The mark that stands now, and whether it was made just now."""

    mark: Mark
    first: bool


def check_in(activity_id: int, person_id: int, seen: Seen, *, now: datetime) -> Outcome:
    """Write down that somebody with a place has come; raises NotOnTheList or DoorClosed.

    Whether the door is open at that time is for `rules.allow_scan` and `rules.allow_tick` to say.
    """
    hold_open(activity_id)
    signup = _signup(activity_id, person_id)
    return _keep((activity_id, signup.shift_id, person_id, Direction.IN), seen, now)


def tick(
    activity_id: int, person_id: int, by_id: int, *, now: datetime, start: bool = False
) -> Outcome:
    """Check in somebody the coordinator sees: from now, or from the `start` of their shift.

    Once the shift is over a tick always says that they were there from the start (R23).
    """
    signup = _signup(activity_id, person_id)
    return check_in(activity_id, person_id, ticked(signup, by_id, now=now, start=start), now=now)


def ticked(time: Shift | Promise, by_id: int, *, now: datetime, start: bool) -> Seen:
    """Return what a tick says about when somebody came."""
    at_start = (start and now > time.starts_at) or now >= time.ends_at
    return Seen(Method.TICK, time.starts_at if at_start else now, by_id)


def check_out(activity_id: int, person_id: int, seen: Seen, *, now: datetime) -> Outcome:
    """Write down that somebody who came has left; raises NotIn or DoorClosed."""
    hold_open(activity_id)
    came = standing(activity_id, person_id, Direction.IN)
    if came is None:
        raise NotIn(_("Nobody can check out who has not checked in. Check in first."))
    return _keep((activity_id, came.shift_id, person_id, Direction.OUT), seen, now)


def undo(activity_id: int, mark_id: int, *, by_id: int, now: datetime) -> int:
    """Take a wrong mark back; with coming in, going out too. Return whose mark it was.

    The row stays, with who took it back and when. Twice is once. Raises NotFound and DoorClosed.
    """
    mark = db.session.get(Attendance, mark_id)
    if mark is None or mark.activity_id != activity_id:
        raise NotFound(_("There is no such mark."))
    hold_open(activity_id)
    wrong = sa.update(Attendance).where(
        Attendance.activity_id == activity_id,
        Attendance.person_id == mark.person_id,
        Attendance.undone_at.is_(None),
    )
    if mark.direction == Direction.OUT or mark.undone_at is not None:
        wrong = wrong.where(Attendance.id == mark_id)
    # another machine's clock may be a little ahead of this one's
    latest = max([mark.recorded_at, *_recorded(activity_id, mark.person_id)])
    db.session.execute(wrong.values(undone_at=max(now, latest), undone_by_id=by_id))
    return mark.person_id


def _recorded(activity_id: int, person_id: int) -> list[datetime]:
    return [mark.recorded_at for mark in queries.marks_of(activity_id, person_id)]


_hold = Look(
    sa.select(Activity.published_at, Activity.cancelled_at, Activity.closed_at)
    .where(Activity.id == sa.bindparam("activity_id"))
    .with_for_update(read=True, key_share=True)
)


def hold_open(activity_id: int) -> None:
    """Keep the activity from being closed until this transaction ends; raises DoorClosed."""
    for published_at, cancelled_at, closed_at in _hold(activity_id=activity_id):
        if published_at is not None:
            rules.refuse_over(activity_id, cancelled_at, closed_at)
            return
    raise NotFound(_("There is no such activity. It may have been taken back."))


def standing(activity_id: int, person_id: int, direction: str) -> Mark | None:
    """Return the person's mark of that direction."""
    mine = queries.marks_of(activity_id, person_id)
    return next((mark for mark in mine if mark.direction == direction), None)


_NEW = "activity_id", "person_id", "direction"  # one of them stands
_WHERE = sa.text("undone_at IS NULL")
_LATER = {"id", "undone_at", "undone_by_id"}  # unknown when a mark is made


def enter(rows: list[dict[str, object]]) -> list[int]:
    """Write marks; where one stands already nothing is written. Return the ids of the others."""
    written = insert_into(Attendance).on_conflict_do_nothing(
        index_elements=_NEW, index_where=_WHERE
    )
    return list(db.session.scalars(written.returning(Attendance.id), rows)) if rows else []


def _one(dialect: str) -> ReturningInsert[int]:
    said = [column for column in Attendance.__table__.c if column.name not in _LATER]
    values = {one.name: sa.bindparam(one.name, type_=one.type) for one in said}
    written = insert_into(Attendance, dialect).values(values)
    written = written.on_conflict_do_nothing(index_elements=_NEW, index_where=_WHERE)
    return written.returning(Attendance.id)  # type: ignore[no-any-return]


_enter_one = Change(_one)


def _signup(activity_id: int, person_id: int) -> Promise:
    promise = queries.promise(activity_id, person_id)
    if promise is None or promise.confirmed_at is None:
        raise NotOnTheList(
            _("They are not on the list. Add them as somebody who came without signing up.")
        )
    return promise


def _keep(key: tuple[int, int, int, str], seen: Seen, now: datetime) -> Outcome:
    activity_id, shift_id, person_id, direction = key
    made = _enter_one(
        activity_id=activity_id,
        shift_id=shift_id,
        person_id=person_id,
        direction=direction,
        method=seen.method,
        happened_at=seen.happened_at,
        recorded_at=now,
        recorded_by_id=seen.by_id,
        device=seen.device,
        nearness=seen.nearness,
        distance=seen.distance,
    )
    if made and seen.by_id is None:
        facts = (direction, seen.method, seen.happened_at, now, None)
        return Outcome(Mark(made[0][0], person_id, shift_id, *facts), first=True)
    mark = standing(activity_id, person_id, direction)
    if mark is None:  # one was in the way, and was taken back in this moment
        return _keep(key, seen, now)
    return Outcome(mark, first=bool(made))
