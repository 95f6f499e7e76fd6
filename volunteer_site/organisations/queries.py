"""What can be asked about organisations and pairings."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation, Pairing


def get(organisation_id: int) -> Organisation:
    """Return the organisation; raises NotFound."""
    return _found(db.session.get(Organisation, organisation_id))


def by_slug(slug: str, *kinds: str) -> Organisation:
    """Return the organisation with this address, of one of these kinds if any; or NotFound."""
    asked = sa.select(Organisation).where(Organisation.slug == slug)
    if kinds:
        asked = asked.where(Organisation.kind.in_(kinds))
    return _found(db.session.scalar(asked))


def through(paths: Iterable[str], organisation_id: int) -> Organisation:
    """Return the organisation if it is at or below one of these paths; NotFound otherwise (R56)."""
    asked = sa.select(Organisation).where(Organisation.id == organisation_id, at_or_below(paths))
    return _found(db.session.scalar(asked))


def below(path: str, *kinds: str) -> list[Organisation]:
    """Return what is at or below a path and not closed, by kind if given, in order of names."""
    asked = sa.select(Organisation).where(
        Organisation.path.startswith(path), Organisation.closed_at.is_(None)
    )
    if kinds:
        asked = asked.where(Organisation.kind.in_(kinds))
    return list(db.session.scalars(asked.order_by(Organisation.pinyin, Organisation.name)))


def communities() -> list[Organisation]:
    """Return all communities that are not closed."""
    return below("/", Kind.COMMUNITY)


def choices(kind: str) -> dict[str, list[tuple[int, str]]]:
    """Return the open organisations of a kind as (id, name), by the organisation above them."""
    above = orm.aliased(Organisation)
    asked = sa.select(above.name, Organisation.id, Organisation.name).join(
        above, above.id == Organisation.parent_id
    )
    asked = asked.where(Organisation.kind == kind, Organisation.closed_at.is_(None))
    asked = asked.order_by(above.pinyin, above.name, Organisation.pinyin, Organisation.name)
    found: dict[str, list[tuple[int, str]]] = {}
    for group, organisation_id, name in db.session.execute(asked):
        found.setdefault(group, []).append((organisation_id, name))
    return found


def is_below(path: str, paths: Iterable[str]) -> bool:
    """Tell whether a path is one of `paths` or below one."""
    return path.startswith(tuple(paths))


def at_or_below(paths: Iterable[str]) -> sa.ColumnElement[bool]:
    """Return the condition that an organisation is at or below one of these paths."""
    return sa.or_(sa.false(), *(Organisation.path.startswith(path) for path in paths))


def paired_communities(unit_id: int, on: date) -> list[int]:
    """Return the ids of the communities that a unit helps on a day."""
    asked = sa.select(Pairing.community_id).where(Pairing.unit_id == unit_id, _runs(on))
    return list(db.session.scalars(asked.distinct()))


def paired_units(community_id: int, on: date) -> list[int]:
    """Return the ids of the units that help a community on a day."""
    asked = sa.select(Pairing.unit_id).where(Pairing.community_id == community_id, _runs(on))
    return list(db.session.scalars(asked.distinct()))


def _runs(on: date) -> sa.ColumnElement[bool]:
    return sa.and_(
        Pairing.starts_on <= on, sa.or_(Pairing.ends_on.is_(None), Pairing.ends_on >= on)
    )


def _found(organisation: Organisation | None) -> Organisation:
    if organisation is None:
        raise NotFound(_("There is no such organisation, or it is not one of yours."))
    return organisation
