"""How much of the hours is known in which way: the share that was scanned or ticked on site."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
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


def shares_of(by_proof: Mapping[str, int]) -> Shares:
    """Return the shares of minutes that were added up by proof."""
    return Shares(**{proof.value: int(by_proof.get(proof.value) or 0) for proof in Proof})


def proof_shares(
    *,
    person_id: int | None = None,
    recorder_ids: Collection[int] | None = None,
    unit_ids: Collection[int] | None = None,
    months: tuple[str, str] | None = None,
    cutoff_at: datetime | None = None,
) -> Shares:
    """Return the minutes by proof of the entries that fulfil all that is said.

    `months` are the first and the last, both included; with `cutoff_at` only what was recorded
    until then, so that the same cut-off always gives the same shares (R39).
    """
    conditions: list[sa.ColumnElement[bool]] = []
    if person_id is not None:
        conditions.append(HourEntry.person_id == person_id)
    if recorder_ids is not None:
        conditions.append(HourEntry.recorder_id.in_(recorder_ids))
    if unit_ids is not None:
        conditions.append(HourEntry.unit_id.in_(unit_ids))
    if months is not None:
        conditions.append(HourEntry.month.between(*months))
    if cutoff_at is not None:
        conditions.append(HourEntry.recorded_at <= cutoff_at)
    asked = sa.select(HourEntry.proof, sa.func.sum(HourEntry.minutes)).where(*conditions)
    rows = db.session.execute(asked.group_by(HourEntry.proof))
    return shares_of({proof: minutes for proof, minutes in rows})  # noqa: C416 -- typed


def sums() -> tuple[sa.ColumnElement[Any], ...]:
    """Return the columns that add minutes up by proof, in the order of `Shares`."""
    return tuple(
        sa.func.coalesce(sa.func.sum(HourEntry.minutes).filter(HourEntry.proof == proof.value), 0)
        for proof in Proof
    )


def added(shares: Iterable[Shares]) -> Shares:
    """Return all of these together."""
    return Shares(*(sum(column) for column in zip(Shares(), *shares, strict=True)))
