"""What is kept of sign-in sheets: what was printed, and what was read off the paper."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.attendance.sheets import numbers
from volunteer_site.core.append_only import guard
from volunteer_site.core.db import Model, foreign_key

NOTE_LENGTH = 100
REASON_LENGTH = 200


class Sheet(Model):
    """签到表: the paper of an activity, frozen when it is printed; its number comes from its id."""

    __tablename__ = "sheets"
    __table_args__ = (
        sa.CheckConstraint("name_order IN ('strokes','pinyin')", name="name_order_known"),
        sa.CheckConstraint("unused_at >= printed_at", name="unused_after_printed"),
        sa.CheckConstraint(
            "unused_at IS NULL OR unused_by_id IS NOT NULL", name="unused_by_somebody"
        ),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    activity_id: orm.Mapped[int] = foreign_key("activities.id")
    printed_at: orm.Mapped[datetime]
    printed_by_id: orm.Mapped[int] = foreign_key("people.id")
    name_order: orm.Mapped[str]
    unused_at: orm.Mapped[datetime | None]  # nobody signed on it
    unused_by_id: orm.Mapped[int | None] = foreign_key("people.id")

    @property
    def number(self) -> str:
        """Return the number on the paper, with its check digit."""
        return numbers.sheet_number(self.id)


class SheetRow(Model):
    """One row of the paper: somebody expected, or empty for who comes without signing up."""

    __tablename__ = "sheet_rows"
    __table_args__ = (
        sa.UniqueConstraint("sheet_id", "number", name="uq_sheet_rows_number"),
        sa.UniqueConstraint("sheet_id", "code", name="uq_sheet_rows_code"),
        sa.UniqueConstraint("sheet_id", "person_id", name="uq_sheet_rows_person"),
        sa.CheckConstraint("number >= 1", name="number_from_one"),
        sa.CheckConstraint("length(code) BETWEEN 1 AND 9", name="code_length"),
        sa.CheckConstraint("(person_id IS NULL) = (shift_id IS NULL)", name="person_with_shift"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    sheet_id: orm.Mapped[int] = foreign_key("sheets.id")
    number: orm.Mapped[int]
    code: orm.Mapped[str]
    person_id: orm.Mapped[int | None] = foreign_key("people.id")
    shift_id: orm.Mapped[int | None] = foreign_key("shifts.id")


class SheetEntry(Model):
    """Somebody has entered the paper; who does it second does it without seeing the first."""

    __tablename__ = "sheet_entries"
    __table_args__ = (
        sa.UniqueConstraint("sheet_id", "turn", name="uq_sheet_entries_turn"),
        sa.UniqueConstraint("sheet_id", "by_id", name="uq_sheet_entries_by"),
        sa.CheckConstraint("turn IN (1,2)", name="turn_known"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    sheet_id: orm.Mapped[int] = foreign_key("sheets.id")
    turn: orm.Mapped[int]
    by_id: orm.Mapped[int] = foreign_key("people.id")
    entered_at: orm.Mapped[datetime]


class SheetEntryRow(Model):
    """What was read in one row. A row that is not here was empty: nobody came."""

    __tablename__ = "sheet_entry_rows"
    __table_args__ = (
        sa.UniqueConstraint("entry_id", "row_id", name="uq_sheet_entry_rows_once"),
        sa.CheckConstraint("left_at >= came_at", name="left_after_came"),
        sa.CheckConstraint(f"length(note) <= {NOTE_LENGTH}", name="note_length"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    entry_id: orm.Mapped[int] = foreign_key("sheet_entries.id")
    row_id: orm.Mapped[int] = foreign_key("sheet_rows.id")
    person_id: orm.Mapped[int] = foreign_key("people.id")
    came_at: orm.Mapped[datetime]
    left_at: orm.Mapped[datetime | None]
    note: orm.Mapped[str] = orm.mapped_column(default="")


class SheetCorrection(Model):
    """A row put right after it was entered; without a person nobody was there after all.

    With `entry_id` it settles a difference: that entering was right.
    """

    __tablename__ = "sheet_corrections"
    __table_args__ = (
        sa.CheckConstraint("came_at IS NULL OR person_id IS NOT NULL", name="somebody_came"),
        sa.CheckConstraint("left_at IS NULL OR left_at >= came_at", name="left_after_came"),
        sa.CheckConstraint(f"length(reason) <= {REASON_LENGTH}", name="reason_length"),
        sa.CheckConstraint("entry_id IS NOT NULL OR reason != ''", name="says_why"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    row_id: orm.Mapped[int] = foreign_key("sheet_rows.id")
    entry_id: orm.Mapped[int | None] = foreign_key("sheet_entries.id")
    person_id: orm.Mapped[int | None] = foreign_key("people.id")
    came_at: orm.Mapped[datetime | None]
    left_at: orm.Mapped[datetime | None]
    reason: orm.Mapped[str] = orm.mapped_column(default="")
    by_id: orm.Mapped[int] = foreign_key("people.id")
    corrected_at: orm.Mapped[datetime]


class SheetMark(Model):
    """A mark at the door that was read off this row (R23)."""

    __tablename__ = "sheet_marks"

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    attendance_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("attendance.id"), unique=True)
    row_id: orm.Mapped[int] = foreign_key("sheet_rows.id")


for _kept in (SheetRow, SheetEntry, SheetEntryRow, SheetCorrection, SheetMark):
    guard(_kept.__table__)
