"""How the family that somebody acts for stands towards an activity (R24)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.people.families import Relative
from volunteer_site.signups.models import Signup
from volunteer_site.signups.queries.offers import State


@dataclass(frozen=True)
class Placed:
    """One of the family, and whether they have a place, wait for one, or neither."""

    who: Relative
    state: State
    starts_at: datetime | None  # of the shift they signed up for


def placed(activity_id: int, family: Sequence[Relative]) -> list[Placed]:
    """Return how each of the family stands towards the activity, in the order given."""
    if not family:
        return []
    asked = sa.select(Signup.person_id, Signup.confirmed_at, Signup.starts_at).where(
        Signup.activity_id == activity_id,
        Signup.person_id.in_([one.id for one in family]),
        Signup.withdrawn_at.is_(None),
    )
    found = {
        person_id: (State.CONFIRMED if confirmed_at else State.WAITLISTED, starts_at)
        for person_id, confirmed_at, starts_at in db.session.execute(asked)
    }
    return [Placed(one, *found.get(one.id, (State.NONE, None))) for one in family]
