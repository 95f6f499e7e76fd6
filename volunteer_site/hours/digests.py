"""What is hashed when a day of the ledger is sealed, so that anybody could compute it again.

A line is a JSON array without spaces, in UTF-8: the columns of `ServiceRecord`, or of `HourEntry`
followed by the digest of its service, in the order of the models; dates as 2026-11-20, moments as
2026-11-20T10:00:00.000000 in UTC. Its digest is SHA-256. The content of a day is SHA-256 over the
digests (32 bytes each) of its entries in the order of their numbers. The day's digest is SHA-256
over its content (32 bytes) and the line [day, digest of the day before, entries, minutes, moment
of sealing]. Days without entries are sealed too; the first day follows FIRST.

A month's book is hashed in the same way from its own entries: signed off over [recorder, month,
entries, minutes], sealed over [recorder, month, entries, minutes, moment and number of who signed
it off, moment and number of who sealed it].
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours.models import HourEntry, ServiceRecord

FIRST = "0" * 64
SHOWN = 8  # digits of an entry's digest that the trail keeps
AT_ONCE = 2_000  # rows in memory
DAY = timedelta(days=1)
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made only once


class Hashed(NamedTuple):
    """Some entries, hashed: how many, their minutes, the trail and the digest of all."""

    entries: int
    minutes: int
    trail: str
    content: bytes

    def digest(self, day: date, previous: str, sealed_at: datetime) -> str:
        """Return the digest of the day's seal."""
        return self.with_facts([day, previous, self.entries, self.minutes, sealed_at])

    def with_facts(self, facts: list[Any]) -> str:
        """Return the digest of these entries together with what is said about them."""
        return sha256(self.content + line(facts)).hexdigest()


def hash_day(day: date) -> Hashed:
    """Read and hash what was recorded on a day (UTC); reads only, a few rows at a time."""
    return hash_entries(_on(day))


def hash_entries(condition: sa.ColumnElement[bool]) -> Hashed:
    """Read and hash the entries that fulfil a condition, in the order of their numbers."""
    services = _services(condition)
    content, trail, minutes = sha256(), [], 0
    for row in _rows(HourEntry, condition):
        digest = sha256(line([*row, services[row.service_id]]))
        content.update(digest.digest())
        trail.append(f"{row.id}:{digest.hexdigest()[:SHOWN]}")
        minutes += row.minutes
    return Hashed(len(trail), minutes, " ".join(trail), content.digest())


def line(values: list[Any]) -> bytes:
    """Write values as they are hashed."""
    told = [_plain(value) if isinstance(value, date) else value for value in values]
    return _written(told).encode()


def _plain(value: date) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return value.isoformat()


def _services(condition: sa.ColumnElement[bool]) -> dict[int, str]:
    """Return the digest of every service that the entries rest on."""
    used = sa.select(HourEntry.service_id).where(condition)
    rows = _rows(ServiceRecord, ServiceRecord.id.in_(used))
    return {row.id: sha256(line(list(row))).hexdigest() for row in rows}


def _on(day: date) -> sa.ColumnElement[bool]:
    begins = datetime.combine(day, time())
    return sa.and_(HourEntry.recorded_at >= begins, HourEntry.recorded_at < begins + DAY)


def _rows(model: Any, condition: sa.ColumnElement[bool]) -> Iterator[Any]:
    table = model.__table__
    asked = sa.select(table).where(condition).order_by(table.c.id)
    return iter(db.session.execute(asked.execution_options(yield_per=AT_ONCE)))
