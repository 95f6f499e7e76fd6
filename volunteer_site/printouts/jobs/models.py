"""What was ordered to be printed in the background, and how far it is."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key


class PrintJob(Model):
    """A paper, or many, that somebody ordered; its file is kept for a day (R45)."""

    __tablename__ = "print_jobs"
    __table_args__ = (
        sa.CheckConstraint("pieces > 0", name="pieces_positive"),
        sa.CheckConstraint("made BETWEEN 0 AND pieces", name="made_of_its_pieces"),
        sa.CheckConstraint("finished_at IS NULL OR failed_at IS NULL", name="one_end"),
        sa.CheckConstraint("finished_at IS NULL OR length(file) > 0", name="finished_with_a_file"),
        sa.Index("ix_print_jobs_asked_at", "asked_at"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[int] = foreign_key("people.id")  # who may fetch it
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")
    paper: orm.Mapped[str]  # as addresses name it
    subject: orm.Mapped[str]  # a month, a week or the number of an activity
    wishes: orm.Mapped[dict[str, Any]]
    pieces: orm.Mapped[int]
    made: orm.Mapped[int] = orm.mapped_column(default=0)
    asked_at: orm.Mapped[datetime]
    beat_at: orm.Mapped[datetime]  # when it last got on
    finished_at: orm.Mapped[datetime | None]
    failed_at: orm.Mapped[datetime | None]
    file: orm.Mapped[str] = orm.mapped_column(default="")  # its name in the folder of print jobs
