"""The ledger of hours: added to, never changed; sealed day by day; totals beside it."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.append_only import guard
from volunteer_site.core.db import Model, foreign_key


class EntryKind(StrEnum):
    """Whether a line adds hours, takes a wrong line back, or replaces it."""

    CREDIT = "credit"
    REVERSAL = "reversal"
    CORRECTION = "correction"


class Proof(StrEnum):
    """How it is known that somebody was there (gap idea 6)."""

    SCANNED = "scanned"
    TICKED = "ticked"
    PAPER = "paper"
    LATE = "late"


class ServiceRecord(Model):
    """服务情况: the facts of the occasion as they stood when hours were posted (R1).

    A frozen copy, so that editing or deleting an activity never touches the record.
    """

    __tablename__ = "service_records"
    __table_args__ = (sa.UniqueConstraint("source", "source_id", name="uq_service_records_source"),)

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    source: orm.Mapped[str]  # "activity"
    source_id: orm.Mapped[int]
    title: orm.Mapped[str]
    category: orm.Mapped[str]
    place: orm.Mapped[str]
    content: orm.Mapped[str]
    service_date: orm.Mapped[date] = orm.mapped_column(index=True)
    starts_at: orm.Mapped[datetime]
    ends_at: orm.Mapped[datetime]
    organiser: orm.Mapped[str]  # name of the organising community or unit (R12)
    leader: orm.Mapped[str]  # 活动负责人
    recorded_at: orm.Mapped[datetime]


class HourEntry(Model):
    """服务时长记录: a line of the ledger. Knows people and organisations by number only (R45)."""

    __tablename__ = "hour_entries"
    __table_args__ = (
        sa.UniqueConstraint("source", "source_id", "kind", name="uq_hour_entries_posted_once"),
        sa.CheckConstraint("kind IN ('credit','reversal','correction')", name="kind_known"),
        sa.CheckConstraint("proof IN ('scanned','ticked','paper','late')", name="proof_known"),
        sa.CheckConstraint(
            "(kind = 'reversal' AND minutes <= 0) OR (kind <> 'reversal' AND minutes >= 0)",
            name="sign_fits_kind",
        ),
        sa.CheckConstraint("kind = 'credit' OR length(reason) > 0", name="corrections_say_why"),
        sa.CheckConstraint(
            "(kind = 'credit') = (reverses_id IS NULL)", name="corrections_name_entry"
        ),
        sa.CheckConstraint("started_at <= ended_at", name="starts_before_it_ends"),
        sa.Index("ix_hour_entries_person_id_service_date", "person_id", "service_date"),
        sa.Index("ix_hour_entries_recorder_id_month", "recorder_id", "month"),
        sa.Index("ix_hour_entries_unit_id_month", "unit_id", "month"),
        sa.Index("ix_hour_entries_recorded_at", "recorded_at"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    person_id: orm.Mapped[int]  # by number, no foreign key (R45)
    recorder_id: orm.Mapped[int] = foreign_key("organisations.id")  # 记录单位
    unit_id: orm.Mapped[int | None] = foreign_key("organisations.id")  # the person's unit that day
    service_id: orm.Mapped[int] = foreign_key("service_records.id")
    source: orm.Mapped[str]  # "attendance" or "entry" (for what corrects an entry)
    source_id: orm.Mapped[int]
    kind: orm.Mapped[str]
    proof: orm.Mapped[str]
    service_date: orm.Mapped[date]
    month: orm.Mapped[str]  # of service_date: 2026-11
    started_at: orm.Mapped[datetime]
    ended_at: orm.Mapped[datetime]
    minutes: orm.Mapped[int]  # negative in a reversal
    recorded_at: orm.Mapped[datetime]
    recorded_by_id: orm.Mapped[int | None]
    reason: orm.Mapped[str] = orm.mapped_column(default="")
    reverses_id: orm.Mapped[int | None] = foreign_key("hour_entries.id")


class MonthlyTotal(Model):
    """Minutes of a person with a recorder in a month; can be rebuilt from the ledger."""

    __tablename__ = "monthly_totals"
    __table_args__ = (
        sa.CheckConstraint("minutes >= 0", name="minutes_not_negative"),
        sa.Index("ix_monthly_totals_month_recorder_id", "month", "recorder_id", "minutes"),
        sa.Index("ix_monthly_totals_recorder_id", "recorder_id"),
    )

    person_id: orm.Mapped[int] = orm.mapped_column(primary_key=True, autoincrement=False)
    recorder_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("organisations.id"), primary_key=True
    )
    month: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    minutes: orm.Mapped[int]
    occasions: orm.Mapped[int]  # credits less reversals


class Seal(Model):
    """A day of the ledger, closed: the digest covers its entries and the seal before it.

    `trail` keeps each entry's number and the beginning of its own digest, so that the one that
    does not fit can be named.
    """

    __tablename__ = "seals"
    __table_args__ = (sa.CheckConstraint("entries >= 0", name="entries_not_negative"),)

    day: orm.Mapped[date] = orm.mapped_column(primary_key=True)  # UTC day of recorded_at
    entries: orm.Mapped[int]
    minutes: orm.Mapped[int]
    trail: orm.Mapped[str] = orm.mapped_column(default="")
    previous_digest: orm.Mapped[str]
    digest: orm.Mapped[str]
    sealed_at: orm.Mapped[datetime]


for append_only in (ServiceRecord, HourEntry, Seal):
    guard(append_only.__table__)
