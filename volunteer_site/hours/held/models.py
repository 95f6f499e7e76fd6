"""What somebody gave beyond a day's limit: kept whole, counted only when it was granted (R7)."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key, only_where


class Level(StrEnum):
    """Who may grant it."""

    COMMUNITY = "community"  # a second coordinator, or the office above
    OFFICE = "office"  # only the office


class Decision(StrEnum):
    """What the second person said."""

    GRANTED = "granted"
    REFUSED = "refused"


class HeldHours(Model):
    """Minutes of a service that wait, or waited, for a second person.

    They are in no sum. Granted, they become a line of the ledger whose source is "held" and whose
    source_id is this row; refused, they stay here with the reason. Nothing else ever changes.
    """

    __tablename__ = "held_hours"
    __table_args__ = (
        sa.UniqueConstraint("source", "source_id", "level", name="uq_held_hours_held_once"),
        sa.CheckConstraint("level IN ('community','office')", name="level_known"),
        sa.CheckConstraint("proof IN ('scanned','ticked','paper','late')", name="proof_known"),
        sa.CheckConstraint("decision IN ('granted','refused')", name="decision_known"),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided_at_a_moment"),
        sa.CheckConstraint(
            "decision IS NULL OR decision <> 'refused' OR length(answer) > 0",
            name="refusals_say_why",
        ),
        sa.CheckConstraint("minutes > 0", name="minutes_positive"),
        sa.CheckConstraint("started_at < ended_at", name="starts_before_it_ends"),
        sa.CheckConstraint("decided_at >= held_at", name="decided_after_held"),
        sa.Index("ix_held_hours_person_id_service_date", "person_id", "service_date"),
        sa.Index("ix_held_hours_waiting", "recorder_id", **only_where("decided_at IS NULL")),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[int]  # by number, no foreign key, as in the ledger (R45)
    recorder_id: orm.Mapped[int] = foreign_key("organisations.id")
    unit_id: orm.Mapped[int | None] = foreign_key("organisations.id")
    service_id: orm.Mapped[int] = foreign_key("service_records.id")
    source: orm.Mapped[str]  # of the credit it was cut from
    source_id: orm.Mapped[int]
    proof: orm.Mapped[str]
    service_date: orm.Mapped[date]
    started_at: orm.Mapped[datetime]
    ended_at: orm.Mapped[datetime]
    minutes: orm.Mapped[int]
    level: orm.Mapped[str]
    recorded_by_id: orm.Mapped[int | None]  # who may not be the one that grants it
    held_at: orm.Mapped[datetime]
    decided_at: orm.Mapped[datetime | None]
    decided_by_id: orm.Mapped[int | None]
    decision: orm.Mapped[str | None]
    answer: orm.Mapped[str] = orm.mapped_column(default="")
