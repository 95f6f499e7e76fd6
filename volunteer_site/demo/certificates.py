"""Certificates of the demo: some that hold, one that is void and replaced, one that waits."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import accounts, staff
from volunteer_site.hours.models import HourEntry
from volunteer_site.hours.queries import standing
from volunteer_site.oversight.exports import services as exports
from volunteer_site.people.models import Person, Role, RoleName
from volunteer_site.recognition.certificates import drafts, places, queries, services, settings
from volunteer_site.recognition.certificates.documents import Document
from volunteer_site.recognition.certificates.drafts import Days
from volunteer_site.recognition.certificates.signing import Key

DAY = timedelta(days=1)
ENOUGH = 120  # minutes that make a certificate worth looking at
WAITING = 2  # people at the community where a coordinator looks first
WRONG = "姓名用字有误，已更正并重新出具"


def tell(now: datetime) -> None:
    """Let those who log in ask for certificates; void one by hand, lay one before a coordinator.

    By the services that people use, each in its transaction; no hours are changed.
    """
    officer, key = staff.first(RoleName.OFFICER), settings.key()
    volunteers = [person.id for _role, person, _slug in accounts.volunteers(now)]
    days = [found for one in volunteers if (found := _days_of(one, now)) is not None]
    issued = [(one, _ask(one, key, now - 9 * DAY)) for one in days]
    for one, number in issued[1:2]:
        _replace(number, staff.first(RoleName.COORDINATOR, one.recorder_id).person_id, key, now)
    place = staff.first(RoleName.COORDINATOR).organisation_id
    _look_first(place, officer.person_id, now - 3 * DAY)
    for person in _busiest(place, WAITING):
        waiting = _days_of(person, now, place)
        if waiting is not None:
            _ask(waiting, key, now - DAY)
    with write_transaction():
        month = dates.month_dates(dates.add_months(dates.month_of(dates.today(now)), -1))
        reason = "按月上报全国系统"
        exports.ask(officer.organisation_id, month, reason, by_id=officer.person_id, now=now)
    staff.join_the_office(now)


def _days_of(person: int, now: datetime, place: int | None = None) -> Days | None:
    """Return the days somebody served with who recorded most of it, or at a place.

    They end before the earliest certificate is issued.
    """
    until = dates.today(now - 10 * DAY)
    for one in drafts.recorders(person):
        if place in {None, one.id} and one.minutes >= ENOUGH and one.first < until:
            return Days(person, one.id, one.first, min(one.last, until))
    return None


def _ask(days: Days, key: Key, now: datetime) -> str | None:
    with write_transaction():
        made = services.ask(days, Document(), key, now=now)
        return made.number if made else None


def _replace(number: str | None, coordinator: int, key: Key, now: datetime) -> None:
    """Declare one void and issue another in its place."""
    with write_transaction():
        found = queries.by_number(number or "")
        if found is not None:
            services.void(found, WRONG, by_id=coordinator, now=now - 2 * DAY)
    with write_transaction():
        found = queries.by_number(number or "")
        if found is not None:
            services.renew(found, key, now=now - DAY)


def _look_first(place: int, by_id: int, now: datetime) -> None:
    """Let a coordinator of the place look at each certificate before it is issued."""
    with write_transaction():
        wish = services.Wish(approval=True, responsible="", contact="")
        services.set_terms(places.of(place), wish, by_id=by_id, now=now)


def _busiest(place: int, most: int) -> list[int]:
    """Return grown-up people without a role who gave most at a place."""
    minutes = sa.func.sum(HourEntry.minutes)
    asked = (
        sa.select(HourEntry.person_id)
        .join(Person, Person.id == HourEntry.person_id)
        .where(
            HourEntry.recorder_id == place,
            standing(),
            Person.erased_at.is_(None),
            Person.birth_date < date(2006, 1, 1),
            Person.id.not_in(sa.select(Role.person_id)),
        )
        .group_by(HourEntry.person_id)
        .having(minutes >= ENOUGH)
        .order_by(minutes.desc(), HourEntry.person_id)
    )
    return list(db.session.scalars(asked.limit(most)))
