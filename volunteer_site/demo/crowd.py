"""Who comes: everybody of a district, where they live and work, and how keen they are."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from volunteer_site.demo.places import District
from volunteer_site.demo.population import Resident, residents
from volunteer_site.people.queries import age

WORKING_AGE = range(22, 60)
MOST_AT_WORK = 0.35  # of the people, those whom a unit brings
WORKERS = 1.6  # so many times as many people as people of working age
VOLUNTEERING_STAFF = 0.7  # of a unit's staff
LONG_HERE = 0.7  # registered before the history begins
ENOUGH = 2  # times a week
KEEN = 2.5  # the higher, the more often the same people come
FROM_THE_UNIT = 0.5
FROM_ELSEWHERE = 0.1
FIRST_PEOPLE = 40  # of the first community, who came in earlier years where there were any
NOBODY = -1
TRIES = 30


@dataclass(frozen=True, slots=True)
class Member:
    """A resident with a home, perhaps a unit, and the day they registered."""

    resident: Resident
    community: int  # number of the community in the district
    unit: int  # number of the unit, or NOBODY
    since: date


@dataclass(slots=True)
class Crowd:
    """What must be known of everybody to choose who comes; lists by a person's number."""

    first: int
    born: list[date] = field(default_factory=list)
    since: list[date] = field(default_factory=list)
    unit: list[int] = field(default_factory=list)
    phone: list[str] = field(default_factory=list)
    of_community: list[list[int]] = field(default_factory=list)
    of_unit: list[list[int]] = field(default_factory=list)
    helpers: list[list[int]] = field(default_factory=list)  # units of each community

    def count(self, member: Member) -> None:
        """Remember one more person who does not volunteer; all come in order of their numbers."""
        self.born.append(member.resident.born)
        self.since.append(member.since)
        self.unit.append(member.unit)
        self.phone.append(member.resident.phone)

    def add(self, member: Member) -> None:
        """Remember one more volunteer."""
        self.count(member)
        self.of_community[member.community].append(member.resident.number)
        if member.unit != NOBODY:
            self.of_unit[member.unit].append(member.resident.number)

    def unit_of(self, person: int) -> int:
        """Return the number of the unit where a person works, or NOBODY."""
        return self.unit[person - self.first]

    def phone_of(self, person: int) -> str:
        """Return the number of a person's phone, which a family may share."""
        return self.phone[person - self.first]

    def may_come(self, person: int, day: date, minimum_age: int) -> bool:
        """Say whether the person is registered and old enough on a day."""
        at = person - self.first
        return self.since[at] < day and age(self.born[at], day) >= minimum_age


class Period(NamedTuple):
    """From the day the history begins until the Monday of the present week."""

    begin: date
    today: date
    earlier: timedelta = timedelta()  # by so much the first people of all came before that


def members(
    rng: Random, district: District, count: int, period: Period, *, first: int = 0
) -> Iterator[Member]:
    """Invent the people of a district; neighbours have neighbouring numbers."""
    today = period.today
    staff = [round(unit.staff * VOLUNTEERING_STAFF) for unit in district.units]
    at_work = min(MOST_AT_WORK, sum(staff) / count)
    units = range(len(staff))
    for resident in residents(rng, count, today, first=first):
        community = (resident.number - first) * len(district.communities) // count
        works = age(resident.born, today) in WORKING_AGE and rng.random() < at_work * WORKERS
        unit = rng.choices(units, weights=staff)[0] if works else NOBODY
        among_the_first = resident.number - first < FIRST_PEOPLE
        since = _since(rng, period) - (period.earlier if among_the_first else timedelta())
        yield Member(resident, community, unit, since)


def crowd_for(district: District, first: int) -> Crowd:
    """Return a crowd of nobody yet, with the places that people will belong to."""
    unit_number = {unit.slug: number for number, unit in enumerate(district.units)}
    helpers: dict[str, list[int]] = {community.slug: [] for community in district.communities}
    for pairing in district.pairings:
        helpers[pairing.community].append(unit_number[pairing.unit])
    crowd = Crowd(first)
    crowd.of_community = [[] for _ in district.communities]
    crowd.of_unit = [[] for _ in district.units]
    crowd.helpers = list(helpers.values())
    return crowd


class Diary:
    """What people have promised of late, so that nobody is in two places at once (R6)."""

    def __init__(self) -> None:
        self._promised: dict[int, list[tuple[datetime, datetime]]] = {}

    def forget(self) -> None:
        """Turn over a leaf: what was promised is over."""
        self._promised.clear()

    def free(self, person: int, starts_at: datetime, ends_at: datetime) -> bool:
        """Say whether the person has promised nothing that overlaps, and has not enough to do."""
        promised = self._promised.get(person, ())
        return len(promised) < ENOUGH and all(
            end <= starts_at or ends_at <= start for start, end in promised
        )

    def promise(self, person: int, starts_at: datetime, ends_at: datetime) -> None:
        """Note that the person will be there."""
        self._promised.setdefault(person, []).append((starts_at, ends_at))


def choose(rng: Random, crowd: Crowd, community: int, minimum_age: int, day: date) -> int | None:
    """Choose somebody who may come to a community: neighbours, people of its units, a guest."""
    for _ in range(TRIES):
        pool = _pool(rng, crowd, community)
        if pool:
            person = pool[int(len(pool) * rng.random() ** KEEN)]
            if crowd.may_come(person, day, minimum_age):
                return person
    return None


def _pool(rng: Random, crowd: Crowd, community: int) -> list[int]:
    lot = rng.random()
    if lot < FROM_ELSEWHERE:
        return rng.choice(crowd.of_community)
    if lot < FROM_ELSEWHERE + FROM_THE_UNIT:
        return crowd.of_unit[rng.choice(crowd.helpers[community])]
    return crowd.of_community[community]


def _since(rng: Random, period: Period) -> date:
    """Most people registered before the history begins, the others one by one."""
    begin = period.begin
    if rng.random() < LONG_HERE:
        return begin - timedelta(days=rng.randint(1, 300))
    return begin + timedelta(days=rng.randrange(max(1, (period.today - begin).days)))
