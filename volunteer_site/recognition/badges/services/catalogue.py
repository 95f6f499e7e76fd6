"""Putting the badges of `catalogue.json` into the database."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from volunteer_site.core import versions
from volunteer_site.core.db import db
from volunteer_site.recognition.badges.models import Badge

FILE: Final = Path(__file__).parents[1] / "catalogue.json"
RULE: Final = frozenset(  # never changed once given
    {"measure", "category", "programme", "over_period", "first_day", "last_day", "threshold"}
)


def load_catalogue(now: datetime) -> int:
    """Add the badges that are missing and return how many; nothing happens the second time.

    Words and pictures of those already there are brought up to date, their rules are not: what
    somebody has earned stays earned.
    """
    there = {badge.slug: badge for badge in db.session.scalars(sa.select(Badge))}
    told = [_row(told) for told in json.loads(FILE.read_text(encoding="utf-8"))]
    fresh = [row for row in told if row["slug"] not in there]
    db.session.add_all(Badge(created_at=now, **row) for row in fresh)
    for row in told:
        if row["slug"] in there:
            _refresh(there[row["slug"]], row)
    if db.session.new or db.session.dirty:
        versions.bump("badges")
    db.session.flush()
    return len(fresh)


def _row(told: dict[str, Any]) -> dict[str, Any]:
    return {"over_period" if name == "over" else name: value for name, value in told.items()}


def _refresh(badge: Badge, row: dict[str, Any]) -> None:
    for name, value in row.items():
        if name not in RULE and getattr(badge, name) != value:
            setattr(badge, name, value)
