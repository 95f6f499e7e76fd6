"""What hours are honoured with: badges, and the awards of them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key, only_where


class Badge(Model):
    """徽章: something to earn, with its rule as data: what is counted, over what, how many.

    Without a measure it counts nothing: people give it by hand.
    """

    __tablename__ = "badges"
    __table_args__ = (
        sa.CheckConstraint("family IN ('basic','special')", name="family_known"),
        sa.CheckConstraint("threshold > 0", name="threshold_positive"),
        sa.CheckConstraint("over_period IN ('ever','year','season','dates')", name="period_known"),
        sa.CheckConstraint(
            "length(first_day) = length(last_day) AND length(first_day) = "
            "CASE over_period WHEN 'season' THEN 5 WHEN 'dates' THEN 10 ELSE 0 END",
            name="period_has_its_days",
        ),
        sa.CheckConstraint(
            "over_period <> 'dates' OR first_day <= last_day", name="dates_in_their_order"
        ),
        sa.CheckConstraint("approved_at >= proposed_at", name="approved_after_proposed"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    slug: orm.Mapped[str] = orm.mapped_column(unique=True)
    family: orm.Mapped[str]
    name_zh: orm.Mapped[str]
    name_en: orm.Mapped[str]
    sentence_zh: orm.Mapped[str]
    sentence_en: orm.Mapped[str]
    measure: orm.Mapped[str]  # one of measures.MEASURES; "" for given by hand
    category: orm.Mapped[str] = orm.mapped_column(default="")  # only this kind of work counts
    programme: orm.Mapped[str] = orm.mapped_column(default="", server_default="")  # in the title
    organisation_id: orm.Mapped[int | None] = foreign_key("organisations.id")  # only there; or all
    over_period: orm.Mapped[str]
    first_day: orm.Mapped[str] = orm.mapped_column(default="", server_default="")  # 03-01, each
    last_day: orm.Mapped[str] = orm.mapped_column(default="", server_default="")  # year; or a date
    threshold: orm.Mapped[int]
    emblem: orm.Mapped[str]
    shape: orm.Mapped[str]
    tint: orm.Mapped[str]
    position: orm.Mapped[int]
    design_id: orm.Mapped[int | None] = foreign_key("designs.id")  # drawn by people: which one
    designer: orm.Mapped[str] = orm.mapped_column(default="", server_default="")  # as published
    created_at: orm.Mapped[datetime]
    created_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    proposed_at: orm.Mapped[datetime | None]  # None: nobody had to be asked
    proposed_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    approved_at: orm.Mapped[datetime | None]
    approved_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    retired_at: orm.Mapped[datetime | None]

    @property
    def given_by_hand(self) -> bool:
        """Tell whether people award it; such a badge counts nothing."""
        return not self.measure


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
        sa.CheckConstraint("given_by_id <> person_id", name="not_given_to_oneself"),
        sa.CheckConstraint(
            "citation = '' OR given_by_id IS NOT NULL", name="cited_when_given_by_hand"
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    badge_id: orm.Mapped[int] = foreign_key("badges.id")
    person_id: orm.Mapped[int] = foreign_key("people.id")
    period: orm.Mapped[str] = orm.mapped_column(default="")  # the year, where it can come again
    earned_on: orm.Mapped[date]  # day of the service that earned it
    awarded_at: orm.Mapped[datetime]
    citation: orm.Mapped[str] = orm.mapped_column(default="", server_default="")  # given by hand
    given_by_id: orm.Mapped[int | None] = foreign_key("people.id")  # None: by the rule
    withdrawn_at: orm.Mapped[datetime | None]
    withdrawal_reason: orm.Mapped[str] = orm.mapped_column(default="")


class AwardEntry(Model):
    """A line of the ledger that an award rests on."""

    __tablename__ = "award_entries"

    award_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("awards.id"), primary_key=True)
    entry_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("hour_entries.id"), primary_key=True, index=True
    )
