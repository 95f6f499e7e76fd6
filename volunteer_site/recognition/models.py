"""What hours are honoured with: badges and their awards, and the monthly honor roll."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key, only_where


class Badge(Model):
    """徽章: something to earn, with its rule as data: what is counted, over what, how many."""

    __tablename__ = "badges"
    __table_args__ = (
        sa.CheckConstraint("family IN ('basic','special')", name="family_known"),
        sa.CheckConstraint("threshold > 0", name="threshold_positive"),
        sa.CheckConstraint("over_period IN ('ever','year')", name="period_known"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    slug: orm.Mapped[str] = orm.mapped_column(unique=True)
    family: orm.Mapped[str]
    name_zh: orm.Mapped[str]
    name_en: orm.Mapped[str]
    sentence_zh: orm.Mapped[str]
    sentence_en: orm.Mapped[str]
    measure: orm.Mapped[str]  # weeks, minutes, category_minutes, recorders, entries, first_of_year
    category: orm.Mapped[str] = orm.mapped_column(default="")  # for category_minutes
    over_period: orm.Mapped[str]
    threshold: orm.Mapped[int]
    emblem: orm.Mapped[str]
    shape: orm.Mapped[str]
    tint: orm.Mapped[str]
    position: orm.Mapped[int]
    created_at: orm.Mapped[datetime]
    retired_at: orm.Mapped[datetime | None]


class Award(Model):
    """授予: a person was given a badge, once for each period it counts over."""

    __tablename__ = "awards"
    __table_args__ = (
        sa.Index(
            "uq_awards_once",
            "person_id",
            "badge_id",
            "period",
            unique=True,
            **only_where("withdrawn_at IS NULL"),
        ),
        sa.CheckConstraint("withdrawn_at >= awarded_at", name="withdrawn_after_awarded"),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR length(withdrawal_reason) > 0", name="withdrawn_with_a_reason"
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    badge_id: orm.Mapped[int] = foreign_key("badges.id")
    person_id: orm.Mapped[int] = foreign_key("people.id")
    period: orm.Mapped[str] = orm.mapped_column(default="")  # the year, for badges over a year
    earned_on: orm.Mapped[date]  # day of the service that earned it
    awarded_at: orm.Mapped[datetime]
    withdrawn_at: orm.Mapped[datetime | None]
    withdrawal_reason: orm.Mapped[str] = orm.mapped_column(default="")


class AwardEntry(Model):
    """A line of the ledger that an award rests on."""

    __tablename__ = "award_entries"

    award_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("awards.id"), primary_key=True)
    entry_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("hour_entries.id"), primary_key=True, index=True
    )


class NameShown(StrEnum):
    """How a person stands on a roll: by consent (R40, R41)."""

    FULL = "full"
    MASKED = "masked"


class HonorRoll(Model):
    """光荣榜: a month's recognition for a community, a unit or the district."""

    __tablename__ = "honor_rolls"
    __table_args__ = (
        sa.Index(
            "uq_honor_rolls_one_standing",
            "organisation_id",
            "month",
            unique=True,
            **only_where("withdrawn_at IS NULL"),
        ),
        sa.CheckConstraint("name_order IN ('surname','full')", name="name_order_known"),
        sa.CheckConstraint("minimum_minutes >= 0", name="minimum_not_negative"),
        sa.CheckConstraint("step_minutes > 0", name="step_positive"),
        sa.CheckConstraint("on_site_minutes BETWEEN 0 AND minutes", name="on_site_is_a_part"),
        sa.CheckConstraint(
            "(published_at IS NULL) = (number IS NULL)", name="numbered_when_published"
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR length(withdrawal_reason) > 0", name="withdrawn_with_a_reason"
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")
    month: orm.Mapped[str]
    cutoff_at: orm.Mapped[datetime]  # only entries recorded until then count (R39)
    minimum_minutes: orm.Mapped[int]
    name_order: orm.Mapped[str]
    step_minutes: orm.Mapped[int] = orm.mapped_column(default=30)  # hours are shown in steps (R4)
    people: orm.Mapped[int] = orm.mapped_column(default=0)
    minutes: orm.Mapped[int] = orm.mapped_column(default=0)
    on_site_minutes: orm.Mapped[int | None]  # scanned or ticked; None: made before it was counted
    prepared_at: orm.Mapped[datetime]
    prepared_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    number: orm.Mapped[str | None] = orm.mapped_column(unique=True)
    published_at: orm.Mapped[datetime | None]
    published_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    withdrawn_at: orm.Mapped[datetime | None]
    withdrawal_reason: orm.Mapped[str] = orm.mapped_column(default="")


class HonorRollLine(Model):
    """A person on a roll: the rank, and the name as it may be shown."""

    __tablename__ = "honor_roll_lines"
    __table_args__ = (
        sa.CheckConstraint("rank > 0", name="rank_positive"),
        sa.CheckConstraint("minutes > 0", name="minutes_positive"),
        sa.CheckConstraint("name_shown IN ('full','masked')", name="name_shown_known"),
        sa.UniqueConstraint("roll_id", "person_id", name="uq_honor_roll_lines_once"),
    )

    roll_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("honor_rolls.id"), primary_key=True)
    position: orm.Mapped[int] = orm.mapped_column(primary_key=True, autoincrement=False)
    rank: orm.Mapped[int]
    person_id: orm.Mapped[int] = foreign_key("people.id")
    name: orm.Mapped[str]  # as printed: whole, or masked
    name_shown: orm.Mapped[str]
    minutes: orm.Mapped[int]
    occasions: orm.Mapped[int]
    unit_name: orm.Mapped[str] = orm.mapped_column(default="")
