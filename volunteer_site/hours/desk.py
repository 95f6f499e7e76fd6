"""Entries as a coordinator sees them, only those their roles reach (R56)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.models import EntryKind, HourEntry, ServiceRecord
from volunteer_site.hours.queries import standing
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Person


class Line(NamedTuple):
    """A line of the ledger with whose it is and what for; `stands` until it is taken back."""

    number: int
    kind: str
    person: str
    title: str
    activity_id: int
    service_date: date
    service_starts_at: datetime
    service_ends_at: datetime
    started_at: datetime
    ended_at: datetime
    minutes: int
    stands: bool
    instead: int | None  # the entry that took its place

    @property
    def most(self) -> int:
        """Return the minutes the service lasted."""
        return int((self.service_ends_at - self.service_starts_at).total_seconds()) // 60


def line(entry_id: int, paths: Iterable[str]) -> Line:
    """Return the line if its recorder is at or below one of these paths; NotFound otherwise."""
    asked = _lines.where(HourEntry.id == entry_id, at_or_below(paths))
    row = db.session.execute(asked).one_or_none()
    if row is None:
        raise NotFound(_("There is no such entry, or it is not one of your community's."))
    return Line(*row)


def entries_of_activity(activity_id: int) -> dict[int, int]:
    """Return by person the number of the entry that stands for them in an activity."""
    asked = (
        sa.select(HourEntry.person_id, HourEntry.id)
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .where(
            ServiceRecord.source == "activity",
            ServiceRecord.source_id == activity_id,
            standing(),
        )
    )
    return {person: number for person, number in db.session.execute(asked)}  # noqa: C416 -- typed


_next = orm.aliased(HourEntry)
_columns: tuple[Any, ...] = (
    HourEntry.id,
    HourEntry.kind,
    Person.name,
    ServiceRecord.title,
    ServiceRecord.source_id,
    HourEntry.service_date,
    ServiceRecord.starts_at,
    ServiceRecord.ends_at,
    HourEntry.started_at,
    HourEntry.ended_at,
    HourEntry.minutes,
    standing(),
    _next.id,
)
_lines = (
    sa.select(*_columns)
    .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
    .join(Organisation, Organisation.id == HourEntry.recorder_id)
    .join(Person, Person.id == HourEntry.person_id)
    .outerjoin(
        _next,
        sa.and_(
            _next.source == "entry",
            _next.source_id == HourEntry.id,
            _next.kind == EntryKind.CORRECTION,
        ),
    )
)
