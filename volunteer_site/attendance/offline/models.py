"""What coordinators' phones told the site after they had been without network (W26)."""

from datetime import datetime
from enum import StrEnum
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import append_only
from volunteer_site.core.db import Model, foreign_key


class Answer(StrEnum):
    """What the site said to an event; the phone keeps what was refused until it is dismissed."""

    TAKEN = "taken"  # the mark that stands is this one
    KNOWN = "known"  # an earlier one stands; it is named (W28)
    WAITING = "waiting"  # a check-out whose check-in has not arrived
    UNDONE = "undone"  # taken back by who made it
    TAKEN_BACK = "taken_back"  # a coordinator undid the mark at the site after that moment
    NOT_LISTED = "not_listed"  # the person has no place
    CLOSED = "closed"  # the hours are in the book
    CALLED_OFF = "called_off"
    TOO_LATE = "too_late"  # it arrived days after; that is a late entry (R21)
    UNREADABLE = "unreadable"  # not kept: nobody can say what it meant


COUNT: Final = (Answer.TAKEN, Answer.KNOWN, Answer.WAITING, Answer.UNDONE, Answer.TAKEN_BACK)
REFUSED: Final = frozenset(Answer) - {Answer.TAKEN, Answer.KNOWN, Answer.WAITING, Answer.UNDONE}


class DoorEvent(Model):
    """One tap on a phone: somebody was seen, or an event of the same phone was taken back.

    Its number is made by the phone, so that sending it twice is sending it once. Nothing in this
    table is ever changed.
    """

    __tablename__ = "door_events"
    __table_args__ = (
        sa.UniqueConstraint("activity_id", "event_id"),
        sa.CheckConstraint("direction IN ('in','out')", name="direction_known"),
        sa.CheckConstraint("method IN ('tick','card')", name="method_known"),
        sa.CheckConstraint(
            "answer IN ('taken','known','waiting','undone','taken_back','not_listed','closed',"
            "'called_off','too_late')",
            name="answer_known",
        ),
        sa.CheckConstraint("said_at <= received_at", name="not_from_the_future"),
        sa.CheckConstraint("happened_at <= received_at", name="not_in_the_future"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    event_id: orm.Mapped[str]  # a UUID
    activity_id: orm.Mapped[int] = foreign_key("activities.id")
    person_id: orm.Mapped[int] = foreign_key("people.id")
    direction: orm.Mapped[str]
    method: orm.Mapped[str]
    undoes: orm.Mapped[str | None]  # the event that it takes back
    said_at: orm.Mapped[datetime]  # when the phone was tapped, its clock put right
    happened_at: orm.Mapped[datetime]  # what counts: within the door's hours
    received_at: orm.Mapped[datetime]
    by_id: orm.Mapped[int] = foreign_key("people.id")
    answer: orm.Mapped[str]
    attendance_id: orm.Mapped[int | None] = foreign_key("attendance.id")  # what stood then


class DoorMark(Model):
    """Which mark at the door was made of which event."""

    __tablename__ = "door_marks"

    attendance_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("attendance.id"), primary_key=True, autoincrement=False
    )
    door_event_id: orm.Mapped[int] = foreign_key("door_events.id")


append_only.guard(DoorEvent.__table__)
append_only.guard(DoorMark.__table__)
