"""A draw of a month's entries, and for each what was found (R29)."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key

WORDS_LENGTH = 300


class Result(StrEnum):
    """What looking at an entry gave."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"  # nobody could say


class SpotCheck(Model):
    """A draw: whose month, how many, by which seed; the same seed draws the same entries."""

    __tablename__ = "spot_checks"
    __table_args__ = (
        sa.UniqueConstraint(
            "organisation_id", "month", "drawn_by_id", name="uq_spot_checks_drawn_once"
        ),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name="percent_sensible"),
        sa.CheckConstraint("population >= 0", name="population_not_negative"),
        sa.CheckConstraint("length(seed) > 0", name="seed_given"),
        sa.CheckConstraint("published_at >= drawn_at", name="published_after_drawn"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")  # the district
    month: orm.Mapped[str]  # in which the entries were recorded: 2026-10
    percent: orm.Mapped[int]
    population: orm.Mapped[int]  # entries that could be drawn
    seal_day: orm.Mapped[date]  # the last sealed day of the month
    seal_digest: orm.Mapped[str]
    seed: orm.Mapped[str]
    drawn_at: orm.Mapped[datetime]
    drawn_by_id: orm.Mapped[int] = foreign_key("people.id")
    published_at: orm.Mapped[datetime | None]
    published_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    remark: orm.Mapped[str] = orm.mapped_column(default="")


class SpotCheckLine(Model):
    """One entry that was drawn, and what was found."""

    __tablename__ = "spot_check_lines"
    __table_args__ = (
        sa.UniqueConstraint("check_id", "position", name="uq_spot_check_lines_position"),
        sa.UniqueConstraint("check_id", "entry_id", name="uq_spot_check_lines_entry"),
        sa.CheckConstraint("position >= 1", name="position_from_one"),
        sa.CheckConstraint("result IN ('right','wrong','unknown')", name="result_known"),
        sa.CheckConstraint("result <> 'wrong' OR length(words) > 0", name="wrong_says_what"),
        sa.CheckConstraint("result IS NULL OR checked_at IS NOT NULL", name="checked_at_a_moment"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    check_id: orm.Mapped[int] = foreign_key("spot_checks.id")
    position: orm.Mapped[int]
    entry_id: orm.Mapped[int] = foreign_key("hour_entries.id")
    result: orm.Mapped[str | None]
    words: orm.Mapped[str] = orm.mapped_column(default="")
    checked_at: orm.Mapped[datetime | None]
    checked_by_id: orm.Mapped[int | None] = foreign_key("people.id")
