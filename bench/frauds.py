"""Whether the office's desk finds planted frauds, leaves honest entries in peace, and how fast.

On a copy of the district: first the honest history is gone through, then frauds of every kind are
planted, the same each time, and what was recorded of late is gone through again.
"""

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from bench import databases
from volunteer_site.core import clock
from volunteer_site.core.db import db
from volunteer_site.demo import frauds
from volunteer_site.hours.models import HourEntry
from volunteer_site.oversight.anomalies import entries, search
from volunteer_site.oversight.anomalies.findings import Finding, Window

EACH = 5  # of every kind
EVERYTHING = timedelta(days=5000)
LATELY = timedelta(days=45)  # what is gone through after planting


class Found(NamedTuple):
    """What came of it; `flagged` is a share of the entries, `missed` names kinds."""

    planted: int
    missed: list[str]
    beside: int  # findings that are no planted fraud
    entries: int
    flagged: float
    seconds: float  # of a processor, for the whole history by all rules
    nightly: float  # for what was recorded since yesterday


def found(path: Path) -> Found:
    """Look, plant, look again."""
    with databases.site(path).app_context():
        now = clock.now()
        honest, seconds = _timed(_window(now - EVERYTHING, now))
        total = _count()
        flagged = _flagged(honest)
        _none, nightly = _timed(_window(now - timedelta(days=1), now))
        planted = frauds.plant(frauds.Planter(now), frauds.FRAUDS, EACH)
        after, _seconds = _timed(_window(now - LATELY, now))
    pairs = [(kind, one) for kind, ones in after.items() for one in ones]
    missed = [
        one.kind.value for one in planted if not any(one.is_found_by(*pair) for pair in pairs)
    ]
    beside = sum(not any(one.is_found_by(*pair) for one in planted) for pair in pairs)
    return Found(len(planted), missed, beside, total, flagged / total, seconds, nightly)


def _window(since: datetime, until: datetime) -> Window:
    (district,) = search.districts()
    return search.window(district.path, since, until, cap=480)


def _timed(where: Window) -> tuple[dict[str, list[Finding]], float]:
    (district,) = search.districts()
    began = time.process_time()  # SQLite works in this process; others' work does not count
    seen = search.find(district, where)
    took = time.process_time() - began
    db.session.rollback()
    return seen, took


def _count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(HourEntry)) or 1


def _flagged(seen: dict[str, list[Finding]]) -> int:
    """Count the entries that findings concern, each once."""
    marks = {mark for ones in seen.values() for one in ones for mark in one.marks}
    return len({entry.number for entry in entries.standing_entries(sorted(marks))})
