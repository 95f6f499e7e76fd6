"""异议: what a person says is wrong with their hours, and how it was answered."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key, only_where

WORDS_LENGTH = 500
MOST_MINUTES = 24 * 60
SENTENCE = 8  # characters that a refusal's reason has at least

OPEN = (
    "withdrawn_at IS NULL AND decided_at IS NULL AND "
    "(answered_at IS NULL OR (decision = 'refused' AND escalated_at IS NOT NULL))"
)


class Wish(StrEnum):
    """What the person says is wrong."""

    MINUTES = "minutes"  # there, but not for so long or so short
    ABSENT = "absent"  # "I was not there"
    OTHER = "other"  # in words
    MISSING = "missing"  # there, but there is no entry


class Decision(StrEnum):
    """How it was answered."""

    AGREED = "agreed"
    REFUSED = "refused"


class Objection(Model):
    """One objection: to an entry, or that an entry is missing. Every step is a dated fact."""

    __tablename__ = "objections"
    __table_args__ = (
        sa.Index(
            "uq_objections_one_open_per_activity",
            "person_id",
            "activity_id",
            unique=True,
            **only_where(f"activity_id IS NOT NULL AND {OPEN}"),
        ),
        sa.Index("uq_objections_one_open_per_entry", "entry_id", unique=True, **only_where(OPEN)),
        sa.CheckConstraint("wish IN ('minutes','absent','other','missing')", name="wish_known"),
        sa.CheckConstraint("(wish = 'missing') = (entry_id IS NULL)", name="missing_has_no_entry"),
        sa.CheckConstraint("wish <> 'missing' OR activity_id IS NOT NULL", name="missing_where"),
        sa.CheckConstraint(f"minutes_wanted BETWEEN 0 AND {MOST_MINUTES}", name="minutes_in_a_day"),
        sa.CheckConstraint(f"length(words) <= {WORDS_LENGTH}", name="words_length"),
        sa.CheckConstraint("decision IN ('agreed','refused')", name="decision_known"),
        sa.CheckConstraint("ruling IN ('agreed','refused')", name="ruling_known"),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (decision IS NULL)", name="answered_with_a_decision"
        ),
        sa.CheckConstraint(
            "decision <> 'refused' OR length(answer) > 0", name="refused_with_a_reason"
        ),
        sa.CheckConstraint(
            "escalated_at IS NULL OR decision = 'refused'", name="escalated_when_refused"
        ),
        sa.CheckConstraint("(decided_at IS NULL) = (ruling IS NULL)", name="decided_with_ruling"),
        sa.CheckConstraint(
            "ruling <> 'refused' OR length(ruling_words) > 0", name="ruled_with_why"
        ),
        sa.Index("ix_objections_organisation_id_due_on", "organisation_id", "due_on"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[int] = foreign_key("people.id")
    organisation_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("organisations.id"))
    entry_id: orm.Mapped[int | None] = foreign_key("hour_entries.id")  # as it was posted first
    activity_id: orm.Mapped[int | None] = foreign_key("activities.id")
    title: orm.Mapped[str]  # of the service, with its day: what it is about stays readable
    service_date: orm.Mapped[date]
    wish: orm.Mapped[str]
    minutes_wanted: orm.Mapped[int | None]
    words: orm.Mapped[str] = orm.mapped_column(default="")
    opened_at: orm.Mapped[datetime]
    due_on: orm.Mapped[date | None]  # None: a year nobody knows yet (R9)
    withdrawn_at: orm.Mapped[datetime | None]
    accepted_at: orm.Mapped[datetime | None]  # right, but hours have to be entered later first
    accepted_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    answered_at: orm.Mapped[datetime | None]
    answered_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    decision: orm.Mapped[str | None]
    answer: orm.Mapped[str] = orm.mapped_column(default="")
    escalate_by: orm.Mapped[date | None]
    escalated_at: orm.Mapped[datetime | None]
    decided_at: orm.Mapped[datetime | None]
    decided_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    ruling: orm.Mapped[str | None]
    ruling_words: orm.Mapped[str] = orm.mapped_column(default="")
    changed_entry_id: orm.Mapped[int | None] = foreign_key("hour_entries.id")  # what was taken back


class ObjectionNote(Model):
    """A step of an objection: who did or said what, and when."""

    __tablename__ = "objection_notes"
    __table_args__ = (sa.CheckConstraint(f"length(words) <= {WORDS_LENGTH}", name="words_length"),)

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    objection_id: orm.Mapped[int] = foreign_key("objections.id")
    at: orm.Mapped[datetime]
    by_id: orm.Mapped[int | None] = foreign_key("people.id")
    step: orm.Mapped[str]  # one of oversight.words.STEPS
    words: orm.Mapped[str] = orm.mapped_column(default="")
