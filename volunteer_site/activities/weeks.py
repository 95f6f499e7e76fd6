"""Activities as the desk and the office list them: a week's, and what is left open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.activities import queries
from volunteer_site.activities.models import Activity, Shift
from volunteer_site.core.db import db
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below


@dataclass(frozen=True)
class Line:
    """An activity in a list of the desk: what it is, how far it has come, how many come."""

    id: int
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    published_at: datetime | None
    cancelled_at: datetime | None
    closed_at: datetime | None
    organisation_id: int
    organisation: str
    places: int
    taken: int
    waiting: int

    def state(self, now: datetime) -> str:
        """Return draft, published, running, over (not closed), closed or cancelled."""
        return queries.state_of(self, now)


def of_weeks(paths: Sequence[str], weeks: Sequence[str]) -> list[Line]:
    """Return the activities below these paths in weeks like 2026-W47, earliest first."""
    return _lines(Activity.week.in_(weeks), at_or_below(paths))


def at(organisation_ids: Iterable[int], weeks: Sequence[str]) -> list[Line]:
    """Return the published activities of these communities in some weeks, earliest first."""
    return _lines(
        Activity.week.in_(weeks),
        Activity.organisation_id.in_(list(organisation_ids)),
        Activity.published_at.is_not(None),
    )


def unclosed(paths: Sequence[str], before: datetime) -> list[Line]:
    """Return the published activities that ended before a moment and were not closed (R8)."""
    return _lines(
        Activity.ends_at <= before,
        Activity.published_at.is_not(None),
        Activity.cancelled_at.is_(None),
        Activity.closed_at.is_(None),
        at_or_below(paths),
    )


def _lines(*conditions: sa.ColumnElement[bool]) -> list[Line]:
    asked = (
        sa.select(
            Activity.id,
            Activity.title,
            Activity.place,
            Activity.starts_at,
            Activity.ends_at,
            Activity.published_at,
            Activity.cancelled_at,
            Activity.closed_at,
            Organisation.id,
            Organisation.name,
            sa.func.sum(Shift.places),
            sa.func.sum(Shift.taken),
            sa.func.sum(Shift.waiting),
        )
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .join(Shift, Shift.activity_id == Activity.id)
        .where(*conditions)
        .group_by(Activity.id, Organisation.id)
        .order_by(Activity.starts_at, Activity.id)
    )
    return [Line(*tuple(row)) for row in db.session.execute(asked)]
