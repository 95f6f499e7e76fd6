"""People who come without having signed up."""

from datetime import datetime

import sqlalchemy as sa

from volunteer_site.activities.models import Shift
from volunteer_site.core.db import db
from volunteer_site.signups import queries
from volunteer_site.signups.models import Signup
from volunteer_site.signups.queries import Offer
from volunteer_site.signups.services import counters


def add_walk_in(shift: Shift, person_id: int, *, by_id: int, now: datetime) -> Signup:
    """Sign up somebody who came without signing up; a full shift grows by this one place."""
    standing = _standing(person_id, shift.activity_id)
    if standing is not None and standing.confirmed_at:
        return standing
    if standing is not None:
        return _seat_waiting(standing, now)
    _make_room(shift.id)
    offer = Offer(shift.id, shift.name, shift.starts_at, shift.ends_at, 0, 0, 0)
    facts = {"source": "walk_in", "added_by_id": by_id, "signed_up_at": now, "confirmed_at": now}
    return _add(offer, shift.activity_id, person_id=person_id, **facts)


def _seat_waiting(signup: Signup, now: datetime) -> Signup:
    _make_room(signup.shift_id)
    counters.count(signup.shift_id, waiting=-1)
    signup.confirmed_at = now
    db.session.flush()
    return signup


def _make_room(shift_id: int) -> None:
    if not counters.count(shift_id, taken=1):
        wider = sa.update(Shift).where(Shift.id == shift_id)
        db.session.execute(wider.values(places=Shift.places + 1, taken=Shift.taken + 1))


def _standing(person_id: int, activity_id: int) -> Signup | None:
    """Return the person's standing sign-up; first lock the person, so that two of theirs wait."""
    counters.locked(person_id)
    return queries.standing(person_id, activity_id)


def _add(offer: Offer, activity_id: int, **facts: object) -> Signup:
    signup = Signup(
        activity_id=activity_id,
        shift_id=offer.shift_id,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        **facts,
    )
    db.session.add(signup)
    db.session.flush()
    return signup
