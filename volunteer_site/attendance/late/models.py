"""What is asked for afterwards, why, on what evidence, and what a second person said (R21)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import uploads
from volunteer_site.core.db import Model, foreign_key, only_where
from volunteer_site.hours.held.models import Decision

REASON_LENGTH = 300

__all__ = ["REASON_LENGTH", "Decision", "LateEntry"]


class LateEntry(Model):
    """A coordinator says that somebody was there; nothing counts before a second person agrees.

    At most one waits per person and activity.
    """

    __tablename__ = "late_entries"
    __table_args__ = (
        sa.Index(
            "uq_late_entries_one_waiting",
            "activity_id",
            "person_id",
            unique=True,
            **only_where("decided_at IS NULL AND withdrawn_at IS NULL"),
        ),
        sa.CheckConstraint("came_at < left_at", name="came_before_left"),
        sa.CheckConstraint(f"length(reason) BETWEEN 1 AND {REASON_LENGTH}", name="reason_length"),
        sa.CheckConstraint("length(evidence) > 0", name="evidence_given"),
        sa.CheckConstraint("asked_by_id <> person_id", name="not_for_oneself"),
        sa.CheckConstraint("decision IN ('granted','refused')", name="decision_known"),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided_at_a_moment"),
        sa.CheckConstraint(
            "decided_at IS NULL OR decided_by_id IS NOT NULL", name="decided_by_somebody"
        ),
        sa.CheckConstraint(
            "decided_by_id <> asked_by_id AND decided_by_id <> person_id",
            name="decided_by_a_second_person",
        ),
        sa.CheckConstraint(
            "decision IS NULL OR decision <> 'refused' OR length(answer) > 0",
            name="refusals_say_why",
        ),
        sa.CheckConstraint(
            "decided_at IS NULL OR withdrawn_at IS NULL", name="not_both_decided_and_withdrawn"
        ),
        sa.CheckConstraint("decided_at >= asked_at", name="decided_after_asked"),
        sa.CheckConstraint("withdrawn_at >= asked_at", name="withdrawn_after_asked"),
        sa.Index("ix_late_entries_person_id_asked_at", "person_id", "asked_at"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    activity_id: orm.Mapped[int] = foreign_key("activities.id")
    shift_id: orm.Mapped[int] = foreign_key("shifts.id")
    person_id: orm.Mapped[int] = foreign_key("people.id")
    came_at: orm.Mapped[datetime]
    left_at: orm.Mapped[datetime]
    reason: orm.Mapped[str]
    evidence: orm.Mapped[str] = uploads.name_column()
    asked_by_id: orm.Mapped[int] = foreign_key("people.id")
    asked_at: orm.Mapped[datetime]
    decided_at: orm.Mapped[datetime | None]
    decided_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    decision: orm.Mapped[str | None]
    answer: orm.Mapped[str] = orm.mapped_column(default="")
    withdrawn_at: orm.Mapped[datetime | None]
