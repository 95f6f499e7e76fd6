"""What communities do: programmes that recur, activities with a date, shifts to sign up for."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key

TITLE_LENGTH = 60
PLACE_LENGTH = 100
TEXT_LENGTH = 2000
SHORT_TEXT_LENGTH = 500
REASON_LENGTH = 200
MOST_PLACES = 5000


class HolidayRule(StrEnum):
    """What a programme does when its day is a holiday (R26)."""

    SKIP = "skip"
    MOVE = "move"  # to the next working day
    HOLD = "hold"  # takes place all the same


class _Described:
    """What the notice of an activity must say (R15); "无" is an answer, blank is not."""

    title: orm.Mapped[str]
    category: orm.Mapped[str]  # a slug of activities.categories
    place: orm.Mapped[str]
    content: orm.Mapped[str]
    conditions: orm.Mapped[str]  # who can take part
    how_to_sign_up: orm.Mapped[str]
    risks: orm.Mapped[str]
    provided: orm.Mapped[str]  # 保障: insurance, tools, water
    contact: orm.Mapped[str] = orm.mapped_column(default="")  # a name and a phone people may call
    minimum_age: orm.Mapped[int] = orm.mapped_column(default=8)
    break_minutes: orm.Mapped[int] = orm.mapped_column(default=0)


def _described() -> tuple[sa.CheckConstraint, ...]:
    return (
        sa.CheckConstraint(f"length(title) BETWEEN 1 AND {TITLE_LENGTH}", name="title_length"),
        sa.CheckConstraint(f"length(place) <= {PLACE_LENGTH}", name="place_length"),
        sa.CheckConstraint(f"length(content) <= {TEXT_LENGTH}", name="content_length"),
        sa.CheckConstraint("minimum_age BETWEEN 0 AND 80", name="minimum_age_sensible"),
        sa.CheckConstraint("break_minutes BETWEEN 0 AND 600", name="break_sensible"),
    )


class Programme(_Described, Model):
    """常态化项目: what a community does each week; fills in the next activity."""

    __tablename__ = "programmes"
    __table_args__ = (
        *_described(),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_known"),
        sa.CheckConstraint("starts_minute BETWEEN 0 AND 1439", name="start_in_the_day"),
        sa.CheckConstraint("lasts_minutes BETWEEN 15 AND 720", name="length_sensible"),
        sa.CheckConstraint(f"places BETWEEN 1 AND {MOST_PLACES}", name="places_sensible"),
        sa.CheckConstraint("holiday_rule IN ('skip','move','hold')", name="holiday_rule_known"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")
    leader_id: orm.Mapped[int | None] = foreign_key("people.id")  # 活动负责人 (R1)
    weekday: orm.Mapped[int] = orm.mapped_column(default=4)  # Monday is 0
    starts_minute: orm.Mapped[int]  # of the local day: 18:00 is 1080
    lasts_minutes: orm.Mapped[int]
    places: orm.Mapped[int]
    holiday_rule: orm.Mapped[str] = orm.mapped_column(default=HolidayRule.SKIP)
    automatic_since: orm.Mapped[datetime | None]  # `week post` publishes it without being asked
    created_at: orm.Mapped[datetime]
    ended_at: orm.Mapped[datetime | None]


class Activity(_Described, Model):
    """活动: one dated occasion. Draft, published, cancelled or closed, each a fact with a date."""

    __tablename__ = "activities"
    __table_args__ = (
        *_described(),
        sa.CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        sa.CheckConstraint("signup_closes_at <= ends_at", name="signup_closes_before_the_end"),
        sa.CheckConstraint(
            "cancelled_at IS NULL OR length(cancellation_reason) > 0",
            name="cancelled_with_a_reason",
        ),
        sa.CheckConstraint(
            "cancelled_at IS NULL OR closed_at IS NULL", name="not_both_cancelled_and_closed"
        ),
        sa.CheckConstraint(
            "closed_at IS NULL OR published_at IS NOT NULL", name="published_before_closed"
        ),
        # one activity for each date of a programme, also when it was moved (W52)
        sa.UniqueConstraint("programme_id", "occurrence_on", name="uq_activities_occurrence"),
        sa.Index("ix_activities_week_starts_at", "week", "starts_at"),
        sa.Index("ix_activities_organisation_id_week", "organisation_id", "week"),
        sa.Index("ix_activities_ends_at", "ends_at"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    organisation_id: orm.Mapped[int] = foreign_key("organisations.id")
    programme_id: orm.Mapped[int | None] = foreign_key("programmes.id")
    occurrence_on: orm.Mapped[date | None]  # the programme's own day for it
    leader_id: orm.Mapped[int | None] = foreign_key("people.id")
    starts_at: orm.Mapped[datetime]  # of the first shift
    ends_at: orm.Mapped[datetime]  # of the last shift
    service_date: orm.Mapped[date]  # local day of starts_at
    week: orm.Mapped[str]  # of service_date: 2026-W47
    signup_closes_at: orm.Mapped[datetime]
    note: orm.Mapped[str] = orm.mapped_column(default="")  # why it was moved, for the page
    created_at: orm.Mapped[datetime]
    created_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    published_at: orm.Mapped[datetime | None]
    published_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    cancelled_at: orm.Mapped[datetime | None]
    cancelled_by_id: orm.Mapped[int | None] = foreign_key("people.id")
    cancellation_reason: orm.Mapped[str] = orm.mapped_column(default="")
    closed_at: orm.Mapped[datetime | None]
    closed_by_id: orm.Mapped[int | None] = foreign_key("people.id")


class Shift(Model):
    """岗位: what one signs up for, with its own time and number of places."""

    __tablename__ = "shifts"
    __table_args__ = (
        sa.CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        sa.CheckConstraint(f"places BETWEEN 1 AND {MOST_PLACES}", name="places_sensible"),
        sa.CheckConstraint("taken BETWEEN 0 AND places", name="never_oversold"),
        sa.CheckConstraint("waiting >= 0", name="waiting_not_negative"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    activity_id: orm.Mapped[int] = foreign_key("activities.id")
    name: orm.Mapped[str] = orm.mapped_column(default="")  # blank when there is only one
    starts_at: orm.Mapped[datetime]
    ends_at: orm.Mapped[datetime]
    places: orm.Mapped[int]
    taken: orm.Mapped[int] = orm.mapped_column(default=0)
    waiting: orm.Mapped[int] = orm.mapped_column(default=0)
