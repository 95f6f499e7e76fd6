"""What a roll is made from: the ledger as it stood at a cut-off, and who the people are."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.hours.models import EntryKind, HourEntry, ServiceRecord
from volunteer_site.hours.queries import standing, standing_at
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.people import queries as people
from volunteer_site.people.models import ConsentKind, Person
from volunteer_site.recognition.rolls import rule
from volunteer_site.recognition.rolls.models import Counts, RollAbsence, Whose
from volunteer_site.recognition.rolls.rule import VOLUNTEERS, Candidate, Terms, What
from volunteer_site.recognition.rolls.standings import Standing, standings

AT_ONCE = 1000  # people asked about in one statement
MOST = 400  # services shown of a unit or team


class Entry(NamedTuple):
    """As much of a line of the ledger as a roll counts."""

    id: int
    person_id: int
    recorder_id: int
    unit_id: int | None
    service_date: date
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


def served(organisation: Organisation, month: str, terms: Terms) -> dict[int, Standing]:
    """Return what each person, unit or team served that counts for such a roll (R39)."""
    entries = standing_entries(organisation, month, terms.cutoff_at, what=terms.what)
    theirs = standings(entries, terms.what.whose)
    if terms.what.counts != Counts.NEWCOMERS:
        return theirs
    begun = first_days(theirs, terms.cutoff_at)
    first = dates.month_dates(month)[0]
    return {one: standing for one, standing in theirs.items() if begun[one] >= first}


def standing_entries(
    organisation: Organisation,
    month: str,
    cutoff_at: datetime,
    person_id: int | None = None,
    what: What = VOLUNTEERS,
) -> list[Entry]:
    """Return the entries as they stood at the cut-off, of one person if asked (R39).

    An entry counts if it was recorded until then and not reversed until then.
    """
    asked = sa.select(
        HourEntry.id, HourEntry.person_id, HourEntry.recorder_id, HourEntry.unit_id,
        HourEntry.service_date, HourEntry.started_at, HourEntry.minutes, HourEntry.proof,
    )  # fmt: skip
    asked = asked.where(*counting(organisation, month, what), standing_at(cutoff_at))
    if person_id is not None:
        asked = asked.where(HourEntry.person_id == person_id)
    return [Entry(*row) for row in db.session.execute(asked.order_by(HourEntry.id))]


def occasions(
    organisation: Organisation,
    month: str,
    cutoff_at: datetime,
    who: int,
    what: What = VOLUNTEERS,
) -> list[Occasion]:
    """Return what one person, or a unit's or team's people, served until the cut-off, in order."""
    asked = sa.select(
        HourEntry.service_date, ServiceRecord.title, ServiceRecord.place, ServiceRecord.organiser,
        HourEntry.minutes, HourEntry.proof, HourEntry.kind == EntryKind.CORRECTION,
    )  # fmt: skip
    asked = asked.join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
    asked = asked.where(
        *counting(organisation, month, what), standing_at(cutoff_at), _of[what.whose] == who
    )
    order = (HourEntry.started_at, HourEntry.id)
    return [Occasion(*row) for row in db.session.execute(asked.order_by(*order).limit(MOST))]


def candidates(person_ids: Collection[int]) -> dict[int, Candidate]:
    """Return name, birth date and wishes of these people; those who left are not in it."""
    found: dict[int, Candidate] = {}
    for some in _portions(sorted(person_ids)):
        agree = people.consenting(some, ConsentKind.PUBLISH_NAME)
        absent = absences(some) - agree
        asked = sa.select(Person.id, Person.name, Person.birth_date).where(
            Person.id.in_(some), Person.erased_at.is_(None)
        )
        for person, name, born in db.session.execute(asked):
            found[person] = Candidate(name, born, person in agree, person in absent)
    return found


def bodies(organisation_ids: Collection[int]) -> dict[int, Candidate]:
    """Return name and registered staff of these units or teams."""
    asked = sa.select(Organisation.id, Organisation.name, Organisation.staff_count)
    asked = asked.where(Organisation.id.in_(organisation_ids))
    return {one: Candidate(name, heads=heads) for one, name, heads in db.session.execute(asked)}


def known(who: Collection[int], whose: str) -> dict[int, Candidate]:
    """Return what a roll has to know about these people, units or teams."""
    return candidates(who) if whose == Whose.PEOPLE else bodies(who)


def absences(person_ids: Collection[int]) -> set[int]:
    """Return those of these people who want to stand on no roll."""
    asked = sa.select(RollAbsence.person_id).where(
        RollAbsence.person_id.in_(list(person_ids)), RollAbsence.ended_at.is_(None)
    )
    return set(db.session.scalars(asked))


def first_days(person_ids: Collection[int], cutoff_at: datetime) -> dict[int, date]:
    """Return the day on which each of these people served for the first time, anywhere."""
    found: dict[int, date] = {}
    for some in _portions(sorted(person_ids)):
        asked = sa.select(HourEntry.person_id, sa.func.min(HourEntry.service_date))
        asked = asked.where(
            HourEntry.person_id.in_(some), HourEntry.minutes > 0, standing_at(cutoff_at)
        )
        found |= dict(db.session.execute(asked.group_by(HourEntry.person_id)).all())
    return found


def changed_since(
    organisation: Organisation, month: str, cutoff_at: datetime, what: What = VOLUNTEERS
) -> set[int]:
    """Return whose hours counted at the cut-off and were taken back or corrected since (R30)."""
    asked = sa.select(_of[what.whose]).where(
        *counting(organisation, month, what), standing_at(cutoff_at), ~standing()
    )
    return set(db.session.scalars(asked.distinct()))


def unit_names(unit_ids: Collection[int]) -> dict[int, str]:
    """Return the names of these units."""
    asked = sa.select(Organisation.id, Organisation.name).where(Organisation.id.in_(unit_ids))
    return dict(db.session.execute(asked).all())


_of: dict[str, Any] = {
    Whose.PEOPLE: HourEntry.person_id,
    Whose.UNITS: HourEntry.unit_id,
    Whose.TEAMS: HourEntry.recorder_id,
}


def counting(
    organisation: Organisation, month: str, what: What
) -> tuple[sa.ColumnElement[bool], ...]:
    """Say which entries count, whenever they were recorded."""
    when = HourEntry.month == month
    if what.counts == Counts.YEAR_WEEKS:
        when = HourEntry.service_date.between(*rule.span(month, what.counts))
    counting = (_counts_for(organisation, what.whose), when, HourEntry.minutes > 0)
    return (*counting, HourEntry.unit_id.is_not(None)) if what.whose == Whose.UNITS else counting


def _counts_for(organisation: Organisation, whose: str) -> sa.ColumnElement[bool]:
    """Say where: a unit's people, a community's own, its teams' own, in a district all below."""
    below = sa.select(Organisation.id).where(Organisation.path.startswith(organisation.path))
    if whose == Whose.TEAMS:
        return HourEntry.recorder_id.in_(below.where(Organisation.kind == Kind.TEAM))
    if organisation.kind == Kind.UNIT:
        return HourEntry.unit_id == organisation.id
    if organisation.kind == Kind.COMMUNITY:
        return HourEntry.recorder_id == organisation.id
    return HourEntry.recorder_id.in_(below)


def _portions(numbers: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(numbers), AT_ONCE):
        yield numbers[first : first + AT_ONCE]
