"""What two people read differently on one paper, and what of it has been settled."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.attendance.sheets import queries
from volunteer_site.attendance.sheets.models import (
    SheetCorrection,
    SheetEntry,
    SheetEntryRow,
    SheetRow,
)
from volunteer_site.attendance.sheets.queries import PaperRow
from volunteer_site.core.db import db
from volunteer_site.people.models import Person


@dataclass(frozen=True)
class Said:
    """What somebody read in a row: who, from when, until when."""

    person_id: int
    name: str
    came_at: datetime
    left_at: datetime | None
    note: str = ""

    @property
    def facts(self) -> tuple[int, datetime, datetime | None]:
        """Return what two people have to agree on."""
        return self.person_id, self.came_at, self.left_at


@dataclass(frozen=True)
class Correction:
    """A row put right afterwards: what it says now, who did it, when and why."""

    said: Said | None
    entry_id: int | None
    reason: str
    by: str
    corrected_at: datetime


@dataclass(frozen=True)
class Compared:
    """One row of the paper as it was entered, once or twice, and what stands now."""

    row: PaperRow
    first: Said | None
    second: Said | None
    corrections: list[Correction]
    checked: bool  # by a second entering

    @property
    def stands(self) -> Said | None:
        """Return what the row says now."""
        return self.corrections[-1].said if self.corrections else self.first

    @property
    def differs(self) -> bool:
        """Tell whether two people read it differently."""
        return self.checked and _facts(self.first) != _facts(self.second)

    @property
    def open(self) -> bool:
        """Tell whether somebody still has to say which is right."""
        settled = any(one.entry_id for one in self.corrections)
        return self.differs and not settled and _facts(self.stands) != _facts(self.second)


def compared(sheet_id: int) -> list[Compared]:
    """Return every row of the paper with what was read in it, in the order of the paper."""
    said, corrections = _said(sheet_id), _corrections(sheet_id)
    checked = len(queries.enterings(sheet_id)) > 1
    return [
        Compared(
            row,
            said.get((row.id, 1)),
            said.get((row.id, 2)),
            corrections.get(row.id, []),
            checked,
        )
        for row in queries.rows(sheet_id)
    ]


def _facts(said: Said | None) -> tuple[int, datetime, datetime | None] | None:
    return said.facts if said else None


def _said(sheet_id: int) -> dict[tuple[int, int], Said]:
    asked = (
        sa.select(
            SheetEntryRow.row_id,
            SheetEntry.turn,
            Person.id,
            Person.name,
            SheetEntryRow.came_at,
            SheetEntryRow.left_at,
            SheetEntryRow.note,
        )
        .join(SheetEntry, SheetEntry.id == SheetEntryRow.entry_id)
        .join(Person, Person.id == SheetEntryRow.person_id)
        .where(SheetEntry.sheet_id == sheet_id)
    )
    return {(row[0], row[1]): Said(*row[2:]) for row in db.session.execute(asked)}


def _corrections(sheet_id: int) -> dict[int, list[Correction]]:
    by = orm.aliased(Person)
    asked = (
        sa.select(SheetCorrection, Person.name, by.name)
        .join(SheetRow, SheetRow.id == SheetCorrection.row_id)
        .outerjoin(Person, Person.id == SheetCorrection.person_id)
        .join(by, by.id == SheetCorrection.by_id)
        .where(SheetRow.sheet_id == sheet_id)
        .order_by(SheetCorrection.id)
    )
    found: dict[int, list[Correction]] = {}
    for kept, name, by_name in db.session.execute(asked):
        one = Correction(
            _now_says(kept, name), kept.entry_id, kept.reason, by_name, kept.corrected_at
        )
        found.setdefault(kept.row_id, []).append(one)
    return found


def _now_says(kept: SheetCorrection, name: str) -> Said | None:
    if kept.person_id is None or kept.came_at is None:
        return None
    return Said(kept.person_id, name, kept.came_at, kept.left_at)
