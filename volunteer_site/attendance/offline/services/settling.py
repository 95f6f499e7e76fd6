"""Letting those marks stand that everything said about people adds up to.

What stood and gives way to an earlier sighting is kept, undone by nobody. Call inside a
`write_transaction`.
"""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.activities.models import Shift
from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.attendance.offline import queries
from volunteer_site.attendance.offline.models import Answer, DoorEvent, DoorMark
from volunteer_site.attendance.offline.queries import Standing
from volunteer_site.attendance.offline.sightings import Facts, Record, Sighting, settle
from volunteer_site.attendance.services import marks
from volunteer_site.core.db import db

Made = dict[int, str]  # the event that each new mark was made of


class OvertakenError(Exception):
    """Somebody ticked or scanned at the site in the same moment; settle again."""


def settle_waiting(activity_id: int, *, now: datetime) -> None:
    """Let check-outs count that came before their check-in, if it is known by now."""
    shifts = queries.places(activity_id) if queries.waiting(activity_id) else {}
    if shifts:
        remember(activity_id, settle_all(activity_id, [], shifts, now))


def settle_all(
    activity_id: int, events: list[DoorEvent], shifts: Mapping[int, Shift], now: datetime
) -> Made:
    """Settle whom the new events are about, and whose check-in was missing; answer each event.

    The result says which new mark was made of which event. It is tried again whenever somebody at
    the site was quicker; each of these people comes in, or goes out, there only once.
    """
    while True:
        try:
            with db.session.begin_nested():
                return _settle_all(activity_id, events, shifts, now)
        except OvertakenError:
            continue


def remember(activity_id: int, made: Made) -> None:
    """Write down which mark was made of which event, once the events are kept."""
    ours = queries.ids(activity_id, set(made.values()))
    db.session.add_all(
        DoorMark(attendance_id=mark_id, door_event_id=ours[event_id])
        for mark_id, event_id in made.items()
    )
    db.session.flush()


def _settle_all(
    activity_id: int, events: list[DoorEvent], shifts: Mapping[int, Shift], now: datetime
) -> Made:
    people = {event.person_id for event in events} | queries.waiting(activity_id) & shifts.keys()
    facts, stands = queries.facts(activity_id, people), queries.standing(activity_id, people)
    for event in events:
        queries.note(facts[event.person_id], event)
    records = {person_id: settle(facts[person_id]) for person_id in sorted(people)}
    wrong = _wrong(records, stands)
    _give_way([stands[key] for key in wrong if key in stands], now)
    rows = [
        _row(activity_id, shifts[person_id].id, person_id, one, now)
        for (person_id, _way), one in wrong.items()
        if one is not None
    ]
    if len(marks.enter(rows)) < len(rows):
        raise OvertakenError
    stands = queries.standing(activity_id, people)
    for event in events:
        there = stands.get((event.person_id, event.direction))
        event.attendance_id = there.id if there else None
        event.answer = _answer(event, facts[event.person_id], records[event.person_id])
    entered = (key for key, one in wrong.items() if one is not None and one.event_id)
    return {stands[key].id: _event_of(wrong[key]) for key in entered}


def _wrong(
    records: Mapping[int, Record], stands: Mapping[tuple[int, str], Standing]
) -> dict[tuple[int, str], Sighting | None]:
    """Return what should stand, of everybody and each direction where something else does."""
    meant = {
        (person_id, way): record.of(way)
        for person_id, record in records.items()
        for way in (Direction.IN, Direction.OUT)
    }
    return {key: one for key, one in meant.items() if not _is_right(stands.get(key), one)}


def _is_right(there: Standing | None, one: Sighting | None) -> bool:
    if there is None or one is None:
        return there is None and one is None
    return there.says(one)


def _give_way(wrong: list[Standing], now: datetime) -> None:
    for mark in wrong:
        change = sa.update(Attendance).where(Attendance.id == mark.id)
        db.session.execute(change.values(undone_at=max(now, mark.recorded_at)))


def _row(
    activity_id: int, shift_id: int, person_id: int, one: Sighting, now: datetime
) -> dict[str, object]:
    return {
        "activity_id": activity_id,
        "shift_id": shift_id,
        "person_id": person_id,
        "direction": one.direction,
        "method": one.method,
        "happened_at": one.happened_at,
        "recorded_at": now,
        "recorded_by_id": one.by_id,
    }


def _event_of(one: Sighting | None) -> str:
    return one.event_id if one else ""


def _answer(event: DoorEvent, facts: Facts, record: Record) -> Answer:
    one, stands = queries.sighting(event), record.of(event.direction)
    if event.undoes is not None or facts.is_taken_back(one):
        return Answer.UNDONE
    if not facts.counts(one):
        return Answer.TAKEN_BACK
    if stands is None:
        return Answer.WAITING
    return Answer.TAKEN if stands.event_id == event.event_id else Answer.KNOWN
