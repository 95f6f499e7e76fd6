"""What sign-ups do when an activity changes; connected once, when the site starts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from volunteer_site.activities.services import signals
from volunteer_site.core.db import db
from volunteer_site.people.models import Person
from volunteer_site.signups import services
from volunteer_site.signups.models import Signup


def connect() -> None:
    """Listen to what activities say."""
    signals.rescheduled.connect(_follow)
    signals.enlarged.connect(_promote)
    signals.names_asked.connect(_names)


def _follow(_sender: Any, shift_id: int, starts_at: datetime, ends_at: datetime) -> None:
    services.follow_shift(shift_id, starts_at, ends_at)


def _promote(_sender: Any, shift_id: int, now: datetime) -> None:
    services.promote(shift_id, now=now)


def _names(_sender: Any, shift_ids: Iterable[int]) -> list[str]:
    asked = (
        sa.select(Person.name)
        .join(Signup, Signup.person_id == Person.id)
        .where(Signup.shift_id.in_(list(shift_ids)), Signup.withdrawn_at.is_(None))
        .order_by(Signup.id)
    )
    return list(db.session.scalars(asked))
