"""Where badges are made: the office for its district, a coordinator for their own community."""

from collections.abc import Collection, Iterable
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from volunteer_site.core import numbers
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people import queries as people
from volunteer_site.people.models import Person, RoleName
from volunteer_site.people.session import Visitor
from volunteer_site.recognition.badges.models import Award, Badge
from volunteer_site.recognition.badges.pins import Pin, catalogue

AT_ONCE: Final = 50  # awards on a page


class Workshop(NamedTuple):
    """A desk at which badges are made: its address, whose it is, and for which places."""

    name: str
    address: str
    role: RoleName
    kinds: tuple[Kind, ...]

    def paths(self, visitor: Visitor) -> tuple[str, ...]:
        """Return the paths below which the visitor makes badges at this desk."""
        return visitor.paths(self.role)

    @property
    def looks_after_all(self) -> bool:
        """Tell whether the badges of the whole site are looked after here."""
        return self.role == RoleName.OFFICER


OFFICE = Workshop(
    "office_badges", "/office/badges", RoleName.OFFICER, (Kind.DISTRICT, Kind.COMMUNITY)
)
DESK = Workshop("desk_badges", "/desk/badges", RoleName.COORDINATOR, (Kind.COMMUNITY,))


class Kept(NamedTuple):
    """A badge at the desk, and the number of people who hold it."""

    pin: Pin
    number: int


class Given(NamedTuple):
    """An award at the desk: to whom, with which words, and whether it was withdrawn."""

    award: Award
    name: str


class Awards(NamedTuple):
    """A page of the awards of a badge at the desk."""

    given: list[Given]
    page: int
    pages: int


def badges(shop: Workshop, visitor: Visitor) -> list[Kept]:
    """Return the badges that belong to the visitor's places, the newest first."""
    ours = sa.select(Organisation.id).where(at_or_below(shop.paths(visitor)))
    places_ = set(db.session.scalars(ours))
    mine = [pin for pin in _known() if pin.organisation_id in places_]
    counts = _counts([pin.id for pin in mine])
    return [Kept(pin, counts.get(pin.id, 0)) for pin in reversed(mine)]


def of_the_whole_site() -> list[Pin]:
    """Return the badges that belong to no place, in their order."""
    return [pin for pin in _known() if pin.organisation_id is None]


def through(shop: Workshop, visitor: Visitor, badge_id: int) -> Badge:
    """Return the badge if it is made at the visitor's desk; NotFound otherwise (R56)."""
    return _found(badge_id, _within_reach(shop, visitor))


def to_give(shop: Workshop, visitor: Visitor, badge_id: int) -> Badge:
    """Return a badge that may be given at the desk: made there, or given by hand everywhere."""
    everywhere = sa.and_(Badge.organisation_id.is_(None), Badge.measure == "")
    return _found(badge_id, sa.or_(everywhere, _within_reach(shop, visitor)))


def looks_after(shop: Workshop, visitor: Visitor, badge: Badge) -> bool:
    """Tell whether the visitor may change a badge, and see to whom others gave it."""
    if badge.organisation_id is None:
        return shop.looks_after_all
    return _is_at(badge.organisation_id, shop.paths(visitor))


def award_through(shop: Workshop, visitor: Visitor, badge_id: int, award_id: int) -> Given:
    """Return an award that the visitor may take back; NotFound otherwise (R56)."""
    badge = to_give(shop, visitor, badge_id)
    found = _given(*_at(shop, visitor, badge), Award.id == award_id)
    if not found:
        raise NotFound(_("There is no such award of this badge."))
    return found[0]


def awards_at(
    shop: Workshop, visitor: Visitor, badge: Badge, words: str = "", page: int = 1
) -> Awards:
    """Return a page of those who were given a badge, the newest first, withdrawn ones too.

    All, or who is found by these words; of a badge that others give too, only by the visitor.
    """
    which = _at(shop, visitor, badge)
    if words:
        which = [*which, people.fits(words)]
    counted = sa.select(sa.func.count(Award.id)).join(Person, Person.id == Award.person_id)
    pages = numbers.pages(db.session.scalar(counted.where(*which)) or 0, AT_ONCE)
    page = min(max(page, 1), pages)
    return Awards(_given(*which, after=(page - 1) * AT_ONCE), page, pages)


def places(shop: Workshop, visitor: Visitor) -> list[tuple[int, str]]:
    """Return (id, name) of the places for which the visitor may make badges."""
    asked = sa.select(Organisation.id, Organisation.name).where(
        at_or_below(shop.paths(visitor)),
        Organisation.kind.in_(shop.kinds),
        Organisation.closed_at.is_(None),
    )
    rows = db.session.execute(asked.order_by(sa.func.length(Organisation.path), Organisation.name))
    return [(number, name) for number, name in rows]


def path_of(badge: Badge, shop: Workshop, visitor: Visitor) -> tuple[str, ...]:
    """Return the paths below which people may be given the badge: its place, or all of theirs."""
    if badge.organisation_id is None:
        return shop.paths(visitor)
    asked = sa.select(Organisation.path).where(Organisation.id == badge.organisation_id)
    return tuple(db.session.scalars(asked))


def count_of(badge_id: int) -> int:
    """Return how many people hold a badge at this moment."""
    return _counts([badge_id]).get(badge_id, 0)


def _at(shop: Workshop, visitor: Visitor, badge: Badge) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of the awards of a badge that the visitor sees at the desk."""
    which = [Award.badge_id == badge.id, Person.erased_at.is_(None)]
    if not looks_after(shop, visitor, badge):
        which.append(Award.given_by_id == visitor.id)
    return which


def _given(*which: sa.ColumnElement[bool], after: int = 0) -> list[Given]:
    asked = sa.select(Award, Person.name).join(Person, Person.id == Award.person_id).where(*which)
    rows = db.session.execute(asked.order_by(Award.id.desc()).offset(after).limit(AT_ONCE))
    return [Given(award, name) for award, name in rows]


def _known() -> list[Pin]:
    return [pin for pin in catalogue().values() if not pin.proposed]


def _found(badge_id: int, condition: sa.ColumnElement[bool]) -> Badge:
    asked = sa.select(Badge).outerjoin(Organisation, Organisation.id == Badge.organisation_id)
    found = db.session.scalar(asked.where(Badge.id == badge_id, condition))
    if found is None:
        raise NotFound(_("There is no such badge, or it is not one of yours."))
    return found


def _is_at(organisation_id: int, paths: Collection[str]) -> bool:
    asked = sa.select(Organisation.id).where(Organisation.id == organisation_id, at_or_below(paths))
    return db.session.scalar(asked) is not None


def _within_reach(shop: Workshop, visitor: Visitor) -> sa.ColumnElement[bool]:
    theirs = at_or_below(shop.paths(visitor))
    if not shop.looks_after_all:
        return theirs
    return sa.or_(theirs, Badge.organisation_id.is_(None))


def _counts(badge_ids: Collection[int]) -> dict[int, int]:
    asked = sa.select(Award.badge_id, sa.func.count(sa.distinct(Award.person_id)))
    asked = asked.where(Award.badge_id.in_(badge_ids), Award.withdrawn_at.is_(None))
    rows: Iterable[Any] = db.session.execute(asked.group_by(Award.badge_id))
    return {row[0]: row[1] for row in rows}
