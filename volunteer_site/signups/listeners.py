"""What sign-ups do when an activity changes or somebody leaves; connected when the site starts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from volunteer_site.activities.models import Activity
from volunteer_site.activities.services import signals
from volunteer_site.core.db import db
from volunteer_site.people import services as people
from volunteer_site.people.models import Person
from volunteer_site.signups import services, settings
from volunteer_site.signups.absences import services as absences
from volunteer_site.signups.models import Signup


def connect() -> None:
    """Listen to what activities and people say."""
    signals.rescheduled.connect(_follow)
    signals.enlarged.connect(_promote)
    signals.names_asked.connect(_names)
    people.erasing.connect(_leave)


def _follow(_sender: Any, shift_id: int, starts_at: datetime, ends_at: datetime) -> None:
    services.follow_shift(shift_id, starts_at, ends_at)


def _promote(_sender: Any, shift_id: int, now: datetime) -> None:
    services.promote(shift_id, now=now, terms=settings.terms())


def _names(_sender: Any, shift_ids: Iterable[int]) -> list[str]:
    asked = (
        sa.select(Person.name)
        .join(Signup, Signup.person_id == Person.id)
        .where(Signup.shift_id.in_(list(shift_ids)), Signup.withdrawn_at.is_(None))
        .order_by(Signup.id)
    )
    return list(db.session.scalars(asked))


def _leave(_sender: Any, person_id: int, now: datetime) -> None:
    """Give back the places of somebody who deletes their account, and forget their reasons (R45).

    In the order of shifts, so that two who leave at the same time never wait for each other.
    """
    mine = sa.select(Signup).where(Signup.person_id == person_id, Signup.withdrawn_at.is_(None))
    ahead = mine.join(Activity, Activity.id == Signup.activity_id).where(
        Signup.starts_at > now, Activity.cancelled_at.is_(None), Activity.closed_at.is_(None)
    )
    for signup in db.session.scalars(ahead.order_by(Signup.shift_id)).all():
        services.withdraw(
            signup, None, free_until=signup.starts_at, now=now, terms=settings.terms()
        )
    reasons = sa.update(Signup).where(Signup.person_id == person_id)
    db.session.execute(reasons.values(withdrawal_reason=""))
    absences.forget_words(person_id)
