"""Rules about when somebody was where: at two places at once, gone long after the end."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance.models import Direction, Method
from volunteer_site.core.db import db
from volunteer_site.oversight.anomalies.findings import (
    MINUTE,
    Finding,
    Window,
    came,
    grouped,
    left,
    seconds,
    stands,
    touched,
)
from volunteer_site.oversight.anomalies.rules import Numbers

REACH = timedelta(days=1)  # activities that may overlap begin within a day of each other


def two_places(window: Window, numbers: Numbers) -> Iterator[Finding]:
    """Find who was in two activities at once for so many minutes, as their marks say (R6).

    What lies outside the shifts does not count, so coming early and leaving late is no overlap.
    """
    span, ours = _span(window), set[int](db.session.scalars(touched(window)))
    if span is None:
        return
    there = _there(*span)
    before = sa.func.max(there.c.ends).over(
        partition_by=there.c.person_id, order_by=(there.c.begins, there.c.mark), rows=(None, -1)
    )
    ranked = sa.select(there, before.label("before")).subquery()
    shared = seconds(_earlier(ranked.c.before, ranked.c.ends)) - seconds(ranked.c.begins)
    both = sa.select(ranked.c.person_id).where(
        ranked.c.before > ranked.c.begins, shared >= numbers["minutes"] * MINUTE
    )
    asked = sa.select(there).where(there.c.person_id.in_(both))
    rows = db.session.execute(asked.order_by(there.c.begins, there.c.mark)).all()
    for visits in grouped(rows, "person_id").values():
        yield from _overlaps(visits, ours, timedelta(minutes=numbers["minutes"]))


def late_out(window: Window, numbers: Numbers) -> Iterator[Finding]:
    """Find activities whose people checked out so many minutes after the end, or later (R20)."""
    one, gone = came(), left()
    late = seconds(gone.happened_at) - seconds(Shift.ends_at)
    asked = (
        sa.select(one.id, one.activity_id, Activity.organisation_id, late.label("late"))
        .join(gone, _same(one, gone))
        .join(Shift, Shift.id == one.shift_id)
        .join(Activity, Activity.id == one.activity_id)
        .where(
            one.activity_id.in_(touched(window)),
            stands(one),
            stands(gone, Direction.OUT),
            gone.method != Method.CLOSING,
            gone.happened_at > Shift.ends_at,
            late >= numbers["minutes"] * MINUTE,
        )
    )
    rows = db.session.execute(asked.order_by(one.id)).all()
    for activity, people in grouped(rows, "activity_id").items():
        longest = int(max(row.late for row in people)) // MINUTE
        yield Finding(
            key=f"activity {activity}",
            organisation_id=people[0].organisation_id,
            activity_id=activity,
            marks=tuple(row.id for row in people),
            numbers={"people": len(people), "minutes": longest},
        )


def _span(window: Window) -> tuple[Any, Any] | None:
    """Return the first and the last beginning of the window's activities."""
    asked = sa.select(sa.func.min(Activity.starts_at), sa.func.max(Activity.starts_at))
    first, last = db.session.execute(asked.where(Activity.id.in_(touched(window)))).one()
    return (first - REACH, last + REACH) if first else None


def _there(first: Any, last: Any) -> sa.Subquery:
    """Return from when to when people were in the activities of these days, inside the shifts."""
    one, gone = came(), left()
    begins = sa.case((one.happened_at > Shift.starts_at, one.happened_at), else_=Shift.starts_at)
    ends = _earlier(gone.happened_at, Shift.ends_at)
    asked = (
        sa.select(
            one.id.label("mark"), one.person_id, one.activity_id, Activity.organisation_id,
            begins.label("begins"), ends.label("ends"),
        )
        .join(gone, _same(one, gone))
        .join(Shift, Shift.id == one.shift_id)
        .join(Activity, Activity.id == one.activity_id)
        .where(
            Activity.starts_at.between(first, last),
            stands(one),
            stands(gone, Direction.OUT),
            begins < ends,
        )
    )  # fmt: skip
    return asked.subquery()


def _overlaps(visits: list[Any], ours: set[int], least: timedelta) -> Iterator[Finding]:
    """Find, of one person's visits in order, each that began while another one went on."""
    for number, visit in enumerate(visits):
        others = [
            other
            for other in visits[:number]
            if min(other.ends, visit.ends) - visit.begins >= least
        ]
        if others and ours & {one.activity_id for one in (visit, *others)}:
            longest = max(min(other.ends, visit.ends) - visit.begins for other in others)
            yield Finding(
                key=f"person {visit.person_id} activity {visit.activity_id}",
                organisation_id=visit.organisation_id,
                activity_id=visit.activity_id,
                person_id=visit.person_id,
                marks=(*(other.mark for other in others), visit.mark),
                numbers={"minutes": int(longest.total_seconds()) // MINUTE},
            )


def _earlier(one: Any, other: Any) -> sa.ColumnElement[Any]:
    return sa.case((one < other, one), else_=other)


def _same(one: Any, gone: Any) -> sa.ColumnElement[bool]:
    return sa.and_(gone.activity_id == one.activity_id, gone.person_id == one.person_id)
