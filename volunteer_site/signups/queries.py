"""What is known about sign-ups: what is on offer to somebody, what is theirs, who comes."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from volunteer_site.activities.board import MOST as MOST_CARDS
from volunteer_site.activities.models import Activity, Shift
from volunteer_site.core.db import db
from volunteer_site.core.look import Look, numbers, one_of
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Person
from volunteer_site.signups.models import Signup


class State(StrEnum):
    """How a person stands towards an activity."""

    NONE = "none"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"


@dataclass(frozen=True)
class Offer:
    """A shift as one person sees it; read in one statement, without any lock."""

    shift_id: int
    name: str
    starts_at: datetime
    ends_at: datetime
    places: int
    taken: int
    waiting: int

    @property
    def left(self) -> int:
        """Return how many places are free."""
        return self.places - self.taken

    @property
    def full(self) -> bool:
        """Tell whether every place is taken."""
        return self.taken >= self.places


@dataclass(frozen=True)
class Offers:
    """An activity with its shifts, and how the person stands towards it."""

    activity_id: int
    title: str
    published_at: datetime | None
    cancelled_at: datetime | None
    closed_at: datetime | None
    starts_at: datetime
    signup_closes_at: datetime
    minimum_age: int
    service_date: date
    birth_date: date | None
    signup_id: int | None
    signup_shift_id: int | None
    confirmed_at: datetime | None
    shifts: tuple[Offer, ...]
    position: int = 0

    @property
    def state(self) -> State:
        """Return whether the person has a place, waits for one, or neither."""
        if self.signup_id is None:
            return State.NONE
        return State.CONFIRMED if self.confirmed_at else State.WAITLISTED

    def shift(self, shift_id: int | None) -> Offer | None:
        """Return the shift asked for; without a number, the only one there is."""
        if shift_id is None:
            return self.shifts[0] if len(self.shifts) == 1 else None
        return next((offer for offer in self.shifts if offer.shift_id == shift_id), None)

    def open_at(self, now: datetime) -> bool:
        """Tell whether anybody could sign up now."""
        gone = self.cancelled_at or self.closed_at
        return bool(self.published_at) and not gone and now < self.signup_closes_at


_offers = Look(
    sa.select(
        Activity.id,
        Activity.title,
        Activity.published_at,
        Activity.cancelled_at,
        Activity.closed_at,
        Activity.starts_at,
        Activity.signup_closes_at,
        Activity.minimum_age,
        Activity.service_date,
        Person.birth_date,
        Signup.id,
        Signup.shift_id,
        Signup.confirmed_at,
        Shift.id,
        Shift.name,
        Shift.starts_at,
        Shift.ends_at,
        Shift.places,
        Shift.taken,
        Shift.waiting,
    )
    .join(Shift, Shift.activity_id == Activity.id)
    .outerjoin(Person, Person.id == sa.bindparam("person_id"))
    .outerjoin(
        Signup,
        sa.and_(
            Signup.activity_id == Activity.id,
            Signup.person_id == sa.bindparam("person_id"),
            Signup.withdrawn_at.is_(None),
        ),
    )
    .where(Activity.id == sa.bindparam("activity_id"))
    .order_by(Shift.starts_at, Shift.id)
)
ACTIVITY_COLUMNS = 13


def offers(activity_id: int, person_id: int | None) -> Offers | None:
    """Return what the activity offers to the person; None if there is no such activity."""
    given = {"activity_id": activity_id, "person_id": person_id or 0}
    rows = _offers(**given)
    if not rows:
        return None
    shifts = tuple(Offer(*row[ACTIVITY_COLUMNS:]) for row in rows)
    found = Offers(*rows[0][:ACTIVITY_COLUMNS], shifts)  # type: ignore[call-arg]
    if found.state is State.WAITLISTED:
        return replace(found, position=_position(found))
    return found


def _position(mine: Offers) -> int:
    """Return 1 for the first in the line, and so on."""
    before = sa.select(sa.func.count()).where(
        Signup.shift_id == mine.signup_shift_id,
        Signup.confirmed_at.is_(None),
        Signup.withdrawn_at.is_(None),
        Signup.id <= mine.signup_id,
    )
    return db.session.scalar(before) or 1


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


@dataclass(frozen=True)
class Coming:
    """One line of the list of those who signed up."""

    signup_id: int
    person_id: int
    name: str
    pinyin: str
    initials: str
    unit: str | None
    shift_id: int
    shift_name: str
    source: str
    signed_up_at: datetime
    confirmed_at: datetime | None


def roster(activity_id: int) -> list[Coming]:
    """Return everybody with a place or waiting for one, in the order they signed up."""
    asked = (
        sa.select(
            Signup.id,
            Person.id,
            Person.name,
            Person.pinyin,
            Person.initials,
            Organisation.name,
            Shift.id,
            Shift.name,
            Signup.source,
            Signup.signed_up_at,
            Signup.confirmed_at,
        )
        .join(Person, Person.id == Signup.person_id)
        .join(Shift, Shift.id == Signup.shift_id)
        .outerjoin(Organisation, Organisation.id == Person.unit_id)
        .where(Signup.activity_id == activity_id, Signup.withdrawn_at.is_(None))
        .order_by(Signup.id)
    )
    return [Coming(*row) for row in db.session.execute(asked)]


@dataclass(frozen=True)
class Seats:
    """All that the part of the page says where one signs up."""

    offers: Offers
    open: bool
    free_until: datetime | None
    may_withdraw: bool
    reason_needed: bool

    @property
    def looks(self) -> Hashable:
        """Return what tells this from other looks; whose sign-up it is does not show."""
        there = self.offers
        shown = (there.activity_id, there.cancelled_at, there.closed_at, there.signup_closes_at)
        mine = (there.state, there.position, there.signup_shift_id, self.free_until)
        return shown, mine, there.shifts, self.open, self.may_withdraw, self.reason_needed


def seats(found: Offers, now: datetime, free_hours: int) -> Seats:
    """Return what one may do there now; withdrawing is free until `free_hours` before (R16)."""
    mine_there = found.shift(found.signup_shift_id) if found.signup_id else None
    if mine_there is None:
        return Seats(found, found.open_at(now), None, may_withdraw=False, reason_needed=False)
    until = mine_there.starts_at - timedelta(hours=free_hours)
    may = now < mine_there.starts_at and not found.cancelled_at
    needed = found.state is State.CONFIRMED and now >= until
    return Seats(found, found.open_at(now), until, may_withdraw=may, reason_needed=needed)
