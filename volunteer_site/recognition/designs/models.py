"""徽章设计: what somebody has drawn, for which community, and what became of it."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import uploads
from volunteer_site.core.db import Model, foreign_key
from volunteer_site.core.upload_sweep import ASKED_ABOUT

TEXT_LENGTH = 12
NAME_LENGTH = 12
SENTENCE_LENGTH = 60
WHY_LENGTH = 200
CREDIT_LENGTH = 30
REASON_LENGTH = 200
ZOOMS = (100, 140, 180, 240)  # percent
OPEN = "approved_at IS NULL AND refused_at IS NULL AND withdrawn_at IS NULL"


class Credit(StrEnum):
    """How the designer is named on the badge."""

    NAME = "name"  # as far as they agree to it (R40, R41)
    MASKED = "masked"
    LINE = "line"  # a line of their own: a school class, a team
    NOBODY = "nobody"


class DesignPicture(Model):
    """A picture that somebody handed in for a design of theirs."""

    __tablename__ = "design_pictures"
    __table_args__ = (sa.UniqueConstraint("person_id", "file", name="uq_design_pictures_once"),)

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[int] = foreign_key("people.id")
    file: orm.Mapped[str] = uploads.name_column()
    taken_at: orm.Mapped[datetime]


class Design(Model):
    """A badge that somebody proposes; approved, it becomes a special badge given by hand."""

    __tablename__ = "designs"
    __table_args__ = (
        sa.CheckConstraint("(emblem = '') <> (picture_id IS NULL)", name="emblem_or_picture"),
        sa.CheckConstraint(f"length(text) <= {TEXT_LENGTH}", name="text_length"),
        sa.CheckConstraint(f"length(name) BETWEEN 1 AND {NAME_LENGTH}", name="name_length"),
        sa.CheckConstraint(
            f"length(sentence) BETWEEN 1 AND {SENTENCE_LENGTH}", name="sentence_length"
        ),
        sa.CheckConstraint(f"length(why) <= {WHY_LENGTH}", name="why_length"),
        sa.CheckConstraint("zoom BETWEEN 100 AND 240", name="zoom_in_reach"),
        sa.CheckConstraint("credit IN ('name','masked','line','nobody')", name="credit_known"),
        sa.CheckConstraint("credit <> 'line' OR length(designed_by) > 0", name="line_is_written"),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)", name="approved_by_somebody"
        ),
        sa.CheckConstraint("approved_by_id <> person_id", name="approved_by_somebody_else"),
        sa.CheckConstraint("refused_by_id <> person_id", name="refused_by_somebody_else"),
        sa.CheckConstraint(
            "refused_at IS NULL OR length(refusal_reason) > 0", name="refused_with_a_reason"
        ),
        sa.CheckConstraint(
            "approved_at IS NULL OR (refused_at IS NULL AND withdrawn_at IS NULL)",
            name="approved_is_final",
        ),
        sa.CheckConstraint("refused_at IS NULL OR withdrawn_at IS NULL", name="one_end_only"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[int] = foreign_key("people.id")
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")  # a community, the district
    name: orm.Mapped[str]
    sentence: orm.Mapped[str]
    why: orm.Mapped[str] = orm.mapped_column(default="")  # for whom; only approvers read it
    shape: orm.Mapped[str]
    tint: orm.Mapped[str]
    metal: orm.Mapped[str]
    emblem: orm.Mapped[str] = orm.mapped_column(default="")
    picture_id: orm.Mapped[int | None] = foreign_key("design_pictures.id")
    zoom: orm.Mapped[int] = orm.mapped_column(default=100)
    text: orm.Mapped[str] = orm.mapped_column(default="")  # along the arc
    credit: orm.Mapped[str]
    designed_by: orm.Mapped[str] = orm.mapped_column(default="")
    proposed_at: orm.Mapped[datetime]
    changed_at: orm.Mapped[datetime | None]
    approved_at: orm.Mapped[datetime | None]
    approved_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    refused_at: orm.Mapped[datetime | None]
    refused_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    refusal_reason: orm.Mapped[str] = orm.mapped_column(default="")
    withdrawn_at: orm.Mapped[datetime | None]

    @property
    def picture_until(self) -> datetime | None:
        """Return when one's own picture in it is forgotten; nothing while it is looked at."""
        over = self.refused_at or self.withdrawn_at
        return over + ASKED_ABOUT if over and self.picture_id else None

    @property
    def state(self) -> str:
        """Return how far it has come: proposed, approved, refused or withdrawn."""
        facts = (
            (self.approved_at, "approved"),
            (self.refused_at, "refused"),
            (self.withdrawn_at, "withdrawn"),
        )
        return next((name for at, name in facts if at is not None), "proposed")
