"""The years before: a few neighbours of the first community who came when nobody else did.

Half a year gives nobody the hundred hours that the first star takes; they have given them.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

from volunteer_site.demo.crowd import NOBODY
from volunteer_site.demo.history import (
    SIGNUPS_END,
    Held,
    Scene,
    Turn,
    held_at,
    moment,
    rains,
    take_place,
    thursday_before,
)
from volunteer_site.demo.programmes import by_day, weekly_hour

FIRST = 0  # number of the community
AGE = 36  # at the beginning, at least
WISHES = (0.8, 0.36, 0.33, 0.31, 0.3, 0.29, 0.28)  # how often each of them signs up


def earlier_week(scene: Scene, monday: date, who: list[int]) -> Iterator[Held]:
    """Tell what the first community did in a week of the years before the history."""
    rng = scene.rng("earlier", monday)
    place, street = scene.district.communities[FIRST], scene.subdistrict_names[FIRST]
    chosen = [draw(rng, place, street) for draw in (weekly_hour, by_day, by_day)]
    for occasion in {one.weekday: one for one in chosen}.values():
        on = monday + timedelta(days=occasion.weekday)
        if on not in scene.holidays:
            held = held_at(FIRST, occasion, on, thursday_before(rng, on), occasion.starts_at(on))
            _sign_up(rng, held, who)
            take_place(rng, held, rains=rains(scene, on))
            yield held


def hands(scene: Scene) -> list[int]:
    """Return who they are: neighbours with a phone of their own, whom no unit sends."""
    crowd = scene.crowd
    phones = Counter(crowd.phone)
    found = (
        person
        for person in crowd.of_community[FIRST]
        if crowd.may_come(person, scene.founded, AGE)
        and crowd.unit_of(person) == NOBODY
        and phones[crowd.phone_of(person)] == 1
    )
    return list(islice(found, len(WISHES)))


def _sign_up(rng: Random, held: Held, who: list[int]) -> None:
    come = [person for person, wish in zip(who, WISHES, strict=False) if rng.random() < wish]
    last = held.starts_at - SIGNUPS_END
    moments = sorted(moment(rng, held.published_at, last) for _ in come)
    held.stints[0].turns = [Turn(one, at, at) for one, at in zip(come, moments, strict=True)]
