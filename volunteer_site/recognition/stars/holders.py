"""Who holds stars, for everybody and for the office: names by consent, hours by the ledger."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.hours.models import MonthlyTotal
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people import queries as people
from volunteer_site.people.models import ConsentKind, Person
from volunteer_site.recognition.stars.models import Outcome, StarApplication, StarReview
from volunteer_site.recognition.stars.queries import standing


class Holder(NamedTuple):
    """Somebody who agrees to be named with their star."""

    level: int
    name: str
    place: str
    awarded_at: datetime


class Fallen(NamedTuple):
    """An awarded star for which the hours are not enough any more."""

    application_id: int
    person_id: int
    person: str
    place: str
    level: int
    number: str
    needed_minutes: int
    minutes: int  # now, by the ledger


def numbers() -> dict[int, int]:
    """Return how many people hold each star as their highest."""
    highest = (
        sa.select(sa.func.max(StarApplication.level).label("level"))
        .where(standing())
        .group_by(StarApplication.person_id)
        .subquery()
    )
    asked = sa.select(highest.c.level, sa.func.count()).group_by(highest.c.level)
    return dict(db.session.execute(asked).all())


def named(today: date) -> list[Holder]:
    """Return holders who agree to be named and are grown up, the highest and latest first (R40)."""
    other = orm.aliased(StarApplication)
    higher = sa.exists().where(
        other.person_id == StarApplication.person_id,
        other.awarded_at.is_not(None),
        other.revoked_at.is_(None),
        other.level > StarApplication.level,
    )
    asked = (
        sa.select(StarApplication, Person, Organisation.name)
        .join(Person, Person.id == StarApplication.person_id)
        .join(Organisation, Organisation.id == StarApplication.organisation_id)
        .where(standing(), ~higher, Person.erased_at.is_(None))
        .order_by(StarApplication.level.desc(), StarApplication.awarded_at.desc())
    )
    rows = db.session.execute(asked).all()
    agree = people.consenting(
        [person.id for _one, person, _place in rows], ConsentKind.PUBLISH_NAME
    )
    found = (
        Holder(one.level, person.name, place, one.awarded_at)
        for one, person, place in rows
        if one.awarded_at and person.id in agree and not people.is_minor(person.birth_date, today)
    )
    return list(found)


def fallen(paths: Iterable[str]) -> list[Fallen]:
    """Return stars whose holders' hours fell below them, unless the office let them stay since.

    What was let stay comes back when the hours have fallen further.
    """
    total = (
        sa.select(sa.func.coalesce(sa.func.sum(MonthlyTotal.minutes), 0))
        .where(MonthlyTotal.person_id == StarApplication.person_id)
        .scalar_subquery()
    )
    settled = sa.exists().where(
        StarReview.application_id == StarApplication.id,
        StarReview.outcome == Outcome.KEPT,
        StarReview.minutes <= total,
    )
    asked = (
        sa.select(
            StarApplication.id, StarApplication.person_id, Person.name, Organisation.name,
            StarApplication.level, StarApplication.number, StarApplication.needed_minutes, total,
        )
        .join(Person, Person.id == StarApplication.person_id)
        .join(Organisation, Organisation.id == StarApplication.organisation_id)
        .where(
            standing(), at_or_below(paths), total < StarApplication.needed_minutes, ~settled
        )
        .order_by(Organisation.pinyin, Person.pinyin, StarApplication.level.desc())
    )  # fmt: skip
    rows: Iterable[Any] = db.session.execute(asked)
    return [Fallen(*row) for row in rows]


def shown_name(person: Person, now: datetime) -> str:
    """Return the name as it may stand on a public notice: whole only by consent (R40, R41)."""
    from volunteer_site.recognition.rolls import rule  # noqa: PLC0415

    agree = people.consenting([person.id], ConsentKind.PUBLISH_NAME)
    about = rule.Candidate(person.name, person.birth_date, person.id in agree)
    return rule.shown(about, dates.today(now))[0]
