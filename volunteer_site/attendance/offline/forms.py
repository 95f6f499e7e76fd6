"""What a phone sends: a list of events, each with the time its own clock showed."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from volunteer_site.attendance.models import Direction, Method
from volunteer_site.attendance.offline.services import Event
from volunteer_site.core.addresses import LARGEST
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _

MOST: Final = 100  # events at once
TOLERATED: Final = timedelta(seconds=5)  # what a message may take is no error of a clock
YEARS: Final = range(2000, 2101)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WAYS = tuple(Direction)
_METHODS = (Method.TICK, Method.CARD)


class NotUnderstood(Refusal):
    """What was sent is no list of events."""

    status = 422


@dataclass(frozen=True)
class Sent:
    """The events that could be read, and how each that could not was called."""

    events: list[Event]
    unreadable: list[str]


def read(body: Any, now: datetime) -> Sent:
    """Read `{"sent_at": …, "events": […]}`, times in milliseconds; raises NotUnderstood.

    `sent_at` is what the phone's clock shows as it sends: what that is off by, every time in the
    message is off by (W24).
    """
    if not isinstance(body, dict) or not isinstance(body.get("events"), list):
        raise NotUnderstood(_("This is no list of what was kept at the door. Nothing was changed."))
    if len(body["events"]) > MOST:
        raise NotUnderstood(_("At most %(most)d events can be sent at once.", most=MOST))
    sent_at = _moment(body.get("sent_at"))
    if sent_at is None:
        raise NotUnderstood(_("The phone did not say what time it is there. Nothing was changed."))
    error = now - sent_at
    found = [(one, _event(one, error if abs(error) > TOLERATED else timedelta())) for one in
             body["events"]]  # fmt: skip
    return Sent(
        [event for _one, event in found if event is not None],
        [_called(one) for one, event in found if event is None],
    )


def _event(one: Any, error: timedelta) -> Event | None:
    """Return one event, or nothing if nobody can say what it means."""
    if not isinstance(one, dict):
        return None
    at, undoes = _moment(one.get("at")), one.get("undo_of")
    sound = (
        _is_id(one.get("id")),
        undoes is None or _is_id(undoes),
        _is_number(one.get("person_id")),
        one.get("direction") in _WAYS,
        one.get("method") in _METHODS,
    )
    if at is None or not all(sound):
        return None
    return Event(
        id=one["id"],
        person_id=one["person_id"],
        direction=one["direction"],
        method=one["method"],
        said_at=at + error,
        undoes=undoes,
        from_start=one.get("start") is True,
    )


def _moment(said: Any) -> datetime | None:
    """Read milliseconds since 1970 as a moment of this century."""
    if not isinstance(said, int | float) or isinstance(said, bool):
        return None
    try:
        moment = datetime.fromtimestamp(said / 1000, UTC).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):
        return None
    return moment if moment.year in YEARS else None


def _is_id(said: Any) -> bool:
    return isinstance(said, str) and _ID.fullmatch(said) is not None


def _is_number(said: Any) -> bool:
    return isinstance(said, int) and not isinstance(said, bool) and 0 < said <= LARGEST


def _called(one: Any) -> str:
    """Return how a phone calls an event that cannot be read, so that it can show which."""
    called = one.get("id") if isinstance(one, dict) else None
    return called[:36] if isinstance(called, str) else ""
