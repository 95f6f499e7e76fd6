"""Taking what phones kept. Call inside a `write_transaction`.

Sent twice is sent once; sent in any order, from any number of phones, it makes the same record
(W26, W28, W34): after each batch what stands is settled anew from everything that was said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance.models import Direction, Method
from volunteer_site.attendance.offline import queries
from volunteer_site.attendance.offline.models import Answer, DoorEvent
from volunteer_site.attendance.offline.services import settling
from volunteer_site.attendance.queries import Hours
from volunteer_site.attendance.services import marks, rules
from volunteer_site.attendance.services.refusals import DoorClosed
from volunteer_site.core import turns
from volunteer_site.core.db import db

ARRIVES_WITHIN: Final = timedelta(days=3)  # Friday's phone may find network on Monday


@dataclass(frozen=True)
class Event:
    """One tap on a phone, its clock put right."""

    id: str
    person_id: int
    direction: str
    method: str
    said_at: datetime
    undoes: str | None = None
    from_start: bool = False  # ticked as having been there from the start


@dataclass(frozen=True)
class Delivery:
    """What one phone sends about one activity, and the door's hours."""

    activity: Activity
    events: Sequence[Event]
    by_id: int
    hours: Hours


def receive(delivery: Delivery, *, now: datetime) -> list[DoorEvent]:
    """Take the events and say what became of each; an event known already is answered as before.

    One about nobody the site knows is answered, but not kept. Raises NotFound if the activity is
    no longer published.
    """
    activity_id = delivery.activity.id
    turns.wait_for(f"door {activity_id}")
    refused = _refusal(delivery, now)
    answered = queries.answered(activity_id, [one.id for one in delivery.events])
    fresh = {one.id: one for one in delivery.events if one.id not in answered}
    known = answered | (_keep(delivery, list(fresh.values()), refused, now) if fresh else {})
    if refused is None:
        settling.settle_waiting(activity_id, now=now)
    return [known[one.id] for one in delivery.events]


def _refusal(delivery: Delivery, now: datetime) -> Answer | None:
    """Return why nothing can be taken any more, keeping the activity open if it can."""
    activity = delivery.activity
    try:
        marks.hold_open(activity.id)
    except DoorClosed:
        return Answer.CALLED_OFF if activity.cancelled_at is not None else Answer.CLOSED
    closes = rules.roster_hours(activity, delivery.hours)[1]
    return Answer.TOO_LATE if now > closes + ARRIVES_WITHIN else None


def _keep(
    delivery: Delivery, fresh: list[Event], refused: Answer | None, now: datetime
) -> dict[str, DoorEvent]:
    """Settle what the events say; write them down with their answers."""
    places = queries.places(delivery.activity.id)
    events = [_row(delivery, one, places.get(one.person_id), now) for one in fresh]
    for event in events:
        event.answer = refused or (Answer.TAKEN if event.person_id in places else Answer.NOT_LISTED)
    ours = [event for event in events if event.answer == Answer.TAKEN]
    made = settling.settle_all(delivery.activity.id, ours, places, now) if ours else {}
    known = queries.known_people({event.person_id for event in events})
    db.session.add_all(event for event in events if event.person_id in known)
    db.session.flush()
    settling.remember(delivery.activity.id, made)
    return {event.event_id: event for event in events}


def _row(delivery: Delivery, one: Event, shift: Shift | None, now: datetime) -> DoorEvent:
    said = min(one.said_at, now)
    return DoorEvent(
        event_id=one.id,
        activity_id=delivery.activity.id,
        person_id=one.person_id,
        direction=one.direction,
        method=one.method,
        undoes=one.undoes,
        said_at=said,
        happened_at=min(_happened(delivery, one, shift, said), now),
        received_at=now,
        by_id=delivery.by_id,
    )


def _happened(delivery: Delivery, one: Event, shift: Shift | None, said: datetime) -> datetime:
    """Return what counts: as a tick at the site does, and within the hours of the roster (R18)."""
    opens, closes = rules.roster_hours(delivery.activity, delivery.hours)
    moment = min(max(said, opens), closes)
    if shift is None or one.direction == Direction.OUT or one.method != Method.TICK:
        return moment
    return marks.ticked(shift, delivery.by_id, now=moment, start=one.from_start).happened_at
