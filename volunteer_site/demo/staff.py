"""Who does the staff's part in what the demo tells: whoever got the role first."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours.models import HourEntry
from volunteer_site.organisations import queries as organisations
from volunteer_site.people import services as roles
from volunteer_site.people.models import Person, Role, RoleName


def first(name: RoleName, organisation_id: int | None = None) -> Role:
    """Return the role that was given first and still counts, at one place or anywhere."""
    asked = sa.select(Role).where(Role.name == name, Role.ended_at.is_(None))
    if organisation_id is not None:
        asked = asked.where(Role.organisation_id == organisation_id)
    return db.session.scalars(asked.order_by(Role.id).limit(1)).one()


def join_the_office(now: datetime) -> None:
    """Let a second officer begin, for what one officer asks for another has to approve (R36)."""
    asker = first(RoleName.OFFICER)
    asked = sa.select(Person.id).where(
        grown_up(now),
        own_phone(),
        Person.id.not_in(sa.select(Role.person_id)),
        Person.id.not_in(sa.select(HourEntry.person_id)),  # who leads earns no hours (R22)
    )
    person = db.session.scalars(asked.order_by(Person.id.desc()).limit(1)).one()
    place = organisations.get(asker.organisation_id)
    with write_transaction():
        roles.grant_role(person, place, RoleName.OFFICER, now=now, by_id=asker.person_id)


def grown_up(now: datetime, years: int = 30) -> sa.ColumnElement[bool]:
    """Select people of that age and more, by years of 365 days and a quarter."""
    return Person.birth_date < (now - timedelta(days=365.25 * years)).date()


def own_phone() -> sa.ColumnElement[bool]:
    """Select people who share their phone with nobody."""
    other = orm.aliased(Person)
    return ~sa.exists().where(other.phone == Person.phone, other.id != Person.id)
