"""What is known about sign-in sheets: what is on them, and which have not come back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance.sheets import numbers
from volunteer_site.attendance.sheets.models import Sheet, SheetEntry, SheetRow
from volunteer_site.core import text
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Person

ROOM = 13  # signs beside the phone, on paper
MISSED_FOR = timedelta(days=30)  # afterwards nobody will find the paper any more


@dataclass(frozen=True)
class PaperRow:
    """One row as it is printed: whose it is, or nobody's yet."""

    id: int
    number: int
    code: str
    person_id: int | None
    name: str
    phone: str | None
    unit: str
    shift_id: int | None
    shift: str
    erased: bool

    def note(self, *, several: bool) -> str:
        """Return what helps to tell people of one name apart: shift if `several`, unit, phone.

        A long unit is cut: the end of the phone is what people look for. Masked (R52).
        """
        place = "  ".join(part for part in (self.shift if several else "", self.unit) if part)
        if len(place) > ROOM:
            place = place[: ROOM - 1] + "…"
        phone = text.mask_phone(self.phone) if self.phone else ""
        return "  ".join(part for part in (place, phone) if part)


@dataclass(frozen=True)
class Entering:
    """Somebody has entered a sheet."""

    id: int
    turn: int
    by_id: int
    by: str
    entered_at: datetime


@dataclass(frozen=True)
class Listed:
    """A sheet and how far it has come, as one line of a list."""

    id: int
    activity_id: int
    title: str
    community: str
    starts_at: datetime
    ends_at: datetime
    closed_at: datetime | None
    printed_at: datetime
    printed_by: str
    rows: int  # with a name on them
    enterings: int
    unused_at: datetime | None

    @property
    def number(self) -> str:
        """Return the sheet's number."""
        return numbers.sheet_number(self.id)

    @property
    def spaced(self) -> str:
        """Return the sheet's number as it stands on the paper."""
        return numbers.spaced(self.number)


def theirs(paths: Iterable[str], number: str) -> Sheet:
    """Return the sheet of that number if it is of a community below `paths`; or NotFound (R56)."""
    try:
        sheet_id = numbers.sheet_id(number)
    except numbers.Mistyped:
        raise NotFound(
            _("No sheet has this number; a digit may be wrong. It is at the top of the paper."),
            link=("/desk/sheets", _("Type it again")),
        ) from None
    asked = (
        sa.select(Sheet)
        .join(Activity, Activity.id == Sheet.activity_id)
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .where(Sheet.id == sheet_id, at_or_below(paths))
    )
    sheet = db.session.scalar(asked)
    if sheet is None:
        raise NotFound(
            _("Your communities have no sheet of this number."),
            link=("/desk/sheets", _("Type it again")),
        )
    return sheet


def rows(sheet_id: int) -> list[PaperRow]:
    """Return the rows of a sheet in the order of the paper, names as they are today."""
    asked: Any = (
        sa.select(
            SheetRow.id,
            SheetRow.number,
            SheetRow.code,
            SheetRow.person_id,
            sa.func.coalesce(Person.name, ""),
            Person.phone,
            sa.func.coalesce(Organisation.name, ""),
            SheetRow.shift_id,
            sa.func.coalesce(Shift.name, ""),
            Person.erased_at.is_not(None),
        )
        .outerjoin(Person, Person.id == SheetRow.person_id)
        .outerjoin(Organisation, Organisation.id == Person.unit_id)
        .outerjoin(Shift, Shift.id == SheetRow.shift_id)
        .where(SheetRow.sheet_id == sheet_id)
        .order_by(SheetRow.number)
    )
    return [PaperRow(*row) for row in db.session.execute(asked)]


def enterings(sheet_id: int) -> list[Entering]:
    """Return who has entered the sheet, the first one first."""
    asked = (
        sa.select(
            SheetEntry.id, SheetEntry.turn, SheetEntry.by_id, Person.name, SheetEntry.entered_at
        )
        .join(Person, Person.id == SheetEntry.by_id)
        .where(SheetEntry.sheet_id == sheet_id)
        .order_by(SheetEntry.turn)
    )
    return [Entering(*row) for row in db.session.execute(asked)]


def of_activity(activity_id: int) -> list[Listed]:
    """Return all sheets of an activity, the newest first."""
    asked = _listed().where(Sheet.activity_id == activity_id).order_by(Sheet.id.desc())
    return [Listed(*row) for row in db.session.execute(asked)]


def waiting(activity_id: int) -> list[Listed]:
    """Return the sheets of an activity that nobody has entered or marked as not used."""
    return [one for one in of_activity(activity_id) if not one.enterings and not one.unused_at]


def recent(paths: Iterable[str], now: datetime) -> list[Listed]:
    """Return the sheets of the last 30 days at these places, the newest first; 50 at most."""
    asked = (
        _listed()
        .where(at_or_below(paths), Activity.ends_at > now - MISSED_FOR)
        .order_by(Activity.ends_at.desc(), Sheet.id.desc())
        .limit(50)
    )
    return [Listed(*row) for row in db.session.execute(asked)]


def missing(paths: Iterable[str], now: datetime) -> list[Listed]:
    """Return the sheets that did not come back: printed, the activity over, nothing entered.

    For the Monday page, the longest wait first. One that is marked as not used is not missing,
    nor one of an activity that was called off, nor after 30 days.
    """
    entered = sa.exists().where(SheetEntry.sheet_id == Sheet.id)
    asked = (
        _listed()
        .where(
            at_or_below(paths),
            Activity.ends_at <= now,
            Activity.ends_at > now - MISSED_FOR,
            Activity.cancelled_at.is_(None),
            Sheet.unused_at.is_(None),
            ~entered,
        )
        .order_by(Activity.ends_at, Sheet.id)
    )
    return [Listed(*row) for row in db.session.execute(asked)]


def on_paper(activity_id: int) -> set[int]:
    """Return who is on a sheet of this activity that is in use."""
    asked = (
        sa.select(SheetRow.person_id)
        .join(Sheet, Sheet.id == SheetRow.sheet_id)
        .where(
            Sheet.activity_id == activity_id,
            Sheet.unused_at.is_(None),
            SheetRow.person_id.is_not(None),
        )
    )
    return set(db.session.scalars(asked))


def _listed() -> sa.Select[Any]:
    by = orm.aliased(Person)
    named = sa.select(sa.func.count()).where(
        SheetRow.sheet_id == Sheet.id, SheetRow.person_id.is_not(None)
    )
    turns = sa.select(sa.func.count()).where(SheetEntry.sheet_id == Sheet.id)
    return (
        sa.select(
            Sheet.id,
            Sheet.activity_id,
            Activity.title,
            Organisation.name,
            Activity.starts_at,
            Activity.ends_at,
            Activity.closed_at,
            Sheet.printed_at,
            by.name,
            named.scalar_subquery(),
            turns.scalar_subquery(),
            Sheet.unused_at,
        )
        .join(Activity, Activity.id == Sheet.activity_id)
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .join(by, by.id == Sheet.printed_by_id)
    )
