"""Where and how frauds are planted: communities, their people, forged ways through a door."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance.models import Attendance, Direction, Method
from volunteer_site.attendance.services.closing import PROOFS, facts_of
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.hours import services as hours
from volunteer_site.hours.models import HourEntry
from volunteer_site.organisations.models import Organisation
from volunteer_site.oversight.anomalies.models import Kind
from volunteer_site.people.models import Person, Role, RoleName
from volunteer_site.signups.models import Signup

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CLOSED_AFTER = 20 * MINUTE
GROWN = 18 * 366 * DAY
OLDEST = 13  # days ago
FEWEST = 8  # people without other hours
SAME = ("category", "place", "content", "conditions", "how_to_sign_up", "risks", "provided")


@dataclass(frozen=True)
class Planted:
    """One fraud: of which kind, and by what its finding is recognised."""

    kind: Kind
    activities: frozenset[int] = frozenset()
    person: int | None = None
    organisation: int | None = None

    def is_found_by(self, kind: str, finding: Any) -> bool:
        """Tell whether a finding of a rule is this one."""
        return kind == self.kind and (
            finding.activity_id in self.activities
            or (self.person is not None and finding.person_id == self.person)
            or (self.organisation is not None and finding.organisation_id == self.organisation)
        )


@dataclass
class Place:
    """A community with its coordinator, its people and what its notices say."""

    organisation: Organisation
    coordinator: int
    like: Activity  # an earlier activity, for the words of the notice
    people: list[int] = field(default_factory=list)

    def some(self, rng: Random, number: int) -> list[int]:
        """Choose so many people of the community, or all who are left; nobody twice."""
        chosen = rng.sample(self.people, min(number, len(self.people)))
        self.people = [one for one in self.people if one not in chosen]
        return chosen


@dataclass(frozen=True)
class Visit:
    """Somebody's forged, or honest, way through the door."""

    person: int
    came_at: datetime
    method: str = Method.TICK
    source: str | None = "self"  # None: on no list
    recorded_at: datetime | None = None
    device: str | None = None
    left_at: datetime | None = None  # None: until the closing
    minutes: int | None = None  # None: the whole activity


class Planter:
    """Plants frauds at the communities of a district; the same seed plants the same."""

    def __init__(self, now: datetime, seed: int = 2026) -> None:
        self.now, self.rng = now, Random(f"frauds {seed}")  # noqa: S311 -- nothing secret
        self.places = list(_places(now))
        self.rng.shuffle(self.places)

    def held(self, place: Place, *, lasts: int = 60, places: int = 60, ago: int = 0) -> Activity:
        """Hold an activity some days ago at six in the evening, or at eight for a long one."""
        day = dates.today(self.now) - (ago or self.rng.randint(2, OLDEST)) * DAY
        begin = dates.day_bounds(day)[0] + (8 if lasts > 6 * 60 else 18) * HOUR
        words = {name: getattr(place.like, name) for name in SAME}
        activity = Activity(
            organisation_id=place.organisation.id, title=place.like.title, **words,
            contact=place.like.contact, leader_id=place.coordinator, starts_at=begin,
            ends_at=begin + lasts * MINUTE, service_date=day, week=dates.week_of(day),
            signup_closes_at=begin, created_at=begin - 2 * DAY, published_at=begin - DAY,
            closed_at=begin + lasts * MINUTE + CLOSED_AFTER, closed_by_id=place.coordinator,
        )  # fmt: skip
        db.session.add(activity)
        db.session.flush()
        end = activity.ends_at
        db.session.add(Shift(activity_id=activity.id, starts_at=begin, ends_at=end, places=places))
        db.session.flush()
        return activity

    def door(self, activity: Activity, place: Place, visits: Iterable[Visit]) -> None:
        """Write sign-ups and marks, and post the hours of those who are given any."""
        shift = db.session.scalars(sa.select(Shift).where(Shift.activity_id == activity.id)).one()
        given = []
        for visit in visits:
            mark = _mark(activity, shift, place.coordinator, visit)
            if visit.minutes != 0:
                given.append(_credit(activity, place.coordinator, visit, mark))
        if given:
            facts = facts_of(activity, place.coordinator)
            hours.post(facts, given, now=activity.closed_at or self.now)


def _mark(activity: Activity, shift: Shift, coordinator: int, visit: Visit) -> int:
    """Write how somebody came and left; return the number of the check-in."""
    who = {"activity_id": activity.id, "shift_id": shift.id, "person_id": visit.person}
    if visit.source is not None:
        at = activity.starts_at - 3 * HOUR
        span = {"starts_at": shift.starts_at, "ends_at": shift.ends_at}
        facts = {"signed_up_at": at, "confirmed_at": at, "source": visit.source}
        db.session.execute(sa.insert(Signup).values(**who, **span, **facts))
        shift.taken += 1
    by = None if visit.method == Method.SCAN else coordinator
    recorded = visit.recorded_at or visit.came_at
    came: dict[str, Any] = {"direction": Direction.IN, "method": visit.method, "recorded_by_id": by}
    came |= {"happened_at": visit.came_at, "recorded_at": recorded, "device": visit.device}
    number = db.session.scalars(
        sa.insert(Attendance).values(**who, **came).returning(Attendance.id)
    ).one()
    left: dict[str, Any] = {
        "direction": Direction.OUT,
        "method": Method.CLOSING,
        "recorded_by_id": coordinator,
    }
    left |= {"happened_at": activity.ends_at, "recorded_at": activity.closed_at}
    if visit.left_at:
        left |= {"method": Method.TICK, "happened_at": visit.left_at, "recorded_at": visit.left_at}
    db.session.execute(sa.insert(Attendance).values(**who, **left))
    return int(number)


def _credit(activity: Activity, coordinator: int, visit: Visit, mark: int) -> hours.Credit:
    whole = (activity.ends_at - activity.starts_at) // MINUTE
    minutes = whole if visit.minutes is None else visit.minutes
    return hours.Credit(
        person_id=visit.person,
        recorder_id=activity.organisation_id,
        unit_id=None,
        source_id=mark,
        proof=PROOFS[Method(visit.method)],
        started_at=activity.starts_at,
        ended_at=activity.starts_at + minutes * MINUTE,
        minutes=minutes,
        recorded_by_id=coordinator,
    )


def _places(now: datetime) -> Iterator[Place]:
    """Return the communities that have a coordinator and an activity to copy, with free people."""
    asked = (
        sa.select(Organisation, sa.func.min(Role.person_id), sa.func.min(Activity.id))
        .join(Role, Role.organisation_id == Organisation.id)
        .join(Activity, Activity.organisation_id == Organisation.id)
        .where(Role.name == RoleName.COORDINATOR, Role.ended_at.is_(None))
        .group_by(Organisation.id)
        .order_by(Organisation.id)
    )
    free = _free(now)
    for organisation, coordinator, activity in db.session.execute(asked).all():
        like = db.session.get_one(Activity, activity)
        if len(free.get(organisation.id, ())) >= FEWEST:
            yield Place(organisation, coordinator, like, free[organisation.id])


def _free(now: datetime) -> dict[int, list[int]]:
    """Return by community the grown-ups who have served nowhere of late, so nothing overlaps."""
    served = sa.exists().where(
        HourEntry.person_id == Person.id,
        HourEntry.service_date > dates.today(now) - (OLDEST + 2) * DAY,
    )
    asked = sa.select(Person.community_id, Person.id).where(
        Person.community_id.is_not(None),
        Person.birth_date < dates.today(now) - GROWN,
        Person.created_at < now - 60 * DAY,
        Person.erased_at.is_(None),
        ~served,
        ~sa.exists().where(Role.person_id == Person.id),
    )
    found: dict[int, list[int]] = {}
    for community, person in db.session.execute(asked.order_by(Person.id)):
        found.setdefault(community or 0, []).append(person)
    return found
