"""The working calendar (being written)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model


class CalendarDay(Model):
    """A holiday or make-up workday that the office has entered; it wins over the library."""

    __tablename__ = "calendar_days"
    __table_args__ = (sa.CheckConstraint("kind IN ('holiday','workday')", name="kind_known"),)

    day: orm.Mapped[date] = orm.mapped_column(primary_key=True)
    kind: orm.Mapped[str]
    name: orm.Mapped[str] = orm.mapped_column(default="")
    set_at: orm.Mapped[datetime]
    set_by_id: orm.Mapped[int | None]


class CalendarYear(Model):
    """A year whose holidays the office has entered completely."""

    __tablename__ = "calendar_years"

    year: orm.Mapped[int] = orm.mapped_column(primary_key=True, autoincrement=False)
    known_at: orm.Mapped[datetime]
