"""Which kinds of rolls a place has, and ready-made ones to begin with."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.organisations.models import Organisation
from volunteer_site.recognition.rolls import rule
from volunteer_site.recognition.rolls.models import MONTHLY, Counts, RollKind, Whose
from volunteer_site.recognition.rolls.rule import Terms, What

EVERYWHERE = "all"


class Pattern(NamedTuple):
    """A ready-made kind that an office takes over and changes as it likes."""

    slug: str
    title: str
    title_en: str
    whose: str
    counts: str
    minimum: int
    most: int | None
    scope: str


PATTERNS = (
    Pattern("units", "结对单位光荣榜", "Units of the month", Whose.UNITS, Counts.MINUTES, 60, 10,
            "district"),
    Pattern("units-per-head", "单位人均时长榜", "Units, by staff", Whose.UNITS, Counts.PER_HEAD, 1,
            10, "district"),
    Pattern("units-weeks", "单位周周到岗榜", "Units every week", Whose.UNITS, Counts.WEEKS, 4,
            None, "district"),
    Pattern("teams", "志愿服务队光荣榜", "Teams of the month", Whose.TEAMS, Counts.MINUTES, 60, 10,
            "district"),
    Pattern("newcomers", "志愿新人榜", "Newcomers", Whose.PEOPLE, Counts.NEWCOMERS, 60, None,
            EVERYWHERE),
    Pattern("faithful", "常年坚守榜", "A year of weeks", Whose.PEOPLE, Counts.YEAR_WEEKS, 26, None,
            "district"),
)  # fmt: skip


def of_office(district_ids: list[int]) -> list[RollKind]:
    """Return the kinds that these districts have now, in the order in which they were made."""
    asked = sa.select(RollKind).where(
        RollKind.organisation_id.in_(district_ids), RollKind.retired_at.is_(None)
    )
    return list(db.session.scalars(asked.order_by(RollKind.id)))


def at(organisation: Organisation) -> list[RollKind]:
    """Return the kinds that a place has beside the monthly roll."""
    return [
        kind
        for kind in of_office([district_of(organisation)])
        if kind.scope in {organisation.kind, EVERYWHERE}
    ]


def find(organisation: Organisation, slug: str) -> RollKind | None:
    """Return a kind that a place has; nothing for the monthly roll or one that was taken out."""
    if slug == MONTHLY:
        return None
    return next((kind for kind in at(organisation) if kind.slug == slug), None)


def terms(kind: RollKind, cutoff_at: datetime, unit: int) -> Terms:
    """Return by which terms a roll of this kind is made."""
    weeks = kind.counts in rule.IN_WEEKS
    what = What(
        kind.slug, kind.title, kind.title_en, kind.whose, kind.counts,
        kind.minimum if weeks else 0, kind.most, kind.edge,
    )  # fmt: skip
    order: Any = kind.name_order if kind.whose == Whose.PEOPLE else "full"
    return Terms(cutoff_at, 0 if weeks else kind.minimum, order, unit, what)


def district_of(organisation: Organisation) -> int:
    """Return the number of the district a place belongs to."""
    return int(organisation.path.split("/")[1])
