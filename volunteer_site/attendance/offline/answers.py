"""What a phone is told about each event it sent, in the coordinator's language."""

from collections.abc import Mapping
from typing import Any

from volunteer_site.attendance import states
from volunteer_site.attendance.offline.models import REFUSED, Answer, DoorEvent
from volunteer_site.attendance.queries import Mark
from volunteer_site.core.words import gettext as _


def told(event: DoorEvent, marks: Mapping[int, Mark]) -> dict[str, Any]:
    """Return the answer to one event; `marks` are those that stand now, by their number."""
    mark = marks.get(event.attendance_id or 0)
    words, link = _words(Answer(event.answer), event, mark)
    return _answer(event.event_id, event.answer, words, link)


def not_read(event_id: str) -> dict[str, Any]:
    """Return the answer to an event that makes no sense; nothing is kept of it."""
    words = _("The site could not read this. Please tick again.")
    return _answer(event_id, Answer.UNREADABLE, words, None)


def _answer(event_id: str, answer: str, words: str, link: tuple[str, str] | None) -> dict[str, Any]:
    address, name = link or ("", "")
    return {
        "id": event_id,
        "answer": answer,
        "refused": answer in REFUSED,
        "words": words,
        "address": address,
        "link": name,
    }


def _words(
    answer: Answer, event: DoorEvent, mark: Mark | None
) -> tuple[str, tuple[str, str] | None]:
    """Say what became of an event; a refusal says what to do next."""
    desk = f"/desk/activities/{event.activity_id}"
    door = f"{desk}/door", _("To the door")
    late = f"{desk}/late-entries/new?person={event.person_id}", _("To the late entries")
    said = {
        Answer.TAKEN: ("", None),
        Answer.UNDONE: ("", None),
        Answer.KNOWN: (_first_was(mark), None),
        Answer.WAITING: (
            _("Kept; the check-out counts as soon as the check-in before it has arrived."),
            None,
        ),
        Answer.TAKEN_BACK: (
            _("A coordinator took this back since. If they are there, tick them again."),
            door,
        ),
        Answer.NOT_LISTED: (
            _("They are not on the list. Add them as somebody who came without signing up."),
            (f"{desk}/walk-ins", _("Came without signing up")),
        ),
        Answer.CLOSED: (
            _(
                "The activity is closed and its hours are in the book. What is missing is entered "
                "later, with a reason and a second person."
            ),
            late,
        ),
        Answer.CALLED_OFF: (
            _("This activity was called off, so nobody checks in or out."),
            None,
        ),
        Answer.TOO_LATE: (
            _(
                "This reached the site more than three days after. What is missing is entered "
                "later, with a reason and a second person."
            ),
            late,
        ),
    }
    return said[answer]


def _first_was(mark: Mark | None) -> str:
    if mark is None:
        return _("It was known already.")
    return _("It was known already: %(told)s.", told=states.told(mark))
