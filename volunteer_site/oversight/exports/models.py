"""An export that an officer asked for and another one approved; and what codes stand for words."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, foreign_key

REASON_LENGTH = 200
CODE_LENGTH = 20


class NationalExport(Model):
    """导出: which days, what for, and who agreed to it; files are made when fetched."""

    __tablename__ = "national_exports"
    __table_args__ = (
        sa.CheckConstraint("first_day <= last_day", name="begins_before_it_ends"),
        sa.CheckConstraint(f"length(reason) BETWEEN 1 AND {REASON_LENGTH}", name="reason_length"),
        sa.CheckConstraint("approved_by_id <> asked_by_id", name="approved_by_a_second_person"),
        sa.CheckConstraint(
            "approved_at IS NULL OR approved_by_id IS NOT NULL", name="approved_by_somebody"
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    district_id: orm.Mapped[int] = foreign_key("organisations.id")
    first_day: orm.Mapped[date]
    last_day: orm.Mapped[date]
    reason: orm.Mapped[str]
    asked_at: orm.Mapped[datetime]
    asked_by_id: orm.Mapped[int] = foreign_key("people.id")
    approved_at: orm.Mapped[datetime | None]
    approved_by_id: orm.Mapped[int | None] = foreign_key("people.id")


class ExportCode(Model):
    """What the national system calls a kind of work; without one the Chinese name is written."""

    __tablename__ = "export_codes"
    __table_args__ = (
        sa.CheckConstraint(f"length(code) BETWEEN 1 AND {CODE_LENGTH}", name="code_length"),
    )

    category: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    code: orm.Mapped[str]
    changed_at: orm.Mapped[datetime]
