"""What a community's page shows: where it is, who helps it, what it has on, what came of it."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import dates
from volunteer_site.core.cache import kept
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.models import HourEntry, MonthlyTotal
from volunteer_site.organisations.models import Kind, Organisation, Pairing
from volunteer_site.recognition.models import HonorRoll


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


class Roll(NamedTuple):
    """The newest honor roll that stands."""

    month: str
    people: int
    minutes: int


def about(slug: str) -> About:
    """Return the community with this address; raises NotFound."""
    above = orm.aliased(Organisation)
    asked = (
        sa.select(
            Organisation.id,
            Organisation.slug,
            Organisation.name,
            above.name,
            Organisation.address,
            Organisation.phone,
            Organisation.closed_at.is_not(None),
        )
        .join(above, above.id == Organisation.parent_id)
        .where(Organisation.slug == slug, Organisation.kind == Kind.COMMUNITY)
    )
    row = db.session.execute(asked).first()
    if row is None:
        raise NotFound(_("There is no such community. Look for it among the activities."))
    return About(*row)


def units(community_id: int, on: date) -> list[str]:
    """Return the names of the units that help the community on a day."""
    asked = (
        sa.select(Organisation.name)
        .join(Pairing, Pairing.unit_id == Organisation.id)
        .where(
            Pairing.community_id == community_id,
            Pairing.starts_on <= on,
            sa.or_(Pairing.ends_on.is_(None), Pairing.ends_on >= on),
        )
        .group_by(Organisation.id, Organisation.name, Organisation.pinyin)
        .order_by(Organisation.pinyin, Organisation.name)
    )
    return list(db.session.scalars(asked))


def given(community_id: int, today: date) -> Given:
    """Return what was served there this year; counted again when the ledger has grown."""
    newest = db.session.scalar(sa.select(sa.func.max(HourEntry.id))) or 0
    key = (community_id, today.year, newest)
    return kept("given", 256).get(key, lambda: _given(community_id, today))  # type: ignore[no-any-return]


def latest_roll(community_id: int) -> Roll | None:
    """Return the newest published honor roll that was not withdrawn."""
    asked = sa.select(HonorRoll.month, HonorRoll.people, HonorRoll.minutes).where(
        HonorRoll.organisation_id == community_id,
        HonorRoll.published_at.is_not(None),
        HonorRoll.withdrawn_at.is_(None),
    )
    row = db.session.execute(asked.order_by(HonorRoll.month.desc()).limit(1)).first()
    return Roll(*row) if row else None


def _given(community_id: int, today: date) -> Given:
    year = dates.month_of(today)[:4]
    asked = sa.select(
        sa.func.coalesce(sa.func.sum(MonthlyTotal.minutes), 0),
        sa.func.coalesce(sa.func.sum(MonthlyTotal.occasions), 0),
        sa.func.count(MonthlyTotal.person_id.distinct()).filter(MonthlyTotal.minutes > 0),
    ).where(
        MonthlyTotal.recorder_id == community_id,
        MonthlyTotal.month.between(f"{year}-01", f"{year}-12"),
    )
    minutes, occasions, people = db.session.execute(asked).one()
    return Given(int(minutes), int(occasions), int(people))
