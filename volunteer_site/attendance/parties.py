"""Who stands before the door with one phone: its owner, and the family they act for (R24)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa

from volunteer_site.attendance import queries, services
from volunteer_site.attendance.codes import Door
from volunteer_site.attendance.queries import Entrance, Hours, Mark
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.people import families
from volunteer_site.people.families import Relative
from volunteer_site.signups.models import Signup


@dataclass(frozen=True)
class Guest:
    """One of them, and how they stand towards the activity."""

    id: int
    name: str
    entrance: Entrance
    mark: Mark | None  # of the direction they are asked for
    ready: bool = False  # one tap, and it is written down


@dataclass(frozen=True)
class Party:
    """The visitor, and those of the family who have a place here."""

    own: Guest
    others: tuple[Guest, ...]

    @property
    def missing(self) -> list[Guest]:
        """Return those who have no mark yet."""
        return [one for one in (self.own, *self.others) if one.mark is None]

    @property
    def ready(self) -> list[Guest]:
        """Return those of the family for whom one tap is enough."""
        return [one for one in self.others if one.ready]


def before(door: Door, person_id: int, name: str, today: date) -> Party:
    """Return who stands before the door with the visitor's phone; raises NotFound."""
    own = _guest(door, person_id, name)
    family = _with_a_place(door.activity_id, families.family(person_id, today))
    return Party(own, tuple(_guest(door, one.id, one.name) for one in family))


def let(party: Party, door: Door, moment: datetime, hours: Hours) -> Party:
    """Return the party as it may pass; raises the visitor's own refusal if nobody may."""
    own, refusal = _tried(party.own, door, moment, hours)
    others = tuple(_tried(one, door, moment, hours)[0] for one in party.others)
    if refusal is not None and not any(one.ready or one.mark for one in others):
        raise refusal
    return Party(own, others)


def _tried(
    guest: Guest, door: Door, moment: datetime, hours: Hours
) -> tuple[Guest, Refusal | None]:
    if guest.mark is not None:
        return guest, None
    try:
        services.allow_scan(guest.entrance, door.direction, moment, hours)
    except Refusal as refusal:
        return guest, refusal
    return replace(guest, ready=True), None


def _guest(door: Door, person_id: int, name: str) -> Guest:
    entrance = queries.entrance(door.activity_id, person_id)
    return Guest(person_id, name, entrance, entrance.mark(door.direction))


def _with_a_place(activity_id: int, family: Sequence[Relative]) -> list[Relative]:
    if not family:
        return []
    asked = sa.select(Signup.person_id).where(
        Signup.activity_id == activity_id,
        Signup.person_id.in_([one.id for one in family]),
        Signup.confirmed_at.is_not(None),
        Signup.withdrawn_at.is_(None),
    )
    placed = set(db.session.scalars(asked))
    return [one for one in family if one.id in placed]
