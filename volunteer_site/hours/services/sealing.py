"""Sealing: a day of the ledger that is over gets a digest, chained to the day before."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import islice

import sqlalchemy as sa

from volunteer_site.core import audit
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import queries
from volunteer_site.hours.checks import SEALED
from volunteer_site.hours.digests import DAY, FIRST, hash_day
from volunteer_site.hours.models import HourEntry, Seal
from volunteer_site.hours.services.turns import take_turns

GRACE = timedelta(hours=1)  # after midnight, for postings that were under way
DAYS_AT_ONCE = 31  # kept in one transaction
SEALING = 0  # the turn that only one who seals may take; people count from 1


def days_due(now: datetime) -> list[date]:
    """Return the days (UTC) that are over and not sealed, without a gap, oldest first."""
    day = _first_due()
    days = []
    while day is not None and day < (now - GRACE).date():
        days.append(day)
        day += DAY
    return days


def seal(now: datetime, progress: Callable[[int], None] | None = None) -> int:
    """Seal every day that is over; return how many. Twice changes nothing.

    Call it outside a write transaction: it reads long and writes short, so that nobody waits.
    `progress` is called with 1 for each day.
    """
    due, sealed = iter(days_due(now)), 0
    while days := list(islice(due, DAYS_AT_ONCE)):
        last = queries.last_seal()
        previous = last.digest if last else FIRST
        rows: list[dict[str, object]] = []
        for day in days:
            rows.append(_seal(day, str(rows[-1]["digest"]) if rows else previous, now))
            if progress:
                progress(1)
        with write_transaction():
            if not _keep(rows, previous, now):
                break
        sealed += len(rows)
    return sealed


def _first_due() -> date | None:
    last = queries.last_seal()
    if last is not None:
        return last.day + DAY
    first = db.session.scalar(sa.select(sa.func.min(HourEntry.recorded_at)))
    return first.date() if first else None


def _seal(day: date, previous: str, now: datetime) -> dict[str, object]:
    found = hash_day(day)
    return {
        "day": day,
        "entries": found.entries,
        "minutes": found.minutes,
        "trail": found.trail,
        "previous_digest": previous,
        "digest": found.digest(day, previous, now),
        "sealed_at": now,
    }


def _keep(rows: list[dict[str, object]], previous: str, now: datetime) -> bool:
    """Write the seals, unless somebody else has sealed meanwhile."""
    take_turns([SEALING])
    last = queries.last_seal()
    if (last.digest if last else FIRST) != previous:
        return False
    db.session.execute(sa.insert(Seal.__table__), rows)  # type: ignore[arg-type]
    note = f"{rows[-1]['day']} {rows[-1]['digest']}"
    audit.record(SEALED, None, at=now, object_kind="seal", note=note)
    return True
