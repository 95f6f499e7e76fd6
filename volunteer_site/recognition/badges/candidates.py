"""Whom a coordinator may honour by hand: who lives, works or has served at their community."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

import sqlalchemy as sa

from volunteer_site.core import text
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.models import HourEntry, MonthlyTotal, ServiceRecord
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people import queries as people
from volunteer_site.people.models import Person

LATELY: Final = timedelta(days=60)
MOST: Final = 40  # people in one list
MOST_CHOSEN: Final = 200
LATEST: Final = 20  # occasions to choose from


class Candidate(NamedTuple):
    """Somebody to choose, and how many minutes they gave here lately (0 if found by name)."""

    id: int
    name: str
    number: str
    minutes: int = 0


class Occasion(NamedTuple):
    """Something that took place, whose hours are in the ledger."""

    id: int
    title: str
    day: date


def busy_lately(paths: Iterable[str], today: date) -> list[Candidate]:
    """Return who gave most here in the last 60 days."""
    given = sa.func.sum(HourEntry.minutes)
    asked = (
        sa.select(Person.id, Person.name, Person.number, given)
        .join(HourEntry, HourEntry.person_id == Person.id)
        .where(HourEntry.recorder_id.in_(_ours(paths)), HourEntry.service_date > today - LATELY)
        .where(Person.erased_at.is_(None))
        .group_by(Person.id, Person.name, Person.number)
        .having(given > 0)
        .order_by(given.desc(), Person.id)
        .limit(MOST)
    )
    return [Candidate(row[0], row[1], row[2], int(row[3])) for row in db.session.execute(asked)]


def occasions(paths: Iterable[str], today: date) -> list[Occasion]:
    """Return what took place here in the last 60 days, the latest first (at most 20)."""
    asked = (
        sa.select(ServiceRecord.id, ServiceRecord.title, ServiceRecord.service_date)
        .join(HourEntry, HourEntry.service_id == ServiceRecord.id)
        .where(HourEntry.recorder_id.in_(_ours(paths)), HourEntry.service_date > today - LATELY)
        .group_by(ServiceRecord.id, ServiceRecord.title, ServiceRecord.service_date)
        .order_by(ServiceRecord.service_date.desc(), ServiceRecord.id.desc())
        .limit(LATEST)
    )
    return [Occasion(*row) for row in db.session.execute(asked)]


def who_came(paths: Collection[str], occasion_id: int, words: str = "") -> list[Candidate]:
    """Return whose hours of an occasion stand here, by name; with words, who of them fits."""
    came = (
        sa.select(HourEntry.person_id)
        .where(HourEntry.service_id == occasion_id, HourEntry.recorder_id.in_(_ours(paths)))
        .group_by(HourEntry.person_id)
        .having(sa.func.sum(HourEntry.minutes) > 0)
    )
    asked = _people(paths).where(Person.id.in_(came), people.fits(text.tidy(words)))
    return _candidates(asked.order_by(Person.pinyin, Person.id).limit(MOST_CHOSEN))


def found(paths: Collection[str], words: str) -> list[Candidate]:
    """Return our people by name, pinyin, initials, number or phone (at most 40)."""
    asked = _people(paths).where(people.fits(text.tidy(words)))
    return _candidates(asked.order_by(Person.pinyin, Person.id).limit(MOST))


def chosen(paths: Collection[str], person_ids: Collection[int]) -> list[Candidate]:
    """Return these people; NotFound if one of them is not ours (R56)."""
    wanted = set(person_ids)
    if not wanted:
        return []
    asked = _people(paths).where(Person.id.in_(wanted)).order_by(Person.pinyin, Person.id)
    ours = _candidates(asked)
    if len(ours) < len(wanted):
        raise NotFound(_("There is no such person, or they are not one of yours."))
    return ours


def _people(paths: Collection[str]) -> sa.Select[int, str, str]:
    served = sa.exists().where(
        MonthlyTotal.person_id == Person.id, MonthlyTotal.recorder_id.in_(_ours(paths))
    )
    asked = sa.select(Person.id, Person.name, Person.number)
    return asked.where(Person.erased_at.is_(None), sa.or_(people.belongs(paths), served))


def _ours(paths: Iterable[str]) -> sa.Select[int]:
    return sa.select(Organisation.id).where(at_or_below(paths))


def _candidates(asked: sa.Select[int, str, str]) -> list[Candidate]:
    return [Candidate(*row) for row in db.session.execute(asked)]
