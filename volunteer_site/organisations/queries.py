"""What can be asked about organisations and pairings."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import pinyin, versions
from volunteer_site.core.cache import kept
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.look import Look
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


def named(kind: str, name: str, parent: Organisation | None) -> Organisation | None:
    """Return the open organisation of this kind and name right below `parent`, if there is one."""
    asked = sa.select(Organisation).where(
        Organisation.kind == kind,
        Organisation.name == name,
        Organisation.parent_id == (parent.id if parent else None),
        Organisation.closed_at.is_(None),
    )
    return db.session.scalar(asked.limit(1))


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


_community_names = Look(
    sa.select(Organisation.slug, Organisation.name)
    .where(Organisation.kind == Kind.COMMUNITY, Organisation.closed_at.is_(None))
    .order_by(Organisation.pinyin, Organisation.name)
)


def community_names() -> list[tuple[str, str]]:
    """Return (slug, name) of all communities that are not closed, to choose from."""
    return [(slug, name) for slug, name in _community_names()]


def sounding_like(words: str) -> tuple[int, ...]:
    """Return the communities and streets that letters with a slip may mean: `lzq` for 柳巷.

    None if one of them has these letters as they are, for then there is nothing to guess.
    """
    names = kept("sounds", 2).get(versions.current("organisations"), _sounds)
    ranks = [(pinyin.rank(words, name, keys), one) for one, name, keys in names]
    found = [(rank, one) for rank, one in ranks if rank is not None]
    if not found or min(found)[0] < pinyin.LOOSE:
        return ()
    return tuple(sorted({one for _rank, one in found}))


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


def at_or_below(paths: Iterable[str]) -> sa.ColumnElement[bool]:
    """Return the condition that an organisation is at or below one of these paths."""
    return sa.or_(sa.false(), *(Organisation.path.startswith(path) for path in paths))


def _runs(on: date | sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    return sa.and_(
        Pairing.starts_on <= on, sa.or_(Pairing.ends_on.is_(None), Pairing.ends_on >= on)
    )


_paired = Look(
    sa.select(Pairing.community_id)
    .where(Pairing.unit_id == sa.bindparam("unit_id"), _runs(sa.bindparam("on", type_=sa.Date)))
    .distinct()
)


def paired_communities(unit_id: int, on: date) -> list[int]:
    """Return the ids of the communities that a unit helps on a day."""
    return [found for (found,) in _paired(unit_id=unit_id, on=on)]


def paired_units(community_id: int, on: date) -> list[int]:
    """Return the ids of the units that help a community on a day."""
    asked = sa.select(Pairing.unit_id).where(Pairing.community_id == community_id, _runs(on))
    return list(db.session.scalars(asked.distinct()))


def pairings(paths: Iterable[str]) -> Sequence[sa.Row[Pairing, str, str]]:
    """Return (pairing, unit's name, community's name) of pairings of communities below `paths`."""
    unit, community = orm.aliased(Organisation), orm.aliased(Organisation)
    asked = sa.select(Pairing, unit.name, community.name)
    asked = asked.join(unit, unit.id == Pairing.unit_id)
    asked = asked.join(community, community.id == Pairing.community_id)
    mine = sa.select(Organisation.id).where(at_or_below(paths))
    asked = asked.where(Pairing.community_id.in_(mine))
    order = (Pairing.ends_on.is_not(None), community.pinyin, unit.pinyin, Pairing.starts_on)
    return db.session.execute(asked.order_by(*order)).all()


def pairing_through(paths: Iterable[str], pairing_id: int) -> Pairing:
    """Return the pairing if its community is below one of these paths; NotFound otherwise."""
    mine = sa.select(Organisation.id).where(at_or_below(paths))
    asked = sa.select(Pairing).where(Pairing.id == pairing_id, Pairing.community_id.in_(mine))
    found = db.session.scalar(asked)
    if found is None:
        raise NotFound(_("There is no such pairing, or it is not one of yours."))
    return found


def overlapping(
    unit_id: int, community_id: int, starts_on: date, ends_on: date | None
) -> Pairing | None:
    """Return a pairing of these two that shares a day with these days."""
    asked = sa.select(Pairing).where(
        Pairing.unit_id == unit_id,
        Pairing.community_id == community_id,
        sa.or_(Pairing.ends_on.is_(None), Pairing.ends_on >= starts_on),
    )
    if ends_on is not None:
        asked = asked.where(Pairing.starts_on <= ends_on)
    return db.session.scalar(asked.limit(1))


def runs(organisation_id: int, on: date) -> bool:
    """Tell whether a unit or community has a pairing on this day or later."""
    asked = sa.select(Pairing.id).where(
        sa.or_(Pairing.unit_id == organisation_id, Pairing.community_id == organisation_id),
        sa.or_(Pairing.ends_on.is_(None), Pairing.ends_on >= on),
    )
    return db.session.scalar(asked.limit(1)) is not None


def tree(paths: Iterable[str], *, words: str = "", kind: str = "") -> list["Node"]:
    """Return what is at or below these paths as a tree, closed ones too.

    With `words` (a name, pinyin or initials) or a kind, only what fits, as a flat list.
    """
    asked = sa.select(Organisation).where(at_or_below(paths))
    if kind:
        asked = asked.where(Organisation.kind == kind)
    asked = asked.order_by(Organisation.pinyin, Organisation.name)
    found = list(db.session.scalars(asked))
    if words or kind:
        return [Node(one, []) for one in found if not words or _fits(one, words)]
    nodes = {one.id: Node(one, []) for one in found}
    return [node for node in nodes.values() if not _hang(node, nodes)]


class Node(NamedTuple):
    """An organisation in the tree, with what hangs on it."""

    organisation: Organisation
    below: list["Node"]


def _hang(node: Node, nodes: dict[int, Node]) -> bool:
    """Hang a node on its parent; False if the parent is not shown."""
    parent = nodes.get(node.organisation.parent_id or 0)
    if parent is not None:
        parent.below.append(node)
    return parent is not None


def _sounds() -> list[tuple[int, str, tuple[str, str]]]:
    """Return all names with their letters; 柳巷街道 is also called 柳巷社区 by who lives there."""
    columns = (Organisation.id, Organisation.name, Organisation.pinyin, Organisation.initials)
    asked = sa.select(*columns).where(
        Organisation.kind.in_((Kind.COMMUNITY, Kind.SUBDISTRICT)), Organisation.closed_at.is_(None)
    )
    rows = db.session.execute(asked.order_by(Organisation.pinyin, Organisation.id)).all()
    said = [(one, name, (letters, initials)) for one, name, letters, initials in rows]
    streets = [row for row in rows if row[1].endswith("街道")]
    return said + [(row[0], row[1], ("", row[3].removesuffix("jd") + "sq")) for row in streets]


def _fits(organisation: Organisation, words: str) -> bool:
    keys = (organisation.pinyin, organisation.initials)
    return pinyin.rank(words, organisation.name, keys) is not None


def _found(organisation: Organisation | None) -> Organisation:
    if organisation is None:
        raise NotFound(_("There is no such organisation, or it is not one of yours."))
    return organisation
