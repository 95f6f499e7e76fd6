"""Rules about how many there were: more than places, many who had not signed up."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.core.db import db
from volunteer_site.oversight.anomalies.findings import (
    Finding,
    Window,
    came,
    grouped,
    stands,
    touched,
)
from volunteer_site.oversight.anomalies.rules import Numbers
from volunteer_site.signups.models import Signup

WALK_IN = "walk_in"


def too_many(window: Window, numbers: Numbers) -> Iterator[Finding]:
    """Find activities with so many people more than the places that were announced.

    Who comes without a sign-up makes a full shift larger, so those places are taken off again.
    """
    counted = _counted(window)
    rooms = (
        sa.select(Shift.activity_id, sa.func.sum(Shift.places).label("places"))
        .group_by(Shift.activity_id)
        .subquery()
    )
    announced = rooms.c.places - counted.c.walk_ins
    over = counted.c.present - announced
    asked = (
        sa.select(counted, announced.label("places"))
        .join(rooms, rooms.c.activity_id == counted.c.activity_id)
        .where(over >= numbers["people"], over * 100 >= announced * numbers["percent"])
    )
    for row, marks in _with_marks(asked):
        yield _finding(row, marks, {"present": int(row.present), "places": int(row.places)})


def walk_ins(window: Window, numbers: Numbers) -> Iterator[Finding]:
    """Find activities where so many, and such a share, came without having signed up (R20)."""
    counted = _counted(window)
    strangers = counted.c.walk_ins + counted.c.unknown
    asked = sa.select(counted).where(
        strangers >= numbers["people"],
        strangers * 100 >= counted.c.present * numbers["percent"],
    )
    for row, marks in _with_marks(asked):
        people = int(row.walk_ins + row.unknown)
        theirs = [mark for mark in marks if mark.source in {None, WALK_IN}]
        yield _finding(row, theirs, {"people": people, "present": int(row.present)})


def _finding(row: Any, marks: list[Any], numbers: dict[str, int]) -> Finding:
    return Finding(
        key=f"activity {row.activity_id}",
        organisation_id=row.organisation_id,
        activity_id=row.activity_id,
        marks=tuple(mark.id for mark in marks),
        numbers=numbers,
    )


def _counted(window: Window) -> sa.Subquery:
    """Return of each activity who was there, who walked in and who is on no list at all."""
    one = came()
    asked = (
        sa.select(
            one.activity_id, Activity.organisation_id, sa.func.count().label("present"),
            sa.func.count().filter(Signup.source == WALK_IN).label("walk_ins"),
            sa.func.count().filter(Signup.id.is_(None)).label("unknown"),
        )
        .join(Activity, Activity.id == one.activity_id)
        .outerjoin(Signup, _signed_up(one))
        .where(one.activity_id.in_(touched(window)), stands(one))
        .group_by(one.activity_id, Activity.organisation_id)
    )  # fmt: skip
    return asked.subquery()


def _with_marks(asked: sa.Select[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Return each activity that was found with everybody's mark and how they signed up."""
    found, one = db.session.execute(asked).all(), came()
    there = (
        sa.select(one.id, one.activity_id, Signup.source)
        .outerjoin(Signup, _signed_up(one))
        .where(one.activity_id.in_([row.activity_id for row in found]), stands(one))
        .order_by(one.id)
    )
    marks = grouped(db.session.execute(there), "activity_id") if found else {}
    for row in found:
        yield row, marks[row.activity_id]


def _signed_up(one: Any) -> sa.ColumnElement[bool]:
    return sa.and_(
        Signup.activity_id == one.activity_id,
        Signup.person_id == one.person_id,
        Signup.withdrawn_at.is_(None),
        Signup.confirmed_at.is_not(None),
    )
