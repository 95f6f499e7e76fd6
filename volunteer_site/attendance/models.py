"""签到 and 签退: who came and went, when, and how it is known."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key, only_where


class Direction(StrEnum):
    """Through the door: in or out."""

    IN = "in"
    OUT = "out"


class Method(StrEnum):
    """How somebody came through the door."""

    SCAN = "scan"  # the rotating code
    CARD = "card"  # the person's own code, read by the coordinator's phone
    TICK = "tick"  # by the coordinator, from the roster
    PAPER = "paper"  # from a sign-in sheet
    LATE = "late"  # 补录: entered afterwards, approved by a second person (R21)
    CLOSING = "closing"  # checked out when the activity was closed


class Nearness(StrEnum):
    """Whether a phone said that it was at the place; all that is kept of where it was (R19)."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Attendance(Model):
    """One mark: somebody checked in to, or out of, an activity. Undone marks are kept.

    The unique index lets one mark of a direction stand per person and activity, whoever made it
    and however often it is sent (W28, W34).
    """

    __tablename__ = "attendance"
    __table_args__ = (
        sa.Index(
            "uq_attendance_one_standing",
            "activity_id",
            "person_id",
            "direction",
            unique=True,
            **only_where("undone_at IS NULL"),
        ),
        sa.CheckConstraint("direction IN ('in','out')", name="direction_known"),
        sa.CheckConstraint(
            "method IN ('scan','card','tick','paper','late','closing')", name="method_known"
        ),
        sa.CheckConstraint("nearness IN ('inside','outside')", name="nearness_known"),
        sa.CheckConstraint("distance >= 0", name="distance_not_negative"),
        sa.CheckConstraint("undone_at >= recorded_at", name="undone_after_recorded"),
        sa.Index("ix_attendance_device", "device", **only_where("device IS NOT NULL")),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    activity_id: orm.Mapped[int] = foreign_key("activities.id")
    shift_id: orm.Mapped[int] = foreign_key("shifts.id")
    person_id: orm.Mapped[int] = foreign_key("people.id")
    direction: orm.Mapped[str]
    method: orm.Mapped[str]
    happened_at: orm.Mapped[datetime]  # when they stood at the door
    recorded_at: orm.Mapped[datetime]  # when the site learned of it
    recorded_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    device: orm.Mapped[str | None]  # a keyed digest of the phone's cookie (R20)
    nearness: orm.Mapped[str | None]  # only of who agreed to it (R19)
    distance: orm.Mapped[int | None]  # rounded metres from the place
    undone_at: orm.Mapped[datetime | None]
    undone_by_id: orm.Mapped[int | None] = foreign_key("people.id")


class DoorPlace(Model):
    """Where the door of an activity is, if its coordinator has said so; never where anybody was."""

    __tablename__ = "door_places"
    __table_args__ = (
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude_on_earth"),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude_on_earth"),
        sa.CheckConstraint("radius > 0", name="radius_positive"),
    )

    activity_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("activities.id"), primary_key=True, autoincrement=False
    )
    latitude: orm.Mapped[float]  # degrees
    longitude: orm.Mapped[float]
    radius: orm.Mapped[int]  # metres around it that count as inside
    set_by_id: orm.Mapped[int] = foreign_key("people.id")
    set_at: orm.Mapped[datetime]
