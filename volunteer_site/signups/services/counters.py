"""The counters of a shift, and the lock on a person that keeps them true."""

import sqlalchemy as sa

from volunteer_site.activities.models import Shift
from volunteer_site.core.db import db
from volunteer_site.people.models import Person


def locked(person_id: int, *, wait: bool = True) -> bool:
    """Lock the person, so that what they promise elsewhere cannot change; on SQLite all is locked.

    A place is never promised while waiting for a lock held by somebody who waits for the place.
    """
    if db.session.get_bind().dialect.name == "sqlite":
        return True
    lock = sa.select(Person.id).where(Person.id == person_id)
    return db.session.scalar(lock.with_for_update(skip_locked=not wait)) is not None


def count(shift_id: int, *, taken: int = 0, waiting: int = 0, plenty: int = 0) -> bool:
    """Change the counters if the places allow it; tell whether they did.

    With `plenty` they allow it only while so many of a hundred are free.
    """
    guarded = sa.update(Shift).where(Shift.id == shift_id)
    if taken > 0:
        guarded = guarded.where(Shift.taken < Shift.places, enough(plenty))
    changed = guarded.values(taken=Shift.taken + taken, waiting=Shift.waiting + waiting)
    outcome = db.session.execute(changed, execution_options={"synchronize_session": False})
    return bool(outcome.rowcount)  # type: ignore[attr-defined]


def enough(percent: int | sa.BindParameter[int]) -> sa.ColumnElement[bool]:
    """Return the condition that so many of a hundred places are free; the same as `rule.scarce`."""
    return (Shift.places - Shift.taken) * 100 >= percent * Shift.places
