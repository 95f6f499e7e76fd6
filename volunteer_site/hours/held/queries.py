"""What is held back beyond a day's limit: for whom, since when, and what was decided."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.held.caps import Day
from volunteer_site.hours.held.models import HeldHours
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Person


class Line(NamedTuple):
    """Hours that wait or waited: whose, what for, who may say something about them."""

    id: int
    person_id: int
    person: str
    recorder_id: int
    recorder: str
    path: str
    activity_id: int
    title: str
    service_date: date
    service_starts_at: datetime
    service_ends_at: datetime
    started_at: datetime
    ended_at: datetime
    minutes: int
    level: str
    proof: str
    recorded_by_id: int | None
    held_at: datetime
    decided_at: datetime | None
    decision: str | None
    answer: str
    decided_by: str | None


def days_of(person_ids: Collection[int], day: date) -> dict[int, Day]:
    """Return what these people have on a day of service: in the ledger, and waiting (R7)."""
    nothing = sa.literal(0)
    counted = sa.select(
        HourEntry.person_id, HourEntry.minutes.label("counted"), nothing.label("waiting")
    ).where(HourEntry.person_id.in_(person_ids), HourEntry.service_date == day)
    waiting = sa.select(HeldHours.person_id, nothing, HeldHours.minutes).where(
        HeldHours.person_id.in_(person_ids),
        HeldHours.service_date == day,
        HeldHours.decided_at.is_(None),
    )
    both = sa.union_all(counted, waiting).subquery().c
    asked = sa.select(both.person_id, sa.func.sum(both.counted), sa.func.sum(both.waiting))
    rows = db.session.execute(asked.group_by(both.person_id))
    return {person: Day(int(done), int(left)) for person, done, left in rows}


def waiting(paths: Iterable[str]) -> list[Line]:
    """Return what waits for a second person at or below these paths, the oldest first."""
    asked = _lines.where(HeldHours.decided_at.is_(None), at_or_below(paths))
    return _read(asked.order_by(HeldHours.held_at, HeldHours.id))


def decided(paths: Iterable[str], since: datetime) -> list[Line]:
    """Return what was decided at or below these paths since a moment, the latest first."""
    asked = _lines.where(HeldHours.decided_at >= since, at_or_below(paths))
    return _read(asked.order_by(HeldHours.decided_at.desc(), HeldHours.id.desc()))


def through(paths: Iterable[str], held_id: int) -> Line:
    """Return the hours if their recorder is at or below one of these paths; or NotFound (R56)."""
    found = _read(_lines.where(HeldHours.id == held_id, at_or_below(paths)))
    if not found:
        raise NotFound(_("There are no such hours, or they are not your community's."))
    return found[0]


def of_person(person_id: int, year: int | None = None) -> list[Line]:
    """Return what of a person's hours waits or was refused, the latest first; for their own page.

    Those granted are lines of the ledger and not in it. With `year`, of that year of service.
    """
    asked = _lines.where(
        HeldHours.person_id == person_id,
        sa.or_(HeldHours.decision.is_(None), HeldHours.decision == "refused"),
    )
    if year is not None:
        asked = asked.where(HeldHours.service_date.between(date(year, 1, 1), date(year, 12, 31)))
    return _read(asked.order_by(HeldHours.started_at.desc(), HeldHours.id.desc()))


def people_waiting(source: str, source_id: int) -> int:
    """Return for how many people a part of one service waits."""
    asked = (
        sa.select(sa.func.count(sa.distinct(HeldHours.person_id)))
        .join(ServiceRecord, ServiceRecord.id == HeldHours.service_id)
        .where(
            ServiceRecord.source == source,
            ServiceRecord.source_id == source_id,
            HeldHours.decided_at.is_(None),
        )
    )
    return db.session.scalar(asked) or 0


def _read(asked: sa.Select[Any]) -> list[Line]:
    return [Line(*row) for row in db.session.execute(asked)]


_decider = orm.aliased(Person)
_columns: tuple[Any, ...] = (
    HeldHours.id,
    HeldHours.person_id,
    Person.name,
    HeldHours.recorder_id,
    Organisation.name,
    Organisation.path,
    ServiceRecord.source_id,
    ServiceRecord.title,
    HeldHours.service_date,
    ServiceRecord.starts_at,
    ServiceRecord.ends_at,
    HeldHours.started_at,
    HeldHours.ended_at,
    HeldHours.minutes,
    HeldHours.level,
    HeldHours.proof,
    HeldHours.recorded_by_id,
    HeldHours.held_at,
    HeldHours.decided_at,
    HeldHours.decision,
    HeldHours.answer,
    _decider.name,
)
_lines = (
    sa.select(*_columns)
    .join(ServiceRecord, ServiceRecord.id == HeldHours.service_id)
    .join(Organisation, Organisation.id == HeldHours.recorder_id)
    .join(Person, Person.id == HeldHours.person_id)
    .outerjoin(_decider, _decider.id == HeldHours.decided_by_id)
)
