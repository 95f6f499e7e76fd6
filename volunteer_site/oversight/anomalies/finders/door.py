"""Rules about how people were marked: bursts, one phone for many, at night, by themselves."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from volunteer_site.activities.models import Activity
from volunteer_site.attendance.models import Attendance, Method
from volunteer_site.core.db import db
from volunteer_site.oversight.anomalies.findings import (
    DAY,
    HOUR,
    Finding,
    Window,
    came,
    grouped,
    on_the_wall,
    seconds,
    stands,
    touched,
)
from volunteer_site.oversight.anomalies.rules import Numbers
from volunteer_site.people.models import Guardian, Person

BY_MACHINE = (Method.SCAN, Method.CARD)  # one by one; "all present" ticks many at once
BY_HAND = (Method.TICK, Method.PAPER, Method.LATE)


def burst(window: Window, numbers: Numbers) -> Iterator[Finding]:
    """Find doors with so many scans within so many seconds; ticks are not looked at (R20)."""
    mark, scans = Attendance, numbers["scans"]
    first = sa.func.lag(mark.happened_at, sa.literal(scans - 1), type_=sa.DateTime()).over(
        partition_by=(mark.activity_id, mark.direction), order_by=(mark.happened_at, mark.id)
    )
    lined_up = (
        sa.select(mark.activity_id, mark.direction, mark.happened_at, first.label("first"))
        .where(
            mark.activity_id.in_(touched(window)),
            mark.undone_at.is_(None),
            mark.method.in_(BY_MACHINE),
        )
        .subquery()
    )
    short = seconds(lined_up.c.happened_at) - seconds(lined_up.c.first) <= numbers["seconds"]
    asked = sa.select(lined_up).where(lined_up.c.first.is_not(None), short)
    rows = db.session.execute(asked.order_by(lined_up.c.happened_at)).all()
    groups = grouped(rows, "activity_id", "direction")
    marks = grouped(_scans(groups), "activity_id", "direction")
    for door, hits in groups.items():
        for begin, end in _moments(hits):
            inside = [one for one in marks[door] if begin <= one.happened_at <= end]
            yield _burst(door, inside)


def one_device(window: Window, numbers: Numbers) -> Iterator[Finding]:
    """Find phones that checked in so many people of one activity who are no family (R20, R24).

    Who shares a phone number, one's own or a guardian's, is one family; acting for somebody is
    marked as such and not counted.
    """
    one, family = came(), _family()
    shared = (
        sa.select(one.device, one.activity_id)
        .join(Person, Person.id == one.person_id)
        .outerjoin(Guardian, Guardian.person_id == one.person_id)
        .where(_own_phone(one), one.activity_id.in_(touched(window)))
        .group_by(one.device, one.activity_id)
        .having(sa.func.count(family.distinct()) >= numbers["people"])
        .subquery()
    )
    asked = (
        sa.select(one.id, one.device, one.activity_id, one.person_id, Activity.organisation_id)
        .join(
            shared,
            sa.and_(shared.c.device == one.device, shared.c.activity_id == one.activity_id),
        )
        .join(Activity, Activity.id == one.activity_id)
        .where(_own_phone(one))
        .order_by(one.happened_at, one.id)
    )
    rows = db.session.execute(asked).all()
    for (device, activity), marks in grouped(rows, "device", "activity_id").items():
        people = sorted(row.person_id for row in marks)
        yield Finding(
            key=f"device {device} activity {activity}",
            pattern=f"device {device} people {' '.join(map(str, people))}",
            organisation_id=marks[0].organisation_id,
            activity_id=activity,
            marks=tuple(row.id for row in marks),
            numbers={"people": len(people)},
        )


def night(window: Window, numbers: Numbers) -> Iterator[Finding]:
    """Find coordinators who entered so many people between 23 and 5 o'clock.

    What is entered up to two hours after the activity is its own evening and does not count.
    """
    mark, clock = Attendance, on_the_wall(Attendance.recorded_at, window)
    hour = (clock % DAY) // HOUR
    late = seconds(mark.recorded_at) - seconds(Activity.ends_at)
    dark = (
        sa.select(
            mark.id, mark.recorded_by_id, mark.recorded_at, mark.activity_id,
            Activity.organisation_id, ((clock - DAY // 2) // DAY).label("night"),
        )
        .join(Activity, Activity.id == mark.activity_id)
        .where(
            mark.activity_id.in_(touched(window)),
            stands(mark),
            mark.method.in_(BY_HAND),
            mark.recorded_by_id.is_not(None),
            sa.or_(hour >= numbers["from_hour"], hour < numbers["until_hour"]),
            late > numbers["hours_after"] * HOUR,
        )
        .order_by(mark.recorded_at, mark.id)
    )  # fmt: skip
    rows = db.session.execute(dark).all()
    for (by, number), marks in grouped(rows, "recorded_by_id", "night").items():
        if len(marks) >= numbers["people"]:
            yield _night(by, number, marks)


def own_hours(window: Window, numbers: Numbers) -> Iterator[Finding]:
    """Find coordinators who marked themselves as present so often in the window (R22)."""
    mark = Attendance
    asked = (
        sa.select(mark.id, mark.person_id, mark.activity_id, Activity.organisation_id)
        .join(Activity, Activity.id == mark.activity_id)
        .where(
            mark.activity_id.in_(touched(window)),
            stands(mark),
            mark.method.in_(BY_HAND),
            mark.recorded_by_id == mark.person_id,
        )
        .order_by(mark.id)
    )
    rows = db.session.execute(asked).all()
    for person, marks in grouped(rows, "person_id").items():
        if len(marks) >= numbers["times"]:
            yield Finding(
                key=f"person {person} activity {marks[0].activity_id}",
                organisation_id=marks[0].organisation_id,
                activity_id=marks[0].activity_id,
                person_id=person,
                coordinator_id=person,
                marks=tuple(row.id for row in marks),
                numbers={"times": len(marks)},
            )


def _scans(doors: dict[Any, Any]) -> Any:
    """Return all scans of the doors at which there were bursts, with the person's check-in."""
    mark, one = Attendance, came()
    asked = (
        sa.select(
            mark.activity_id, mark.direction, mark.happened_at, Activity.organisation_id,
            one.id.label("came"),
        )
        .join(Activity, Activity.id == mark.activity_id)
        .join(
            one,
            sa.and_(
                one.activity_id == mark.activity_id, one.person_id == mark.person_id, stands(one)
            ),
        )
        .where(
            mark.activity_id.in_({activity for activity, _way in doors}),
            mark.undone_at.is_(None),
            mark.method.in_(BY_MACHINE),
        )
        .order_by(mark.happened_at, mark.id)
    )  # fmt: skip
    return db.session.execute(asked)


def _moments(hits: list[Any]) -> Iterator[tuple[datetime, datetime]]:
    """Join bursts that run into each other."""
    begin, end = hits[0].first, hits[0].happened_at
    for hit in hits[1:]:
        if hit.first > end:
            yield begin, end
            begin = hit.first
        end = hit.happened_at
    yield begin, end


def _burst(door: tuple[int, str], scans: list[Any]) -> Finding:
    activity, way = door
    lasted = scans[-1].happened_at - scans[0].happened_at
    return Finding(
        key=f"activity {activity} {way} {scans[0].happened_at.isoformat()}",
        organisation_id=scans[0].organisation_id,
        activity_id=activity,
        marks=tuple(scan.came for scan in scans),
        numbers={"scans": len(scans), "milliseconds": round(lasted.total_seconds() * 1000)},
    )


def _night(by: int, number: int, marks: list[Any]) -> Finding:
    return Finding(
        key=f"coordinator {by} night {number}",
        organisation_id=marks[0].organisation_id,
        activity_id=marks[0].activity_id,
        coordinator_id=by,
        marks=tuple(row.id for row in marks),
        numbers={
            "people": len(marks),
            "first": marks[0].recorded_at.isoformat(),
            "last": marks[-1].recorded_at.isoformat(),
        },
    )


def _own_phone(one: Any) -> sa.ColumnElement[bool]:
    """Return the condition that somebody scanned for themselves with a phone that is known."""
    by_themselves = sa.or_(one.recorded_by_id.is_(None), one.recorded_by_id == one.person_id)
    return sa.and_(stands(one), one.device.is_not(None), one.method == Method.SCAN, by_themselves)


def _family() -> sa.ColumnElement[str]:
    """Return the phone number that a family shares; who has none is a family of their own."""
    alone = sa.literal("person ") + sa.cast(Person.id, sa.Text)
    return sa.func.coalesce(Guardian.phone, Person.phone, alone)
