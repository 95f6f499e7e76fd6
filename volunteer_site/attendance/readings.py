"""What the coordinator is shown when a code was read: who it is, and how they stand now."""

from dataclasses import dataclass
from enum import StrEnum

from volunteer_site.activities.models import Shift
from volunteer_site.attendance.models import Direction
from volunteer_site.attendance.queries import Mark
from volunteer_site.core import dates
from volunteer_site.core.words import gettext as _


class Answer(StrEnum):
    """What came of reading a code."""

    DONE = "done"  # in, or out, just now
    BEFORE = "before"  # somebody had written it down already (W28)
    ABSENT = "absent"  # not on the list: one tap adds them
    NOT_IN = "not_in"  # wants to go out and never came in
    UNKNOWN = "unknown"  # no code of this site
    REFUSED = "refused"  # a rule stands against it


TONES = {Answer.DONE: "good", Answer.BEFORE: "info", Answer.UNKNOWN: "bad", Answer.REFUSED: "bad"}


@dataclass(frozen=True)
class Reading:
    """One code that was read, and what came of it."""

    answer: Answer
    code: str
    name: str = ""
    words: str = ""  # why not, and what to do
    mark: Mark | None = None
    shifts: tuple[Shift, ...] = ()  # into which they may be let

    @property
    def tone(self) -> str:
        """Return the colour and the sound of it."""
        return TONES.get(self.answer, "warn")

    @property
    def said(self) -> str:
        """Return what is written down about them, when and by whom (W28)."""
        mark = self.mark
        if mark is None:
            return self.words
        out, time = mark.direction == Direction.OUT, dates.show_time(mark.happened_at)
        if self.answer is Answer.DONE:
            return (
                _("Checked out at %(time)s", time=time)
                if out
                else _("Checked in at %(time)s", time=time)
            )
        by = mark.by or _("by code")
        if out:
            return _("Was checked out before, at %(time)s, %(by)s", time=time, by=by)
        return _("Was checked in before, at %(time)s, %(by)s", time=time, by=by)

    @property
    def status(self) -> int:
        """Return what the answer says to programs."""
        return 200 if self.answer in {Answer.DONE, Answer.BEFORE} else 409
