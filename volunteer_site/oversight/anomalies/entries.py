"""The marks and the entries that a finding rests on, side by side."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.activities.models import Activity
from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.core.db import db
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.hours.queries import standing
from volunteer_site.organisations.models import Organisation
from volunteer_site.oversight.anomalies.models import Anomaly
from volunteer_site.oversight.questions.services import About
from volunteer_site.people.models import Person
from volunteer_site.signups.models import Signup

SHOWN = 60  # rows of evidence on a page


class Entry(NamedTuple):
    """An entry that counts, which a finding concerns."""

    number: int
    person_id: int
    person: str
    title: str
    started_at: datetime
    minutes: int
    recorder_id: int
    activity_id: int


class Visit(NamedTuple):
    """One person at one activity, with everything that is known about it."""

    mark_id: int
    person_id: int
    person: str
    volunteer: str  # the number
    activity_id: int
    title: str
    community: str
    starts_at: datetime
    ends_at: datetime
    came_at: datetime
    came_by: str
    came_recorded_at: datetime
    recorder: str | None
    device: str | None
    undone_at: datetime | None
    left_at: datetime | None
    left_by: str | None
    signed_up_at: datetime | None
    source: str | None


def standing_of(anomaly: Anomaly) -> list[Entry]:
    """Return the entries that count now for the people and activities of a finding."""
    return standing_entries(marks_of(anomaly))


def own_of(anomaly: Anomaly) -> list[Entry]:
    """Return those of the entries that the community itself recorded, which it can explain."""
    place = anomaly.organisation_id
    return [row for row in standing_of(anomaly) if row.recorder_id == place]


def about(anomaly: Anomaly) -> About:
    """Return what a community is asked about: an activity, or an entry of the one person."""
    rows = own_of(anomaly) if anomaly.about_id is not None else []
    first = rows[0] if rows else None
    activity = anomaly.activity_id or (first and first.activity_id)
    return About(anomaly.organisation_id, activity, first and first.number)


def standing_entries(marks: Sequence[int]) -> list[Entry]:
    """Return the entries that count now for the person and the activity of these check-ins."""
    asked = (
        sa.select(
            HourEntry.id, HourEntry.person_id, Person.name, ServiceRecord.title,
            HourEntry.started_at, HourEntry.minutes, HourEntry.recorder_id,
            Attendance.activity_id,
        )
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .join(Person, Person.id == HourEntry.person_id)
        .join(Attendance, its_mark())
        .where(ServiceRecord.source == "activity", Attendance.id.in_(marks), standing())
        .order_by(HourEntry.started_at, HourEntry.id)
    )  # fmt: skip
    return [Entry(*row) for row in db.session.execute(asked)]


def visits(anomaly: Anomaly) -> list[Visit]:
    """Return what is known about each check-in of a finding, the earliest first; at most 60."""
    return visits_of(marks_of(anomaly)[:SHOWN])


def visits_of(marks: Sequence[int]) -> list[Visit]:
    """Return what is known about these check-ins, the earliest first."""
    gone, by, place = orm.aliased(Attendance), orm.aliased(Person), orm.aliased(Organisation)
    asked = (
        sa.select(
            Attendance.id, Person.id, Person.name, Person.number, Activity.id, Activity.title,
            place.name, Activity.starts_at, Activity.ends_at, Attendance.happened_at,
            Attendance.method, Attendance.recorded_at, by.name, Attendance.device,
            Attendance.undone_at, gone.happened_at, gone.method, Signup.signed_up_at,
            Signup.source,
        )
        .join(Person, Person.id == Attendance.person_id)
        .join(Activity, Activity.id == Attendance.activity_id)
        .join(place, place.id == Activity.organisation_id)
        .outerjoin(by, by.id == Attendance.recorded_by_id)
        .outerjoin(gone, _its_end(gone))
        .outerjoin(Signup, _its_signup())
        .where(Attendance.id.in_(marks))
        .order_by(Attendance.happened_at, Attendance.id)
    )  # fmt: skip
    rows: Iterable[Any] = db.session.execute(asked)
    return [Visit(*row) for row in rows]


def marks_of(anomaly: Anomaly) -> list[int]:
    """Return the numbers of the check-ins that a finding rests on."""
    return [int(number) for number in anomaly.evidence.get("marks", [])]


def shared_devices(rows: Sequence[Visit]) -> dict[str, str]:
    """Return a letter for each phone that more than one of these used: A, B, and so on."""
    seen: dict[str, set[int]] = {}
    for row in rows:
        if row.device:
            seen.setdefault(row.device, set()).add(row.person_id)
    shared = [device for device, people in seen.items() if len(people) > 1]
    return {device: chr(ord("A") + number % 26) for number, device in enumerate(shared)}


def its_mark() -> sa.ColumnElement[bool]:
    """Return the condition that a mark is of an entry's person at the entry's activity."""
    return sa.and_(
        Attendance.activity_id == ServiceRecord.source_id,
        Attendance.person_id == HourEntry.person_id,
    )


def _its_end(gone: Any) -> sa.ColumnElement[bool]:
    return sa.and_(
        gone.activity_id == Attendance.activity_id,
        gone.person_id == Attendance.person_id,
        gone.direction == Direction.OUT,
        gone.undone_at.is_(None),
    )


def _its_signup() -> sa.ColumnElement[bool]:
    return sa.and_(
        Signup.activity_id == Attendance.activity_id,
        Signup.person_id == Attendance.person_id,
        Signup.withdrawn_at.is_(None),
    )
