"""What can be asked about designs: whose they are, who decides, how they look."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from volunteer_site.core import text, uploads
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people import queries as people
from volunteer_site.people.models import ConsentKind, Person
from volunteer_site.recognition.badges.models import Badge
from volunteer_site.recognition.designs.drawing import Look
from volunteer_site.recognition.designs.models import Credit, Design, DesignPicture


class Case(NamedTuple):
    """A design with the names that belong to it."""

    design: Design
    person: str
    number: str  # the volunteer's
    place: Organisation
    slug: str | None  # of the badge it became


def mine(person_id: int) -> list[Case]:
    """Return somebody's own designs, the newest first."""
    return _cases(Design.person_id == person_id)


def decided_since(person_id: int, since: datetime) -> list[Case]:
    """Return which of somebody's designs were approved or refused since then, the newest first."""
    decided_at = sa.func.coalesce(Design.approved_at, Design.refused_at)
    return _cases(Design.person_id == person_id, decided_at >= since)


def my(person_id: int, design_id: int) -> Case:
    """Return one of somebody's own designs; NotFound for others'."""
    return _one(Design.person_id == person_id, design_id)


def through(paths: Iterable[str], design_id: int) -> Case:
    """Return the design if it is for an organisation at or below these paths; or NotFound (R56)."""
    return _one(at_or_below(paths), design_id)


def at(paths: Iterable[str]) -> list[Case]:
    """Return all designs for organisations at or below these paths, the newest first."""
    return _cases(at_or_below(paths))


def waiting(paths: Iterable[str], *kinds: str) -> list[Case]:
    """Return the designs that wait for a decision at or below these paths, by kind of place."""
    return _cases(at_or_below(paths), _open(), Organisation.kind.in_(kinds))


def shown(design_id: int, person_id: int | None, paths: Sequence[str]) -> Design:
    """Return a design that this visitor may look at: approved, their own, or theirs to decide.

    Raises NotFound for everybody else, also where there is none.
    """
    may = [Design.approved_at.is_not(None), at_or_below(paths)]
    if person_id is not None:
        may.append(Design.person_id == person_id)
    return _one(sa.or_(*may), design_id).design


def places(person_id: int) -> list[Organisation]:
    """Return for whom somebody can design: their own community first, the others, the district."""
    home = db.session.scalar(sa.select(Person.community_id).where(Person.id == person_id))
    asked = sa.select(Organisation).where(
        Organisation.kind.in_((Kind.COMMUNITY, Kind.DISTRICT)), Organisation.closed_at.is_(None)
    )
    order = (
        Organisation.id != (home or 0),
        Organisation.kind == Kind.DISTRICT,
        Organisation.pinyin,
        Organisation.name,
    )
    return list(db.session.scalars(asked.order_by(*order)))


def my_picture(person_id: int, picture_id: int) -> DesignPicture:
    """Return a picture that somebody handed in themselves; NotFound for others'."""
    asked = sa.select(DesignPicture).where(
        DesignPicture.id == picture_id, DesignPicture.person_id == person_id
    )
    found = db.session.scalar(asked)
    if found is None:
        raise NotFound(_("There is no such picture of yours. Choose it again."))
    return found


def pictures_since(person_id: int, since: datetime) -> int:
    """Return how many pictures somebody has handed in since then."""
    asked = sa.select(sa.func.count()).where(
        DesignPicture.person_id == person_id, DesignPicture.taken_at > since
    )
    return db.session.scalar(asked) or 0


def open_ones(person_id: int) -> int:
    """Return how many of somebody's designs wait for a decision."""
    asked = sa.select(sa.func.count()).where(Design.person_id == person_id, _open())
    return db.session.scalar(asked) or 0


def same_open_one(person_id: int, wish: dict[str, Any]) -> Design | None:
    """Return somebody's design that waits for a decision and says exactly this, if there is one."""
    asked = sa.select(Design).filter_by(person_id=person_id, **wish).where(_open())
    return db.session.scalars(asked).first()


def look(design: Design) -> Look:
    """Return how a design looks, its own picture inside, so that the drawing stands by itself."""
    return Look(
        design.shape,
        design.tint,
        design.metal,
        design.emblem,
        design.text,
        _inside(design.picture_id),
        design.zoom,
    )


def designer(design: Design, today: date) -> str:
    """Return who is named as the designer, as far as they agree now; empty for nobody (R40, R41).

    A minor's name is always masked, and so is one whose owner does not agree to have it published.
    """
    if design.credit in (Credit.LINE, Credit.NOBODY):
        return design.designed_by if design.credit == Credit.LINE else ""
    asked = sa.select(Person.name, Person.birth_date).where(
        Person.id == design.person_id, Person.erased_at.is_(None)
    )
    found = db.session.execute(asked).one_or_none()
    if found is None:
        return ""
    agrees = bool(people.consenting([design.person_id], ConsentKind.PUBLISH_NAME))
    whole = agrees and design.credit == Credit.NAME and not people.is_minor(found[1], today)
    return str(found[0]) if whole else text.mask_name(found[0])


def _open() -> sa.ColumnElement[bool]:
    return sa.and_(
        Design.approved_at.is_(None), Design.refused_at.is_(None), Design.withdrawn_at.is_(None)
    )


def _inside(picture_id: int | None) -> str:
    if picture_id is None:
        return ""
    asked = sa.select(DesignPicture.file).where(DesignPicture.id == picture_id)
    content = uploads.read(db.session.scalars(asked).one())
    return f"data:image/jpeg;base64,{b64encode(content).decode()}"


def _cases(*conditions: Any) -> list[Case]:
    asked = (
        sa.select(Design, Person.name, Person.number, Organisation, Badge.slug)
        .join(Person, Person.id == Design.person_id)
        .join(Organisation, Organisation.id == Design.organisation_id)
        .outerjoin(Badge, Badge.design_id == Design.id)
        .where(*conditions)
        .order_by(Design.id.desc())
    )
    return [Case(*row) for row in db.session.execute(asked)]


def _one(condition: Any, design_id: int) -> Case:
    found = _cases(Design.id == design_id, condition)
    if not found:
        raise NotFound(_("There is no such design, or it is not one of yours."))
    return found[0]
