"""Coming in, going out, and taking back a wrong mark.

Whoever makes a mark first makes it for all: a second scan or tick changes nothing (W28, W34). The
unique index decides, however many phones send at once. Call inside a `write_transaction`.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance import queries
from volunteer_site.attendance.models import Attendance, Direction, Method
from volunteer_site.attendance.queries import Mark
from volunteer_site.attendance.services import rules
from volunteer_site.attendance.services.refusals import NotIn, NotOnTheList
from volunteer_site.core.db import db, insert_into
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.signups import queries as signups
from volunteer_site.signups.models import Signup


@dataclass(frozen=True)
class Seen:
    """How it is known that somebody stood at the door, and when they did."""

    method: str
    happened_at: datetime
    by_id: int | None = None


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
    facts = _facts(seen, now, signup.shift_id)
    return _keep(activity_id, person_id, Direction.IN, facts)


def tick(
    activity_id: int, person_id: int, by_id: int, *, now: datetime, start: bool = False
) -> Outcome:
    """Check in somebody the coordinator sees: from now, or from the `start` of their shift.

    Once the shift is over a tick always says that they were there from the start (R23).
    """
    signup = _signup(activity_id, person_id)
    return check_in(activity_id, person_id, ticked(signup, by_id, now=now, start=start), now=now)


def ticked(time: Shift | Signup, by_id: int, *, now: datetime, start: bool) -> Seen:
    """Return what a tick says about when somebody came."""
    at_start = (start and now > time.starts_at) or now >= time.ends_at
    return Seen(Method.TICK, time.starts_at if at_start else now, by_id)


def check_out(activity_id: int, person_id: int, seen: Seen, *, now: datetime) -> Outcome:
    """Write down that somebody who came has left; raises NotIn or DoorClosed."""
    hold_open(activity_id)
    came = standing(activity_id, person_id, Direction.IN)
    if came is None:
        raise NotIn(_("Nobody can check out who has not checked in. Check in first."))
    return _keep(activity_id, person_id, Direction.OUT, _facts(seen, now, came.shift_id))


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
    return [mark.recorded_at for mark in queries.marks(activity_id, person_id)]


def hold_open(activity_id: int) -> None:
    """Keep the activity from being closed until this transaction ends; raises DoorClosed."""
    asked = sa.select(
        Activity.id, Activity.published_at, Activity.cancelled_at, Activity.closed_at
    ).where(Activity.id == activity_id)
    found = db.session.execute(asked.with_for_update(read=True, key_share=True)).first()
    if found is None or found.published_at is None:
        raise NotFound(_("There is no such activity. It may have been taken back."))
    rules.refuse_over(activity_id, found.cancelled_at, found.closed_at)


def standing(activity_id: int, person_id: int, direction: str) -> Mark | None:
    """Return the person's mark of that direction."""
    mine = queries.marks(activity_id, person_id)
    return next((mark for mark in mine if mark.direction == direction), None)


def enter(rows: list[dict[str, object]]) -> list[int]:
    """Write marks; where one stands already nothing is written. Return the ids of the others."""
    written = insert_into(Attendance).on_conflict_do_nothing(
        index_elements=["activity_id", "person_id", "direction"],
        index_where=sa.text("undone_at IS NULL"),
    )
    return list(db.session.scalars(written.returning(Attendance.id), rows)) if rows else []


def _signup(activity_id: int, person_id: int) -> Signup:
    signup = signups.standing(person_id, activity_id)
    if signup is None or signup.confirmed_at is None:
        raise NotOnTheList(
            _("They are not on the list. Add them as somebody who came without signing up.")
        )
    return signup


def _facts(seen: Seen, now: datetime, shift_id: int) -> dict[str, object]:
    return {
        "shift_id": shift_id,
        "method": seen.method,
        "happened_at": seen.happened_at,
        "recorded_at": now,
        "recorded_by_id": seen.by_id,
    }


def _keep(activity_id: int, person_id: int, direction: str, facts: dict[str, object]) -> Outcome:
    key = {"activity_id": activity_id, "person_id": person_id, "direction": direction}
    made = enter([facts | key])
    mark = standing(activity_id, person_id, direction)
    assert mark is not None, "it stands: it was written, or it was in the way"  # noqa: S101
    return Outcome(mark, first=bool(made))
