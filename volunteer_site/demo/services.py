"""Loads the demo: district by district, each in one transaction of the caller."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import sqlalchemy as sa

from volunteer_site.core import calendar, dates, versions
from volunteer_site.core.db import db
from volunteer_site.demo import crowd, phones, places, programmes
from volunteer_site.demo.activity_rows import Books
from volunteer_site.demo.book_rows import Months
from volunteer_site.demo.bulk import Writer
from volunteer_site.demo.history import Held, Scene, past_week
from volunteer_site.demo.honour_rows import Honours
from volunteer_site.demo.old_hands import earlier_week, hands
from volunteer_site.demo.other_rolls import OtherRolls
from volunteer_site.demo.people_rows import Numbers, write_people, write_places, write_programmes
from volunteer_site.demo.places import District, Size
from volunteer_site.demo.present import monday_of, present_weeks
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Person

SEED = 2026
WEEK = timedelta(days=7)
AHEAD = 3 * WEEK  # for holidays
FIXED = {"元旦": ((1, 1),), "劳动节": ((5, 1), (5, 2)), "国庆节": ((10, 1), (10, 2), (10, 3))}

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Wish:
    """What to load: a scale, as of a moment, the same for the same seed and week."""

    size: Size
    now: datetime
    version: str  # of the notice that everybody has agreed to
    seed: int = SEED

    @property
    def monday(self) -> date:
        """Return the first day of the present week."""
        return monday_of(self.now)

    @property
    def begin(self) -> date:
        """Return the first day of the history."""
        return self.monday - self.size.weeks * WEEK

    @property
    def earlier(self) -> timedelta:
        """Return how long before the history the first community began alone."""
        return self.size.earlier * WEEK

    @property
    def steps(self) -> int:
        """Return how many times loading one district tells its progress."""
        return self.size.earlier + self.size.weeks + 2


def districts(wish: Wish) -> Iterator[District]:
    """Invent the districts of a wish, one by one."""
    return places.districts(wish.size, wish.seed, wish.monday)


def enter_holidays(wish: Wish) -> None:
    """Enter the holidays that never move for years that nobody has announced yet (R9).

    A notice needs to know its working days; call inside a write_transaction.
    """
    first, last = wish.begin - wish.earlier, dates.today(wish.now) + AHEAD
    for year in range(first.year, last.year + 1):
        if not calendar.is_known(year):
            for name, days in FIXED.items():
                for month, day in days:
                    calendar.set_day(date(year, month, day), "holiday", name, now=wish.now)
            calendar.complete_year(year, now=wish.now)


def is_there(district: District) -> bool:
    """Say whether the district has been loaded before."""
    known = sa.select(Organisation.id).where(Organisation.slug == district.top.slug)
    return db.session.scalar(known) is not None


def load_district(district: District, wish: Wish, progress: Progress) -> None:
    """Write a district with its people and its history; call inside a write_transaction."""
    writer = Writer(db.session.connection())
    scene, ids = settle(writer, district, wish)
    books = Books(writer, scene, ids)
    honours = Honours(writer, ids, ids.organisation[district.top.slug], wish.now)
    for week in history(scene, wish):
        for held in week:
            for entry in books.write(held):
                honours.add(entry)
        progress(1)
    books.write_totals()
    writer.flush()
    honours.write()
    Months(writer, ids, wish.now).write()
    progress(1)
    writer.finish()
    OtherRolls(ids, ids.organisation[district.top.slug], wish.now).write()
    for name in ("board", "names", "organisations"):
        versions.bump(name)


def settle(writer: Writer, district: District, wish: Wish) -> tuple[Scene, Numbers]:
    """Write the places, the people and the programmes, and return the scene they make."""
    ids = write_places(writer, district, _since(wish))
    first = writer.next_id(Person)
    scene = _scene(district, wish, first)
    period = crowd.Period(wish.begin, wish.monday, wish.earlier)
    people = scene.rng("people")
    everybody = crowd.members(people, district, wish.size.people, period, first=first)
    write_people(writer, scene, ids, everybody, wish.version)
    write_programmes(writer, scene, ids, _since(wish))
    return scene, ids


def history(scene: Scene, wish: Wish) -> Iterator[list[Held]]:
    """Tell week after week what happened, and at the end how the present weeks stand."""
    old = hands(scene)
    for number in range(wish.size.earlier):
        yield _with_phones(scene, earlier_week(scene, scene.founded + number * WEEK, old))
    for number in range(wish.size.weeks):
        yield _with_phones(scene, past_week(scene, wish.begin + number * WEEK))
    yield _with_phones(scene, present_weeks(scene, wish.now))


def _with_phones(scene: Scene, week: Iterable[Held]) -> list[Held]:
    whole = list(week)
    for held in whole:
        phones.carry(scene, held)
    return whole


def _scene(district: District, wish: Wish, first: int) -> Scene:
    seed = f"{wish.seed}/{district.top.slug}"
    names = {place.slug: place.name.removesuffix("街道") for place in district.subdistricts}
    streets = [names[place.parent or ""] for place in district.communities]
    occasions = [
        programmes.regular(Random(f"{seed}/{place.slug}"), place, street)  # noqa: S311
        for place, street in zip(district.communities, streets, strict=True)
    ]
    who = crowd.crowd_for(district, first)
    return Scene(seed, district, who, occasions, streets, _holidays(wish), wish.begin, wish.earlier)


def _holidays(wish: Wish) -> frozenset[date]:
    days = calendar.load(wish.begin - wish.earlier, wish.monday + AHEAD)
    number = (days.last - days.first).days + 1
    described = (days.describe(days.first + timedelta(days=n)) for n in range(number))
    return frozenset(day.day for day in described if day.name and not day.working)


def _since(wish: Wish) -> datetime:
    """Return the moment at which the district came to the site."""
    return dates.day_bounds(wish.begin - wish.earlier - timedelta(days=300))[0]
