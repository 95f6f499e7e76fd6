"""Printing a sheet: what is on it is written down, so that a reprint is the same paper."""

from datetime import datetime, timedelta
from itertools import zip_longest

import sqlalchemy as sa

from volunteer_site.activities.models import Activity
from volunteer_site.attendance import queries as door
from volunteer_site.attendance.services import rules
from volunteer_site.attendance.sheets import layout, numbers, queries
from volunteer_site.attendance.sheets.models import Sheet, SheetRow
from volunteer_site.attendance.sheets.services.refusals import NothingNew, NotPublished
from volunteer_site.core import audit, turns
from volunteer_site.core.db import db
from volunteer_site.core.words import gettext as _
from volunteer_site.signups.queries import Coming

AT_ONCE = timedelta(seconds=20)  # a form that was sent twice


def print_sheet(
    activity: Activity, order: str, *, only_new: bool = False, by_id: int, now: datetime
) -> Sheet:
    """Freeze the list of those with a place, or of those not on a sheet yet, under a new number.

    Raises DoorClosed when the activity is closed or called off, NotPublished and NothingNew.
    """
    turns.wait_for(f"sheets {activity.id}")
    rules.refuse_over(activity.id, activity.cancelled_at, activity.closed_at)
    if activity.published_at is None:
        raise NotPublished(_("This is a draft. Publish it first; then people can sign up."))
    people = _people(activity.id, order, only_new=only_new)
    twice = _just_printed(activity.id, people, by_id, now)
    if twice is not None:
        return twice
    if only_new and not people:
        raise NothingNew(_("Everybody with a place is on a sheet already."))
    return _frozen(activity.id, order, people, by_id, now)


def mark_unused(sheet: Sheet, *, by_id: int, now: datetime) -> None:
    """Say that nobody signed on this sheet, so that nobody looks for it. Twice is once."""
    unused = sa.update(Sheet).where(Sheet.id == sheet.id, Sheet.unused_at.is_(None))
    given = {"unused_at": max(now, sheet.printed_at), "unused_by_id": by_id}
    if db.session.scalar(unused.values(given).returning(Sheet.id)):
        _record("sheet.unuse", sheet, by_id)


def mark_used(sheet: Sheet, *, by_id: int) -> None:
    """Take back that a sheet was not used. Twice is once."""
    used = sa.update(Sheet).where(Sheet.id == sheet.id, Sheet.unused_at.is_not(None))
    taken_back = used.values(unused_at=None, unused_by_id=None).returning(Sheet.id)
    if db.session.scalar(taken_back):
        _record("sheet.use", sheet, by_id)


def _people(activity_id: int, order: str, *, only_new: bool) -> list[Coming]:
    coming = [line.coming for line in door.roster(activity_id, order).lines]
    known = queries.on_paper(activity_id) if only_new else set()
    return [one for one in coming if one.person_id not in known]


def _just_printed(
    activity_id: int, people: list[Coming], by_id: int, now: datetime
) -> Sheet | None:
    asked = sa.select(Sheet).where(
        Sheet.activity_id == activity_id,
        Sheet.printed_by_id == by_id,
        Sheet.printed_at > now - AT_ONCE,
    )
    for sheet in db.session.scalars(asked.order_by(Sheet.id.desc())):
        named = [row.person_id for row in queries.rows(sheet.id) if row.person_id]
        if not people or named == [one.person_id for one in people]:
            return sheet
    return None


def _frozen(activity_id: int, order: str, people: list[Coming], by_id: int, now: datetime) -> Sheet:
    sheet = Sheet(activity_id=activity_id, printed_at=now, printed_by_id=by_id, name_order=order)
    db.session.add(sheet)
    db.session.flush()
    codes = numbers.row_codes(layout.rows_for(len(people)))
    written = [
        {
            "sheet_id": sheet.id,
            "number": number,
            "code": code,
            "person_id": one.person_id if one else None,
            "shift_id": one.shift_id if one else None,
        }
        for number, (code, one) in enumerate(zip_longest(codes, people), start=1)
    ]
    db.session.execute(sa.insert(SheetRow), written)
    _record("sheet.print", sheet, by_id)
    return sheet


def _record(kind: str, sheet: Sheet, by_id: int) -> None:
    audit.record(kind, by_id, object_kind="sheet", object_id=int(sheet.number))
