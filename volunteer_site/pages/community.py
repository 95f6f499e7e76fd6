"""What a community's page shows: where it is, who helps it, what it has on, what came of it."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.cache import kept
from volunteer_site.core.errors import NotFound
from volunteer_site.core.look import Look
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import proofs
from volunteer_site.hours.models import HourEntry, MonthlyTotal
from volunteer_site.hours.proofs import Shares
from volunteer_site.organisations.models import Kind, Organisation, Pairing
from volunteer_site.recognition.rolls.models import MONTHLY, HonorRoll


class About(NamedTuple):
    """The community itself."""

    id: int
    slug: str
    name: str
    above: str  # the subdistrict it belongs to
    address: str
    phone: str
    closed: bool


class Given(NamedTuple):
    """What was served for the community in a year, as the ledger has it."""

    minutes: int
    occasions: int
    people: int
    shares: Shares  # of the same minutes, by how they are known


class Roll(NamedTuple):
    """The newest honor roll that stands."""

    month: str
    people: int
    minutes: int


def about(slug: str) -> About:
    """Return the community with this address; raises NotFound."""
    rows = _about(slug=slug)
    if not rows:
        raise NotFound(_("There is no such community. Look for it among the activities."))
    return About(*rows[0])


def units(community_id: int, on: date) -> tuple[str, ...]:
    """Return the names of the units that help the community on a day."""
    return tuple(name for name, _letters in _units(community_id=community_id, on=on))


def given(community_id: int, today: date) -> Given:
    """Return what was served there this year; counted again when the ledger has grown."""
    [[newest]] = _newest()
    key = (community_id, today.year, newest)
    return kept("given", 256).get(key, lambda: _given_in(community_id, today))  # type: ignore[no-any-return]


def latest_roll(community_id: int) -> Roll | None:
    """Return the newest published honor roll that was not withdrawn."""
    rows = _rolls(community_id=community_id)
    return Roll(*rows[0]) if rows else None


def _given_in(community_id: int, today: date) -> Given:
    first, last = f"{today.year}-01", f"{today.year}-12"
    [[minutes, occasions, people]] = _given(community_id=community_id, first=first, last=last)
    shares = proofs.of_recorder(community_id, first, last)
    return Given(int(minutes), int(occasions), int(people), shares)


_above = orm.aliased(Organisation)
_about = Look(
    sa.select(
        Organisation.id,
        Organisation.slug,
        Organisation.name,
        _above.name.label("above"),
        Organisation.address,
        Organisation.phone,
        Organisation.closed_at.is_not(None).label("closed"),
    )
    .join(_above, _above.id == Organisation.parent_id)
    .where(Organisation.slug == sa.bindparam("slug"), Organisation.kind == Kind.COMMUNITY.value)
)
_units = Look(
    sa.select(Organisation.name, Organisation.pinyin)
    .join(Pairing, Pairing.unit_id == Organisation.id)
    .where(
        Pairing.community_id == sa.bindparam("community_id"),
        Pairing.starts_on <= sa.bindparam("on"),
        sa.or_(Pairing.ends_on.is_(None), Pairing.ends_on >= sa.bindparam("on")),
    )
    .distinct()
    .order_by(Organisation.pinyin, Organisation.name)
)
_newest = Look(sa.select(sa.func.coalesce(sa.func.max(HourEntry.id), 0)))
_given = Look(
    sa.select(
        sa.func.coalesce(sa.func.sum(MonthlyTotal.minutes), 0),
        sa.func.coalesce(sa.func.sum(MonthlyTotal.occasions), 0),
        sa.func.count(MonthlyTotal.person_id.distinct()).filter(MonthlyTotal.minutes > 0),
    ).where(
        MonthlyTotal.recorder_id == sa.bindparam("community_id"),
        MonthlyTotal.month.between(sa.bindparam("first"), sa.bindparam("last")),
    )
)
_rolls = Look(
    sa.select(HonorRoll.month, HonorRoll.people, HonorRoll.minutes)
    .where(
        HonorRoll.organisation_id == sa.bindparam("community_id"),
        HonorRoll.kind == MONTHLY,
        HonorRoll.published_at.is_not(None),
        HonorRoll.withdrawn_at.is_(None),
    )
    .order_by(HonorRoll.month.desc())
    .limit(1)
)
