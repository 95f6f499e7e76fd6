"""The form that looks like the paper: a line for each row, as typed, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from volunteer_site.attendance.candidates import Candidate
from volunteer_site.attendance.sheets.models import NOTE_LENGTH
from volunteer_site.attendance.sheets.queries import PaperRow
from volunteer_site.core import text
from volunteer_site.core.addresses import number

TYPED = ("came", "left", "note", "who", "phone")
TICKED = ("there", "new", "agreed", "another")
LONGEST = 50


@dataclass
class Line:
    """What somebody typed from one row of the paper."""

    row: PaperRow
    there: bool = False
    came: str = ""
    left: str = ""
    note: str = ""
    who: str = ""  # in a row without a name
    phone: str = ""
    shift_id: int | None = None
    person_id: int | None = None  # chosen from `found`
    new: bool = False
    agreed: bool = False
    another: bool = False
    error: str = ""
    found: list[Candidate] = field(default_factory=list)
    offers_new: bool = False

    @property
    def says_something(self) -> bool:
        """Tell whether anything was entered here; whoever has a time was there."""
        return self.there or any((self.came, self.left, self.who, self.phone))

    @property
    def is_named(self) -> bool:
        """Tell whether a name was printed in this row."""
        return self.row.person_id is not None


def blank(rows: list[PaperRow], *, all_there: bool = False) -> list[Line]:
    """Return a form with nothing in it, or with everybody on the list ticked."""
    return [
        Line(row, there=all_there and row.person_id is not None and not row.erased) for row in rows
    ]


def typed(rows: list[PaperRow], given: Mapping[str, str]) -> list[Line]:
    """Return the form as it was sent."""
    return [_line(row, given) for row in rows]


def _line(row: PaperRow, given: Mapping[str, str]) -> Line:
    words = {
        name: text.tidy(given.get(f"{name}-{row.number}", "").replace("\x00", "")) for name in TYPED
    }
    ticks = {name: f"{name}-{row.number}" in given for name in TICKED}
    longest = {name: NOTE_LENGTH if name == "note" else LONGEST for name in TYPED}
    line = Line(row)
    line.shift_id = _number(given.get(f"shift-{row.number}", ""))
    line.person_id = _number(given.get(f"person-{row.number}", ""))
    for name, said in words.items():
        setattr(line, name, said[: longest[name]])
    for name, tick in ticks.items():
        setattr(line, name, tick)
    return line


def _number(said: str) -> int | None:
    return number(said) if said.isascii() and said.isdigit() else None
