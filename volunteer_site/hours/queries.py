"""What the ledger says. Sums of a person's hours come from here and from nowhere else (W36)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.look import Look
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.held.models import HeldHours
from volunteer_site.hours.models import EntryKind, HourEntry, MonthlyTotal, Seal, ServiceRecord

LONGEST = timedelta(days=31)  # no service lasts longer; lets `busy` read few rows


_back = orm.aliased(HourEntry)  # the line that takes an entry back


class Entry(NamedTuple):
    """A line that stands: what badges and rolls are counted from."""

    id: int
    person_id: int
    recorder_id: int
    unit_id: int | None
    category: str
    service_date: date
    started_at: datetime
    minutes: int
    recorded_at: datetime
    proof: str
    title: str = ""  # of the service, as recorded
    activity_id: int | None = None


class Sum(NamedTuple):
    """What somebody gave in a month."""

    minutes: int
    occasions: int


class Difference(NamedTuple):
    """A monthly total that is not what the ledger says."""

    person_id: int
    recorder_id: int
    month: str
    minutes: int  # by the ledger
    kept: int  # by the total


_total = Look(
    sa.select(sa.func.coalesce(sa.func.sum(MonthlyTotal.minutes), 0)).where(
        MonthlyTotal.person_id == sa.bindparam("person_id")
    )
)


def total_minutes(person_id: int) -> int:
    """Return all minutes the person has given: the one sum that every page shows (W36)."""
    [[minutes]] = _total(person_id=person_id)
    return int(minutes)


def get(entry_id: int) -> HourEntry:
    """Return the line of the ledger; raises NotFound."""
    entry = db.session.get(HourEntry, entry_id)
    if entry is None:
        raise NotFound(_("There is no such entry."))
    return entry


@cache
def standing() -> sa.ColumnElement[bool]:
    """Return the condition that an `HourEntry` adds hours and was not taken back."""
    return _standing_unless(sa.true())


def standing_at(cutoff_at: datetime) -> sa.ColumnElement[bool]:
    """Return the condition that an `HourEntry` was recorded and stood at a moment (R39)."""
    back = _back.recorded_at <= cutoff_at
    return sa.and_(HourEntry.recorded_at <= cutoff_at, _standing_unless(back))


def _standing_unless(back: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    taken_back = sa.exists().where(
        _back.source == "entry",
        _back.source_id == HourEntry.id,
        _back.kind == EntryKind.REVERSAL,
        back,
    )
    return sa.and_(HourEntry.kind != EntryKind.REVERSAL, ~taken_back)


def stands(entry_id: int) -> bool:
    """Tell whether the entry adds hours and was not taken back."""
    asked = sa.select(HourEntry.id).where(HourEntry.id == entry_id, standing())
    return db.session.scalar(asked) is not None


_standing = (
    sa.select(
        HourEntry.id,
        HourEntry.person_id,
        HourEntry.recorder_id,
        HourEntry.unit_id,
        ServiceRecord.category,
        HourEntry.service_date,
        HourEntry.started_at,
        HourEntry.minutes,
        HourEntry.recorded_at,
        HourEntry.proof,
        ServiceRecord.title,
        sa.case((ServiceRecord.source == "activity", ServiceRecord.source_id)),
    )
    .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
    .where(HourEntry.person_id.in_(sa.bindparam("person_ids", expanding=True)), standing())
    .order_by(HourEntry.started_at, HourEntry.id)
)


def standing_entries(person_ids: Collection[int]) -> list[Entry]:
    """Return all entries that stand, of these people, in the order of their service."""
    rows: Iterable[Any] = db.session.execute(_standing, {"person_ids": list(person_ids)})
    return [Entry(*row) for row in rows]


def busy(
    person_ids: Collection[int], starts_at: datetime, ends_at: datetime
) -> dict[int, list[tuple[datetime, datetime]]]:
    """Return when these people have been credited already, where it overlaps the time (R6).

    What waits for a second person is busy too, or it could count twice once it is granted.
    Only people who have something are in the answer; each one's times are in order.
    """
    asked = sa.select(HourEntry.person_id, HourEntry.started_at, HourEntry.ended_at).where(
        HourEntry.service_date >= (starts_at - LONGEST).date(),
        HourEntry.service_date <= (ends_at + timedelta(days=1)).date(),
        HourEntry.minutes > 0,
        *_overlapping(HourEntry, person_ids, starts_at, ends_at),
        standing(),
    )
    waiting = sa.select(HeldHours.person_id, HeldHours.started_at, HeldHours.ended_at).where(
        HeldHours.decided_at.is_(None), *_overlapping(HeldHours, person_ids, starts_at, ends_at)
    )
    found: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for person, start, end in db.session.execute(asked.union_all(waiting)):
        found[person].append((start, end))
    return {person: sorted(spans) for person, spans in found.items()}


def _overlapping(
    model: Any, person_ids: Collection[int], starts_at: datetime, ends_at: datetime
) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        model.person_id.in_(person_ids),
        model.started_at < ends_at,
        model.ended_at > starts_at,
    )


def minutes_by_person(
    month: str,
    cutoff_at: datetime,
    *,
    recorder_ids: Iterable[int] | None = None,
    unit_ids: Iterable[int] | None = None,
) -> dict[int, Sum]:
    """Return what people gave in a month, as the ledger stood at the cut-off (R39).

    Of the services these organisations recorded, or of these units' people, or of everybody.
    People whose entries were all taken back are not in it.
    """
    minutes = sa.func.sum(HourEntry.minutes)
    asked = (
        sa.select(HourEntry.person_id, minutes, sa.func.sum(occasions_of(HourEntry.minutes)))
        .where(HourEntry.month == month, HourEntry.recorded_at <= cutoff_at)
        .group_by(HourEntry.person_id)
        .having(minutes > 0)
    )
    if recorder_ids is not None:
        asked = asked.where(HourEntry.recorder_id.in_(list(recorder_ids)))
    if unit_ids is not None:
        asked = asked.where(HourEntry.unit_id.in_(list(unit_ids)))
    return {row[0]: Sum(int(row[1]), int(row[2])) for row in db.session.execute(asked)}


def last_seal() -> Seal | None:
    """Return the seal of the latest sealed day; None if the ledger was never sealed."""
    return db.session.scalar(sa.select(Seal).order_by(Seal.day.desc()).limit(1))


def sealed_days() -> list[date]:
    """Return the days (UTC) that are sealed, oldest first."""
    return list(db.session.scalars(sa.select(Seal.day).order_by(Seal.day)))


def totals_that_differ() -> list[Difference]:
    """Return the monthly totals that are not the sum of their entries, or have none."""
    key = ("person_id", "recorder_id", "month")
    entry, total = HourEntry.__table__.c, MonthlyTotal.__table__.c
    nothing = sa.literal(0)
    booked = sa.select(
        *(entry[name] for name in key),
        entry.minutes.label("minutes"),
        occasions_of(entry.minutes).label("occasions"),
        nothing.label("kept"),
        nothing.label("kept_occasions"),
    )
    kept = sa.select(
        *(total[name] for name in key), nothing, nothing, total.minutes, total.occasions
    )
    both = sa.union_all(booked, kept).subquery().c
    pairs = ((both.minutes, both.kept), (both.occasions, both.kept_occasions))
    differs = [sa.func.sum(booked) != sa.func.sum(kept) for booked, kept in pairs]
    names = [both[name] for name in key]
    asked = sa.select(*names, sa.func.sum(both.minutes), sa.func.sum(both.kept))
    asked = asked.group_by(*names).having(sa.or_(*differs)).order_by(*names)
    found: Iterable[Any] = db.session.execute(asked)
    return [Difference(*row) for row in found]


def occasions_of(minutes: Any) -> sa.ColumnElement[int]:
    """Return how a line changes the number of occasions: one more, one fewer, or not at all."""
    return sa.case((minutes > 0, 1), (minutes < 0, -1), else_=0)
