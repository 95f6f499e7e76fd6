"""Honor rolls and their lines, kinds of rolls of an office, and who wants to be left out of all."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key, only_where

TITLE_LENGTH = 20
SLUG_LENGTH = 30


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


class RollKind(Model):
    """A kind of roll beside the monthly one: what counts, how much, how many places, where."""

    __tablename__ = "roll_kinds"
    __table_args__ = (
        sa.Index(
            "uq_roll_kinds_one_open",
            "organisation_id",
            "slug",
            unique=True,
            **only_where("retired_at IS NULL"),
        ),
        sa.CheckConstraint(f"length(title) BETWEEN 1 AND {TITLE_LENGTH}", name="title_length"),
        sa.CheckConstraint(f"length(slug) BETWEEN 1 AND {SLUG_LENGTH}", name="slug_length"),
        sa.CheckConstraint("whose IN ('people','units','teams')", name="whose_known"),
        sa.CheckConstraint(
            "counts IN ('minutes','per_head','weeks','newcomers','year_weeks')",
            name="counts_known",
        ),
        sa.CheckConstraint("counts <> 'per_head' OR whose = 'units'", name="units_have_heads"),
        sa.CheckConstraint("counts <> 'newcomers' OR whose = 'people'", name="people_are_new"),
        sa.CheckConstraint("minimum >= 0", name="minimum_not_negative"),
        sa.CheckConstraint("most > 0", name="most_positive"),
        sa.CheckConstraint("edge IN ('all','none')", name="edge_known"),
        sa.CheckConstraint("name_order IN ('surname','full')", name="name_order_known"),
        sa.CheckConstraint("scope IN ('district','community','unit','all')", name="scope_known"),
        sa.CheckConstraint("retired_at >= created_at", name="retired_after_created"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")  # the district
    slug: orm.Mapped[str]  # in addresses: /honor-rolls/2026-11/liuxiang/newcomers
    title: orm.Mapped[str]  # 新人榜
    title_en: orm.Mapped[str] = orm.mapped_column(default="")
    whose: orm.Mapped[str] = orm.mapped_column(default=Whose.PEOPLE)
    counts: orm.Mapped[str] = orm.mapped_column(default=Counts.MINUTES)
    minimum: orm.Mapped[int]  # minutes or weeks, as is counted
    most: orm.Mapped[int | None]  # places; None: as many as reach the minimum
    edge: orm.Mapped[str] = orm.mapped_column(default=Edge.ALL)
    name_order: orm.Mapped[str] = orm.mapped_column(default="surname")
    scope: orm.Mapped[str]  # which places have it: district, community, unit or all
    created_at: orm.Mapped[datetime]
    created_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    retired_at: orm.Mapped[datetime | None]


class RollAbsence(Model):
    """Somebody does not want to stand on any roll, not even with a masked name (R40)."""

    __tablename__ = "roll_absences"
    __table_args__ = (
        sa.CheckConstraint("ended_at >= chosen_at", name="ends_after_it_was_chosen"),
        sa.Index(
            "uq_roll_absences_one_open",
            "person_id",
            unique=True,
            **only_where("ended_at IS NULL"),
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[int] = foreign_key("people.id")
    chosen_at: orm.Mapped[datetime]
    ended_at: orm.Mapped[datetime | None]
