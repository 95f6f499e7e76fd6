"""Everybody who has a place in an activity or waits for one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.activities.models import Shift
from volunteer_site.core.db import db
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Person
from volunteer_site.signups.absences.models import Excuse
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
    starts_at: datetime
    ends_at: datetime
    excused_at: datetime | None
    excuse: str | None
    excused_by: str | None


_excuser = orm.aliased(Person)
_columns: tuple[Any, ...] = (
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
    Signup.starts_at,
    Signup.ends_at,
    Excuse.given_at,
    Excuse.reason,
    _excuser.name,
)


def roster(activity_id: int) -> list[Coming]:
    """Return everybody with a place or waiting for one, in the order they signed up."""
    asked = (
        sa.select(*_columns)
        .join(Person, Person.id == Signup.person_id)
        .join(Shift, Shift.id == Signup.shift_id)
        .outerjoin(Organisation, Organisation.id == Person.unit_id)
        .outerjoin(
            Excuse,
            sa.and_(
                Excuse.activity_id == Signup.activity_id,
                Excuse.person_id == Signup.person_id,
                Excuse.withdrawn_at.is_(None),
            ),
        )
        .outerjoin(_excuser, _excuser.id == Excuse.given_by_id)
        .where(Signup.activity_id == activity_id, Signup.withdrawn_at.is_(None))
        .order_by(Signup.id)
    )
    return [Coming(*row) for row in db.session.execute(asked)]
