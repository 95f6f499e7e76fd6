"""What is known about somebody at an activity, side by side, for whoever has to judge it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.attendance.models import Attendance
from volunteer_site.core.db import db
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.hours.queries import standing
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Person
from volunteer_site.signups.models import Signup


class Mark(NamedTuple):
    """Somebody came in or went out: how it is known, who wrote it, and whether it was undone."""

    direction: str
    method: str
    happened_at: datetime
    recorded_at: datetime
    by: str | None
    undone_at: datetime | None
    undone_by: str | None


class Promise(NamedTuple):
    """A sign-up: when, how, and whether it was taken back."""

    signed_up_at: datetime
    confirmed_at: datetime | None
    withdrawn_at: datetime | None
    source: str


class Line(NamedTuple):
    """A line of the ledger about the same service."""

    number: int
    kind: str
    minutes: int
    started_at: datetime
    ended_at: datetime
    proof: str
    recorded_at: datetime
    by: str | None
    reason: str
    stands: bool


class Other(NamedTuple):
    """What else the person has for the day."""

    number: int
    title: str
    recorder: str
    started_at: datetime
    ended_at: datetime
    minutes: int
    proof: str


class Service(NamedTuple):
    """What an entry is about."""

    entry_id: int
    person_id: int
    recorder_id: int
    service_id: int
    activity_id: int | None
    title: str
    service_date: date
    starts_at: datetime
    ends_at: datetime

    @property
    def most(self) -> int:
        """Return the minutes the service lasted."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


class About(Protocol):
    """Whoever has to be judged, at which activity or by which entry: a service, an objection."""

    @property
    def person_id(self) -> int: ...
    @property
    def activity_id(self) -> int | None: ...
    @property
    def service_date(self) -> date: ...
    @property
    def entry_id(self) -> int | None: ...


@dataclass(frozen=True)
class Evidence:
    """Everything known about one person at one activity, the ledger first."""

    lines: list[Line]
    marks: list[Mark]
    promises: list[Promise]
    others: list[Other]

    @property
    def counted(self) -> Line | None:
        """Return the entry that counts now, if one does."""
        return next((line for line in reversed(self.lines) if line.stands), None)


def service(entry_id: int) -> Service | None:
    """Return what an entry of the ledger is about; None if there is no such entry."""
    asked = (
        sa.select(
            HourEntry.id, HourEntry.person_id, HourEntry.recorder_id, HourEntry.service_id,
            sa.case((ServiceRecord.source == "activity", ServiceRecord.source_id)),
            ServiceRecord.title, ServiceRecord.service_date, ServiceRecord.starts_at,
            ServiceRecord.ends_at,
        )
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .where(HourEntry.id == entry_id)
    )  # fmt: skip
    row: Any = db.session.execute(asked).one_or_none()
    return Service(*row) if row else None


def of(about: About) -> Evidence:
    """Return what is known about a person at an activity, or about an entry of another kind."""
    person_id, activity_id = about.person_id, about.activity_id
    lines = _lines(person_id, activity_id, about.entry_id)
    mine = {line.number for line in lines}
    others = [other for other in _others(person_id, about.service_date) if other.number not in mine]
    if activity_id is None:
        return Evidence(lines, [], [], others)
    return Evidence(
        lines, _marks(person_id, activity_id), _promises(person_id, activity_id), others
    )


def counted_entry(person_id: int, activity_id: int) -> int | None:
    """Return the number of the entry that counts for a person at an activity, if there is one."""
    asked = (
        sa.select(HourEntry.id)
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .where(
            ServiceRecord.source == "activity",
            ServiceRecord.source_id == activity_id,
            HourEntry.person_id == person_id,
            HourEntry.minutes > 0,
            standing(),
        )
    )
    return db.session.scalar(asked.order_by(HourEntry.id.desc()).limit(1))


def _lines(person_id: int, activity_id: int | None, entry_id: int | None) -> list[Line]:
    by = orm.aliased(Person)
    asked = (
        sa.select(
            HourEntry.id, HourEntry.kind, HourEntry.minutes, HourEntry.started_at,
            HourEntry.ended_at, HourEntry.proof, HourEntry.recorded_at, by.name,
            HourEntry.reason, standing(),
        )
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .outerjoin(by, by.id == HourEntry.recorded_by_id)
        .where(HourEntry.person_id == person_id, _same_service(activity_id, entry_id))
        .order_by(HourEntry.id)
    )  # fmt: skip
    rows: Iterable[Any] = db.session.execute(asked)
    return [Line(*row) for row in rows]


def _same_service(activity_id: int | None, entry_id: int | None) -> sa.ColumnElement[bool]:
    if activity_id is not None:
        return sa.and_(ServiceRecord.source == "activity", ServiceRecord.source_id == activity_id)
    its = sa.select(HourEntry.service_id).where(HourEntry.id == entry_id).scalar_subquery()
    return ServiceRecord.id == its


def _marks(person_id: int, activity_id: int) -> list[Mark]:
    by, undone_by = orm.aliased(Person), orm.aliased(Person)
    asked = (
        sa.select(
            Attendance.direction, Attendance.method, Attendance.happened_at,
            Attendance.recorded_at, by.name, Attendance.undone_at, undone_by.name,
        )
        .outerjoin(by, by.id == Attendance.recorded_by_id)
        .outerjoin(undone_by, undone_by.id == Attendance.undone_by_id)
        .where(Attendance.activity_id == activity_id, Attendance.person_id == person_id)
        .order_by(Attendance.recorded_at, Attendance.id)
    )  # fmt: skip
    return [Mark(*row) for row in db.session.execute(asked)]


def _promises(person_id: int, activity_id: int) -> list[Promise]:
    asked = sa.select(
        Signup.signed_up_at, Signup.confirmed_at, Signup.withdrawn_at, Signup.source
    ).where(Signup.activity_id == activity_id, Signup.person_id == person_id)
    return [Promise(*row) for row in db.session.execute(asked.order_by(Signup.id))]


def _others(person_id: int, day: date) -> list[Other]:
    asked = (
        sa.select(
            HourEntry.id, ServiceRecord.title, Organisation.name, HourEntry.started_at,
            HourEntry.ended_at, HourEntry.minutes, HourEntry.proof,
        )
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .join(Organisation, Organisation.id == HourEntry.recorder_id)
        .where(HourEntry.person_id == person_id, HourEntry.service_date == day, standing())
        .order_by(HourEntry.started_at, HourEntry.id)
    )  # fmt: skip
    return [Other(*row) for row in db.session.execute(asked)]
