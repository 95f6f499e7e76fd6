"""What can be asked about honor rolls, and about the ledger as it stood at a cut-off."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.text import mask_name
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Consent, ConsentKind, Person, RoleName
from volunteer_site.people.session import Visitor
from volunteer_site.recognition.models import HonorRoll, HonorRollLine, NameShown

REACH = {
    RoleName.COORDINATOR: (Kind.COMMUNITY,),
    RoleName.LIAISON: (Kind.UNIT,),
    RoleName.OFFICER: (Kind.DISTRICT, Kind.COMMUNITY, Kind.UNIT),
}
KINDS = (Kind.DISTRICT, Kind.COMMUNITY, Kind.UNIT)  # what has a roll
ERASED = "*"


class Named(NamedTuple):
    """A line of a roll as it may be shown at this moment (R40)."""

    rank: int
    name: str
    whole: bool
    minutes: int
    occasions: int
    unit_name: str
    person_id: int


class Reached(NamedTuple):
    """An organisation that somebody makes rolls for, with its roll of a month if there is one."""

    organisation: Organisation
    roll: HonorRoll | None


def reached(visitor: Visitor, month: str) -> list[Reached]:
    """Return what the visitor makes rolls for, the district first, with the month's rolls."""
    roll = orm.aliased(HonorRoll)
    ours = sa.and_(
        roll.organisation_id == Organisation.id, roll.month == month, roll.withdrawn_at.is_(None)
    )
    asked = sa.select(Organisation, roll).outerjoin(roll, ours).where(_within_reach(visitor))
    asked = asked.where(sa.or_(Organisation.closed_at.is_(None), roll.id.is_not(None)))
    rows = [Reached(one, its) for one, its in db.session.execute(asked)]
    return sorted(rows, key=lambda row: (KINDS.index(row[0].kind), row[0].pinyin, row[0].name))


def through(visitor: Visitor, slug: str) -> Organisation:
    """Return the organisation if the visitor makes its rolls; NotFound otherwise (R56)."""
    asked = sa.select(Organisation).where(Organisation.slug == slug, _within_reach(visitor))
    found = db.session.scalar(asked)
    if found is None:
        raise NotFound(_("There is no such organisation, or it is not one of yours."))
    return found


def having_rolls() -> list[Organisation]:
    """Return every open organisation that a month's roll may be made for."""
    asked = sa.select(Organisation).where(
        Organisation.kind.in_(KINDS), Organisation.closed_at.is_(None)
    )
    return list(db.session.scalars(asked.order_by(Organisation.id)))


def standing(organisation_id: int, month: str) -> HonorRoll | None:
    """Return the month's roll of an organisation, a draft or published; withdrawn ones not."""
    asked = _of(organisation_id, month).where(HonorRoll.withdrawn_at.is_(None))
    return db.session.scalar(asked)  # type: ignore[no-any-return]


def withdrawn(organisation_id: int, month: str) -> HonorRoll | None:
    """Return the month's roll that was withdrawn last, if one was."""
    asked = _of(organisation_id, month).where(HonorRoll.withdrawn_at.is_not(None))
    latest = asked.order_by(HonorRoll.id.desc()).limit(1)
    return db.session.scalar(latest)  # type: ignore[no-any-return]


def numbered(organisation_id: int, month: str) -> int:
    """Return how many rolls of this month have been published, also if withdrawn since."""
    asked = sa.select(sa.func.count()).select_from(HonorRoll)
    asked = asked.where(
        HonorRoll.organisation_id == organisation_id,
        HonorRoll.month == month,
        HonorRoll.number.is_not(None),
    )
    return db.session.scalar(asked) or 0


def published_months(organisation_id: int) -> Sequence[str]:
    """Return the months that have a published roll, the latest first."""
    asked = sa.select(HonorRoll.month).where(
        HonorRoll.organisation_id == organisation_id,
        HonorRoll.published_at.is_not(None),
        HonorRoll.withdrawn_at.is_(None),
    )
    return db.session.scalars(asked.order_by(HonorRoll.month.desc())).all()


def named(roll_id: int) -> list[Named]:
    """Return the people of a roll in order; a consent taken back hides the name at once (R40)."""
    agrees = sa.exists().where(
        Consent.person_id == HonorRollLine.person_id,
        Consent.kind == ConsentKind.PUBLISH_NAME,
        Consent.withdrawn_at.is_(None),
    )
    asked = sa.select(
        HonorRollLine.rank, HonorRollLine.name, HonorRollLine.name_shown, HonorRollLine.minutes,
        HonorRollLine.occasions, HonorRollLine.unit_name, HonorRollLine.person_id, agrees,
        Person.erased_at,
    ).join(Person, Person.id == HonorRollLine.person_id)  # fmt: skip
    asked = asked.where(HonorRollLine.roll_id == roll_id).order_by(HonorRollLine.position)
    return [_as_seen(row) for row in db.session.execute(asked)]


def _as_seen(row: Any) -> Named:
    rank, name, shown, *counted, agrees, left_at = row
    whole = bool(agrees) and shown == NameShown.FULL and left_at is None
    if left_at is not None:
        name = ERASED
    elif shown == NameShown.FULL and not whole:
        name = mask_name(name)
    return Named(rank, name, whole, *counted)


def _of(organisation_id: int, month: str) -> sa.Select[Any]:
    return sa.select(HonorRoll).where(
        HonorRoll.organisation_id == organisation_id, HonorRoll.month == month
    )


def _within_reach(visitor: Visitor) -> sa.ColumnElement[bool]:
    return sa.or_(
        *(
            sa.and_(at_or_below(visitor.paths(role)), Organisation.kind.in_(kinds))
            for role, kinds in REACH.items()
        )
    )
