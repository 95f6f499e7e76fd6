"""Present, late, left early, excused, absent: what the marks of one person say, in words.

Plain functions, no database. A state is never kept: it is read from the marks, so that a mark put
right puts the state right too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from volunteer_site.attendance.minutes import Span
from volunteer_site.attendance.models import Method
from volunteer_site.attendance.queries import Line
from volunteer_site.core import dates
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l


class State(StrEnum):
    """How somebody with a place stands towards one activity."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    EXCUSED = "excused"
    ABSENT = "absent"
    EXPECTED = "expected"  # it is not over yet


WORDS: Final = {
    State.PRESENT: _l("Present"),
    State.LATE: _l("Came late"),
    State.LEFT_EARLY: _l("Left early"),
    State.EXCUSED: _l("Excused"),
    State.ABSENT: _l("Absent"),
    State.EXPECTED: _l("Expected"),
}
TONES: Final = {
    State.PRESENT: "good",
    State.LATE: "warn",
    State.LEFT_EARLY: "warn",
    State.EXCUSED: "info",
    State.ABSENT: "bad",
    State.EXPECTED: "",
}


class Passed(Protocol):
    """A mark, as much of it as the words need."""

    @property
    def method(self) -> str: ...
    @property
    def happened_at(self) -> datetime: ...
    @property
    def by(self) -> str | None: ...


@dataclass(frozen=True)
class Known:
    """What is known of one person: the marks that stand, and whether they are excused."""

    came: Passed | None = None
    left: Passed | None = None
    excused: bool = False


def state_of(known: Known, shift: Span, *, over: bool, tolerance: timedelta) -> State:
    """Return the state that the marks make; who came and is excused too came.

    `over` once the shift has ended or the activity is closed. Within `tolerance` of the start
    and the end nobody is late or early. Who was there when it was closed did not leave early.
    """
    if known.came is None:
        if known.excused:
            return State.EXCUSED
        return State.ABSENT if over else State.EXPECTED
    if known.came.happened_at > shift[0] + tolerance:
        return State.LATE
    walked_out = known.left is not None and known.left.method != Method.CLOSING
    if walked_out and known.left and known.left.happened_at < shift[1] - tolerance:
        return State.LEFT_EARLY
    return State.PRESENT


def of_line(line: Line, *, over: bool, tolerance: timedelta) -> State:
    """Return the state of somebody on the roster."""
    one = line.coming
    known = Known(line.came, line.left, one.excused_at is not None)
    return state_of(known, (one.starts_at, one.ends_at), over=over, tolerance=tolerance)


def words(state: str) -> str:
    """Return the state in the visitor's language."""
    return str(WORDS[State(state)])


def tone(state: str) -> str:
    """Return the colour that helps the word: good, warn, bad, info or none."""
    return TONES[State(state)]


def told(mark: Passed) -> str:
    """Say when and how somebody came or went, and who wrote it down: 18:05 由郑红勾选."""
    return f"{dates.show_time(mark.happened_at)} {how(mark.method, mark.by)}"


def how(method: str, by: str | None) -> str:
    """Say how a mark was made, and by whom."""
    if method == Method.SCAN:
        return _("by the door code")
    said = {
        Method.CARD: (_("by their own code, read by %(by)s"), _("by their own code")),
        Method.TICK: (_("ticked by %(by)s"), _("ticked")),
        Method.PAPER: (_("from the sign-in sheet, entered by %(by)s"), _("from the sign-in sheet")),
        Method.LATE: (_("entered later by %(by)s"), _("entered later")),
        Method.CLOSING: (_("when %(by)s closed the activity"), _("when the activity was closed")),
    }[Method(method)]
    return said[0] % {"by": by} if by else said[1]
