"""Defining, changing and retiring kinds of rolls."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import audit, turns
from volunteer_site.core.db import db
from volunteer_site.recognition.rolls.kinds import PATTERNS
from volunteer_site.recognition.rolls.models import MONTHLY, RollKind


@dataclass(frozen=True)
class Said:
    """What an office says about a kind of roll."""

    title: str
    title_en: str
    whose: str
    counts: str
    minimum: int
    most: int | None
    edge: str
    scope: str


def define(district_id: int, pattern: str, said: Said, *, by_id: int, now: datetime) -> RollKind:
    """Let there be rolls of a kind in a district; `pattern` names the ready-made one, if any."""
    turns.wait_for(f"roll kinds {district_id}")
    kind = RollKind(
        organisation_id=district_id,
        slug=_free_slug(district_id, pattern),
        created_at=now,
        created_by_id=by_id,
        **vars(said),
    )
    db.session.add(kind)
    db.session.flush()
    audit.record("roll_kind.create", by_id, object_kind="roll_kind", object_id=kind.id)
    return kind


def change(kind_id: int, said: Said, *, by_id: int) -> None:
    """Change what a kind says; rolls made before keep the terms they were made by."""
    changed = sa.update(RollKind).where(RollKind.id == kind_id, RollKind.retired_at.is_(None))
    db.session.execute(changed.values(**vars(said)))
    audit.record("roll_kind.update", by_id, object_kind="roll_kind", object_id=kind_id)


def retire(kind_id: int, *, by_id: int, now: datetime) -> None:
    """Make no more rolls of a kind; a second time changes nothing."""
    there = sa.update(RollKind).where(RollKind.id == kind_id, RollKind.retired_at.is_(None))
    retired = db.session.execute(there.values(retired_at=now))
    if retired.rowcount:  # type: ignore[attr-defined]
        audit.record("roll_kind.retire", by_id, object_kind="roll_kind", object_id=kind_id)


def _free_slug(district_id: int, pattern: str) -> str:
    """Return an address that no kind of the district has or had."""
    taken = sa.select(RollKind.slug).where(RollKind.organisation_id == district_id)
    used = {MONTHLY, *db.session.scalars(taken)}
    stem = pattern if any(one.slug == pattern for one in PATTERNS) else "special"
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in used:
        number += 1
    return slug
