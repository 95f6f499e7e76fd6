"""Kinds of rolls that an office has defined, and who wants to be left out of all of them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key, only_where
from volunteer_site.recognition.models import Counts, Edge, Whose

TITLE_LENGTH = 20
SLUG_LENGTH = 30


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
