"""What is known about who came and went."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.core import names, pinyin
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.look import Look
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import Person
from volunteer_site.signups import queries as signups
from volunteer_site.signups.absences import queries as absences
from volunteer_site.signups.absences.models import Excuse
from volunteer_site.signups.models import Signup
from volunteer_site.signups.queries import Coming, Offer, Offers, State

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Mark:
    """Somebody came in or went out: when, how, and by whom it was written down."""

    id: int
    person_id: int
    shift_id: int
    direction: str
    method: str
    happened_at: datetime
    recorded_at: datetime
    by: str | None  # a coordinator's name


class Promise(NamedTuple):
    """The sign-up that stands: for which shift, and since when it is confirmed."""

    shift_id: int
    confirmed_at: datetime | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Hours:
    """How long before and after a shift its door is open (R18)."""

    before: timedelta
    after: timedelta

    def span(self, starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
        """Return from when to when the door of that time is open."""
        return starts_at - self.before, ends_at + self.after


@dataclass(frozen=True)
class Entrance:
    """One person before the door: what they signed up for, and whether they came."""

    found: Offers
    came: Mark | None
    left: Mark | None

    @property
    def shift(self) -> Offer | None:
        """Return the shift in which the person has a place."""
        if self.found.state is not State.CONFIRMED:
            return None
        return self.found.shift(self.found.signup_shift_id)

    def mark(self, direction: str) -> Mark | None:
        """Return the mark of that direction that stands."""
        return self.came if direction == Direction.IN else self.left


@dataclass(frozen=True)
class Presence:
    """What an activity's page says to somebody with a place about the door and themselves."""

    entrance: Entrance
    opening: tuple[datetime, datetime]
    now: datetime
    excused: bool = False


@dataclass(frozen=True)
class Line:
    """One line of the roster at the door."""

    coming: Coming
    came: Mark | None
    left: Mark | None

    def mark(self, direction: str) -> Mark | None:
        """Return the mark of that direction that stands."""
        return self.came if direction == Direction.IN else self.left

    def fits(self, words: str) -> bool:
        """Tell whether name, pinyin or initials are what somebody looks for."""
        keys = (self.coming.pinyin.replace(" ", ""), self.coming.initials)
        return pinyin.rank(words, self.coming.name, keys) in {0, 1, 2}


@dataclass(frozen=True)
class Roster:
    """Everybody with a place, in the order of names, and everybody who waits for one."""

    lines: list[Line]
    waiting: list[Coming]
    changes: int  # goes up with every mark made or undone
    order: str = field(default="pinyin")

    def of(self, person_id: int) -> Line:
        """Return the line of a person; raises NotFound."""
        for line in self.lines:
            if line.coming.person_id == person_id:
                return line
        raise NotFound(_("There is no such person on this list."))

    def number(self, direction: str) -> int:
        """Return how many have come in, or gone out."""
        return sum(line.mark(direction) is not None for line in self.lines)


_by = orm.aliased(Person)
_marks = (
    sa.select(
        Attendance.id,
        Attendance.person_id,
        Attendance.shift_id,
        Attendance.direction,
        Attendance.method,
        Attendance.happened_at,
        Attendance.recorded_at,
        _by.name,
    )
    .outerjoin(_by, _by.id == Attendance.recorded_by_id)
    .where(Attendance.activity_id == sa.bindparam("activity_id"), Attendance.undone_at.is_(None))
    .order_by(Attendance.id)
)
_marks_of = Look(_marks.where(Attendance.person_id == sa.bindparam("person_id")))


def marks(activity_id: int) -> list[Mark]:
    """Return the marks of an activity that stand, in order."""
    return [Mark(*row) for row in db.session.execute(_marks, {"activity_id": activity_id})]


def marks_of(activity_id: int, person_id: int) -> list[Mark]:
    """Return the marks of one person in an activity that stand, in order."""
    return [Mark(*row) for row in _marks_of(activity_id=activity_id, person_id=person_id)]


_promise = Look(
    sa.select(Signup.shift_id, Signup.confirmed_at, Signup.starts_at, Signup.ends_at).where(
        Signup.activity_id == sa.bindparam("activity_id"),
        Signup.person_id == sa.bindparam("person_id"),
        Signup.withdrawn_at.is_(None),
    )
)


def promise(activity_id: int, person_id: int) -> Promise | None:
    """Return the sign-up of a person that stands, confirmed or waiting."""
    rows = _promise(activity_id=activity_id, person_id=person_id)
    return Promise(*rows[0]) if rows else None


def entrance(activity_id: int, person_id: int) -> Entrance:
    """Return how a person stands before the door of a published activity; raises NotFound."""
    found = signups.offers(activity_id, person_id)
    if found is None or found.published_at is None:
        raise NotFound(_("There is no such activity. It may have been taken back."))
    return standing(found, person_id)


def presence(found: Offers, person_id: int, hours: Hours, now: datetime) -> Presence | None:
    """Return what to say about the door, from the day before on; None to who has no place."""
    shift = found.shift(found.signup_shift_id) if found.state is State.CONFIRMED else None
    if shift is None or found.cancelled_at is not None:
        return None
    opening = hours.span(shift.starts_at, shift.ends_at)
    if now < opening[0] - A_DAY:
        return None
    mine = standing(found, person_id)
    missing = mine.came is None and now > opening[0]
    excused = missing and absences.standing_excuse(found.activity_id, person_id) is not None
    return Presence(mine, opening, now, excused)


def standing(found: Offers, person_id: int) -> Entrance:
    """Return whether somebody came to an activity that is known already."""
    mine = {mark.direction: mark for mark in marks_of(found.activity_id, person_id)}
    return Entrance(found, mine.get(Direction.IN), mine.get(Direction.OUT))


def roster(activity_id: int, order: str = "pinyin") -> Roster:
    """Return who is expected and who came; `order` is pinyin or strokes (R66, R68)."""
    standing = {(mark.person_id, mark.direction): mark for mark in marks(activity_id)}
    lines, waiting = [], []
    for one in sorted(signups.roster(activity_id), key=lambda one: _place(one, order)):
        if one.confirmed_at is None:
            waiting.append(one)
            continue
        came, left = (standing.get((one.person_id, way)) for way in (Direction.IN, Direction.OUT))
        lines.append(Line(one, came, left))
    waiting.sort(key=lambda one: one.signup_id)
    return Roster(lines, waiting, changes(activity_id), order)


def changes(activity_id: int) -> int:
    """Return a number that goes up with every mark or excuse made or undone.

    For what is kept of a page, here and on phones.
    """
    marks_made = sa.func.count(Attendance.id) + sa.func.count(Attendance.undone_at)
    given = sa.func.count(Excuse.id) + sa.func.count(Excuse.withdrawn_at)
    asked = sa.select(
        sa.select(marks_made).where(Attendance.activity_id == activity_id).scalar_subquery()
        + sa.select(given).where(Excuse.activity_id == activity_id).scalar_subquery()
    )
    return int(db.session.scalar(asked) or 0)


def anybody_in(activity_id: int) -> int:
    """Return how many people have checked in."""
    asked = sa.select(sa.func.count()).where(
        Attendance.activity_id == activity_id,
        Attendance.direction == Direction.IN,
        Attendance.undone_at.is_(None),
    )
    return db.session.scalar(asked) or 0


def _place(one: Coming, order: str) -> Any:
    key = names.stroke_key(one.name) if order == "strokes" else pinyin.pinyin_key(one.name)
    return key, one.person_id
