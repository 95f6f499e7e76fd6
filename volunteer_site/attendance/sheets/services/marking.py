"""What was read off a row becomes marks at the door, and each mark knows its row (R23)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance import queries
from volunteer_site.attendance.models import Attendance, Direction, Method
from volunteer_site.attendance.services import Seen, marks, walk_in
from volunteer_site.attendance.sheets.models import SheetMark
from volunteer_site.attendance.sheets.services.refusals import RowRefused
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.signups import queries as signups


@dataclass(frozen=True)
class Read:
    """What one row says: who was there, from when, until when; None for until the end."""

    row_id: int
    number: int
    person_id: int
    shift: Shift
    came_at: datetime
    left_at: datetime | None
    note: str = ""


def make_marks(activity: Activity, reads: Iterable[Read], *, by_id: int, now: datetime) -> int:
    """Check everybody in and out as the paper says; return how many were not in before.

    A mark that stands already, by a scan or a tick, stays as it is. Who has no place any more
    gets one. Raises DoorClosed, and RowRefused for a row.
    """
    marks.hold_open(activity.id)
    ordered = sorted(reads, key=lambda read: read.person_id)  # so that two sheets cannot deadlock
    placed = {
        one.person_id: one.shift_id
        for one in signups.roster(activity.id)
        if one.confirmed_at is not None
    }
    facts = _Facts(activity.id, by_id, now)
    ids = [_walked_in(activity, read, facts) for read in ordered if read.person_id not in placed]
    there = [read for read in ordered if read.person_id in placed]
    ids += facts.enter(Direction.IN, [(read, placed[read.person_id]) for read in there])
    gone = facts.enter(Direction.OUT, _gone(activity.id, ordered))
    _link([*ids, *gone], ordered)
    return sum(mark_id != 0 for mark_id in ids)


def undo_marks(activity_id: int, row_id: int, *, by_id: int, now: datetime) -> None:
    """Take back the marks that were read off a row; those of the door itself stay."""
    asked = (
        sa.select(Attendance.id)
        .join(SheetMark, SheetMark.attendance_id == Attendance.id)
        .where(SheetMark.row_id == row_id, Attendance.undone_at.is_(None))
        .order_by(Attendance.id)
    )
    for mark_id in list(db.session.scalars(asked)):
        marks.undo(activity_id, mark_id, by_id=by_id, now=now)


@dataclass(frozen=True)
class _Facts:
    """What all marks of one entering have in common."""

    activity_id: int
    by_id: int
    now: datetime

    def enter(self, direction: str, reads: list[tuple[Read, int]]) -> list[int]:
        return marks.enter(
            [
                {
                    "activity_id": self.activity_id,
                    "shift_id": shift_id,
                    "person_id": read.person_id,
                    "direction": direction,
                    "method": Method.PAPER,
                    "happened_at": read.came_at if direction == Direction.IN else read.left_at,
                    "recorded_at": self.now,
                    "recorded_by_id": self.by_id,
                }
                for read, shift_id in reads
            ]
        )


def _walked_in(activity: Activity, read: Read, facts: _Facts) -> int:
    """Give somebody without a place one; return the id of their mark, 0 if it is another's."""
    seen = Seen(Method.PAPER, read.came_at, facts.by_id)
    try:
        outcome = walk_in(activity, read.shift, read.person_id, seen, now=facts.now)
    except Refusal as refusal:
        raise RowRefused(read.number, refusal) from refusal
    return outcome.mark.id if outcome.first else 0


def _gone(activity_id: int, reads: list[Read]) -> list[tuple[Read, int]]:
    """Return who left after they came, as it is known now, and from which shift."""
    known = queries.marks(activity_id)
    came = {mark.person_id: mark for mark in known if mark.direction == Direction.IN}
    return [
        (read, came[read.person_id].shift_id)
        for read in reads
        if read.left_at and read.left_at >= came[read.person_id].happened_at
    ]


def _link(ids: list[int], reads: list[Read]) -> None:
    rows = {read.person_id: read.row_id for read in reads}
    asked = sa.select(Attendance.id, Attendance.person_id).where(Attendance.id.in_(ids))
    written = [
        {"attendance_id": mark_id, "row_id": rows[person_id]}
        for mark_id, person_id in db.session.execute(asked)
    ]
    if written:
        db.session.execute(sa.insert(SheetMark), written)
