"""The office's numbers of a month or a year: sums of the ledger's lines, and of nothing else.

What the pages of communities, units and the district show cannot differ, as each is the sum of
the same lines (gap idea 21); the query is shown beside the numbers (`QUERY`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import db
from volunteer_site.hours import proofs
from volunteer_site.hours.models import HourEntry
from volunteer_site.hours.proofs import Shares
from volunteer_site.hours.queries import occasions_of
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below

QUERY = """\
SELECT recorder_id, proof, SUM(minutes)
FROM hour_entries
WHERE month BETWEEN '{first}' AND '{last}'
GROUP BY recorder_id, proof;"""


class Line(NamedTuple):
    """What was served somewhere: reversals are taken off."""

    name: str
    slug: str
    people: int
    occasions: int
    shares: Shares

    @property
    def minutes(self) -> int:
        """Return the minutes of all entries."""
        return self.shares.minutes


@dataclass(frozen=True)
class Numbers:
    """Communities and units side by side, with what they add up to."""

    communities: list[Line]
    units: list[Line]
    total: Line


def of_months(paths: Iterable[str], first: str, last: str) -> Numbers:
    """Return the numbers of these months, both included, below these paths; three queries."""
    paths = tuple(paths)
    return Numbers(
        _by(HourEntry.recorder_id, paths, (first, last)),
        _by(HourEntry.unit_id, paths, (first, last)),
        _total(paths, (first, last)),
    )


def _by(
    whose: orm.InstrumentedAttribute[int] | orm.InstrumentedAttribute[int | None],
    paths: tuple[str, ...],
    months: tuple[str, str],
) -> list[Line]:
    place = orm.aliased(Organisation)
    asked = (
        sa.select(place.name, place.slug, *_counted())
        .select_from(HourEntry)
        .join(Organisation, Organisation.id == HourEntry.recorder_id)
        .join(place, place.id == whose)
        .where(HourEntry.month.between(*months), at_or_below(paths))
        .group_by(place.id)
        .order_by(place.pinyin, place.name)
    )
    return [_line(*row) for row in db.session.execute(asked)]


def _total(paths: tuple[str, ...], months: tuple[str, str]) -> Line:
    asked = (
        sa.select(sa.literal(""), sa.literal(""), *_counted())
        .join(Organisation, Organisation.id == HourEntry.recorder_id)
        .where(HourEntry.month.between(*months), at_or_below(paths))
    )
    return _line(*db.session.execute(asked).one())


def _counted() -> tuple[sa.ColumnElement[int], ...]:
    occasions = sa.func.coalesce(sa.func.sum(occasions_of(HourEntry.minutes)), 0)
    return (sa.func.count(HourEntry.person_id.distinct()), occasions, *proofs.sums())


def _line(name: str, slug: str, people: int, occasions: int, *minutes: int) -> Line:
    return Line(name, slug, people, int(occasions), Shares(*map(int, minutes)))
