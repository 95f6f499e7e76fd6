"""Planted frauds, one or more of each kind, to see that every rule finds its own.

Everybody is invented. The hours are posted as the ledger wants them, only the marks are forged.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from volunteer_site.attendance.models import Method
from volunteer_site.core import dates
from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo.frauds.planting import DAY, HOUR, MINUTE, Place, Planted, Planter, Visit
from volunteer_site.hours.models import EntryKind, HourEntry
from volunteer_site.oversight.anomalies.models import Kind
from volunteer_site.people.models import Person

__all__ = ["FRAUDS", "Planted", "Planter", "plant"]


def plant(planter: Planter, kinds: Iterable[str], each: int = 1) -> list[Planted]:
    """Plant so many of each kind, every one at a community of its own while there are any."""
    planted = []
    for number, kind in enumerate(kind for _ in range(each) for kind in kinds):
        place = planter.places[number % len(planter.places)]
        with write_transaction():
            planted.append(FRAUDS[kind](planter, place))
    return planted


def _two_places(planter: Planter, place: Place) -> Planted:
    """Somebody serves here and is ticked at the neighbour's at the same time."""
    other = next(one for one in planter.places if one is not place and one.people)
    (person,) = place.some(planter.rng, 1)
    here = planter.held(place)
    there = planter.held(other, ago=(dates.today(planter.now) - here.service_date).days)
    planter.door(here, place, [Visit(person, here.starts_at, Method.SCAN)])
    honest = Visit(other.some(planter.rng, 1)[0], there.starts_at)
    forged = Visit(person, there.starts_at + 5 * MINUTE, minutes=0)  # R6: nothing counts twice
    planter.door(there, other, [honest, forged] if honest.person != person else [forged])
    return Planted(Kind.TWO_PLACES, frozenset({here.id, there.id}), person)


def _too_many(planter: Planter, place: Place) -> Planted:
    activity, people = planter.held(place, places=26), place.some(planter.rng, 26)
    sources = ["self"] * 14 + ["walk_in"] * 12
    pairs = zip(people, sources, strict=False)
    visits = [Visit(one, activity.starts_at, source=source) for one, source in pairs]
    planter.door(activity, place, visits)
    return Planted(Kind.TOO_MANY, frozenset({activity.id}))


def _walk_ins(planter: Planter, place: Place) -> Planted:
    activity, people = planter.held(place, places=90), place.some(planter.rng, 16)
    visits = [
        Visit(one, activity.starts_at, source="walk_in" if number < 11 else "self")  # noqa: PLR2004
        for number, one in enumerate(people)
    ]
    planter.door(activity, place, visits)
    return Planted(Kind.WALK_INS, frozenset({activity.id}))


def _burst(planter: Planter, place: Place) -> Planted:
    """Eight photos of the code are sent around and opened by a script."""
    activity = planter.held(place)
    first = activity.starts_at - 3 * MINUTE
    visits = [
        Visit(one, first + timedelta(milliseconds=90 * number), Method.SCAN, device=f"{one:016x}")
        for number, one in enumerate(place.some(planter.rng, 8))
    ]
    planter.door(activity, place, visits)
    return Planted(Kind.BURST, frozenset({activity.id}))


def _one_device(planter: Planter, place: Place) -> Planted:
    activity = planter.held(place)
    visits = [
        Visit(one, activity.starts_at + number * MINUTE, Method.SCAN, device="f" * 16)
        for number, one in enumerate(_strangers(place.some(planter.rng, 9), 5))
    ]
    planter.door(activity, place, visits)
    return Planted(Kind.ONE_DEVICE, frozenset({activity.id}))


def _late_out(planter: Planter, place: Place) -> Planted:
    activity = planter.held(place)
    late = activity.ends_at + 3 * HOUR
    visits = [Visit(one, activity.starts_at, left_at=late) for one in place.some(planter.rng, 3)]
    planter.door(activity, place, visits)
    return Planted(Kind.LATE_OUT, frozenset({activity.id}))


def _night(planter: Planter, place: Place) -> Planted:
    """Enter nine people from the back office: the field's scandal, two minutes, forty yuan."""
    activity = planter.held(place)
    two = activity.starts_at + 8 * HOUR  # in the morning
    visits = [
        Visit(one, activity.starts_at, recorded_at=two + 9 * number * timedelta(seconds=1))
        for number, one in enumerate(place.some(planter.rng, 9))
    ]
    planter.door(activity, place, visits)
    return Planted(Kind.NIGHT, frozenset({activity.id}))


def _late_share(planter: Planter, place: Place) -> Planted:
    """Half as many again as the whole month are entered afterwards."""
    activity = planter.held(place, places=999, ago=2)
    month, here = dates.month_of(activity.service_date), place.organisation.id
    asked = sa.select(sa.func.count()).select_from(HourEntry)
    asked = asked.where(
        HourEntry.recorder_id == here,
        HourEntry.month == month,
        HourEntry.kind == EntryKind.CREDIT,
    )
    people = place.some(planter.rng, 12 + (db.session.scalar(asked) or 0) // 2)
    morning = activity.ends_at + 15 * HOUR
    visits = [Visit(one, activity.starts_at, Method.LATE, recorded_at=morning) for one in people]
    planter.door(activity, place, visits)
    return Planted(Kind.LATE_SHARE, organisation=here)


def _under_cap(planter: Planter, place: Place) -> Planted:
    """Four days in a row, each some minutes below what a second person would have to see."""
    (person,) = place.some(planter.rng, 1)
    monday = (dates.today(planter.now).weekday() or 7) + 7  # of last week, in days ago
    for day in range(4):
        activity = planter.held(place, lasts=480, ago=monday - day)
        planter.door(activity, place, [Visit(person, activity.starts_at, minutes=472 - day)])
    return Planted(Kind.UNDER_CAP, person=person)


def _not_there(planter: Planter, place: Place) -> Planted:
    """Somebody who registered yesterday has hours from a month ago."""
    fresh = Person(
        number=f"N{planter.rng.randrange(10**8):08}", name="周新民", created_at=planter.now - DAY,
        community_id=place.organisation.id, birth_date=dates.today(planter.now) - 9000 * DAY,
    )  # fmt: skip
    db.session.add(fresh)
    db.session.flush()
    activity = planter.held(place, ago=31)
    planter.door(activity, place, [Visit(fresh.id, activity.starts_at, Method.PAPER)])
    return Planted(Kind.NOT_THERE, person=fresh.id)


def _own_hours(planter: Planter, place: Place) -> Planted:
    activity = planter.held(place)
    others = [Visit(one, activity.starts_at) for one in place.some(planter.rng, 3)]
    planter.door(activity, place, [*others, Visit(place.coordinator, activity.starts_at)])
    return Planted(Kind.OWN_HOURS, frozenset({activity.id}))


def _strangers(people: Sequence[int], number: int) -> list[int]:
    """Return so many of these people who share no phone number."""
    asked = sa.select(Person.id, Person.phone).where(Person.id.in_(people)).order_by(Person.id)
    phones = {phone or str(one): one for one, phone in db.session.execute(asked)}
    return list(phones.values())[:number]


FRAUDS: Final[dict[str, Callable[[Planter, Place], Planted]]] = {
    Kind.TWO_PLACES: _two_places,
    Kind.NOT_THERE: _not_there,
    Kind.ONE_DEVICE: _one_device,
    Kind.NIGHT: _night,
    Kind.BURST: _burst,
    Kind.TOO_MANY: _too_many,
    Kind.WALK_INS: _walk_ins,
    Kind.LATE_SHARE: _late_share,
    Kind.UNDER_CAP: _under_cap,
    Kind.OWN_HOURS: _own_hours,
    Kind.LATE_OUT: _late_out,
}
