"""What is known of a month's book: who signed it off, and that it is sealed. Only added to."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.append_only import guard
from volunteer_site.core.db import Model, foreign_key


class BookSignOff(Model):
    """签字确认: a coordinator says that the month is complete, as it stood at that moment.

    When entries are added afterwards it is signed off again, so there is one for each state.
    """

    __tablename__ = "book_sign_offs"
    __table_args__ = (
        sa.UniqueConstraint("recorder_id", "month", "entries", name="uq_book_sign_offs_once"),
        sa.CheckConstraint("entries >= 0", name="entries_not_negative"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    recorder_id: orm.Mapped[int] = foreign_key("organisations.id")
    month: orm.Mapped[str]
    entries: orm.Mapped[int]
    minutes: orm.Mapped[int]  # below zero if more was taken back than given
    digest: orm.Mapped[str]
    signed_off_at: orm.Mapped[datetime]
    signed_off_by_id: orm.Mapped[int] = foreign_key("people.id")


class BookSeal(Model):
    """封账: the office closes the book for ever; what comes later is in the next open one."""

    __tablename__ = "book_seals"
    __table_args__ = (
        sa.CheckConstraint("until_at <= sealed_at", name="sealed_after_it_was_signed"),
        sa.Index("ix_book_seals_month", "month"),
    )

    recorder_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("organisations.id"), primary_key=True
    )
    month: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    sign_off_id: orm.Mapped[int] = foreign_key("book_sign_offs.id", unique=True)
    until_at: orm.Mapped[datetime]  # of the sign-off: what was recorded later is not in it
    digest: orm.Mapped[str]
    sealed_at: orm.Mapped[datetime]
    sealed_by_id: orm.Mapped[int] = foreign_key("people.id")


for append_only in (BookSignOff, BookSeal):
    guard(append_only.__table__)
