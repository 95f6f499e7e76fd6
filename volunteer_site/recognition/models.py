"""What hours are honoured with: badges and their awards, and the monthly honor roll."""

from datetime import date, datetime
from enum import StrEnum

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


class NameShown(StrEnum):
    """How a person stands on a roll: by consent (R40, R41)."""

    FULL = "full"
    MASKED = "masked"


class Whose(StrEnum):
    """Whom a roll honours."""

    PEOPLE = "people"
    UNITS = "units"
    TEAMS = "teams"


class Counts(StrEnum):
    """What puts somebody on a roll."""

    MINUTES = "minutes"  # of the month
    PER_HEAD = "per_head"  # of a unit: minutes of the month by its registered staff (R61)
    WEEKS = "weeks"  # of the month in which they served
    NEWCOMERS = "newcomers"  # minutes of the month, of those who never served before it
    YEAR_WEEKS = "year_weeks"  # of the last 52 weeks in which they served


class Edge(StrEnum):
    """What happens to those who share the last place of a roll with too few places (R69)."""

    ALL = "all"  # all of them are on it
    NONE = "none"  # none of them is


MONTHLY = "volunteers"  # the kind of roll that every place has


class HonorRoll(Model):
    """光荣榜: a month's recognition for a community, a unit or the district.

    It keeps the terms of its kind, so that a kind changed later changes nothing published.
    """

    __tablename__ = "honor_rolls"
    __table_args__ = (
        sa.Index(
            "uq_honor_rolls_one_standing",
            "organisation_id",
            "month",
            "kind",
            unique=True,
            **only_where("withdrawn_at IS NULL"),
        ),
        sa.CheckConstraint("whose IN ('people','units','teams')", name="whose_known"),
        sa.CheckConstraint(
            "counts IN ('minutes','per_head','weeks','newcomers','year_weeks')",
            name="counts_known",
        ),
        sa.CheckConstraint("counts <> 'per_head' OR whose = 'units'", name="units_have_heads"),
        sa.CheckConstraint("edge IN ('all','none')", name="edge_known"),
        sa.CheckConstraint("most > 0", name="most_positive"),
        sa.CheckConstraint("minimum_weeks BETWEEN 0 AND 52", name="minimum_weeks_known"),
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
    kind: orm.Mapped[str] = orm.mapped_column(default=MONTHLY, server_default=MONTHLY)
    title: orm.Mapped[str] = orm.mapped_column(default="", server_default="")
    title_en: orm.Mapped[str] = orm.mapped_column(default="", server_default="")
    whose: orm.Mapped[str] = orm.mapped_column(default=Whose.PEOPLE, server_default="people")
    counts: orm.Mapped[str] = orm.mapped_column(default=Counts.MINUTES, server_default="minutes")
    minimum_weeks: orm.Mapped[int] = orm.mapped_column(default=0, server_default="0")
    most: orm.Mapped[int | None]  # places; None: as many as reach the minimum
    edge: orm.Mapped[str] = orm.mapped_column(default=Edge.ALL, server_default="all")
    cutoff_at: orm.Mapped[datetime]  # only entries recorded until then count (R39)
    minimum_minutes: orm.Mapped[int]
    name_order: orm.Mapped[str]
    step_minutes: orm.Mapped[int] = orm.mapped_column(default=30)  # hours are shown in steps (R4)
    people: orm.Mapped[int] = orm.mapped_column(default=0)
    minutes: orm.Mapped[int] = orm.mapped_column(default=0)
    on_site_minutes: orm.Mapped[int | None]  # scanned or ticked; None: made before it was counted
    prepared_at: orm.Mapped[datetime]
    prepared_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    notice_id: orm.Mapped[int | None] = foreign_key("public_notices.id")  # R42
    number: orm.Mapped[str | None] = orm.mapped_column(unique=True)
    published_at: orm.Mapped[datetime | None]
    published_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    withdrawn_at: orm.Mapped[datetime | None]
    withdrawal_reason: orm.Mapped[str] = orm.mapped_column(default="")


class HonorRollLine(Model):
    """A person, unit or team on a roll: the rank, and the name as it may be shown."""

    __tablename__ = "honor_roll_lines"
    __table_args__ = (
        sa.CheckConstraint("rank > 0", name="rank_positive"),
        sa.CheckConstraint("minutes > 0", name="minutes_positive"),
        sa.CheckConstraint("value >= 0", name="value_not_negative"),
        sa.CheckConstraint("name_shown IN ('full','masked')", name="name_shown_known"),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR organisation_id IS NOT NULL", name="of_somebody"
        ),
        sa.UniqueConstraint("roll_id", "person_id", name="uq_honor_roll_lines_once"),
        sa.UniqueConstraint(
            "roll_id", "organisation_id", name="uq_honor_roll_lines_organisation_once"
        ),
    )

    roll_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("honor_rolls.id"), primary_key=True)
    position: orm.Mapped[int] = orm.mapped_column(primary_key=True, autoincrement=False)
    rank: orm.Mapped[int]
    person_id: orm.Mapped[int | None] = foreign_key("people.id")
    organisation_id: orm.Mapped[int | None] = foreign_key("organisations.id")  # a unit or team
    name: orm.Mapped[str]  # as printed: whole, or masked
    name_shown: orm.Mapped[str]
    minutes: orm.Mapped[int]
    occasions: orm.Mapped[int]
    value: orm.Mapped[int] = orm.mapped_column(default=0, server_default="0")  # weeks, or a head's
    unit_name: orm.Mapped[str] = orm.mapped_column(default="")
