"""What communities do from week to week, and the words of the notices (R15)."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.core import dates
from volunteer_site.demo.names import DATA
from volunteer_site.demo.places import Place

HOUR = "公益一小时"
ROUND = "平安夜巡"
BY_DAY = (
    HOUR,
    "周末清洁日",
    "情暖夕阳",
    "健康小屋",
    "法律门诊",
    "科普进院落",
    "初心课堂",
    "巧手便民",
)
OTHERS = 3  # regular occasions of a community beside the weekly hour
AGES = (("年满十八周岁", 18), ("大专以上", 18), ("专业", 18), ("年满十六周岁", 16))


@dataclass(frozen=True, slots=True)
class Task:
    """One of several shifts: what to do, from which minute on, how long, which share of people."""

    name: str
    after: int
    minutes: int
    share: float


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a community does on one weekday every so many weeks, ready to be put on a notice.

    `weekday` counts from Monday 0 and `starts_minute` from local midnight, as programmes do.
    """

    programme: str
    title: str
    category: str
    place: str
    content: str
    conditions: str
    how_to_sign_up: str
    risks: str
    provided: str
    minimum_age: int
    weekday: int
    starts_minute: int
    lasts_minutes: int
    places: int
    every: int = 1
    phase: int = 0
    tasks: tuple[Task, ...] = ()

    def takes_place(self, week: int) -> bool:
        """Say whether it is this occasion's turn in a week, weeks being counted anyhow."""
        return week % self.every == self.phase

    def starts_at(self, on: date) -> datetime:
        """Return the moment (UTC) at which it begins on a day."""
        return dates.utc(datetime.combine(on, time()) + timedelta(minutes=self.starts_minute))


def regular(rng: Random, community: Place, subdistrict: str) -> list[Occasion]:
    """Choose what a community does: the weekly hour and three others, no two kinds alike."""
    return [weekly_hour(rng, community, subdistrict), *_others(rng, community, subdistrict)]


def weekly_hour(rng: Random, community: Place, subdistrict: str) -> Occasion:
    """Choose the content of one Friday's public-welfare hour."""
    return _occasion(rng, rng.choice(_kinds(HOUR)), community, subdistrict)


def by_day(rng: Random, community: Place, subdistrict: str) -> Occasion:
    """Choose what one can do at any time of the day."""
    programme = rng.choice(BY_DAY)
    return _occasion(rng, rng.choice(_kinds(programme)), community, subdistrict)


def evening_round(rng: Random, community: Place, subdistrict: str) -> Occasion:
    """Choose what one can do late in the evening: a round through stairwells with torches."""
    return _occasion(rng, rng.choice(_kinds(ROUND)), community, subdistrict)


def _others(rng: Random, community: Place, subdistrict: str) -> list[Occasion]:
    kinds = [kind for kind in _data()["kinds"] if kind["programme"] != HOUR]
    return [_occasion(rng, kind, community, subdistrict) for kind in rng.sample(kinds, OTHERS)]


def _occasion(rng: Random, kind: dict[str, Any], community: Place, subdistrict: str) -> Occasion:
    words = {"community": community.name, "road": community.road, "subdistrict": subdistrict}
    hour, minute = kind["starts"].split(":")
    every = kind.get("every", 1)
    return Occasion(
        programme=kind["programme"],
        title=kind["title"],
        category=_slug(kind["category"]),
        place=kind["place"].format(**words),
        content=rng.choice(kind["content"]).format(**words),
        conditions=kind["conditions"],
        how_to_sign_up=rng.choice(_data()["signup"]),
        risks=kind["risks"],
        provided=kind["provided"],
        minimum_age=_minimum_age(kind["conditions"]),
        weekday=kind["on"] - 1,
        starts_minute=int(hour) * 60 + int(minute),
        lasts_minutes=kind["minutes"],
        places=_places(rng, *kind["places"]),
        every=every,
        phase=rng.randrange(every),
        tasks=_tasks(kind),
    )


def _places(rng: Random, fewest: int, most: int) -> int:
    """Choose a number of places; most often one in the middle."""
    return round(rng.triangular(fewest, most, (fewest + most) / 2))


def _tasks(kind: dict[str, Any]) -> tuple[Task, ...]:
    return tuple(
        Task(told["task"], told["from"], told["minutes"], told["share"])
        for told in kind.get("shifts", ())
    )


def _minimum_age(conditions: str) -> int:
    """Read the age out of the conditions; children may come where nothing else is said."""
    return next((age for words, age in AGES if words in conditions), 8)


@cache
def _slug(name_zh: str) -> str:
    return next(slug for slug, kind in CATEGORIES.items() if kind.name_zh == name_zh)


@cache
def _kinds(programme: str) -> list[dict[str, Any]]:
    return [kind for kind in _data()["kinds"] if kind["programme"] == programme]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((DATA / "programmes.toml").read_text(encoding="utf-8"))
