"""What somebody has signed up for: at one activity, at that time, from now on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.activities.board import MOST as MOST_CARDS
from volunteer_site.activities.models import Activity, Shift
from volunteer_site.core.db import db
from volunteer_site.core.look import Look, numbers, one_of
from volunteer_site.organisations.models import Organisation
from volunteer_site.signups.models import Signup
from volunteer_site.signups.queries.offers import State


def standing(person_id: int, activity_id: int) -> Signup | None:
    """Return the person's sign-up for the activity, confirmed or waiting; None if there is none."""
    asked = sa.select(Signup).where(
        Signup.activity_id == activity_id,
        Signup.person_id == person_id,
        Signup.withdrawn_at.is_(None),
    )
    return db.session.scalar(asked)


_standing_id = Look(
    sa.select(Signup.id).where(
        Signup.activity_id == sa.bindparam("activity_id"),
        Signup.person_id == sa.bindparam("person_id"),
        Signup.withdrawn_at.is_(None),
    )
)


def standing_id(person_id: int, activity_id: int) -> int | None:
    """Return the id of the person's sign-up for the activity; None if there is none."""
    rows = _standing_id(person_id=person_id, activity_id=activity_id)
    return rows[0][0] if rows else None


@dataclass(frozen=True)
class Clash:
    """A confirmed sign-up of the person that overlaps in time."""

    activity_id: int
    title: str
    starts_at: datetime
    ends_at: datetime


_clash = Look(
    sa.select(Activity.id, Activity.title, Signup.starts_at, Signup.ends_at)
    .join(Activity, Activity.id == Signup.activity_id)
    .where(
        Signup.person_id == sa.bindparam("person_id"),
        Signup.withdrawn_at.is_(None),
        Signup.confirmed_at.is_not(None),
        Signup.starts_at < sa.bindparam("ends_at", type_=sa.DateTime),
        Signup.ends_at > sa.bindparam("starts_at", type_=sa.DateTime),
        Signup.activity_id != sa.bindparam("but"),
        Activity.cancelled_at.is_(None),
    )
    .order_by(Signup.starts_at)
    .limit(1)
)


def clash(person_id: int, starts_at: datetime, ends_at: datetime, but: int = 0) -> Clash | None:
    """Return the first confirmed sign-up that overlaps the time, leaving out activity `but`."""
    rows = _clash(person_id=person_id, starts_at=starts_at, ends_at=ends_at, but=but)
    return Clash(*rows[0]) if rows else None


@dataclass(frozen=True)
class Mine:
    """One of a person's sign-ups, for their own page and calendar."""

    activity_id: int
    title: str
    place: str
    community: str
    starts_at: datetime
    ends_at: datetime
    confirmed_at: datetime | None
    cancelled_at: datetime | None
    cancellation_reason: str
    shift_name: str
    signed_up_at: datetime


def mine(person_id: int, since: datetime, until: datetime | None = None) -> list[Mine]:
    """Return the person's standing sign-ups that end after `since`, soonest first."""
    asked = (
        sa.select(
            Activity.id,
            Activity.title,
            Activity.place,
            Organisation.name,
            Signup.starts_at,
            Signup.ends_at,
            Signup.confirmed_at,
            Activity.cancelled_at,
            Activity.cancellation_reason,
            Shift.name,
            Signup.signed_up_at,
        )
        .join(Activity, Activity.id == Signup.activity_id)
        .join(Shift, Shift.id == Signup.shift_id)
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .where(Signup.person_id == person_id, Signup.withdrawn_at.is_(None))
        .where(Signup.ends_at > since)
        .order_by(Signup.starts_at, Signup.id)
    )
    if until is not None:
        asked = asked.where(Signup.starts_at < until)
    return [Mine(*row) for row in db.session.execute(asked)]


_states = Look(
    sa.select(Signup.activity_id, Signup.confirmed_at.is_not(None)).where(
        Signup.person_id == sa.bindparam("person_id"),
        Signup.withdrawn_at.is_(None),
        one_of(Signup.activity_id, "id", MOST_CARDS),
    )
)


def states(person_id: int, activity_ids: Sequence[int]) -> dict[int, State]:
    """Return how the person stands towards a page of activities, where they have signed up."""
    rows = _states(person_id=person_id, **numbers("id", activity_ids, MOST_CARDS))
    return {found: State.CONFIRMED if seated else State.WAITLISTED for found, seated in rows}
