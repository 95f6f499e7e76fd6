"""What can be asked about objections: whose they are, who has to answer, until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.oversight.objections.models import Decision, Objection, ObjectionNote
from volunteer_site.people.models import Person, Role, RoleName

SHOWN = timedelta(days=360)  # how long an answered objection stays on the lists


class State(NamedTuple):
    """How far an objection has come, and whether somebody is late with it."""

    name: str  # open, accepted, agreed, refused, escalated, upheld, rejected, withdrawn
    late: bool

    @property
    def over(self) -> bool:
        """Tell whether nothing more will happen."""
        return self.name in {"agreed", "upheld", "rejected", "withdrawn"}


@dataclass(frozen=True)
class Case:
    """An objection with the names that belong to it."""

    objection: Objection
    person: str
    number: str  # the volunteer's
    community: Organisation
    handler: str | None  # who answered last
    staff: bool  # the objector works at the community, so the office decides (R22)

    def state(self, now: datetime) -> State:
        """Return how far it has come."""
        return state_of(self.objection, now)

    def at_office(self, now: datetime) -> bool:
        """Tell whether it is the office that has to decide."""
        state = self.state(now)
        if state.name in {"open", "accepted"}:
            return state.late or self.staff
        return state.name == "escalated"

    def may_escalate(self, now: datetime) -> bool:
        """Tell whether the person can still take a refusal to the office."""
        return may_escalate(self.objection, now)


class Note(NamedTuple):
    """A step of an objection."""

    at: datetime
    by: str | None
    step: str
    words: str


def state_of(objection: Objection, now: datetime) -> State:
    """Return how far an objection has come; late is one whose date for an answer is past."""
    facts = (
        (objection.withdrawn_at is not None, "withdrawn"),
        (objection.ruling == Decision.AGREED, "upheld"),
        (objection.ruling == Decision.REFUSED, "rejected"),
        (objection.decision == Decision.AGREED, "agreed"),
        (objection.escalated_at is not None, "escalated"),
        (objection.decision == Decision.REFUSED, "refused"),
        (objection.accepted_at is not None, "accepted"),
    )
    name = next((name for holds, name in facts if holds), "open")
    due = objection.due_on
    late = name in {"open", "accepted"} and due is not None and dates.today(now) > due
    return State(name, late)


def may_escalate(objection: Objection, now: datetime) -> bool:
    """Tell whether a refusal can still be taken to the office."""
    until = objection.escalate_by
    in_time = until is None or dates.today(now) <= until
    return state_of(objection, now).name == "refused" and in_time


def may_object_again(before: Objection, now: datetime) -> bool:
    """Tell whether somebody may object to the same once more after this objection."""
    return state_of(before, now).name in {"withdrawn", "agreed", "upheld"}


def mine(person_id: int) -> list[Case]:
    """Return somebody's own objections, the newest first."""
    asked = _cases().where(Objection.person_id == person_id).order_by(Objection.id.desc())
    return _as_cases(asked)


def my(person_id: int, objection_id: int) -> Case:
    """Return one of somebody's own objections; NotFound for others'."""
    return _one(Objection.person_id == person_id, objection_id)


def through(paths: Iterable[str], objection_id: int) -> Case:
    """Return the objection if its community is at or below these paths; or NotFound (R56)."""
    return _one(at_or_below(paths), objection_id)


def at(paths: Iterable[str], now: datetime) -> list[Case]:
    """Return the objections that wait for an answer and all of a year, the most urgent first."""
    return _urgent(at_or_below(paths), sa.or_(Objection.opened_at > now - SHOWN, _open()))


def waiting(paths: Sequence[str]) -> list[Case]:
    """Return what coordinators of these communities have to answer, the most urgent first."""
    unanswered = _urgent(at_or_below(paths), _open(), Objection.answered_at.is_(None))
    return [case for case in unanswered if not case.staff]


def waiting_at_office(paths: Sequence[str], now: datetime) -> list[Case]:
    """Return what the office has to decide: taken to it, overdue, or of a community's own staff."""
    return [case for case in _urgent(at_or_below(paths), _open()) if case.at_office(now)]


def notes(objection_id: int) -> list[Note]:
    """Return every step of an objection, in order."""
    asked = (
        sa.select(ObjectionNote.at, Person.name, ObjectionNote.step, ObjectionNote.words)
        .outerjoin(Person, Person.id == ObjectionNote.by_id)
        .where(ObjectionNote.objection_id == objection_id)
        .order_by(ObjectionNote.id)
    )
    return [Note(*row) for row in db.session.execute(asked)]


def latest(person_id: int, entry_id: int | None, activity_id: int | None) -> Objection | None:
    """Return somebody's last objection about an entry, or about an activity; None if never."""
    about = sa.or_(
        sa.and_(Objection.entry_id == entry_id, sa.true() if entry_id else sa.false()),
        sa.and_(Objection.activity_id == activity_id, sa.true() if activity_id else sa.false()),
    )
    asked = sa.select(Objection).where(Objection.person_id == person_id, about)
    return db.session.scalar(asked.order_by(Objection.id.desc()).limit(1))


def _open() -> sa.ColumnElement[bool]:
    """Return the condition that somebody still has to answer."""
    return sa.and_(
        Objection.withdrawn_at.is_(None),
        Objection.decided_at.is_(None),
        sa.or_(Objection.answered_at.is_(None), Objection.escalated_at.is_not(None)),
    )


def _urgent(*conditions: sa.ColumnElement[bool]) -> list[Case]:
    order = (Objection.due_on.is_(None), Objection.due_on, Objection.id)
    return _as_cases(_cases().where(*conditions).order_by(*order))


def _cases() -> Any:
    handler = orm.aliased(Person)
    staff = sa.exists().where(
        Role.person_id == Objection.person_id,
        Role.name == RoleName.COORDINATOR,
        Role.organisation_id == Objection.organisation_id,
        Role.ended_at.is_(None),
    )
    last = sa.func.coalesce(
        Objection.decided_by_id, Objection.answered_by_id, Objection.accepted_by_id
    )
    return (
        sa.select(Objection, Person.name, Person.number, Organisation, handler.name, staff)
        .join(Person, Person.id == Objection.person_id)
        .join(Organisation, Organisation.id == Objection.organisation_id)
        .outerjoin(handler, handler.id == last)
    )


def _one(condition: sa.ColumnElement[bool], objection_id: int) -> Case:
    found = _as_cases(_cases().where(Objection.id == objection_id, condition))
    if not found:
        raise NotFound(_("There is no such objection, or it is not one of yours."))
    return found[0]


def _as_cases(asked: Any) -> list[Case]:
    return [Case(*row) for row in db.session.execute(asked)]
