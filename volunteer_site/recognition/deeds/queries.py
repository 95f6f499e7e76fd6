"""What can be asked about good deeds: the desk's cases, the panel and its votes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Person
from volunteer_site.recognition.deeds.models import (
    Answer,
    DeedConsent,
    DeedVote,
    GoodDeed,
    Panellist,
)
from volunteer_site.recognition.notices.models import PublicNotice

LATELY = timedelta(days=180)  # how long what is over stays on the desk's list
OVER = ("published", "refused", "taken_down")


@dataclass(frozen=True)
class Case:
    """A deed on the desk, with the community it is told to."""

    deed: GoodDeed
    place: Organisation

    @property
    def state(self) -> str:
        """Return how far it has come."""
        return state_of(self.deed)


class Member(NamedTuple):
    """Somebody of a panel."""

    panellist: Panellist
    person: Person


class Said(NamedTuple):
    """A vote with the name of who gave it."""

    vote: DeedVote
    name: str


def state_of(deed: GoodDeed) -> str:
    """Return nominated, weighing, agreed, noticed, published, refused or taken_down."""
    facts = (
        (deed.taken_down_at, "taken_down"),
        (deed.published_at, "published"),
        (deed.refused_at, "refused"),
        (deed.noticed_at, "noticed"),
        (deed.decided_at, "agreed"),  # a "no" refuses it at once
        (deed.weighing_at, "weighing"),
    )
    return next((name for at, name in facts if at is not None), "nominated")


def through(paths: Iterable[str], deed_id: int) -> Case:
    """Return a deed told to a community at or below these paths; or NotFound (R56)."""
    asked = _cases().where(GoodDeed.id == deed_id, at_or_below(paths))
    return _found(db.session.execute(asked).one_or_none())


def at(paths: Iterable[str], now: datetime) -> list[Case]:
    """Return the desk's deeds, the oldest first: open ones, and what ended within half a year."""
    ended = sa.func.coalesce(GoodDeed.published_at, GoodDeed.refused_at)
    lately = sa.or_(ended.is_(None), ended > now - LATELY, GoodDeed.taken_down_at > now - LATELY)
    asked = _cases().where(at_or_below(paths), lately).order_by(GoodDeed.id)
    return [Case(*row) for row in db.session.execute(asked)]


def waiting(paths: Iterable[str], today: date) -> list[Case]:
    """Return the deeds whose next step is the desk's: told, agreed to, or their notice is over."""
    notice_is_over = sa.exists().where(
        PublicNotice.id == GoodDeed.notice_id, PublicNotice.last_day < today
    )
    asked = _cases().where(
        at_or_below(paths),
        GoodDeed.published_at.is_(None),
        GoodDeed.refused_at.is_(None),
        sa.or_(
            GoodDeed.weighing_at.is_(None),
            sa.and_(GoodDeed.verdict == "yes", GoodDeed.notice_id.is_(None)),
            notice_is_over,
        ),
    )
    return [Case(*row) for row in db.session.execute(asked.order_by(GoodDeed.id))]


def with_notice(notice_id: int) -> Case | None:
    """Return the deed that a public notice is about."""
    row = db.session.execute(_cases().where(GoodDeed.notice_id == notice_id)).one_or_none()
    return Case(*row) if row else None


def told_by(person_id: int) -> list[Case]:
    """Return what somebody has nominated, the latest first."""
    asked = _cases().where(GoodDeed.nominator_id == person_id).order_by(GoodDeed.id.desc())
    return [Case(*row) for row in db.session.execute(asked)]


def communities(paths: Iterable[str]) -> list[Organisation]:
    """Return the open communities at or below these paths, in order of names."""
    asked = sa.select(Organisation).where(
        at_or_below(paths), Organisation.kind == Kind.COMMUNITY, Organisation.closed_at.is_(None)
    )
    return list(db.session.scalars(asked.order_by(Organisation.pinyin, Organisation.name)))


def community(paths: Iterable[str], slug: str) -> Organisation:
    """Return a community at or below these paths by its address; or NotFound (R56)."""
    asked = sa.select(Organisation).where(
        at_or_below(paths), Organisation.kind == Kind.COMMUNITY, Organisation.slug == slug
    )
    found = db.session.scalar(asked)
    if found is None:
        raise NotFound(_("There is no such community, or it is not one of yours."))
    return found


def panel(organisation_id: int) -> list[Member]:
    """Return who weighs a community's deeds now, in the order in which they were named."""
    asked = (
        sa.select(Panellist, Person)
        .join(Person, Person.id == Panellist.person_id)
        .where(Panellist.organisation_id == organisation_id, _sits())
        .order_by(Panellist.id)
    )
    return [Member(*row) for row in db.session.execute(asked)]


def panels_of(person_id: int) -> list[int]:
    """Return the communities on whose panels somebody sits."""
    asked = sa.select(Panellist.organisation_id).where(
        Panellist.person_id == person_id, Panellist.ended_at.is_(None)
    )
    return list(db.session.scalars(asked))


def to_weigh(person_id: int, now: datetime) -> list[Case]:
    """Return what a panellist may read: what is being weighed, and what was lately."""
    recent = sa.or_(GoodDeed.decided_at.is_(None), GoodDeed.decided_at > now - LATELY)
    asked = _cases().where(
        GoodDeed.organisation_id.in_(panels_of(person_id)),
        GoodDeed.weighing_at.is_not(None),
        recent,
    )
    return [Case(*row) for row in db.session.execute(asked.order_by(GoodDeed.weighing_at.desc()))]


def for_panellist(person_id: int, deed_id: int) -> Case:
    """Return a deed that somebody may weigh, or has weighed; or NotFound (R56)."""
    asked = _cases().where(
        GoodDeed.id == deed_id,
        GoodDeed.organisation_id.in_(panels_of(person_id)),
        GoodDeed.weighing_at.is_not(None),
    )
    return _found(db.session.execute(asked).one_or_none())


def votes(deed: GoodDeed) -> list[Said]:
    """Return what was said in the present round, in order."""
    asked = (
        sa.select(DeedVote, Person.name)
        .join(Person, Person.id == DeedVote.person_id)
        .where(DeedVote.deed_id == deed.id, DeedVote.round == deed.round)
        .order_by(DeedVote.id)
    )
    return [Said(*row) for row in db.session.execute(asked)]


def answers_of(person_id: int, deed_ids: Iterable[int]) -> dict[tuple[int, int], str]:
    """Return what somebody has said: by deed and round."""
    asked = sa.select(DeedVote.deed_id, DeedVote.round, DeedVote.answer).where(
        DeedVote.person_id == person_id, DeedVote.deed_id.in_(list(deed_ids))
    )
    return {(deed, turn): answer for deed, turn, answer in db.session.execute(asked)}


def count(said: Iterable[Said], answer: Answer) -> int:
    """Return how many said so."""
    return sum(one.vote.answer == answer for one in said)


def consents(deed_id: int) -> Sequence[DeedConsent]:
    """Return what the community has on paper for a deed, the latest first."""
    asked = sa.select(DeedConsent).where(DeedConsent.deed_id == deed_id)
    return db.session.scalars(asked.order_by(DeedConsent.id.desc())).all()


def _sits() -> sa.ColumnElement[bool]:
    return sa.and_(Panellist.ended_at.is_(None), Person.erased_at.is_(None))


def _cases() -> Any:
    return sa.select(GoodDeed, Organisation).join(
        Organisation, Organisation.id == GoodDeed.organisation_id
    )


def _found(row: Any) -> Case:
    if row is None:
        raise NotFound(_("There is no such good deed, or it is not one of yours."))
    return Case(*row)
