"""What a volunteer's own page shows: what comes next, the hours, the badges.

Every query reads columns, and all that a page shows is one tuple, so that the page is rendered
once for what it shows.
"""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.core import dates, versions
from volunteer_site.core.cache import kept
from volunteer_site.core.look import Look
from volunteer_site.hours import proofs, wording
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import HourEntry, MonthlyTotal
from volunteer_site.organisations.models import Organisation
from volunteer_site.people import queries as people
from volunteer_site.people.models import Guardian, Person
from volunteer_site.recognition import queries as recognition
from volunteer_site.recognition.models import Award
from volunteer_site.recognition.queries import Ahead as Nearest
from volunteer_site.recognition.queries import Held
from volunteer_site.signups.absences import queries as signups
from volunteer_site.signups.absences import rule
from volunteer_site.signups.absences.rule import Terms
from volunteer_site.signups.models import Signup

MOST = 12  # activities ahead on one page
LATEST = 3  # badges


class Ahead(NamedTuple):
    """An activity that the person has signed up for or waits for."""

    activity_id: int
    title: str
    place: str
    community: str
    starts_at: datetime
    ends_at: datetime
    shift: str
    confirmed: bool
    position: int  # in the waiting list; 1 is the first
    cancellation: str | None
    came: bool
    left: bool
    door: str = ""  # "check-in" or "check-out" while the door would let them
    days_away: int = 0


class Hours(NamedTuple):
    """What the person has given, in minutes."""

    total: int
    year: int
    month: int
    on_site: str  # which share of all was scanned or ticked at the door; "" of nothing


class Badges(NamedTuple):
    """What the person was given last, and what is nearest."""

    latest: tuple[Held, ...]
    next: Nearest | None


class Absences(NamedTuple):
    """How often the person stayed away of late, and until when others come first because of it."""

    counted: int
    limit: int
    until: date | None


class Facts(NamedTuple):
    """Who the page is about."""

    community: str | None
    community_slug: str | None
    unit: str | None
    minor: bool
    guardian: str | None
    newest: tuple[int, int, int]  # what was entered, awarded and withdrawn last; says what is new


def ahead(person_id: int, now: datetime, opens: timedelta, closes: timedelta) -> tuple[Ahead, ...]:
    """Return what the person has promised, soonest first, until the door has closed behind it.

    `opens` and `closes` say for how long before and after one may check in (R18).
    """
    found = [Ahead(*row) for row in _ahead(person_id=person_id, since=now - closes)]
    today = dates.today(now)
    return tuple(
        one._replace(
            door=_door(one, now, opens),
            days_away=(dates.local_date(one.starts_at) - today).days,
        )
        for one in found
    )


def facts(person_id: int, today: date) -> tuple[Facts, Hours]:
    """Return who the person is and what they gave; the total is the ledger's own (W36)."""
    month = dates.month_of(today)
    first, last = f"{month[:4]}-01", f"{month[:4]}-12"
    [row] = _facts(person_id=person_id, month=month, first=first, last=last)
    community, slug, unit, born, guardian, entry, award, withdrawn, year, this_month = row
    minor = people.is_minor(born, today)
    shown = guardian if minor else None
    about = Facts(community, slug, unit, minor, shown, (entry or 0, award or 0, withdrawn))
    total = hours.total_minutes(person_id)
    return about, Hours(total, int(year), int(this_month), _on_site(person_id, entry, total))


def badges(person_id: int, newest: tuple[int, int, int], now: datetime) -> Badges:
    """Return the latest badges and the way to the next, kept until the person's rows change."""
    key = (person_id, newest, versions.current("badges"), dates.today(now).year)
    return kept("my badges", 2048).get(  # type: ignore[no-any-return]
        key,
        lambda: Badges(
            tuple(recognition.latest_awards(person_id, LATEST)),
            recognition.next_badge(person_id, now),
        ),
    )


def absences(person_id: int, now: datetime, terms: Terms) -> Absences | None:
    """Return what to say about no-shows; None to most people, for there is nothing to say."""
    today = dates.today(now)
    missed = signups.missed(person_id, today, terms) if terms.on else []
    counted = rule.counted(missed, today, terms)
    if not counted:
        return None
    behind = signups.behind(person_id, now, terms)
    return Absences(counted, terms.limit, behind.until if behind else None)


def _on_site(person_id: int, newest: int | None, total: int) -> str:
    """Return the share that was seen at the door, added up again when an entry is new."""
    seen = kept("my proofs", 2048).get(
        (person_id, newest), lambda: proofs.of_person(person_id).on_site
    )
    return wording.share(seen, total) if total else ""


def _door(one: Ahead, now: datetime, opens: timedelta) -> str:
    if not one.confirmed or one.cancellation is not None or now < one.starts_at - opens:
        return ""
    if not one.came:
        return "check-in"
    return "check-out" if not one.left and now >= one.starts_at else ""


def _position() -> sa.ColumnElement[int]:
    other = orm.aliased(Signup)
    before = sa.select(sa.func.count()).where(
        other.shift_id == Signup.shift_id,
        other.confirmed_at.is_(None),
        other.withdrawn_at.is_(None),
        other.id <= Signup.id,
    )
    waiting = Signup.confirmed_at.is_(None)
    return sa.case((waiting, before.correlate(Signup).scalar_subquery()), else_=0)


def _passed(direction: str) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        Attendance.activity_id == Signup.activity_id,
        Attendance.person_id == Signup.person_id,
        Attendance.direction == direction,
        Attendance.undone_at.is_(None),
    )


def _minutes(months: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """Return the minutes of some months; the month is no condition, as its index is a long one."""
    some = sa.case((months, MonthlyTotal.minutes), else_=0)
    return _of_person(sa.func.coalesce(sa.func.sum(some), 0), MonthlyTotal.person_id)


def _of_person(what: sa.ColumnElement[int], whose: Any) -> sa.ScalarSelect[int]:
    return sa.select(what).where(whose == Person.id).scalar_subquery()


_columns: tuple[Any, ...] = (
    Activity.id,
    Activity.title,
    Activity.place,
    Organisation.name,
    Signup.starts_at,
    Signup.ends_at,
    Shift.name,
    Signup.confirmed_at.is_not(None),
    _position(),
    sa.case((Activity.cancelled_at.is_not(None), Activity.cancellation_reason)),
    _passed(Direction.IN),
    _passed(Direction.OUT),
)
_ahead = Look(
    sa.select(*_columns)
    .join(Activity, Activity.id == Signup.activity_id)
    .join(Shift, Shift.id == Signup.shift_id)
    .join(Organisation, Organisation.id == Activity.organisation_id)
    .where(
        Signup.person_id == sa.bindparam("person_id"),
        Signup.withdrawn_at.is_(None),
        Signup.ends_at > sa.bindparam("since"),
        Activity.closed_at.is_(None),
    )
    .order_by(Signup.starts_at, Signup.id)
    .limit(MOST)
)
_community, _unit = orm.aliased(Organisation), orm.aliased(Organisation)
_known: tuple[Any, ...] = (
    _community.name,
    _community.slug,
    _unit.name,
    Person.birth_date,
    Guardian.name,
    _of_person(sa.func.max(HourEntry.id), HourEntry.person_id),
    _of_person(sa.func.max(Award.id), Award.person_id),
    _of_person(sa.func.count(Award.withdrawn_at), Award.person_id),
    _minutes(MonthlyTotal.month.between(sa.bindparam("first"), sa.bindparam("last"))),
    _minutes(MonthlyTotal.month == sa.bindparam("month")),
)
_facts = Look(
    sa.select(*_known)
    .select_from(Person)
    .outerjoin(_community, _community.id == Person.community_id)
    .outerjoin(_unit, _unit.id == Person.unit_id)
    .outerjoin(Guardian, Guardian.person_id == Person.id)
    .where(Person.id == sa.bindparam("person_id"))
)
