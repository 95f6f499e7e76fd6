"""Entering a sheet: the first time makes the marks, the second checks the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.activities.models import Activity
from volunteer_site.activities.occurrences import WORKING_DAYS_TO_RECORD
from volunteer_site.attendance.late.deadlines import in_time
from volunteer_site.attendance.services import NotBegun, marks
from volunteer_site.attendance.sheets import queries
from volunteer_site.attendance.sheets.models import Sheet, SheetEntry, SheetEntryRow
from volunteer_site.attendance.sheets.services.marking import Read, make_marks
from volunteer_site.attendance.sheets.services.refusals import EnteredAlready, TooLateForPaper
from volunteer_site.core import audit, dates
from volunteer_site.core.db import db, insert_into
from volunteer_site.core.words import gettext as _


@dataclass(frozen=True)
class Entered:
    """What entering did: the first time, how many were not in before; else nothing yet."""

    turn: int
    made: int


def enter(
    sheet: Sheet, activity: Activity, reads: Sequence[Read], *, by_id: int, now: datetime
) -> Entered:
    """Keep what was read. The first entering makes the marks, a second one only compares.

    Whoever comes first, the database decides. Raises TooLateForPaper, NotBegun, EnteredAlready,
    DoorClosed, and RowRefused for a row.
    """
    check_enterable(activity, now)
    marks.hold_open(activity.id)
    turn, entry_id = _take_turn(sheet, by_id, now)
    _keep(entry_id, reads)
    facts = {"object_kind": "sheet", "object_id": int(sheet.number), "note": str(turn)}
    audit.record("sheet.enter", by_id, **facts)
    if turn > 1:
        return Entered(turn, 0)
    return Entered(turn, make_marks(activity, reads, by_id=by_id, now=now))


def check_enterable(activity: Activity, now: datetime) -> None:
    """Raise the rule that stands against entering paper of an activity now (R8, R23)."""
    if now < activity.starts_at:
        raise NotBegun(
            _(
                "It begins at %(time)s; the sheet can be entered once people have signed.",
                time=dates.show_moment(activity.starts_at),
            )
        )
    if activity.closed_at is not None:
        raise _closed(activity.id, activity.closed_at)
    if not in_time(activity.ends_at, now):
        raise _too_late(activity)


def check_turn(sheet: Sheet, by_id: int) -> None:
    """Raise EnteredAlready if this person has entered the sheet, or two others have."""
    known = queries.enterings(sheet.id)
    mine = next((one for one in known if one.by_id == by_id), None)
    link = (f"/desk/sheets/{sheet.number}/entry", _("See what was entered"))
    if mine is not None:
        words = _(
            "You entered this sheet yourself at %(time)s. Somebody else can enter it a second "
            "time, to check.",
            time=dates.show_moment(mine.entered_at),
        )
        raise EnteredAlready(words, link=link)
    if len(known) > 1:
        words = _(
            "%(first)s and %(second)s have entered this sheet already.",
            first=known[0].by,
            second=known[1].by,
        )
        raise EnteredAlready(words, link=link)


def _closed(activity_id: int, closed_at: datetime) -> TooLateForPaper:
    words = _(
        "This activity was closed at %(time)s and its hours are in the book. What is on "
        "the paper only is entered later, with a reason and a photo of the sheet.",
        time=dates.show_moment(closed_at),
    )
    link = (f"/desk/activities/{activity_id}/late-entries", _("To the late entries"))
    return TooLateForPaper(words, link=link)


def _too_late(activity: Activity) -> TooLateForPaper:
    words = _(
        "Paper is entered within %(days)d working days; those of %(date)s are over. Close "
        "the activity with those who are in, and ask the district office for the others.",
        days=WORKING_DAYS_TO_RECORD,
        date=dates.show_day(activity.ends_at),
    )
    link = (f"/desk/activities/{activity.id}/closing", _("To the closing"))
    return TooLateForPaper(words, link=link)


def _keep(entry_id: int, reads: Sequence[Read]) -> None:
    written = [
        {
            "entry_id": entry_id,
            "row_id": read.row_id,
            "person_id": read.person_id,
            "came_at": read.came_at,
            "left_at": read.left_at,
            "note": read.note,
        }
        for read in reads
    ]
    if written:
        db.session.execute(sa.insert(SheetEntryRow), written)


def _take_turn(sheet: Sheet, by_id: int, now: datetime) -> tuple[int, int]:
    """Be the first or the second to enter it; return which, and the entering's id."""
    for turn in (1, 2):
        taken = insert_into(SheetEntry).values(
            sheet_id=sheet.id, turn=turn, by_id=by_id, entered_at=now
        )
        found = db.session.scalar(taken.on_conflict_do_nothing().returning(SheetEntry.id))
        if found is not None:
            return turn, int(found)
        check_turn(sheet, by_id)
    raise AssertionError("one of the two turns is free, or it has been said whose they are")
