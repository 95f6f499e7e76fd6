"""举报: a complaint about a record, what was done about it, and which questions came of it."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import tries
from volunteer_site.core.db import Model, foreign_key

WORDS_LENGTH = 1000
CONTACT_LENGTH = 100
ABOUT_LENGTH = 100


class About(StrEnum):
    """What kind of record it is about."""

    ACTIVITY = "activity"
    ENTRY = "entry"
    ROLL = "roll"
    CERTIFICATE = "certificate"
    COMMUNITY = "community"
    OTHER = "other"


class Outcome(StrEnum):
    """How it ended."""

    UNFOUNDED = "unfounded"
    PROVEN = "proven"


class Complaint(Model):
    """One complaint. Who complained is not kept, but for a contact they may leave for a while."""

    __tablename__ = "complaints"
    __table_args__ = (
        sa.CheckConstraint(
            "about IN ('activity','entry','roll','certificate','community','other')",
            name="about_known",
        ),
        sa.CheckConstraint(f"length(words) BETWEEN 1 AND {WORDS_LENGTH}", name="words_length"),
        sa.CheckConstraint("outcome IN ('unfounded','proven')", name="outcome_known"),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (outcome IS NULL)", name="closed_with_an_outcome"
        ),
        sa.CheckConstraint(
            "closed_at IS NULL OR length(outcome_words) > 0", name="closed_with_words"
        ),
        sa.CheckConstraint("closed_at >= opened_at", name="closed_after_opened"),
        sa.CheckConstraint(
            "contact_erased_at IS NULL OR length(contact) = 0", name="erased_contact_is_gone"
        ),
        sa.Index("ix_complaints_address_digest_opened_at", "address_digest", "opened_at"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    number: orm.Mapped[str] = orm.mapped_column(unique=True)  # J2026-00017
    code_digest: orm.Mapped[str] = orm.mapped_column(unique=True)  # of the secret to follow it
    address_digest: orm.Mapped[str | None] = tries.digest_column(since="opened_at")
    district_id: orm.Mapped[int] = foreign_key("organisations.id")  # whose office it goes to
    about: orm.Mapped[str]
    about_words: orm.Mapped[str] = orm.mapped_column(default="")  # as the complainant wrote it
    organisation_id: orm.Mapped[int | None] = foreign_key("organisations.id")
    activity_id: orm.Mapped[int | None] = foreign_key("activities.id")
    entry_id: orm.Mapped[int | None] = foreign_key("hour_entries.id")
    roll_id: orm.Mapped[int | None] = foreign_key("honor_rolls.id")
    words: orm.Mapped[str]
    contact: orm.Mapped[str] = orm.mapped_column(default="")
    contact_erased_at: orm.Mapped[datetime | None]
    opened_at: orm.Mapped[datetime]
    closed_at: orm.Mapped[datetime | None]
    closed_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    outcome: orm.Mapped[str | None]
    outcome_words: orm.Mapped[str] = orm.mapped_column(default="")  # what the complainant reads


class ComplaintParty(Model):
    """Somebody whom a complaint may be about; they can never open it (R28)."""

    __tablename__ = "complaint_parties"

    complaint_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("complaints.id"), primary_key=True
    )
    # not called person_id: the copy of their data that somebody may download must not tell
    accused_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("people.id"), primary_key=True, index=True
    )


class ComplaintNote(Model):
    """A step of a complaint; the complainant reads what is `told`."""

    __tablename__ = "complaint_notes"
    __table_args__ = (sa.CheckConstraint(f"length(words) <= {WORDS_LENGTH}", name="words_length"),)

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    complaint_id: orm.Mapped[int] = foreign_key("complaints.id")
    at: orm.Mapped[datetime]
    by_id: orm.Mapped[int | None] = foreign_key("people.id")  # None: the complainant
    step: orm.Mapped[str]  # one of words.STEPS
    words: orm.Mapped[str] = orm.mapped_column(default="")


class ComplaintQuestion(Model):
    """Which questions were asked because of a complaint; no page of a community reads this."""

    __tablename__ = "complaint_questions"

    question_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("questions.id"), primary_key=True
    )
    complaint_id: orm.Mapped[int] = foreign_key("complaints.id")
