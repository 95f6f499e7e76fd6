"""All present in one tap, and that tap taken back. Call inside a `write_transaction`."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from volunteer_site.attendance import queries
from volunteer_site.attendance.models import Attendance, Direction, Method
from volunteer_site.attendance.queries import Mark, Promise
from volunteer_site.attendance.services import marks
from volunteer_site.attendance.services.refusals import TooLateToUndo
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.signups.queries import Coming

UNDO: Final = timedelta(minutes=1)  # so long the undo is offered
SLOW: Final = timedelta(minutes=1)  # and so much longer taken, for a slow network


def last_call(fresh: Sequence[Mark]) -> tuple[int, int] | None:
    """Return a mark of the last tap that let several in, and how many it let in, if there is one.

    `fresh` are marks that are so new that the tap can be taken back.
    """
    taps = Counter(mark.recorded_at for mark in fresh if mark.method == Method.TICK)
    latest = max((at for at, number in taps.items() if number > 1), default=None)
    if latest is None:
        return None
    return next(mark.id for mark in fresh if mark.recorded_at == latest), taps[latest]


def all_present(activity_id: int, by_id: int, *, now: datetime, start: bool) -> int:
    """Check in everybody who is expected and not in yet; return how many that are.

    Not who is excused. Raises DoorClosed.
    """
    marks.hold_open(activity_id)
    lines = queries.roster(activity_id).lines
    missing = [line.coming for line in lines if not line.came and not line.coming.excused_at]
    made = marks.enter([_row(activity_id, one, by_id, now, start) for one in missing])
    return len(made)


def take_back_call(activity_id: int, mark_id: int, *, by_id: int, now: datetime) -> int:
    """Take back every mark of the tap that made this one; return how many people that are.

    Going out goes too. Twice is once. Raises TooLateToUndo, NotFound and DoorClosed.
    """
    one = db.session.get(Attendance, mark_id)
    if one is None or one.activity_id != activity_id or one.method != Method.TICK:
        raise NotFound(_("There is no such mark."))
    marks.hold_open(activity_id)
    if now - one.recorded_at > UNDO + SLOW:
        raise TooLateToUndo(
            _("This was more than a minute ago. Put right those who are not here, one by one."),
            link=(f"/desk/activities/{activity_id}/door", _("To the door")),
        )
    people = list(db.session.scalars(_of_the_tap(one)))
    wrong = sa.update(Attendance).where(
        Attendance.activity_id == activity_id,
        Attendance.person_id.in_(people),
        Attendance.undone_at.is_(None),
    )
    # another machine's clock may be a little ahead of this one's
    latest = sa.case((Attendance.recorded_at > now, Attendance.recorded_at), else_=now)
    db.session.execute(
        wrong.values(undone_at=latest, undone_by_id=by_id),
        execution_options={"synchronize_session": False},
    )
    return len(people)


def _of_the_tap(one: Attendance) -> sa.Select[int]:
    return sa.select(Attendance.person_id).where(
        Attendance.activity_id == one.activity_id,
        Attendance.recorded_at == one.recorded_at,
        Attendance.recorded_by_id == one.recorded_by_id,
        Attendance.method == Method.TICK,
        Attendance.direction == Direction.IN,
        Attendance.undone_at.is_(None),
    )


def _row(
    activity_id: int, one: Coming, by_id: int, now: datetime, start: bool
) -> dict[str, object]:
    promise = Promise(one.shift_id, one.confirmed_at, one.starts_at, one.ends_at)
    seen = marks.ticked(promise, by_id, now=now, start=start)
    return {
        "activity_id": activity_id,
        "shift_id": one.shift_id,
        "person_id": one.person_id,
        "direction": Direction.IN,
        "method": seen.method,
        "happened_at": seen.happened_at,
        "recorded_at": now,
        "recorded_by_id": by_id,
    }
