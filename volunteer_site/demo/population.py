"""Who lives in the demo district: ages, phones, families."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random

from volunteer_site.demo import names

UNASSIGNED = ("154", "160", "161", "163", "164", "168", "169")  # no operator gives these out
ADULT = 18
OLD = 65
WOMEN, GIRLS = 0.56, 0.5
SHARES = (  # of a thousand households: how many, youngest and oldest age of the first person
    (160, 18, 25),
    (310, 26, 40),
    (290, 41, 58),
    (170, 59, 69),
    (70, 70, 84),
)
PARENTS = range(30, 59)
WITH_CHILD = 0.08
WITH_SPOUSE_ON_THE_SAME_PHONE = 0.15


@dataclass(frozen=True, slots=True)
class Resident:
    """One invented person; `guardian` is the number of an earlier one, for minors."""

    number: int
    name: str
    female: bool
    born: date
    phone: str
    guardian: int | None = None


def residents(rng: Random, count: int, today: date, *, first: int = 0) -> Iterator[Resident]:
    """Invent so many people one after the other, each numbered from `first` on.

    A minor follows a guardian of fitting age and has the guardian's phone (R24, R49); some old
    people share the phone of husband or wife.
    """
    return islice(_households(rng, today, first), count)


def phone(number: int) -> str:
    """Return the phone of person `number`: valid by R73, in a range nobody is given.

    Different for the first hundred million people.
    """
    scrambled = (number * 61_803_399 + 27_182_818) % 100_000_000
    return UNASSIGNED[number % len(UNASSIGNED)] + f"{scrambled:08}"


def _households(rng: Random, today: date, number: int) -> Iterator[Resident]:
    while True:
        age = _age(rng)
        head = _adult(rng, number, age, today)
        yield head
        number += 1
        if age in PARENTS and rng.random() < WITH_CHILD:
            yield _child(rng, number, age, today, head)
            number += 1
        elif age >= OLD and rng.random() < WITH_SPOUSE_ON_THE_SAME_PHONE:
            yield _spouse(rng, number, age, today, head)
            number += 1


def _age(rng: Random) -> int:
    _, youngest, oldest = rng.choices(SHARES, weights=[share[0] for share in SHARES])[0]
    return rng.randint(youngest, oldest)


def _adult(rng: Random, number: int, age: int, today: date) -> Resident:
    female = rng.random() < WOMEN
    born = _birthday(rng, age, today)
    name = names.full_name(rng, born.year, female=female)
    return Resident(number, name, female, born, phone(number))


def _child(rng: Random, number: int, age: int, today: date, parent: Resident) -> Resident:
    female = rng.random() < GIRLS
    own_age = rng.randint(max(8, age - 45), min(17, age - 21))
    born = _birthday(rng, own_age, today)
    name = names.full_name(rng, born.year, female=female, of=parent.name)
    return Resident(number, name, female, born, parent.phone, parent.number)


def _spouse(rng: Random, number: int, age: int, today: date, head: Resident) -> Resident:
    born = _birthday(rng, min(84, max(OLD, age + rng.randint(-4, 4))), today)
    name = names.full_name(rng, born.year, female=not head.female)
    return Resident(number, name, not head.female, born, head.phone)


def _birthday(rng: Random, age: int, today: date) -> date:
    """Return the birth date of somebody who is `age` years old today."""
    day_before = today - timedelta(days=rng.randrange(365))
    leap = (day_before.month, day_before.day) == (2, 29)
    return day_before.replace(year=day_before.year - age, day=28 if leap else day_before.day)
