"""No-shows with whose they are, and the appeals against them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.activities.models import Activity
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Person
from volunteer_site.signups.absences.models import Appeal, NoShow, Stage

LATELY = timedelta(days=30)
MOST = 100


class Absence(NamedTuple):
    """A no-show with whose it is, what for, and whether it counts."""

    id: int
    activity_id: int
    person_id: int
    person: str
    title: str
    community: str
    starts_at: datetime
    ends_at: datetime
    service_date: date
    noted_at: datetime
    cleared_at: datetime | None
    cleared_because: str | None
    cleared_by: str | None


class Plea(NamedTuple):
    """An appeal and its answer."""

    id: int
    no_show_id: int
    stage: str
    words: str
    made_at: datetime
    answered_at: datetime | None
    answer: str
    upheld: bool | None
    by: str | None


@dataclass(frozen=True)
class Case:
    """A no-show with the appeals against it, the first one first."""

    absence: Absence
    pleas: list[Plea] = field(default_factory=list)

    @property
    def next_stage(self) -> str | None:
        """Return who would answer the next appeal; None while one is open or none is left."""
        if self.absence.cleared_at is not None:
            return None
        if not self.pleas:
            return Stage.COORDINATOR
        last = self.pleas[-1]
        if last.answered_at is None or last.stage == Stage.OFFICE:
            return None
        return Stage.OFFICE


def mine(person_id: int) -> list[Case]:
    """Return the no-shows of a person, newest first, with their appeals."""
    return _cases(_absences.where(NoShow.person_id == person_id))


def of_person(person_id: int, no_show_id: int) -> Case:
    """Return one of the person's no-shows; raises NotFound for anybody else's."""
    asked = _absences.where(NoShow.person_id == person_id, NoShow.id == no_show_id)
    return _only(_cases(asked))


def of_activity(activity_id: int, person_id: int) -> Case | None:
    """Return the no-show of a person at an activity, if there is one."""
    asked = _absences.where(NoShow.activity_id == activity_id, NoShow.person_id == person_id)
    return next(iter(_cases(asked)), None)


def lately(paths: Iterable[str], now: datetime) -> list[Case]:
    """Return who was absent in the last 30 days below these paths, newest first."""
    since = dates.today(now) - LATELY
    return _cases(_absences.where(NoShow.service_date >= since, at_or_below(paths)))


def waiting(paths: Sequence[str], stage: str = Stage.COORDINATOR) -> list[Case]:
    """Return the no-shows below these paths against which an appeal is open, oldest first."""
    open_ones = sa.select(Appeal.no_show_id).where(
        Appeal.stage == stage, Appeal.answered_at.is_(None)
    )
    cases = _cases(_absences.where(NoShow.id.in_(open_ones), at_or_below(paths)))
    return sorted(cases, key=lambda case: case.pleas[-1].made_at)


def open_appeal(paths: Iterable[str], appeal_id: int, stage: str) -> Case:
    """Return the no-show of an appeal that somebody with these paths answers; or NotFound."""
    named = sa.select(Appeal.no_show_id).where(Appeal.id == appeal_id, Appeal.stage == stage)
    return _only(_cases(_absences.where(NoShow.id.in_(named), at_or_below(paths))))


def theirs(paths: Iterable[str], no_show_id: int) -> Case:
    """Return a no-show at an activity below these paths; raises NotFound otherwise (R56)."""
    return _only(_cases(_absences.where(NoShow.id == no_show_id, at_or_below(paths))))


def _only(cases: list[Case]) -> Case:
    if not cases:
        raise NotFound(_("There is no such absence, or it is not yours to see."))
    return cases[0]


def _cases(asked: sa.Select[Any]) -> list[Case]:
    cases = {row[0]: Case(Absence(*row)) for row in db.session.execute(asked)}
    if cases:
        pleas = _pleas.where(Appeal.no_show_id.in_(cases)).order_by(Appeal.id)
        for row in db.session.execute(pleas):
            cases[row[1]].pleas.append(Plea(*row))
    return list(cases.values())


_by = orm.aliased(Person)
_columns: tuple[Any, ...] = (
    NoShow.id,
    NoShow.activity_id,
    NoShow.person_id,
    Person.name,
    Activity.title,
    Organisation.name,
    Activity.starts_at,
    Activity.ends_at,
    NoShow.service_date,
    NoShow.noted_at,
    NoShow.cleared_at,
    NoShow.cleared_because,
    _by.name,
)
_absences = (
    sa.select(*_columns)
    .join(Person, Person.id == NoShow.person_id)
    .join(Activity, Activity.id == NoShow.activity_id)
    .join(Organisation, Organisation.id == Activity.organisation_id)
    .outerjoin(_by, _by.id == NoShow.cleared_by_id)
    .order_by(NoShow.service_date.desc(), NoShow.id.desc())
    .limit(MOST)
)
_answerer = orm.aliased(Person)
_plea_columns: tuple[Any, ...] = (
    Appeal.id,
    Appeal.no_show_id,
    Appeal.stage,
    Appeal.words,
    Appeal.made_at,
    Appeal.answered_at,
    Appeal.answer,
    Appeal.upheld,
    _answerer.name,
)
_pleas = sa.select(*_plea_columns).outerjoin(_answerer, _answerer.id == Appeal.answered_by_id)
