"""Paper in the demo: sheets of activities that are not closed yet; most wait to be entered."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity
from volunteer_site.attendance import queries as door
from volunteer_site.attendance.sheets import queries, services
from volunteer_site.attendance.sheets.models import Sheet
from volunteer_site.attendance.sheets.services import Read
from volunteer_site.core.db import db, write_transaction

MOST = 3  # sheets
BEFORE = timedelta(hours=2)  # the door is opened


def tell(now: datetime) -> None:
    """Print sheets for what nobody has closed yet, and enter all but the first, by the services."""
    for number, activity in enumerate(_left_open(now)):
        by_id = activity.leader_id or 0
        with write_transaction():
            printed_at = activity.starts_at - BEFORE
            sheet = services.print_sheet(activity, "strokes", by_id=by_id, now=printed_at)
            if number:
                reads = _signed_only(sheet, activity)
                services.enter(sheet, activity, reads, by_id=by_id, now=now)


def _left_open(now: datetime) -> list[Activity]:
    asked = sa.select(Activity).where(
        Activity.ends_at <= now,
        Activity.published_at.is_not(None),
        Activity.closed_at.is_(None),
        Activity.cancelled_at.is_(None),
    )
    ordered = asked.order_by(Activity.organisation_id, Activity.ends_at.desc(), Activity.id)
    return list(db.session.scalars(ordered.limit(MOST)))


def _signed_only(sheet: Sheet, activity: Activity) -> list[Read]:
    """Return half of those who were neither scanned nor ticked: they have signed the paper."""
    shifts = {shift.id: shift for shift in activities.shifts(activity.id)}
    known = {mark.person_id for mark in door.marks(activity.id)}
    reads = []
    for row in queries.rows(sheet.id):
        shift = shifts.get(row.shift_id or 0)
        if row.person_id and shift and row.person_id not in known:
            times = (shift.starts_at, shift.ends_at)
            reads.append(Read(row.id, row.number, row.person_id, shift, *times))
    return reads[::2]
