"""What rests on entries of the ledger, looked up: what changes when they are taken back (R30)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import db
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import EntryKind, HourEntry, MonthlyTotal, ServiceRecord
from volunteer_site.organisations.models import Organisation
from volunteer_site.oversight import touched_rolls
from volunteer_site.oversight.changes import Consequences, Line, Lost, Sum, Voided
from volunteer_site.people.models import Person
from volunteer_site.recognition.badges import lives
from volunteer_site.recognition.badges import queries as recognition
from volunteer_site.recognition.badges.models import Award, AwardEntry
from volunteer_site.recognition.certificates import queries as certificates


def of(entry_ids: Collection[int], now: datetime) -> Consequences:
    """Return what rests on these entries: what will change, or has, when they are taken back.

    Of entries that stand it is foretold; of those taken back until `now` it is what happened. So
    the list before confirming and the one afterwards are the same.
    """
    lines = _lines(entry_ids, now)
    standing = [line for line in lines if line.taken_back_at is None]
    gone = [line for line in lines if line.taken_back_at is not None]
    badges = sorted([*_will_go(standing), *_went(gone)], key=lambda one: one.award_id)
    papers = tuple(_certificates(lines))
    return Consequences(lines, list(_sums(lines)), badges, touched_rolls.of(lines), papers)


def _lines(entry_ids: Collection[int], now: datetime) -> list[Line]:
    back, instead = orm.aliased(HourEntry), orm.aliased(HourEntry)
    asked = (
        sa.select(
            HourEntry.id, HourEntry.person_id, Person.name, ServiceRecord.title,
            HourEntry.service_date, HourEntry.month, HourEntry.minutes, Organisation.path,
            HourEntry.unit_id, HourEntry.recorded_at, back.recorded_at,
            sa.func.coalesce(instead.minutes, 0),
        )
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .join(Organisation, Organisation.id == HourEntry.recorder_id)
        .join(Person, Person.id == HourEntry.person_id)
        .outerjoin(back, _takes_back(back, EntryKind.REVERSAL, now))
        .outerjoin(instead, _takes_back(instead, EntryKind.CORRECTION, now))
        .where(HourEntry.id.in_(entry_ids), HourEntry.kind != EntryKind.REVERSAL)
        .order_by(HourEntry.started_at, HourEntry.id)
    )  # fmt: skip
    rows: Iterable[Any] = db.session.execute(asked)
    return [Line(*row) for row in rows]


def _takes_back(line: Any, kind: EntryKind, now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        line.source == "entry",
        line.source_id == HourEntry.id,
        line.kind == kind,
        line.recorded_at <= now,
    )


def _sums(lines: Iterable[Line]) -> Iterator[Sum]:
    """Return each person's minutes in all, as they were with the entries and are without."""
    theirs: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        theirs[line.person_id].append(line)
    asked = sa.select(MonthlyTotal.person_id, sa.func.sum(MonthlyTotal.minutes))
    asked = asked.where(MonthlyTotal.person_id.in_(theirs)).group_by(MonthlyTotal.person_id)
    total = {person: int(minutes) for person, minutes in db.session.execute(asked)}
    for person, ones in theirs.items():
        gone = sum(one.difference for one in ones if one.taken_back_at is not None)
        going = sum(one.difference for one in ones if one.taken_back_at is None)
        now = total.get(person, 0)
        yield Sum(person, ones[0].person, now + gone, now - going)


def _will_go(lines: Collection[Line]) -> Iterator[Lost]:
    """Return the badges that rest on entries that stand, and on nothing else that is left."""
    if not lines:
        return
    numbers, people = {line.number for line in lines}, {line.person_id for line in lines}
    left: dict[int, list[hours.Entry]] = defaultdict(list)
    for entry in hours.standing_entries(people):
        if entry.id not in numbers:
            left[entry.person_id].append(entry)
    book = recognition.rulebook()
    around = lives.around(book, left)
    kept = {
        (got.person_id, got.badge_id, got.period)
        for person, history in left.items()
        for got in book.earned(history, around[person])
    }
    for lost in _awards(numbers, Award.withdrawn_at.is_(None)):
        if (lost.person_id, lost.badge_id, lost.period) not in kept:
            yield lost


def _went(lines: Collection[Line]) -> Iterator[Lost]:
    """Return the badges that were withdrawn when these entries were taken back."""
    moments = {line.taken_back_at for line in lines}
    if lines:
        numbers = {line.number for line in lines}
        yield from _awards(numbers, Award.withdrawn_at.in_(moments))


def _awards(entry_ids: Collection[int], which: sa.ColumnElement[bool]) -> list[Lost]:
    asked = (
        sa.select(
            Award.id, Award.badge_id, Award.person_id, Person.name, Award.period,
            Award.withdrawn_at,
        )
        .join(Person, Person.id == Award.person_id)
        .where(
            Award.id.in_(sa.select(AwardEntry.award_id).where(AwardEntry.entry_id.in_(entry_ids))),
            which,
        )
        .order_by(Award.id)
    )  # fmt: skip
    return [Lost(*row) for row in db.session.execute(asked)]


def _certificates(lines: Collection[Line]) -> Iterator[Voided]:
    """Return the certificates that become void, or became so when the entries were taken back."""
    names = {line.person_id: line.person for line in lines}
    moments = {line.taken_back_at for line in lines} | {None}
    for number, person, void_since in certificates.resting_on([line.number for line in lines]):
        if void_since in moments:
            yield Voided(number, person, names[person])
