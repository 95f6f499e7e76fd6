"""What a roll is made from: the ledger as it stood at a cut-off, and who the people are."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours.models import EntryKind, HourEntry, ServiceRecord
from volunteer_site.hours.queries import standing, standing_at
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.people import queries as people
from volunteer_site.people.models import ConsentKind, Person
from volunteer_site.recognition.rolls.rule import Candidate

AT_ONCE = 1000  # people asked about in one statement


class Entry(NamedTuple):
    """As much of a line of the ledger as a roll counts."""

    id: int
    person_id: int
    unit_id: int | None
    started_at: datetime
    minutes: int
    proof: str


class Occasion(NamedTuple):
    """One service that counts for a roll: why somebody is on it."""

    day: date
    title: str
    place: str
    organiser: str
    minutes: int
    proof: str
    corrected: bool


def standing_entries(
    organisation: Organisation, month: str, cutoff_at: datetime, person_id: int | None = None
) -> list[Entry]:
    """Return the month's entries as they stood at the cut-off, of one person if asked (R39).

    An entry counts if it was recorded until then and not reversed until then.
    """
    asked = sa.select(
        HourEntry.id, HourEntry.person_id, HourEntry.unit_id, HourEntry.started_at,
        HourEntry.minutes, HourEntry.proof,
    )  # fmt: skip
    asked = asked.where(*_standing(organisation, month, cutoff_at))
    if person_id is not None:
        asked = asked.where(HourEntry.person_id == person_id)
    return [Entry(*row) for row in db.session.execute(asked.order_by(HourEntry.id))]


def occasions(
    organisation: Organisation, month: str, cutoff_at: datetime, person_id: int
) -> list[Occasion]:
    """Return what one person served in the month until the cut-off, in order."""
    asked = sa.select(
        HourEntry.service_date, ServiceRecord.title, ServiceRecord.place, ServiceRecord.organiser,
        HourEntry.minutes, HourEntry.proof, HourEntry.kind == EntryKind.CORRECTION,
    )  # fmt: skip
    asked = asked.join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
    asked = asked.where(
        *_standing(organisation, month, cutoff_at), HourEntry.person_id == person_id
    )
    order = (HourEntry.started_at, HourEntry.id)
    return [Occasion(*row) for row in db.session.execute(asked.order_by(*order))]


def candidates(person_ids: Collection[int]) -> dict[int, Candidate]:
    """Return name, birth date and consent of these people; those who left are not in it."""
    found: dict[int, Candidate] = {}
    for some in _portions(sorted(person_ids)):
        agree = people.consenting(some, ConsentKind.PUBLISH_NAME)
        asked = sa.select(Person.id, Person.name, Person.birth_date).where(
            Person.id.in_(some), Person.erased_at.is_(None)
        )
        for person, name, born in db.session.execute(asked):
            found[person] = Candidate(name, born, person in agree)
    return found


def changed_since(organisation: Organisation, month: str, cutoff_at: datetime) -> set[int]:
    """Return whose hours counted at the cut-off and were taken back or corrected since (R30)."""
    asked = sa.select(HourEntry.person_id).where(
        *_standing(organisation, month, cutoff_at), ~standing()
    )
    return set(db.session.scalars(asked.distinct()))


def unit_names(unit_ids: Collection[int]) -> dict[int, str]:
    """Return the names of these units."""
    asked = sa.select(Organisation.id, Organisation.name).where(Organisation.id.in_(unit_ids))
    return dict(db.session.execute(asked).all())


def _standing(
    organisation: Organisation, month: str, cutoff_at: datetime
) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        _counts_for(organisation),
        HourEntry.month == month,
        HourEntry.minutes > 0,
        standing_at(cutoff_at),
    )


def _counts_for(organisation: Organisation) -> sa.ColumnElement[bool]:
    """Say which entries count: a unit's people's, a community's own, in a district all below."""
    if organisation.kind == Kind.UNIT:
        return HourEntry.unit_id == organisation.id
    if organisation.kind == Kind.COMMUNITY:
        return HourEntry.recorder_id == organisation.id
    below = sa.select(Organisation.id).where(Organisation.path.startswith(organisation.path))
    return HourEntry.recorder_id.in_(below)


def _portions(numbers: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(numbers), AT_ONCE):
        yield numbers[first : first + AT_ONCE]
