"""From what was typed to what it means: whose row it is, and which moments are meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance import candidates
from volunteer_site.attendance.queries import Hours
from volunteer_site.attendance.services import Told
from volunteer_site.attendance.sheets.forms import Line
from volunteer_site.attendance.sheets.services import Read
from volunteer_site.attendance.sheets.times import Window, WrongTime
from volunteer_site.core import text
from volunteer_site.core.words import gettext as _

NOBODY = 0


class Unclear(ValueError):
    """A row cannot be understood; the message says why."""


@dataclass(frozen=True)
class Meant:
    """What a row means; somebody new is `told` and gets their number when they are kept."""

    read: Read
    told: Told | None = None

    def of(self, person_id: int) -> Read:
        """Return what was read, of the person who has been kept meanwhile."""
        return replace(self.read, person_id=person_id)


@dataclass(frozen=True)
class Reader:
    """Reads the lines of one sheet; `paths` say whom the coordinator may find."""

    activity: Activity
    shifts: Sequence[Shift]
    paths: tuple[str, ...]
    hours: Hours
    now: datetime

    def understand(self, lines: Iterable[Line]) -> list[Meant]:
        """Return what the lines mean; what is not clear has its `error` set."""
        meant: list[Meant] = []
        whose: dict[int, int] = {
            line.row.person_id: line.row.number for line in lines if line.row.person_id
        }
        for line in lines:
            if not line.says_something:
                continue
            try:
                meant.append(self._one(line, whose))
            except (Unclear, WrongTime) as wrong:
                line.error = str(wrong)
        return meant

    def _one(self, line: Line, whose: dict[int, int]) -> Meant:
        shift = self._shift(line)
        came, left = self._times(line, shift)
        told = None
        person_id = line.row.person_id
        if line.row.erased:
            raise Unclear(_("They have deleted their data; nothing can be entered for them."))
        if person_id is None:
            person_id, told = self._walk_in(line, whose)
            self._refuse_twice(person_id, line, whose)
        read = Read(line.row.id, line.row.number, person_id, shift, came, left, line.note)
        return Meant(read, told)

    def _shift(self, line: Line) -> Shift:
        wanted = line.row.shift_id or line.shift_id
        return next((shift for shift in self.shifts if shift.id == wanted), self.shifts[0])

    def _times(self, line: Line, shift: Shift) -> tuple[datetime, datetime | None]:
        opens, closes = self.hours.span(shift.starts_at, shift.ends_at)
        window = Window(shift.starts_at, shift.ends_at, opens, closes)
        came = window.read(line.came) if line.came else shift.starts_at
        left = window.read(line.left) if line.left else None
        if left is None and self.now >= shift.ends_at:
            left = max(came, shift.ends_at)
        if left is not None and left < came:
            raise Unclear(_("They left before they came. Look at the two times again."))
        if max(came, left or came) > self.now:
            raise Unclear(_("That time is still to come."))
        return came, left

    def _walk_in(self, line: Line, whose: dict[int, int]) -> tuple[int, Told | None]:
        words = line.phone or line.who
        if not words:
            raise Unclear(_("Type the name or the phone number that is in this row."))
        found = candidates.found(self.activity.id, self.paths, words)
        line.found = _likely(found, line, whose)
        if line.person_id and line.person_id in {one.person.id for one in found}:
            return line.person_id, None
        if line.new:
            return NOBODY, _told(line)
        if not line.person_id and len(line.found) == 1 and self._is_sure(line, line.found[0]):
            return line.found[0].person.id, None
        line.offers_new = True
        if line.found:
            raise Unclear(_("Is it one of these? Choose, or write down somebody new."))
        raise Unclear(
            _("Nobody found. Type the whole phone number, or write them down as somebody new.")
        )

    def _is_sure(self, line: Line, one: candidates.Candidate) -> bool:
        """Tell whether one found by phone is meant: a family may share it (R24)."""
        return not (line.phone and line.who) or one.person.name == line.who

    def _refuse_twice(self, person_id: int, line: Line, whose: dict[int, int]) -> None:
        other = whose.setdefault(person_id, line.row.number) if person_id else line.row.number
        if other != line.row.number:
            raise Unclear(_("They are in row %(row)d already.", row=other))


def reader(activity: Activity, paths: tuple[str, ...], hours: Hours, now: datetime) -> Reader:
    """Return what reads the lines of a sheet of this activity."""
    return Reader(activity, activities.shifts(activity.id), paths, hours, now)


def _likely(
    found: list[candidates.Candidate], line: Line, whose: dict[int, int]
) -> list[candidates.Candidate]:
    """Return who may be meant: the same name first of all, nobody who is in a row already."""
    same = [one for one in found if one.person.name == line.who]
    free = [one for one in found if one.person.id not in whose]
    return same or free or found


def _told(line: Line) -> Told:
    """Return what the paper tells about somebody new; raises Unclear."""
    line.offers_new = True
    try:
        name = text.normalise_name(line.who)
        phone = text.normalise_phone(line.phone) if line.phone else None
    except ValueError:
        raise Unclear(_("Type the full name, and the phone number with its 11 digits.")) from None
    if not line.agreed:
        raise Unclear(_("Somebody new has to agree to the privacy notice first."))
    return Told(name, phone, None, line.another)
