"""What is on public notice until when, and what anybody objected to."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import tries
from volunteer_site.core.db import Model, foreign_key

TITLE_LENGTH = 100
TEXT_LENGTH = 1000


class Subject(StrEnum):
    """What kind of honour is proposed."""

    ROLL = "roll"
    STAR = "star"
    DEED = "deed"


class PublicNotice(Model):
    """公示: something proposed, shown to everybody until its last day; then settled or called off.

    It was called off if `called_off_because` says why.
    """

    __tablename__ = "public_notices"
    __table_args__ = (
        sa.CheckConstraint("subject IN ('roll','star','deed')", name="subject_known"),
        sa.CheckConstraint(f"length(title) BETWEEN 1 AND {TITLE_LENGTH}", name="title_length"),
        sa.CheckConstraint("closed_at >= opened_at", name="closed_after_opened"),
        sa.CheckConstraint(
            "closed_at IS NOT NULL OR called_off_because IS NULL", name="called_off_is_closed"
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    subject: orm.Mapped[str]
    title: orm.Mapped[str]
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")
    opened_at: orm.Mapped[datetime]
    opened_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    last_day: orm.Mapped[date]  # local; objections are taken until it is over
    closed_at: orm.Mapped[datetime | None]
    called_off_because: orm.Mapped[str | None]


class NoticeObjection(Model):
    """异议: somebody says why it should not be so. Who it was is not asked and not kept."""

    __tablename__ = "notice_objections"
    __table_args__ = (
        sa.CheckConstraint(f"length(text) BETWEEN 1 AND {TEXT_LENGTH}", name="text_length"),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered_with_words"),
        sa.CheckConstraint("(answered_at IS NULL) = (upheld IS NULL)", name="answered_yes_or_no"),
        sa.CheckConstraint("answered_at >= filed_at", name="answered_after_filed"),
        sa.Index("ix_notice_objections_address_digest_filed_at", "address_digest", "filed_at"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    notice_id: orm.Mapped[int] = foreign_key("public_notices.id")
    text: orm.Mapped[str]
    address_digest: orm.Mapped[str | None] = tries.digest_column(since="filed_at")
    filed_at: orm.Mapped[datetime]
    answer: orm.Mapped[str | None]  # everybody reads it
    answered_at: orm.Mapped[datetime | None]
    answered_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    upheld: orm.Mapped[bool | None]  # whether the objection was found right
