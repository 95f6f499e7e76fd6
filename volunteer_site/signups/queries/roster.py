"""Everybody who has a place in an activity or waits for one."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.activities.models import Shift
from volunteer_site.core.db import db
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Person
from volunteer_site.signups.models import Signup


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
