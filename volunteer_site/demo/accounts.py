"""Log-ins for trying the demo: random passwords, shown once and kept in `instance/`."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.activities.models import Activity
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.demo import staff
from volunteer_site.hours.models import HourEntry, MonthlyTotal
from volunteer_site.organisations.models import Organisation
from volunteer_site.people import services as people
from volunteer_site.people.models import Person, Role, RoleName
from volunteer_site.signups.models import Signup

FILE = "demo-accounts.txt"
HOW_MANY = {RoleName.OFFICER: 2, RoleName.COORDINATOR: 2, RoleName.LIAISON: 2}
VOLUNTEERS = 3
LOOKED_AT = 60  # busy people, to find some who are near a badge
WEEKS = {4, 12, 26, 52}  # for which there are badges
CONSONANTS, VOWELS = "bdfghjkmnprstwxyz", "aeiou"


@dataclass(frozen=True)
class Account:
    """Who can log in, and as what; one line of the file, in this order."""

    role: str
    phone: str
    password: str
    slug: str
    name: str

    def line(self) -> str:
        """Write the account as the file has it: five columns with tabs between them."""
        return "\t".join(astuple(self))


def open_accounts(now: datetime) -> list[Account]:
    """Give some people of the demo a password each; call inside a write_transaction.

    Two officers, two coordinators, two liaisons and three volunteers: one who is signed up for
    the door that opens next, the one with the most hours, and one who is near their next badge.
    """
    chosen = [*_staff(), *volunteers(now)]
    return [_opened(role, person, place, now) for role, person, place in chosen]


def keep(accounts: list[Account], folder: str) -> Path:
    """Write the accounts where only the site's own user can read them; returns the file."""
    path = Path(folder) / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(account.line() + "\n" for account in accounts)
    return path


def kept(folder: str) -> list[Account]:
    """Read the accounts back; none if there is no file."""
    path = Path(folder) / FILE
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Account(*line.split("\t")) for line in lines]


def password() -> str:
    """Invent a password one can read aloud and type on a phone: Fuxe-4827-madori."""
    spoken = [secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(5)]
    digits = "".join(secrets.choice("23456789") for _ in range(4))
    return f"{''.join(spoken[:2]).capitalize()}-{digits}-{''.join(spoken[2:])}"


def _opened(role: str, person: Person, place: str, now: datetime) -> Account:
    secret = password()
    people.set_password(person.id, secret, now=now)
    return Account(role, person.phone or "", secret, place, person.name)


def _staff() -> Iterator[tuple[str, Person, str]]:
    for role, number in HOW_MANY.items():
        held = (
            sa.select(Person, Organisation.slug)
            .join(Role, Role.person_id == Person.id)
            .join(Organisation, Organisation.id == Role.organisation_id)
            .where(Role.name == role, Role.ended_at.is_(None), staff.own_phone(), _first_there())
            .order_by(Organisation.id, Role.id)
            .limit(number)
        )
        for person, slug in db.session.execute(held):
            yield role, person, slug


def _first_there() -> sa.ColumnElement[bool]:
    """Select the first who got this role at a place; the second helps out, but at the office."""
    other = orm.aliased(Role)
    return (Role.name == RoleName.OFFICER) | ~sa.exists().where(
        other.organisation_id == Role.organisation_id,
        other.name == Role.name,
        other.id < Role.id,
    )


def volunteers(now: datetime) -> Iterator[tuple[str, Person, str]]:
    """Yield role, person and community of the volunteers who get a password."""
    at_the_door = list(db.session.execute(_busiest(now, _signed_up_next(now)).limit(1)))
    known = [person.id for person, _slug, _minutes in at_the_door]
    others = list(db.session.execute(_busiest(now, Person.id.not_in(known)).limit(LOOKED_AT)))
    longest, rest = others[:1], others[1:]
    rest.sort(key=lambda row: not _near_a_badge(row[0].id))  # keeps the order otherwise
    for person, slug, _minutes in [*at_the_door, *longest, *rest][:VOLUNTEERS]:
        yield "volunteer", person, slug


def _near_a_badge(person: int) -> bool:
    """Say whether one more week would give the person a badge."""
    served = sa.select(HourEntry.service_date).where(HourEntry.person_id == person)
    weeks = {dates.week_of(day) for day in db.session.scalars(served)}
    return bool(weeks) and len(weeks) + 1 in WEEKS


def _busiest(now: datetime, condition: sa.ColumnElement[bool]) -> sa.Select[Person, str, int]:
    """Select grown-up volunteers without a role, those with the most hours first."""
    total = sa.func.sum(MonthlyTotal.minutes)
    return (
        sa.select(Person, Organisation.slug, total)
        .join(MonthlyTotal, MonthlyTotal.person_id == Person.id)
        .join(Organisation, Organisation.id == Person.community_id)
        .where(condition, staff.own_phone(), staff.grown_up(now, 20))
        .where(Person.id.not_in(sa.select(Role.person_id)))
        .group_by(Person.id, Organisation.slug)
        .order_by(total.desc(), Person.id)
    )


def _signed_up_next(now: datetime) -> sa.ColumnElement[bool]:
    """Select those with a place in the activity that begins next."""
    soonest = (
        sa.select(Activity.id)
        .where(Activity.starts_at > now, Activity.cancelled_at.is_(None))
        .order_by(Activity.starts_at)
        .limit(1)
    )
    place = sa.select(Signup.person_id).where(
        Signup.activity_id.in_(soonest),
        Signup.confirmed_at.is_not(None),
        Signup.withdrawn_at.is_(None),
    )
    return Person.id.in_(place)
