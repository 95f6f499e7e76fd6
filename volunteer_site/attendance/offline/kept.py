"""What a coordinator's phone may keep of one activity, to work at its door without network."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from volunteer_site.activities.models import Activity
from volunteer_site.attendance.cards import Cards
from volunteer_site.attendance.codes import Codes
from volunteer_site.attendance.queries import Hours, Line, Mark, Roster
from volunteer_site.attendance.services import rules

KEPT_FOR: Final = timedelta(days=1)  # after the roster is over; then nothing is left on the phone


@dataclass(frozen=True)
class Tools:
    """The site's secrets and hours that the door needs."""

    codes: Codes
    cards: Cards
    hours: Hours


def activity(one: Activity, tools: Tools) -> dict[str, Any]:
    """Return the facts of the activity, and the key of its codes and of no other."""
    opens, ends = tools.hours.span(one.starts_at, one.ends_at)
    until = rules.roster_hours(one, tools.hours)[1]
    return {
        "id": one.id,
        "title": one.title,
        "place": one.place,
        "opens_at": milliseconds(opens),
        "code_until": milliseconds(ends),
        "until": milliseconds(until),
        "forget_at": milliseconds(until + KEPT_FOR),
        "step": tools.codes.step,
        "key": b64encode(tools.codes.key(one.id)).decode(),
    }


def over(one: Activity, now: datetime, hours: Hours) -> bool:
    """Tell whether a phone has nothing to keep any more (or not yet) of this activity."""
    gone = now > rules.roster_hours(one, hours)[1] + KEPT_FOR
    return gone or one.published_at is None or bool(one.closed_at or one.cancelled_at)


def people(roster: Roster, numbers: dict[int, str], cards: Cards) -> list[dict[str, Any]]:
    """Return everybody with a place, in order, with their card's code and how they stand."""
    return [_person(line, cards.code(numbers[line.coming.person_id])) for line in roster.lines]


def _person(line: Line, card: str) -> dict[str, Any]:
    one = line.coming
    return {
        "id": one.person_id,
        "name": one.name,
        "keys": f"{one.name} {one.pinyin} {one.initials}",
        "unit": one.unit or "",
        "shift": one.shift_name,
        "card": card,
        "excused": one.excused_at is not None,
        "in": _mark(line.came),
        "out": _mark(line.left),
    }


def _mark(mark: Mark | None) -> dict[str, Any] | None:
    if mark is None:
        return None
    return {"at": milliseconds(mark.happened_at), "by": mark.by or ""}


def milliseconds(moment: datetime) -> int:
    """Return a moment as phones count time."""
    return round(moment.replace(tzinfo=UTC).timestamp() * 1000)
