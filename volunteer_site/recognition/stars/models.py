"""星级评定: the scale as the office has set it, applications, and what the office decided later."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.append_only import guard
from volunteer_site.core.db import Model, foreign_key, only_where
from volunteer_site.recognition.stars.scale import MOST

REASON_LENGTH = 200
MOST_HOURS = 100_000
MOST_DAYS = 3_650


class StarLevel(Model):
    """A line of the scale, from a moment until another one replaces it."""

    __tablename__ = "star_levels"
    __table_args__ = (
        sa.CheckConstraint(f"level BETWEEN 1 AND {MOST}", name="level_known"),
        sa.CheckConstraint(f"hours BETWEEN 1 AND {MOST_HOURS}", name="hours_sensible"),
        sa.CheckConstraint(f"days BETWEEN 0 AND {MOST_DAYS}", name="days_sensible"),
        sa.CheckConstraint("replaced_at >= set_at", name="replaced_after_set"),
        sa.Index(
            "uq_star_levels_one_valid", "level", unique=True, **only_where("replaced_at IS NULL")
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    level: orm.Mapped[int]
    hours: orm.Mapped[int]
    days: orm.Mapped[int]  # since the star before was awarded
    set_at: orm.Mapped[datetime]
    set_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    replaced_at: orm.Mapped[datetime | None]


class StarApplication(Model):
    """An application for the next star, and the star itself once it is awarded."""

    __tablename__ = "star_applications"
    __table_args__ = (
        sa.CheckConstraint(f"level BETWEEN 1 AND {MOST}", name="level_known"),
        sa.CheckConstraint("minutes >= needed_minutes", name="hours_enough"),
        sa.CheckConstraint("refused_at IS NULL OR awarded_at IS NULL", name="refused_or_awarded"),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR (awarded_at IS NULL AND refused_at IS NULL)",
            name="withdrawn_before_the_end",
        ),
        sa.CheckConstraint(
            "awarded_at IS NULL OR (number IS NOT NULL AND awarded_by_id IS NOT NULL "
            "AND noticed_by_id IS NOT NULL)",
            name="awarded_by_two",
        ),
        sa.CheckConstraint("awarded_by_id <> noticed_by_id", name="second_person"),
        sa.CheckConstraint("noticed_by_id <> person_id", name="not_noticed_by_oneself"),
        sa.CheckConstraint("awarded_by_id <> person_id", name="not_awarded_by_oneself"),
        sa.CheckConstraint("refused_by_id <> person_id", name="not_refused_by_oneself"),
        sa.CheckConstraint(
            "refused_at IS NULL OR length(refusal_reason) > 0", name="refused_with_a_reason"
        ),
        sa.CheckConstraint("revoked_at >= awarded_at", name="revoked_after_awarded"),
        sa.Index(
            "uq_star_applications_one_open",
            "person_id",
            unique=True,
            **only_where("awarded_at IS NULL AND refused_at IS NULL AND withdrawn_at IS NULL"),
        ),
        sa.Index(
            "uq_star_applications_one_star",
            "person_id",
            "level",
            unique=True,
            **only_where("awarded_at IS NOT NULL AND revoked_at IS NULL"),
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[int] = foreign_key("people.id")
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")  # whose desk it is on
    level: orm.Mapped[int]
    needed_minutes: orm.Mapped[int]  # by the scale of that day
    minutes: orm.Mapped[int]  # given in all; at the award those of that day
    applied_at: orm.Mapped[datetime]
    withdrawn_at: orm.Mapped[datetime | None]
    notice_id: orm.Mapped[int | None] = foreign_key("public_notices.id")
    noticed_at: orm.Mapped[datetime | None]
    noticed_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    refused_at: orm.Mapped[datetime | None]
    refused_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    refusal_reason: orm.Mapped[str] = orm.mapped_column(default="")
    number: orm.Mapped[str | None] = orm.mapped_column(unique=True)  # S2026-00017
    awarded_at: orm.Mapped[datetime | None]
    awarded_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    revoked_at: orm.Mapped[datetime | None]


class Outcome(StrEnum):
    """What the office decided when the hours were no longer enough."""

    KEPT = "kept"
    REVOKED = "revoked"


class StarReview(Model):
    """The office looked at an awarded star: it stays, or it is revoked, always with a reason."""

    __tablename__ = "star_reviews"
    __table_args__ = (
        sa.CheckConstraint("outcome IN ('kept','revoked')", name="outcome_known"),
        sa.CheckConstraint(f"length(reason) BETWEEN 1 AND {REASON_LENGTH}", name="reason_length"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    application_id: orm.Mapped[int] = foreign_key("star_applications.id")
    minutes: orm.Mapped[int]  # the person's hours when it was decided
    outcome: orm.Mapped[str]
    reason: orm.Mapped[str]
    decided_at: orm.Mapped[datetime]
    decided_by_id: orm.Mapped[int] = foreign_key("people.id")


class StarBar(Model):
    """Nobody may apply for a star for a while whose hours were proven false (standards 1.7)."""

    __tablename__ = "star_bars"
    __table_args__ = (
        sa.CheckConstraint(f"length(reason) BETWEEN 1 AND {REASON_LENGTH}", name="reason_length"),
        sa.CheckConstraint("decided_by_id <> person_id", name="not_decided_by_oneself"),
        sa.CheckConstraint(
            "lifted_at IS NULL OR length(lifting_reason) > 0", name="lifted_with_a_reason"
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[int] = foreign_key("people.id")
    until: orm.Mapped[date]  # the last day on which they may not
    reason: orm.Mapped[str]
    decided_at: orm.Mapped[datetime]
    decided_by_id: orm.Mapped[int] = foreign_key("people.id")
    lifted_at: orm.Mapped[datetime | None]
    lifted_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    lifting_reason: orm.Mapped[str] = orm.mapped_column(default="")


guard(StarReview.__table__)
