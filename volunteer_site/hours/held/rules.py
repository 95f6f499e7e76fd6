"""Who may decide about hours beyond a day's limit: a second person, never about themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from volunteer_site.core import dates
from volunteer_site.core.access import Actor
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import settings
from volunteer_site.hours.held.models import Decision, Level
from volunteer_site.hours.held.queries import Line
from volunteer_site.people.models import RoleName

LEAST_WORDS = 4  # characters of a reason


class NotYours(Refusal):
    """A second person decides: not who recorded it, nor whom it is about (R7, R22)."""


class NoReason(Refusal):
    """A refusal says why (R27)."""

    status = 422


@dataclass(frozen=True)
class Answer:
    """What somebody decides, and the words for it; a refusal needs them."""

    decision: Decision
    words: str = ""


def allow(line: Line, by: Actor) -> None:
    """Raise NotYours with the reason if this person may not decide about these hours."""
    words = why_not(line, by)
    if words:
        raise NotYours(words)


def why_not(line: Line, by: Actor) -> str:
    """Say why somebody may not decide about these hours; blank if they may."""
    if line.person_id == by.id:
        return _("These are your own hours; somebody else decides.")
    if reaches(line.path, by.paths(RoleName.OFFICER)):
        return _by_another(line, by)
    if line.level == Level.OFFICE:
        return _(
            "Beyond %(hours)d hours on a day only the district office decides.",
            hours=settings.caps().approval // 60,
        )
    if not reaches(line.path, by.paths(RoleName.COORDINATOR)):
        return _("Only a coordinator of %(place)s or the office decides.", place=line.recorder)
    return _by_another(line, by)


def reaches(path: str, held: Iterable[str]) -> bool:
    """Tell whether an organisation is at or below one of these paths."""
    return any(path.startswith(one) for one in held)


def check_words(answer: Answer) -> None:
    """Raise NoReason if a refusal does not say why."""
    if answer.decision == Decision.REFUSED and len(answer.words.strip()) < LEAST_WORDS:
        raise NoReason(
            _(
                "A refusal says why, in at least %(number)d characters; the volunteer reads it.",
                number=LEAST_WORDS,
            )
        )


def decided_before(decision: str | None, at: datetime) -> str:
    """Say that somebody else was quicker, and what can still be done."""
    return _(
        "This was %(decision)s at %(time)s by somebody else. What is in the book is put right "
        "by a correction.",
        decision=_("granted") if decision == Decision.GRANTED else _("refused"),
        time=dates.show_moment(at),
    )


def _by_another(line: Line, by: Actor) -> str:
    if line.recorded_by_id != by.id:
        return ""
    return _(
        "You closed this activity yourself. Another coordinator of %(place)s or the office "
        "decides.",
        place=line.recorder,
    )
