"""How much of the hours is known in which way: the share that was scanned or ticked on site."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours.models import HourEntry, Proof

ON_SITE = (Proof.SCANNED.value, Proof.TICKED.value)  # seen by a person or a code, at the door


class Shares(NamedTuple):
    """Minutes by proof; they add up to the minutes of the entries, reversals taken off."""

    scanned: int = 0
    ticked: int = 0
    paper: int = 0
    late: int = 0

    @property
    def minutes(self) -> int:
        """Return all minutes, however they are known."""
        return sum(self)

    @property
    def on_site(self) -> int:
        """Return the minutes that were scanned or ticked at the door."""
        return self.scanned + self.ticked

    def __add__(self, other: "Shares") -> "Shares":  # type: ignore[override]
        """Return both together."""
        return Shares(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def of(self, proof: str) -> int:
        """Return the minutes that are known in this way."""
        return int(getattr(self, proof))


def percent(part: int, whole: int) -> int:
    """Return how many in a hundred, rounded down: 100 only if it is all of it; 0 of nothing."""
    return max(part, 0) * 100 // whole if whole > 0 else 0


def of_person(person_id: int) -> Shares:
    """Return the minutes by proof of everything that somebody has given."""
    return _shares(HourEntry.person_id == person_id)


def of_recorder(recorder_id: int, first: str, last: str) -> Shares:
    """Return the minutes by proof of what a community recorded in months, both included."""
    return _shares(HourEntry.recorder_id == recorder_id, HourEntry.month.between(first, last))


def sums() -> tuple[sa.ColumnElement[Any], ...]:
    """Return the columns that add minutes up by proof, in the order of `Shares`."""
    return tuple(
        sa.func.coalesce(sa.func.sum(HourEntry.minutes).filter(HourEntry.proof == proof.value), 0)
        for proof in Proof
    )


def _shares(*conditions: sa.ColumnElement[bool]) -> Shares:
    row = db.session.execute(sa.select(*sums()).where(*conditions)).one()
    return Shares(*map(int, row))
