"""How much of a month was entered late, community by community; everybody may see it (R21)."""

from typing import NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours.models import HourEntry, Proof
from volunteer_site.organisations.models import Kind, Organisation


class Share(NamedTuple):
    """What a community recorded in a month, and how much of it was entered late."""

    slug: str
    name: str
    kind: str
    minutes: int
    late: int

    @property
    def percent(self) -> float:
        """Return the late part in per cent, to one digit."""
        return round(100 * self.late / self.minutes, 1) if self.minutes else 0.0


def of_month(top: str, month: str) -> list[Share]:
    """Return the shares of all communities of a district (`top` is its path), ordered by name.

    Other organisations are in it if they recorded anything. Reversals are taken off.
    """
    entered = sa.and_(HourEntry.recorder_id == Organisation.id, HourEntry.month == month)
    late = sa.case((HourEntry.proof == Proof.LATE, HourEntry.minutes), else_=0)
    minutes = sa.func.coalesce(sa.func.sum(HourEntry.minutes), 0)
    asked = (
        sa.select(
            Organisation.slug,
            Organisation.name,
            Organisation.kind,
            minutes,
            sa.func.coalesce(sa.func.sum(late), 0),
        )
        .outerjoin(HourEntry, entered)
        .where(Organisation.path.startswith(top))
        .group_by(Organisation.id)
        .having(sa.or_(Organisation.kind == Kind.COMMUNITY, minutes > 0))
        .order_by(Organisation.pinyin, Organisation.id)
    )
    return [
        Share(slug, name, kind, int(whole), int(part))
        for slug, name, kind, whole, part in db.session.execute(asked)
    ]


def total(shares: list[Share]) -> Share:
    """Return all of them together."""
    minutes, late = (sum(getattr(one, name) for one in shares) for name in ("minutes", "late"))
    return Share("", "", "", minutes, late)


def districts(organisation_ids: list[int], paths: list[str]) -> list[str]:
    """Return the paths of the districts in which somebody lives, works or holds a role."""
    known = sa.select(Organisation.path).where(Organisation.id.in_(organisation_ids))
    found = [*paths, *(db.session.scalars(known) if organisation_ids else ())]
    return sorted({"/".join(path.split("/")[:2]) + "/" for path in found})


def everywhere() -> list[str]:
    """Return the paths of all districts."""
    asked = sa.select(Organisation.path).where(Organisation.kind == Kind.DISTRICT)
    return list(db.session.scalars(asked.order_by(Organisation.path)))
