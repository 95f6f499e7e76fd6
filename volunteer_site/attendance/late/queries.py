"""What is known about late entries: of an activity, of a person, waiting, and their share."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance.late.models import Decision, LateEntry
from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Person


class Line(NamedTuple):
    """A late entry with everything that says what it is about, and who may say something."""

    id: int
    activity_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    break_minutes: int
    closed_at: datetime | None
    community: str
    path: str
    person_id: int
    person: str
    came_at: datetime
    left_at: datetime
    reason: str
    evidence: str
    asked_by_id: int
    asked_by: str
    asked_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    decision: str | None
    answer: str
    withdrawn_at: datetime | None

    @property
    def state(self) -> str:
        """Say how it stands: waiting, granted, refused or withdrawn."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        return self.decision or "waiting"

    @property
    def minutes(self) -> int:
        """Return the minutes that were asked for, the break taken off."""
        lasted = int((self.left_at - self.came_at).total_seconds()) // 60
        return max(0, lasted - self.break_minutes)

    @property
    def picture(self) -> bool:
        """Tell whether the evidence is a picture that can be shown."""
        return self.evidence.endswith(".jpg")


def of_activity(activity_id: int) -> list[Line]:
    """Return all late entries of an activity, the latest first."""
    asked = _lines.where(LateEntry.activity_id == activity_id)
    return _read(asked.order_by(LateEntry.asked_at.desc(), LateEntry.id.desc()))


def of_person(person_id: int, since: datetime | None = None) -> list[Line]:
    """Return what was asked for a person and is not in the book: waiting or refused.

    The latest first, those refused only if they were asked for since a moment; for their own page
    of hours. What was withdrawn never concerned them.
    """
    refused = sa.and_(
        LateEntry.decision == Decision.REFUSED,
        LateEntry.asked_at >= since if since is not None else sa.true(),
    )
    asked = _lines.where(
        LateEntry.person_id == person_id,
        LateEntry.withdrawn_at.is_(None),
        sa.or_(LateEntry.decided_at.is_(None), refused),
    )
    return _read(asked.order_by(LateEntry.asked_at.desc(), LateEntry.id.desc()))


def waiting(paths: Iterable[str]) -> list[Line]:
    """Return what waits for a second person at or below these paths, the oldest first."""
    asked = _lines.where(
        LateEntry.decided_at.is_(None), LateEntry.withdrawn_at.is_(None), at_or_below(paths)
    )
    return _read(asked.order_by(LateEntry.asked_at, LateEntry.id))


def decided(paths: Iterable[str], since: datetime) -> list[Line]:
    """Return what was decided at or below these paths since a moment, the latest first."""
    asked = _lines.where(LateEntry.decided_at >= since, at_or_below(paths))
    return _read(asked.order_by(LateEntry.decided_at.desc(), LateEntry.id.desc()))


def through(paths: Iterable[str], late_id: int) -> Line:
    """Return a late entry at or below one of these paths; NotFound otherwise (R56)."""
    found = _read(_lines.where(LateEntry.id == late_id, at_or_below(paths)))
    if not found:
        raise NotFound(_("There is no such late entry, or it is not your community's."))
    return found[0]


def open_one(activity_id: int, person_id: int) -> Line | None:
    """Return the late entry that waits for this person in this activity."""
    asked = _lines.where(
        LateEntry.activity_id == activity_id,
        LateEntry.person_id == person_id,
        LateEntry.decided_at.is_(None),
        LateEntry.withdrawn_at.is_(None),
    )
    return next(iter(_read(asked)), None)


class Heads(NamedTuple):
    """How many an activity was planned for, how many came, and how many are asked for."""

    places: int
    came: int
    waiting: int


def heads(activity_id: int) -> Heads:
    """Count what limits late entries: there are never more people than places (R21)."""
    places = sa.select(sa.func.sum(Shift.places)).where(Shift.activity_id == activity_id)
    came = sa.select(sa.func.count()).where(
        Attendance.activity_id == activity_id,
        Attendance.direction == Direction.IN,
        Attendance.undone_at.is_(None),
    )
    waits = sa.select(sa.func.count()).where(
        LateEntry.activity_id == activity_id,
        LateEntry.decided_at.is_(None),
        LateEntry.withdrawn_at.is_(None),
    )
    counts = (part.scalar_subquery() for part in (places, came, waits))
    row = db.session.execute(sa.select(*counts)).one()
    return Heads(*(int(number or 0) for number in row))


def _read(asked: sa.Select[Any]) -> list[Line]:
    return [Line(*row) for row in db.session.execute(asked)]


_asker, _decider = orm.aliased(Person), orm.aliased(Person)
_columns: tuple[Any, ...] = (
    LateEntry.id,
    LateEntry.activity_id,
    Activity.title,
    Activity.starts_at,
    Activity.ends_at,
    Activity.break_minutes,
    Activity.closed_at,
    Organisation.name,
    Organisation.path,
    LateEntry.person_id,
    Person.name,
    LateEntry.came_at,
    LateEntry.left_at,
    LateEntry.reason,
    LateEntry.evidence,
    LateEntry.asked_by_id,
    _asker.name,
    LateEntry.asked_at,
    LateEntry.decided_at,
    _decider.name,
    LateEntry.decision,
    LateEntry.answer,
    LateEntry.withdrawn_at,
)
_lines = (
    sa.select(*_columns)
    .join(Activity, Activity.id == LateEntry.activity_id)
    .join(Organisation, Organisation.id == Activity.organisation_id)
    .join(Person, Person.id == LateEntry.person_id)
    .join(_asker, _asker.id == LateEntry.asked_by_id)
    .outerjoin(_decider, _decider.id == LateEntry.decided_by_id)
)
