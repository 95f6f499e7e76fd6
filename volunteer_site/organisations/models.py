"""The tree of organisations, and which unit helps which community."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key, only_where

NAME_LENGTH = 60
SLUG_LENGTH = 40


class Kind(StrEnum):
    """What a node of the tree is."""

    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    COMMUNITY = "community"
    POINT = "point"
    UNIT = "unit"
    TEAM = "team"


class Organisation(Model):
    """A node of the tree: 中心, 所, 站, 点, a paired unit or a team.

    `path` is `/1/4/17/`: the ids from the root down to this one, so that everything below a node
    is one range of an index.
    """

    __tablename__ = "organisations"
    __table_args__ = (
        sa.CheckConstraint(
            "kind IN ('district','subdistrict','community','point','unit','team')",
            name="kind_known",
        ),
        sa.CheckConstraint(f"length(name) BETWEEN 1 AND {NAME_LENGTH}", name="name_length"),
        sa.CheckConstraint(f"length(slug) BETWEEN 1 AND {SLUG_LENGTH}", name="slug_length"),
        sa.CheckConstraint(
            "(kind = 'district') = (parent_id IS NULL)", name="only_districts_on_top"
        ),
        sa.CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        sa.CheckConstraint("staff_count >= 0", name="staff_count_not_negative"),
        sa.Index("ix_organisations_kind_name", "kind", "name"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    kind: orm.Mapped[str]
    slug: orm.Mapped[str] = orm.mapped_column(unique=True)
    name: orm.Mapped[str]
    parent_id: orm.Mapped[int | None] = foreign_key("organisations.id")
    path: orm.Mapped[str] = orm.mapped_column(unique=True)
    pinyin: orm.Mapped[str] = orm.mapped_column(default="")  # liuxiangshequ
    initials: orm.Mapped[str] = orm.mapped_column(default="")  # lxsq
    address: orm.Mapped[str] = orm.mapped_column(default="")
    phone: orm.Mapped[str] = orm.mapped_column(default="")
    staff_count: orm.Mapped[int | None]  # of a unit, for hours a head (R61)
    created_at: orm.Mapped[datetime]
    closed_at: orm.Mapped[datetime | None]


class Pairing(Model):
    """结对: a unit helps a community, from a day until a day."""

    __tablename__ = "pairings"
    __table_args__ = (
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
        sa.Index(
            "uq_pairings_one_open",
            "unit_id",
            "community_id",
            unique=True,
            **only_where("ends_on IS NULL"),
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    unit_id: orm.Mapped[int] = foreign_key("organisations.id")
    community_id: orm.Mapped[int] = foreign_key("organisations.id")
    starts_on: orm.Mapped[date]
    ends_on: orm.Mapped[date | None]
    created_at: orm.Mapped[datetime]
