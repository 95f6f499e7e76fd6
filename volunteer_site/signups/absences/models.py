"""请假 and 缺席: who told that they cannot come, who did not, and who says that this is wrong."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key, only_where

REASON_LENGTH = 200
APPEAL_LENGTH = 500


class Cleared(StrEnum):
    """Why a no-show does not count any more."""

    EXCUSE = "excuse"
    CAME = "came"  # they were there after all
    APPEAL = "appeal"


class Stage(StrEnum):
    """Who answers an appeal: the activity's coordinators, and after a refusal the office."""

    COORDINATOR = "coordinator"
    OFFICE = "office"


class Excuse(Model):
    """请假: somebody with a place cannot come. Taking it back keeps the row."""

    __tablename__ = "excuses"
    __table_args__ = (
        sa.Index(
            "uq_excuses_one_standing",
            "activity_id",
            "person_id",
            unique=True,
            **only_where("withdrawn_at IS NULL"),
        ),
        sa.CheckConstraint("withdrawn_at >= given_at", name="withdrawn_after_given"),
        sa.CheckConstraint(f"length(reason) <= {REASON_LENGTH}", name="reason_length"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    activity_id: orm.Mapped[int] = foreign_key("activities.id")
    person_id: orm.Mapped[int] = foreign_key("people.id")
    reason: orm.Mapped[str] = orm.mapped_column(default="")
    given_at: orm.Mapped[datetime]
    given_by_id: orm.Mapped[int] = foreign_key("people.id")
    withdrawn_at: orm.Mapped[datetime | None]
    withdrawn_by_id: orm.Mapped[int | None] = foreign_key("people.id")


class NoShow(Model):
    """缺席: had a place, was not excused and never checked in. Counts until it is cleared."""

    __tablename__ = "no_shows"
    __table_args__ = (
        sa.UniqueConstraint("activity_id", "person_id", name="uq_no_shows_one_per_person"),
        sa.Index(
            "ix_no_shows_counting",
            "person_id",
            "service_date",
            **only_where("cleared_at IS NULL"),
        ),
        sa.CheckConstraint(
            "cleared_because IN ('excuse','came','appeal')", name="cleared_because_known"
        ),
        sa.CheckConstraint(
            "(cleared_at IS NULL) = (cleared_because IS NULL)", name="cleared_says_why"
        ),
        sa.CheckConstraint("cleared_at >= noted_at", name="cleared_after_noted"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    activity_id: orm.Mapped[int] = foreign_key("activities.id")
    person_id: orm.Mapped[int] = foreign_key("people.id")
    service_date: orm.Mapped[date]
    noted_at: orm.Mapped[datetime]
    cleared_at: orm.Mapped[datetime | None]
    cleared_because: orm.Mapped[str | None]
    cleared_by_id: orm.Mapped[int | None] = foreign_key("people.id")


class Appeal(Model):
    """申诉: the person says why a no-show should not count; answered once, with a reason."""

    __tablename__ = "no_show_appeals"
    __table_args__ = (
        sa.UniqueConstraint("no_show_id", "stage", name="uq_no_show_appeals_one_per_stage"),
        sa.CheckConstraint("stage IN ('coordinator','office')", name="stage_known"),
        sa.CheckConstraint(f"length(words) BETWEEN 0 AND {APPEAL_LENGTH}", name="words_length"),
        sa.CheckConstraint("(answered_at IS NULL) = (upheld IS NULL)", name="answer_says_which"),
        sa.CheckConstraint("answered_at IS NULL OR length(answer) > 0", name="answer_says_why"),
        sa.CheckConstraint("answered_at >= made_at", name="answered_after_made"),
        sa.Index("ix_no_show_appeals_open", "stage", **only_where("answered_at IS NULL")),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    no_show_id: orm.Mapped[int] = foreign_key("no_shows.id")
    person_id: orm.Mapped[int] = foreign_key("people.id")  # whose absence it is, and whose words
    stage: orm.Mapped[str]
    words: orm.Mapped[str]
    made_at: orm.Mapped[datetime]
    answered_at: orm.Mapped[datetime | None]
    answered_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    answer: orm.Mapped[str] = orm.mapped_column(default="")
    upheld: orm.Mapped[bool | None]  # True: the no-show does not count
