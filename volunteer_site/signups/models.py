"""Who takes part in what: places taken, places waited for, places given back."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key, only_where

REASON_LENGTH = 200


class Signup(Model):
    """报名: a person in a shift. Withdrawing keeps the row for the record.

    Waitlisted until `confirmed_at` is set, confirmed from then on, cancelled once
    `withdrawn_at` is set.
    """

    __tablename__ = "signups"
    __table_args__ = (
        sa.Index(
            "uq_signups_one_active_per_person",
            "activity_id",
            "person_id",
            unique=True,
            **only_where("withdrawn_at IS NULL"),
        ),
        sa.Index("ix_signups_person_id_starts_at", "person_id", "starts_at"),
        sa.Index(
            "ix_signups_waiting",
            "shift_id",
            "id",
            **only_where("confirmed_at IS NULL AND withdrawn_at IS NULL"),
        ),
        sa.CheckConstraint("source IN ('self','walk_in','proxy')", name="source_known"),
        sa.CheckConstraint("withdrawn_at >= signed_up_at", name="withdrawn_after_signup"),
        sa.CheckConstraint(f"length(withdrawal_reason) <= {REASON_LENGTH}", name="reason_length"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    activity_id: orm.Mapped[int] = foreign_key("activities.id")
    shift_id: orm.Mapped[int] = foreign_key("shifts.id")
    person_id: orm.Mapped[int] = foreign_key("people.id")
    starts_at: orm.Mapped[datetime]  # the shift's, to find clashes without a join
    ends_at: orm.Mapped[datetime]
    signed_up_at: orm.Mapped[datetime]
    source: orm.Mapped[str] = orm.mapped_column(default="self")
    added_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    confirmed_at: orm.Mapped[datetime | None]
    withdrawn_at: orm.Mapped[datetime | None]
    withdrawal_reason: orm.Mapped[str] = orm.mapped_column(default="")
