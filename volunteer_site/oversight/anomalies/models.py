"""What was found odd, what was asked and answered, and by which rules it is looked for."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.append_only import guard
from volunteer_site.core.db import Model, foreign_key

WORDS_LENGTH = 500


class Kind(StrEnum):
    """What may look odd (R20, gap idea 7)."""

    TWO_PLACES = "two_places"  # one person in two activities at the same time
    TOO_MANY = "too_many"  # more people than the activity had places
    BURST = "burst"  # many scans of one door in a moment
    ONE_DEVICE = "one_device"  # one phone for several people who are no family
    LATE_OUT = "late_out"  # checked out long after the end
    NIGHT = "night"  # a coordinator enters people at night
    LATE_SHARE = "late_share"  # a community suddenly enters much afterwards
    UNDER_CAP = "under_cap"  # day after day just under what needs an approval
    WALK_INS = "walk_ins"  # many who had not signed up
    NOT_THERE = "not_there"  # hours before registering or after leaving
    OWN_HOURS = "own_hours"  # a coordinator ticked themselves (R22)
    SPOT_CHECK = "spot_check"  # found wrong in a spot check, by no rule


class Answer(StrEnum):
    """What the office decided."""

    FINE = "fine"
    REVERSED = "reversed"


class AnomalyRule(Model):
    """The numbers of a rule in a district from a moment on; the newest row of a kind counts.

    A kind without a row goes by the numbers in `rules.py`.
    """

    __tablename__ = "anomaly_rules"
    __table_args__ = (
        sa.CheckConstraint("length(kind) > 0", name="kind_given"),
        sa.CheckConstraint("switched_off_at <= changed_at", name="switched_off_by_a_change"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")  # the district
    kind: orm.Mapped[str]
    numbers: orm.Mapped[dict[str, Any]]
    switched_off_at: orm.Mapped[datetime | None]
    changed_at: orm.Mapped[datetime]
    changed_by_id: orm.Mapped[int] = foreign_key("people.id")


class Anomaly(Model):
    """One finding, found once however often it is looked for; its question and the decision on it.

    `evidence` has the numbers of the rule and the marks (`attendance.id`) that it rests on.
    """

    __tablename__ = "anomalies"
    __table_args__ = (
        sa.UniqueConstraint("kind", "key", name="uq_anomalies_found_once"),
        sa.Index("ix_anomalies_kind_pattern", "kind", "pattern"),
        sa.CheckConstraint("length(kind) > 0 AND length(key) > 0", name="kind_and_key_given"),
        sa.CheckConstraint("weight >= 0", name="weight_not_negative"),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered_with_answer"),
        sa.CheckConstraint("answer IN ('fine','reversed')", name="answer_known"),
        sa.CheckConstraint("answer <> 'reversed' OR length(words) > 0", name="reversed_says_why"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    kind: orm.Mapped[str]
    key: orm.Mapped[str]
    pattern: orm.Mapped[str]  # what is fine once is not found again
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")  # the community
    activity_id: orm.Mapped[int | None] = foreign_key("activities.id")
    # not called person_id: the copy of their data that somebody may download must not tell
    about_id: orm.Mapped[int | None] = foreign_key("people.id")
    coordinator_id: orm.Mapped[int | None] = foreign_key("people.id")
    weight: orm.Mapped[int]  # the more, the more it matters
    evidence: orm.Mapped[dict[str, Any]]
    found_at: orm.Mapped[datetime]
    question_id: orm.Mapped[int | None] = foreign_key("questions.id")  # the latest
    answered_at: orm.Mapped[datetime | None]
    answered_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    answer: orm.Mapped[str | None]
    words: orm.Mapped[str] = orm.mapped_column(default="")


guard(AnomalyRule.__table__)
