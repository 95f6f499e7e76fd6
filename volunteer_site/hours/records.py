"""A volunteer's own record: every service with the lines of the ledger that belong to it (R27)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours.models import EntryKind, HourEntry, MonthlyTotal, ServiceRecord
from volunteer_site.hours.queries import Sum
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Person


class Change(NamedTuple):
    """Minutes taken back, and what was entered instead; `after` is None if nothing was."""

    numbers: tuple[int, ...]
    at: datetime
    by: str | None
    reason: str
    before: int
    after: int | None


@dataclass
class Given:
    """One service somebody gave: what, where, when, how it is known, and what it counts now."""

    number: int  # of the entry
    activity_id: int | None
    title: str
    category: str
    place: str
    recorder: str
    recorder_slug: str
    service_date: date
    started_at: datetime
    ended_at: datetime
    proof: str
    minutes: int
    recorded_at: datetime
    changes: list[Change] = field(default_factory=list)

    @property
    def taken_back(self) -> bool:
        """Tell whether nothing of it counts any more."""
        return bool(self.changes) and self.changes[-1].after is None


def months_of(person_id: int) -> dict[str, Sum]:
    """Return what the person gave month by month, the latest first."""
    minutes, occasions = sa.func.sum(MonthlyTotal.minutes), sa.func.sum(MonthlyTotal.occasions)
    asked = (
        sa.select(MonthlyTotal.month, minutes, occasions)
        .where(MonthlyTotal.person_id == person_id)
        .group_by(MonthlyTotal.month)
        .order_by(MonthlyTotal.month.desc())
    )
    return {row[0]: Sum(int(row[1]), int(row[2])) for row in db.session.execute(asked)}


def record_of(person_id: int, year: int) -> list[Given]:
    """Return what the person gave in a year, the latest first, with every correction."""
    services: dict[int, Given] = {}  # by the number of each line that belongs to one
    backs: dict[int, Any] = {}
    for row in db.session.execute(_lines, {"person": person_id, **_bounds(year)}):
        if row.kind == EntryKind.CREDIT:
            services[row.id] = _given(row)
        elif row.kind == EntryKind.REVERSAL:
            backs[row.reverses_id] = row
            _take_back(services[row.reverses_id], row)
        else:
            services[row.id] = services[row.reverses_id]
            _replace(services[row.id], backs[row.reverses_id], row)
    return sorted(_once(services.values()), key=lambda one: one.started_at, reverse=True)


def _once(services: Iterable[Given]) -> Iterator[Given]:
    return iter({service.number: service for service in services}.values())


def _given(row: Any) -> Given:
    return Given(
        number=row.id,
        activity_id=row.activity_id if row.source == "activity" else None,
        title=row.title,
        category=row.category,
        place=row.place,
        recorder=row.recorder,
        recorder_slug=row.slug,
        service_date=row.service_date,
        started_at=row.started_at,
        ended_at=row.ended_at,
        proof=row.proof,
        minutes=row.minutes,
        recorded_at=row.recorded_at,
    )


def _take_back(given: Given, row: Any) -> None:
    change = Change((row.id,), row.recorded_at, row.by, row.reason, -row.minutes, None)
    given.changes.append(change)
    given.minutes = 0


def _replace(given: Given, back: Any, row: Any) -> None:
    """Show a reversal and the correction that followed as the one change they are."""
    numbers = (back.id, row.id)
    given.changes[-1] = given.changes[-1]._replace(numbers=numbers, after=row.minutes)
    given.minutes = row.minutes
    given.started_at, given.ended_at = row.started_at, row.ended_at


def _bounds(year: int) -> dict[str, date]:
    return {"first": date(year, 1, 1), "last": date(year, 12, 31)}


_lines = (
    sa.select(
        HourEntry.id,
        HourEntry.kind,
        HourEntry.minutes,
        HourEntry.proof,
        HourEntry.service_date,
        HourEntry.started_at,
        HourEntry.ended_at,
        HourEntry.recorded_at,
        HourEntry.reason,
        HourEntry.reverses_id,
        ServiceRecord.source,
        ServiceRecord.source_id.label("activity_id"),
        ServiceRecord.title,
        ServiceRecord.category,
        ServiceRecord.place,
        Organisation.name.label("recorder"),
        Organisation.slug,
        Person.name.label("by"),
    )
    .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
    .join(Organisation, Organisation.id == HourEntry.recorder_id)
    .outerjoin(Person, Person.id == HourEntry.recorded_by_id)
    .where(
        HourEntry.person_id == sa.bindparam("person"),
        HourEntry.service_date.between(sa.bindparam("first"), sa.bindparam("last")),
    )
    .order_by(HourEntry.id)
)
