"""Where the demo takes place: districts, streets, communities, units and who is paired."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from volunteer_site.demo import slugs
from volunteer_site.demo.names import DATA

NUMERALS = "一二三"
STREET = "路街巷"
ROADS = 34  # of an invented district
SECOND_UNIT = 0.3


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything one scale has; `people` and `units` are for each district."""

    districts: int
    subdistricts: int
    communities: int
    units: int
    people: int
    weeks: int
    earlier: int = 0  # weeks before these, when only the first community was there


SCALES = {
    "small": Size(1, 1, 12, 10, 600, 26, 156),
    "district": Size(1, 6, 90, 70, 120_000, 104),
    "city": Size(10, 6, 90, 70, 120_000, 104),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One organisation of the tree, or a unit; `parent` is a slug, `road` where it stands."""

    kind: str
    name: str
    slug: str
    parent: str | None = None
    road: str = ""
    address: str = ""
    unit_kind: str = ""
    staff: int = 0


@dataclass(frozen=True, slots=True)
class Paired:
    """A unit helps a community from a day on; slugs."""

    unit: str
    community: str
    since: date


@dataclass(slots=True)
class District:
    """A district with all that hangs on it, parents before children."""

    top: Place
    subdistricts: list[Place] = field(default_factory=list)
    communities: list[Place] = field(default_factory=list)
    points: list[Place] = field(default_factory=list)
    teams: list[Place] = field(default_factory=list)
    units: list[Place] = field(default_factory=list)
    pairings: list[Paired] = field(default_factory=list)

    def places(self) -> list[Place]:
        """Return everything, parents before children."""
        tree = [self.top, *self.subdistricts, *self.communities, *self.points, *self.teams]
        return tree + self.units


def districts(size: Size, seed: int, today: date) -> Iterator[District]:
    """Invent the districts of a scale one by one; the first is 迎泽区."""
    for number, told in enumerate(_data()["districts"][: size.districts]):
        rng = Random(f"{seed}/{told['name']}")  # noqa: S311 -- nothing secret
        yield _district(rng, told, number, size, today)


def _district(rng: Random, told: dict[str, Any], number: int, size: Size, today: date) -> District:
    short = told["name"].removesuffix("区")
    free = slugs.Slugs(prefix=slugs.slug(short) if number else "")
    top = Place("district", told["name"], slugs.slug(short), address=f"太原市{told['name']}")
    district = District(top)
    for name in told["subdistricts"][: size.subdistricts]:
        slug = free.take(f"{slugs.slug(name)}-jiedao")
        district.subdistricts.append(Place("subdistrict", f"{name}街道", slug, top.slug))
    roads = list(told.get("roads") or rng.sample(_invented_roads(), ROADS))
    reported = [] if number else _data()["reported"]
    names = _community_names(rng, reported, roads)[: size.communities]
    _settle(rng, district, names, roads, free)
    _open_points_and_teams(rng, district, free)
    _found_units(rng, district, size.units, free)
    _pair(rng, district, today)
    return district


def _community_names(rng: Random, reported: list[str], roads: list[str]) -> list[str]:
    """Return names of communities: those of the reports first, then roads with numbers."""
    made_up = [f"{road}{n}社区" for n in NUMERALS for road in rng.sample(roads, len(roads))]
    return list(dict.fromkeys([*reported, *made_up]))


def _invented_roads() -> list[str]:
    words = _data()["road_words"]
    return [first + second for first in words["first"] for second in words["second"]]


def _settle(
    rng: Random, district: District, names: list[str], roads: list[str], free: slugs.Slugs
) -> None:
    """Share the communities out among the subdistricts, neighbours next to each other."""
    streets = [road for road in roads if road[-1] in STREET]
    each = -(-len(names) // len(district.subdistricts))
    for number, name in enumerate(names):
        parent = district.subdistricts[number // each]
        road = slugs.road_of(name)
        road = road if road[-1] in STREET else rng.choice(streets)
        address = f"{district.top.name}{parent.name}{road}{rng.randint(2, 180)}号"
        slug = free.take(slugs.community(name))
        place = Place("community", name, slug, parent.slug, road=road, address=address)
        district.communities.append(place)


def _open_points_and_teams(rng: Random, district: District, free: slugs.Slugs) -> None:
    """Give each community one or two points and one or two teams."""
    for community in district.communities:
        lists = (("point", "points", district.points), ("team", "teams", district.teams))
        for kind, table, places in lists:
            for name in rng.sample(_data()[table]["names"], rng.randint(1, 2)):
                slug = free.take(f"{community.slug}-{slugs.initials(name)}", own=True)
                full = f"{community.name}{name}"
                place = Place(kind, full, slug, community.slug, community.road, community.address)
                places.append(place)


def _found_units(rng: Random, district: District, count: int, free: slugs.Slugs) -> None:
    """Found units in turn from each kind, so that ten units already show every kind."""
    lists = [[(told, name) for name in told["names"]] for told in _data()["units"]]
    chosen = [told[n] for n in range(max(map(len, lists))) for told in lists if n < len(told)]
    roads = sorted({community.road for community in district.communities})
    short = district.top.name
    for told, name in chosen[:count]:
        full = name if name[0] in "团红" else f"{short}{name}"
        address = f"{short}{rng.choice(roads)}{rng.randint(2, 180)}号"
        slug = free.take(slugs.short(name.removeprefix("委")))
        staff = rng.randint(*told["staff"])
        place = Place("unit", full, slug, district.top.slug, "", address, told["kind"], staff)
        district.units.append(place)


def _pair(rng: Random, district: District, today: date) -> None:
    """Pair every community with one or two units, and every unit with a community (R61)."""
    units = rng.sample(district.units, len(district.units))
    for number, community in enumerate(district.communities):
        chosen = {units[number % len(units)].slug}
        if rng.random() < SECOND_UNIT:
            chosen.add(rng.choice(units).slug)
        for unit in sorted(chosen):
            since = today - timedelta(days=rng.randint(760, 1500))
            district.pairings.append(Paired(unit, community.slug, since))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((DATA / "places.toml").read_text(encoding="utf-8"))
