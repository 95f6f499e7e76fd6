"""Who may act for whom: people on one phone, and children with the parent who answers for them.

Nobody's password is shared for it (W25). Registering asks for no proof that a phone is one's own,
so the phone alone opens nothing: whoever can log in has agreed to it, a child's registration
names the guardian, and only those without any log-in are there for who shares their phone.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.errors import NotFound
from volunteer_site.core.look import Look
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import Consent, ConsentKind, Guardian, Person
from volunteer_site.people.queries import is_minor


@dataclass(frozen=True)
class Relative:
    """Somebody for whom another may sign up, withdraw and check in (R24)."""

    id: int
    name: str
    number: str
    birth_date: date | None


_me = orm.aliased(Person)


def _agreed(kind: ConsentKind) -> Any:
    asked = sa.select(Consent.id).where(
        Consent.person_id == Person.id, Consent.kind == kind, Consent.withdrawn_at.is_(None)
    )
    return asked.exists()


_known = (
    sa.select(Person.id, Person.name, Person.number, Person.birth_date, _me.birth_date)
    .where(
        _me.id == sa.bindparam("person_id", type_=sa.Integer),
        Person.id != _me.id,
        Person.erased_at.is_(None),
        _agreed(ConsentKind.NOTICE),
    )
    .order_by(Person.id)
)
_sharing = Look(
    _known.join(_me, _me.phone == Person.phone).where(
        sa.or_(Person.password_hash.is_(None), _agreed(ConsentKind.ACTED_FOR))
    )
)
_children = Look(
    _known.join(Guardian, Guardian.person_id == Person.id).join(
        _me, sa.and_(_me.phone == Guardian.phone, _me.name == Guardian.name)
    )
)


def family(person_id: int, today: date) -> list[Relative]:
    """Return those for whom somebody may act, in the order in which they joined.

    Those who share the phone and cannot log in, or agreed to it; children under 18 whose guardian
    has this name and phone. Who is under 18 acts for nobody.
    """
    shared = _sharing(person_id=person_id)
    found = [Relative(*row[:4]) for row in shared if not is_minor(row[4], today)]
    theirs = {one.id: one for one in (*found, *children(person_id, today))}
    return [theirs[number] for number in sorted(theirs)]


def children(person_id: int, today: date) -> list[Relative]:
    """Return the children under 18 who named this grown-up as their guardian, oldest first."""
    rows = _children(person_id=person_id)
    mine = [row for row in rows if is_minor(row[3], today) and not is_minor(row[4], today)]
    return sorted((Relative(*row[:4]) for row in mine), key=lambda one: str(one.birth_date))


def child(person_id: int, child_id: int, today: date) -> Relative:
    """Return a child whose guardian somebody is; raises NotFound for everybody else."""
    return _one(
        children(person_id, today),
        child_id,
        _(
            "You are not the guardian of this person. A child's registration names the guardian "
            "with full name and phone, and both must be those of your account."
        ),
    )


def relative(person_id: int, other_id: int, today: date) -> Relative:
    """Return one for whom somebody may act; raises NotFound for everybody else."""
    return _one(
        family(person_id, today),
        other_id,
        _(
            "You cannot act for this person. You can for children whose guardian you are, and for "
            "people on your phone who agreed to it under “My data”."
        ),
    )


def _one(among: list[Relative], wanted: int, otherwise: str) -> Relative:
    found = next((one for one in among if one.id == wanted), None)
    if found is None:
        raise NotFound(otherwise)
    return found
