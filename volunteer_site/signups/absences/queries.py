"""Whom no-shows put behind others, and who is excused."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.look import Look
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import HourEntry
from volunteer_site.people.models import Person
from volunteer_site.signups.absences import rule
from volunteer_site.signups.absences.models import Excuse, NoShow
from volunteer_site.signups.absences.rule import USUAL, Behind, Missed, Terms

NOTED_LATE = 31  # days after the activity by which it is closed, more or less

_missed = Look(
    sa.select(NoShow.service_date, NoShow.noted_at).where(
        NoShow.person_id == sa.bindparam("person_id"),
        NoShow.cleared_at.is_(None),
        NoShow.service_date >= sa.bindparam("since", type_=sa.Date),
    )
)


def missed(person_id: int, today: date, terms: Terms = USUAL) -> list[Missed]:
    """Return the no-shows of a person that may still have an effect; one indexed read."""
    rows = _missed(person_id=person_id, since=since(today, terms))
    return [Missed(day, dates.local_date(noted_at)) for day, noted_at in rows]


def behind(person_id: int, now: datetime, terms: Terms = USUAL) -> Behind | None:
    """Return whether others come first when places are scarce, and until when.

    For who has no no-shows it is one read; having come since ends it.
    """
    if not terms.on:
        return None
    today = dates.today(now)
    found = rule.behind(missed(person_id, today, terms), today, terms)
    if found is None or _came_last([person_id]).get(person_id, date.min) > found.last:
        return None
    return found


def all_behind(person_ids: Collection[int], now: datetime, terms: Terms = USUAL) -> set[int]:
    """Return who of these people come after the others."""
    if not terms.on or not person_ids:
        return set()
    today = dates.today(now)
    asked = sa.select(NoShow.person_id, NoShow.service_date, NoShow.noted_at).where(
        NoShow.person_id.in_(person_ids),
        NoShow.cleared_at.is_(None),
        NoShow.service_date >= since(today, terms),
    )
    by_person: dict[int, list[Missed]] = {}
    for person, day, noted_at in db.session.execute(asked):
        by_person.setdefault(person, []).append(Missed(day, dates.local_date(noted_at)))
    found = {person: rule.behind(days, today, terms) for person, days in by_person.items()}
    last = {person: one.last for person, one in found.items() if one}
    came = _came_last(last) if last else {}
    return {person for person, day in last.items() if came.get(person, date.min) <= day}


def excused(activity_id: int) -> set[int]:
    """Return who is excused from an activity."""
    asked = sa.select(Excuse.person_id).where(
        Excuse.activity_id == activity_id, Excuse.withdrawn_at.is_(None)
    )
    return set(db.session.scalars(asked))


def standing_excuse(activity_id: int, person_id: int) -> Excuse | None:
    """Return the excuse that stands for a person."""
    asked = sa.select(Excuse).where(
        Excuse.activity_id == activity_id,
        Excuse.person_id == person_id,
        Excuse.withdrawn_at.is_(None),
    )
    return db.session.scalar(asked)


def excuses(activity_id: int, person_id: int) -> list[tuple[Excuse, str, str | None]]:
    """Return every excuse of a person, with who gave it and who took it back."""
    giver, taker = orm.aliased(Person), orm.aliased(Person)
    asked = (
        sa.select(Excuse, giver.name, taker.name)
        .join(giver, giver.id == Excuse.given_by_id)
        .outerjoin(taker, taker.id == Excuse.withdrawn_by_id)
        .where(Excuse.activity_id == activity_id, Excuse.person_id == person_id)
        .order_by(Excuse.id)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(asked)]


def _came_last(person_ids: Collection[int]) -> dict[int, date]:
    """Return the last day on which each has hours."""
    asked = (
        sa.select(HourEntry.person_id, sa.func.max(HourEntry.service_date))
        .where(HourEntry.person_id.in_(person_ids), hours.standing())
        .group_by(HourEntry.person_id)
    )
    return {person: day for person, day in db.session.execute(asked)}  # noqa: C416 -- typed


def since(today: date, terms: Terms) -> date:
    """Return the first day whose no-shows may still have an effect."""
    return today - timedelta(days=terms.days + terms.priority_days + NOTED_LATE)
