"""Names of invented people, built the way names are built."""

import re
import tomllib
from bisect import bisect_left
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

DATA = Path(__file__).parent / "data"
BOTH_PARENTS_SINCE = 1985


def full_name(rng: Random, birth_year: int, *, female: bool, of: str = "") -> str:
    """Invent a full name as people born in that year bear it (R72); `of` is a parent's name."""
    if of and _has_family_name(of):
        return family_name(of) + _given_name(rng, birth_year, female=female)
    build = rng.choices(WAYS, weights=OF_A_THOUSAND)[0]
    return build(rng, birth_year, female)


def family_name(name: str) -> str:
    """Return the family name that a name begins with: one character, or two if compound."""
    return name[:2] if name[:2] in _weighted("compound_surnames")[0] else name[:1]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))


def _has_family_name(name: str) -> bool:
    alone = (*_data()["minority"]["alone_male"], *_data()["minority"]["alone_female"])
    return "·" not in name and name not in alone


def _ordinary(rng: Random, birth_year: int, female: bool) -> str:
    return _drawn(rng, "surnames") + _given_name(rng, birth_year, female=female)


def _with_inner_dot(rng: Random, _birth_year: int, female: bool) -> str:
    names = _data()["minority"]
    return f"{rng.choice(names['female' if female else 'male'])}·{rng.choice(names['fathers'])}"


def _alone(rng: Random, _birth_year: int, female: bool) -> str:
    return str(rng.choice(_data()["minority"]["alone_female" if female else "alone_male"]))


def _rare(rng: Random, birth_year: int, female: bool) -> str:
    given = _given_name(rng, birth_year, female=female)
    character = str(rng.choice(_data()["rare"]["given"]))
    return _drawn(rng, "surnames") + (character if len(given) == 1 else given[0] + character)


def _compound(rng: Random, birth_year: int, female: bool) -> str:
    return _drawn(rng, "compound_surnames") + _given_name(rng, birth_year, female=female)


def _of_both_parents(rng: Random, birth_year: int, female: bool) -> str:
    father, mother = _drawn(rng, "surnames"), _drawn(rng, "surnames")
    young = birth_year >= BOTH_PARENTS_SINCE and father != mother
    return father + (mother if young else "") + _given_name(rng, birth_year, female=female)


WAYS = (_ordinary, _with_inner_dot, _alone, _rare, _compound, _of_both_parents)
OF_A_THOUSAND = (964, 4, 2, 4, 14, 12)


def _given_name(rng: Random, birth_year: int, *, female: bool) -> str:
    fashion = _fashion(birth_year)
    sex = "female" if female else "male"
    lot = rng.random() * 10
    if lot < fashion["single"]:
        return str(rng.choice(fashion[f"one_{sex}"]))
    if lot < fashion["single"] + 2:
        return str(rng.choice(fashion[f"whole_{sex}"]))
    first = rng.choice(fashion[f"first_{sex}"])
    second = rng.choice(fashion[f"second_{sex}"])
    return str(first) if first == second else f"{first}{second}"


@cache
def _fashion(birth_year: int) -> dict[str, Any]:
    fashions = _data()["fashions"]
    return dict(fashions[bisect_left([fashion["until"] for fashion in fashions], birth_year)])


def _drawn(rng: Random, table: str) -> str:
    names, weights = _weighted(table)
    return rng.choices(names, cum_weights=weights)[0]


@cache
def _weighted(table: str) -> tuple[list[str], list[int]]:
    """Read `王1010 张905` as the names and the running sums of their weights."""
    pairs = re.findall(r"(\D+?)(\d+)\s", _data()[table])
    return [name for name, _ in pairs], list(accumulate(int(weight) for _, weight in pairs))
