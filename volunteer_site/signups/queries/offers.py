"""What an activity offers to somebody: its shifts, their places, and what one may do now."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.core.db import db
from volunteer_site.core.look import Look
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


@dataclass(frozen=True)
class Seats:
    """All that the part of the page says where one signs up."""

    offers: Offers
    open: bool
    free_until: datetime | None
    may_withdraw: bool
    reason_needed: bool
    others_first: bool = False  # who stayed away too often may only wait (R16)

    @property
    def looks(self) -> Hashable:
        """Return what tells this from other looks; whose sign-up it is does not show."""
        there = self.offers
        shown = (there.activity_id, there.cancelled_at, there.closed_at, there.signup_closes_at)
        mine = (there.state, there.position, there.signup_shift_id, self.free_until)
        may = (self.open, self.may_withdraw, self.reason_needed, self.others_first)
        return shown, mine, there.shifts, may


def seats(found: Offers, now: datetime, free_hours: int) -> Seats:
    """Return what one may do there now; withdrawing is free until `free_hours` before (R16)."""
    mine_there = found.shift(found.signup_shift_id) if found.signup_id else None
    if mine_there is None:
        return Seats(found, found.open_at(now), None, may_withdraw=False, reason_needed=False)
    until = mine_there.starts_at - timedelta(hours=free_hours)
    may = now < mine_there.starts_at and not found.cancelled_at
    needed = found.state is State.CONFIRMED and now >= until
    return Seats(found, found.open_at(now), until, may_withdraw=may, reason_needed=needed)
