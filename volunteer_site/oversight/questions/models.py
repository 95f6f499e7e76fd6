"""What the office asks a community about a record, and what the community says."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key

WORDS_LENGTH = 1000


class Question(Model):
    """One question to a community, without a word about why it is asked (R28).

    Complaints and findings point to their questions; nothing here says which of them it was.
    """

    __tablename__ = "questions"
    __table_args__ = (
        sa.CheckConstraint(f"length(words) <= {WORDS_LENGTH}", name="words_length"),
        sa.CheckConstraint(
            f"replied_at IS NULL OR length(reply) BETWEEN 1 AND {WORDS_LENGTH}",
            name="replied_in_words",
        ),
        sa.CheckConstraint("replied_at >= asked_at", name="replied_after_asked"),
        sa.CheckConstraint("closed_at >= asked_at", name="closed_after_asked"),
        sa.CheckConstraint("closed_at IS NULL OR replied_at IS NULL", name="closed_or_replied"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")  # the community
    activity_id: orm.Mapped[int | None] = foreign_key("activities.id")
    entry_id: orm.Mapped[int | None] = foreign_key("hour_entries.id")
    words: orm.Mapped[str] = orm.mapped_column(default="")  # besides the usual sentence
    asked_at: orm.Mapped[datetime]
    asked_by_id: orm.Mapped[int] = foreign_key("people.id")
    due_on: orm.Mapped[date | None]  # None in a year nobody knows yet (R9)
    replied_at: orm.Mapped[datetime | None]
    replied_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    reply: orm.Mapped[str] = orm.mapped_column(default="")
    closed_at: orm.Mapped[datetime | None]  # the office needs no answer any more
