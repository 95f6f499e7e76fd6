"""What is known for phones without network: what they may keep, and what was said about people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Shift
from volunteer_site.attendance.models import Attendance
from volunteer_site.attendance.offline.models import COUNT, Answer, DoorEvent, DoorMark
from volunteer_site.attendance.offline.sightings import NEVER, Facts, Sighting
from volunteer_site.attendance.queries import Roster
from volunteer_site.core.db import db
from volunteer_site.people.models import Person
from volunteer_site.signups import queries as signups


@dataclass(frozen=True)
class Standing:
    """A mark that stands now, and the event it was made of, if it was."""

    id: int
    person_id: int
    direction: str
    happened_at: datetime
    recorded_at: datetime
    method: str
    by_id: int | None
    event_id: str

    def says(self, one: Sighting) -> bool:
        """Tell whether this mark is what somebody saw."""
        mine = self.direction, self.happened_at, self.method, self.by_id, self.event_id
        return mine == (one.direction, one.happened_at, one.method, one.by_id, one.event_id)


def numbers(roster: Roster) -> dict[int, str]:
    """Return the volunteer number of everybody on the list, for their card's code."""
    ids = [line.coming.person_id for line in roster.lines]
    rows = db.session.execute(sa.select(Person.id, Person.number).where(Person.id.in_(ids)))
    return {row.id: row.number for row in rows}


def places(activity_id: int) -> dict[int, Shift]:
    """Return the shift of everybody who has a place."""
    known = {shift.id: shift for shift in activities.shifts(activity_id)}
    coming = signups.roster(activity_id)
    return {one.person_id: known[one.shift_id] for one in coming if one.confirmed_at is not None}


def known_people(ids: Collection[int]) -> set[int]:
    """Return those of the numbers that are somebody's."""
    return set(db.session.scalars(sa.select(Person.id).where(Person.id.in_(ids))))


def answered(activity_id: int, event_ids: Collection[str]) -> dict[str, DoorEvent]:
    """Return the events of an activity that were answered before."""
    asked = sa.select(DoorEvent).where(
        DoorEvent.activity_id == activity_id, DoorEvent.event_id.in_(event_ids)
    )
    return {event.event_id: event for event in db.session.scalars(asked)}


def standing(activity_id: int, person_ids: Collection[int]) -> dict[tuple[int, str], Standing]:
    """Return the marks of these people that stand, by person and direction."""
    asked = (
        sa.select(
            Attendance.id,
            Attendance.person_id,
            Attendance.direction,
            Attendance.happened_at,
            Attendance.recorded_at,
            Attendance.method,
            Attendance.recorded_by_id,
            sa.func.coalesce(DoorEvent.event_id, ""),
        )
        .outerjoin(DoorMark, DoorMark.attendance_id == Attendance.id)
        .outerjoin(DoorEvent, DoorEvent.id == DoorMark.door_event_id)
        .where(
            Attendance.activity_id == activity_id,
            Attendance.person_id.in_(person_ids),
            Attendance.undone_at.is_(None),
        )
    )
    found = [Standing(*row) for row in db.session.execute(asked)]
    return {(one.person_id, one.direction): one for one in found}


def waiting(activity_id: int) -> set[int]:
    """Return who was seen going out before anybody said that they had come."""
    asked = sa.select(DoorEvent.person_id).where(
        DoorEvent.activity_id == activity_id, DoorEvent.answer == Answer.WAITING
    )
    return set(db.session.scalars(asked))


def ids(activity_id: int, event_ids: Collection[str]) -> dict[str, int]:
    """Return under which number of ours each of these events is kept."""
    asked = sa.select(DoorEvent.event_id, DoorEvent.id).where(
        DoorEvent.activity_id == activity_id, DoorEvent.event_id.in_(event_ids)
    )
    return {row.event_id: row.id for row in db.session.execute(asked)}


def facts(activity_id: int, person_ids: Collection[int]) -> dict[int, Facts]:
    """Return everything that was said about each of these people."""
    found = {person_id: Facts() for person_id in person_ids}
    for event in _events(activity_id, person_ids):
        note(found[event.person_id], event)
    rows = _rows(activity_id, person_ids)
    for row, _event in rows:
        if row.undone_at is not None and row.undone_by_id is not None:
            found[row.person_id].undo(row.direction, row.undone_at)
    for row, made_of in rows:
        known = found[row.person_id]
        if made_of is None and _still_counts(row, known.undone.get(row.direction, NEVER)):
            known.seen.append(_made_at_the_site(row))
    return found


def note(known: Facts, event: DoorEvent) -> None:
    """Add what an event says to what is known about its person."""
    if event.undoes is not None:
        known.taken_back.add((event.undoes, event.by_id))
    else:
        known.seen.append(sighting(event))


def sighting(event: DoorEvent) -> Sighting:
    """Return what an event says was seen."""
    return Sighting(
        event.direction,
        event.happened_at,
        event.said_at,
        event.method,
        event.by_id,
        event_id=event.event_id,
    )


def _events(activity_id: int, person_ids: Collection[int]) -> sa.ScalarResult[DoorEvent]:
    asked = sa.select(DoorEvent).where(
        DoorEvent.activity_id == activity_id,
        DoorEvent.person_id.in_(person_ids),
        DoorEvent.answer.in_(COUNT),
    )
    return db.session.scalars(asked)


def _rows(activity_id: int, person_ids: Collection[int]) -> list[tuple[Attendance, int | None]]:
    asked = (
        sa.select(Attendance, DoorMark.door_event_id)
        .outerjoin(DoorMark, DoorMark.attendance_id == Attendance.id)
        .where(Attendance.activity_id == activity_id, Attendance.person_id.in_(person_ids))
        .execution_options(populate_existing=True)
    )
    return [(row, made_of) for row, made_of in db.session.execute(asked)]


def _still_counts(row: Attendance, undone_at: datetime) -> bool:
    """Tell whether a mark made at the site stands, or would again if an earlier one went.

    What gave way to an earlier sighting was taken back by nobody.
    """
    if row.undone_at is None:
        return True
    return row.undone_by_id is None and row.recorded_at > undone_at


def _made_at_the_site(row: Attendance) -> Sighting:
    return Sighting(
        row.direction,
        row.happened_at,
        row.recorded_at,
        row.method,
        row.recorded_by_id,
        mark_id=row.id,
    )
