"""Putting a row right after it was entered, as long as the activity is open."""

from dataclasses import dataclass
from datetime import datetime

from volunteer_site.activities.models import Activity
from volunteer_site.attendance.sheets.models import Sheet, SheetCorrection
from volunteer_site.attendance.sheets.services.entering import check_enterable
from volunteer_site.attendance.sheets.services.marking import Read, make_marks, undo_marks
from volunteer_site.core import audit, turns
from volunteer_site.core.db import db


@dataclass(frozen=True)
class Change:
    """A row put right: what it says now, None for nobody, and why.

    The reason is another entering that was right, or words.
    """

    row_id: int
    read: Read | None
    reason: str = ""
    entry_id: int | None = None


def correct(sheet: Sheet, activity: Activity, change: Change, *, by_id: int, now: datetime) -> None:
    """Take back what was read off a row and write down what is right.

    The old marks stay, as undone. Raises TooLateForPaper, DoorClosed, RowRefused.
    """
    turns.wait_for(f"sheet {sheet.id}")
    check_enterable(activity, now)
    undo_marks(activity.id, change.row_id, by_id=by_id, now=now)
    read = change.read
    if read is not None:
        make_marks(activity, [read], by_id=by_id, now=now)
    db.session.add(
        SheetCorrection(
            row_id=change.row_id,
            entry_id=change.entry_id,
            person_id=read.person_id if read else None,
            came_at=read.came_at if read else None,
            left_at=read.left_at if read else None,
            reason=change.reason,
            by_id=by_id,
            corrected_at=now,
        )
    )
    facts = {"object_kind": "sheet", "object_id": int(sheet.number), "note": change.reason}
    audit.record("sheet.correct", by_id, **facts)
