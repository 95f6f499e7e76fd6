"""What can be asked about honor rolls, and about the ledger as it stood at a cut-off."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.text import is_spread, mask_name
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Consent, ConsentKind, Person, RoleName
from volunteer_site.people.session import Visitor
from volunteer_site.recognition.rolls.models import (
    MONTHLY,
    HonorRoll,
    HonorRollLine,
    NameShown,
    RollAbsence,
)
from volunteer_site.recognition.rolls.rule import Terms, What

REACH = {
    RoleName.COORDINATOR: (Kind.COMMUNITY,),
    RoleName.LIAISON: (Kind.UNIT,),
    RoleName.OFFICER: (Kind.DISTRICT, Kind.COMMUNITY, Kind.UNIT),
}
KINDS = (Kind.DISTRICT, Kind.COMMUNITY, Kind.UNIT)  # what has a roll
ERASED = "*"


class Edition(NamedTuple):
    """Which roll of a place: the month, and the kind."""

    month: str
    kind: str = MONTHLY


class Named(NamedTuple):
    """A line of a roll as it may be shown at this moment (R40).

    Of a unit or team `name` is its own, `unit_name` nothing and `person_id` nobody.
    """

    rank: int
    name: str
    whole: bool
    minutes: int
    occasions: int
    unit_name: str
    person_id: int | None
    value: int = 0  # what is counted: minutes, weeks, minutes a head; see words.value
    organisation_id: int | None = None

    @property
    def spread(self) -> bool:
        """Tell whether the name stands as wide as three signs, as those of two do (R65)."""
        return is_spread(self.name)


class Reached(NamedTuple):
    """An organisation that somebody makes rolls for, with its roll of a month if there is one."""

    organisation: Organisation
    roll: HonorRoll | None


def reached(visitor: Visitor, month: str) -> list[Reached]:
    """Return what the visitor makes rolls for, the district first, with the month's rolls."""
    roll = orm.aliased(HonorRoll)
    ours = sa.and_(
        roll.organisation_id == Organisation.id,
        roll.month == month,
        roll.kind == MONTHLY,
        roll.withdrawn_at.is_(None),
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


def standing(organisation_id: int, month: str, kind: str = MONTHLY) -> HonorRoll | None:
    """Return the month's roll of a place, a draft or published; withdrawn ones not."""
    asked = _of(organisation_id, Edition(month, kind)).where(HonorRoll.withdrawn_at.is_(None))
    return db.session.scalar(asked)  # type: ignore[no-any-return]


def withdrawn(organisation_id: int, month: str, kind: str = MONTHLY) -> HonorRoll | None:
    """Return the month's roll that was withdrawn last, if one was."""
    asked = _of(organisation_id, Edition(month, kind)).where(HonorRoll.withdrawn_at.is_not(None))
    latest = asked.order_by(HonorRoll.id.desc()).limit(1)
    return db.session.scalar(latest)  # type: ignore[no-any-return]


def numbered(organisation_id: int, edition: Edition) -> int:
    """Return how many rolls of this month have been published, also if withdrawn since."""
    asked = sa.select(sa.func.count()).select_from(HonorRoll)
    asked = asked.where(
        HonorRoll.organisation_id == organisation_id,
        HonorRoll.month == edition.month,
        HonorRoll.kind == edition.kind,
        HonorRoll.number.is_not(None),
    )
    return db.session.scalar(asked) or 0


def published_months(organisation_id: int, kind: str = MONTHLY) -> Sequence[str]:
    """Return the months that have a published roll, the latest first."""
    asked = sa.select(HonorRoll.month).where(
        HonorRoll.organisation_id == organisation_id, HonorRoll.kind == kind, published()
    )
    return db.session.scalars(asked.order_by(HonorRoll.month.desc())).all()


def published_beside(roll: HonorRoll) -> list[HonorRoll]:
    """Return the place's other rolls of the same month that are published."""
    asked = sa.select(HonorRoll).where(
        HonorRoll.organisation_id == roll.organisation_id,
        HonorRoll.month == roll.month,
        HonorRoll.kind != roll.kind,
        published(),
    )
    return list(db.session.scalars(asked.order_by(HonorRoll.kind != MONTHLY, HonorRoll.kind)))


def on_notice(notice_id: int) -> HonorRoll | None:
    """Return the roll that a public notice proposes, if it is still there and not withdrawn."""
    asked = sa.select(HonorRoll).where(
        HonorRoll.notice_id == notice_id, HonorRoll.withdrawn_at.is_(None)
    )
    return db.session.scalar(asked)


def people_on(roll_id: int) -> frozenset[int]:
    """Return the people who stand on a roll, also those who are not shown on it."""
    asked = sa.select(HonorRollLine.person_id).where(
        HonorRollLine.roll_id == roll_id, HonorRollLine.person_id.is_not(None)
    )
    return frozenset(db.session.scalars(asked))


def published_with(person_id: int) -> list[tuple[HonorRoll, Organisation, int]]:
    """Return the published rolls somebody stands on, the latest first, with the rank."""
    asked = (
        sa.select(HonorRoll, Organisation, HonorRollLine.rank)
        .join(HonorRollLine, HonorRollLine.roll_id == HonorRoll.id)
        .join(Organisation, Organisation.id == HonorRoll.organisation_id)
        .where(HonorRollLine.person_id == person_id, published())
        .order_by(HonorRoll.month.desc(), HonorRoll.id)
        .limit(60)
    )
    return [(roll, place, rank) for roll, place, rank in db.session.execute(asked)]


def terms_of(roll: HonorRoll) -> Terms:
    """Return by which terms a roll was made."""
    what = What(
        roll.kind, roll.title, roll.title_en, roll.whose, roll.counts, roll.minimum_weeks,
        roll.most, roll.edge,
    )  # fmt: skip
    order: Any = roll.name_order
    return Terms(roll.cutoff_at, roll.minimum_minutes, order, roll.step_minutes, what)


def named(roll_id: int) -> list[Named]:
    """Return the lines of a roll in order; a consent taken back hides the name at once (R40).

    Who wants to stand on no roll is not among them; the ranks of the others stay.
    """
    agrees = sa.exists().where(
        Consent.person_id == HonorRollLine.person_id,
        Consent.kind == ConsentKind.PUBLISH_NAME,
        Consent.withdrawn_at.is_(None),
    )
    absent = sa.exists().where(
        RollAbsence.person_id == HonorRollLine.person_id, RollAbsence.ended_at.is_(None)
    )
    asked = sa.select(
        HonorRollLine.rank, HonorRollLine.name, HonorRollLine.name_shown, HonorRollLine.minutes,
        HonorRollLine.occasions, HonorRollLine.unit_name, HonorRollLine.person_id,
        HonorRollLine.value, HonorRollLine.organisation_id, agrees, Person.erased_at,
    ).outerjoin(Person, Person.id == HonorRollLine.person_id)  # fmt: skip
    asked = asked.where(HonorRollLine.roll_id == roll_id, sa.or_(agrees, ~absent))
    return [_as_seen(row) for row in db.session.execute(asked.order_by(HonorRollLine.position))]


def _as_seen(row: Any) -> Named:
    rank, name, shown, minutes, occasions, unit, person, value, body, agrees, left_at = row
    allowed = bool(agrees) or person is None
    whole = allowed and shown == NameShown.FULL and left_at is None
    if left_at is not None:
        name = ERASED
    elif shown == NameShown.FULL and not whole:
        name = mask_name(name)
    return Named(rank, name, whole, minutes, occasions, unit, person, value or minutes, body)


def _of(organisation_id: int, edition: Edition) -> sa.Select[Any]:
    return sa.select(HonorRoll).where(
        HonorRoll.organisation_id == organisation_id,
        HonorRoll.month == edition.month,
        HonorRoll.kind == edition.kind,
    )


def published() -> sa.ColumnElement[bool]:
    """Return the condition that a roll is published and not withdrawn."""
    return sa.and_(HonorRoll.published_at.is_not(None), HonorRoll.withdrawn_at.is_(None))


def _within_reach(visitor: Visitor) -> sa.ColumnElement[bool]:
    return sa.or_(
        *(
            sa.and_(at_or_below(visitor.paths(role)), Organisation.kind.in_(kinds))
            for role, kinds in REACH.items()
        )
    )
