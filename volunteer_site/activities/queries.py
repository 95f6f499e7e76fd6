"""What is known about programmes, activities and their shifts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.activities.models import Activity, Programme, Shift
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Person, Role, RoleName
from volunteer_site.people.session import Visitor

POSTING_PLACES = (Kind.COMMUNITY, Kind.POINT, Kind.TEAM, Kind.SUBDISTRICT, Kind.DISTRICT)


def get(activity_id: int) -> Activity:
    """Return the activity; raises NotFound."""
    return _found(db.session.get(Activity, activity_id))


def published(activity_id: int) -> Activity:
    """Return the activity if everybody may see it, also cancelled ones; raises NotFound."""
    asked = sa.select(Activity).where(
        Activity.id == activity_id, Activity.published_at.is_not(None)
    )
    return _found(db.session.scalar(asked))


def theirs(visitor: Visitor, activity_id: int, *roles: str) -> Activity:
    """Return the activity if one of the visitor's roles reaches it; raises NotFound otherwise."""
    asked = (
        sa.select(Activity)
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .where(Activity.id == activity_id, at_or_below(visitor.paths(*roles)))
    )
    return _found(db.session.scalar(asked))


def state_of(activity: Any, now: datetime) -> str:
    """Say how far an activity, or a line about one, has come.

    One of draft, published, running, over (not closed), closed or cancelled.
    """
    facts = (
        (activity.cancelled_at is not None, "cancelled"),
        (activity.closed_at is not None, "closed"),
        (activity.published_at is None, "draft"),
        (now >= activity.ends_at, "over"),
        (now >= activity.starts_at, "running"),
    )
    return next((name for holds, name in facts if holds), "published")


def shifts(activity_id: int) -> list[Shift]:
    """Return the shifts of an activity, earliest first."""
    asked = sa.select(Shift).where(Shift.activity_id == activity_id)
    return list(db.session.scalars(asked.order_by(Shift.starts_at, Shift.id)))


def programme_of(visitor: Visitor, programme_id: int, *roles: str) -> Programme:
    """Return the programme if one of the visitor's roles reaches it; raises NotFound otherwise."""
    asked = (
        sa.select(Programme)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(Programme.id == programme_id, at_or_below(visitor.paths(*roles)))
    )
    found = db.session.scalar(asked)
    if found is None:
        raise NotFound(_("There is no such programme at your community."))
    return found


def programmes(paths: Sequence[str], *, ended: bool = False) -> list[tuple[Programme, str]]:
    """Return the programmes below these paths, each with the name of its community."""
    asked = (
        sa.select(Programme, Organisation.name)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(at_or_below(paths))
        .order_by(Organisation.path, Programme.weekday, Programme.starts_minute, Programme.id)
    )
    if not ended:
        asked = asked.where(Programme.ended_at.is_(None))
    return [(row[0], row[1]) for row in db.session.execute(asked)]


def automatic(now: datetime) -> list[Programme]:
    """Return the programmes that post themselves, locked until the transaction ends."""
    asked = (
        sa.select(Programme)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(
            Programme.automatic_since <= now,
            Programme.ended_at.is_(None),
            Organisation.closed_at.is_(None),
        )
        .order_by(Programme.id)
        .with_for_update(of=Programme, key_share=True)
    )
    return list(db.session.scalars(asked))


def made(programme_ids: Iterable[int], since: date) -> dict[int, dict[date, int]]:
    """Return which dates of these programmes have an activity already: its id by date."""
    asked = sa.select(Activity.programme_id, Activity.occurrence_on, Activity.id).where(
        Activity.programme_id.in_(list(programme_ids)), Activity.occurrence_on >= since
    )
    found: dict[int, dict[date, int]] = {}
    for programme_id, day, activity_id in db.session.execute(asked):
        if programme_id is not None and day is not None:
            found.setdefault(programme_id, {})[day] = activity_id
    return found


@dataclass(frozen=True)
class LastTime:
    """Where the programme's last activity was, and for how many."""

    place: str
    places: int


def last_times(programme_ids: Iterable[int]) -> dict[int, LastTime]:
    """Return the last published activity of each programme, by the programme's id."""
    ids = list(programme_ids)
    latest = (
        sa.select(sa.func.max(Activity.occurrence_on).label("day"), Activity.programme_id)
        .where(
            Activity.programme_id.in_(ids),
            Activity.published_at.is_not(None),
            Activity.cancelled_at.is_(None),
        )
        .group_by(Activity.programme_id)
        .subquery()
    )
    asked = (
        sa.select(Activity.programme_id, Activity.place, sa.func.sum(Shift.places))
        .join(
            latest,
            sa.and_(
                latest.c.programme_id == Activity.programme_id,
                latest.c.day == Activity.occurrence_on,
            ),
        )
        .join(Shift, Shift.activity_id == Activity.id)
        .group_by(Activity.programme_id, Activity.place)
    )
    rows = db.session.execute(asked)
    return {number: LastTime(place, places) for number, place, places in rows if number}


def postable(paths: Sequence[str]) -> list[tuple[int, str]]:
    """Return the organisations at which somebody with these paths may hold an activity."""
    asked = (
        sa.select(Organisation.id, Organisation.name)
        .where(
            at_or_below(paths),
            Organisation.kind.in_(POSTING_PLACES),
            Organisation.closed_at.is_(None),
        )
        .order_by(Organisation.path)
    )
    return [(row[0], row[1]) for row in db.session.execute(asked)]


def leaders(organisation_id: int) -> list[tuple[int, str]]:
    """Return who may lead activities of a community: its coordinators, id and name."""
    place, above = orm.aliased(Organisation), orm.aliased(Organisation)
    asked = (
        sa.select(Person.id, Person.name)
        .join(Role, Role.person_id == Person.id)
        .join(above, above.id == Role.organisation_id)
        .join(place, place.path.startswith(above.path))
        .where(
            place.id == organisation_id,
            Role.name == RoleName.COORDINATOR,
            Role.ended_at.is_(None),
            Person.erased_at.is_(None),
        )
        .distinct()
        .order_by(Person.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(asked)]


def _found(activity: Activity | None) -> Activity:
    if activity is None:
        raise NotFound(_("There is no such activity. It may have been taken back."))
    return activity
