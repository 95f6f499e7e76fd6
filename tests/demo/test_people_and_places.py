import re
from collections import Counter
from datetime import date
from random import Random

import pytest

from volunteer_site.core.text import normalise_name, normalise_phone
from volunteer_site.demo import names, places, population, programmes, slugs
from volunteer_site.people.queries import age

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def people():
    return list(population.residents(Random(1), 20_000, TODAY))


@pytest.fixture(scope="module")
def district():
    return next(places.districts(places.SCALES["district"], 1, TODAY))


def test_the_same_seed_invents_the_same_people(people):
    again = list(population.residents(Random(1), 50, TODAY))

    assert again == people[:50]
    assert list(population.residents(Random(2), 50, TODAY)) != again


def test_names_have_the_lengths_that_names_have(people):
    lengths = Counter(min(len(person.name), 5) for person in people)

    assert 0.15 < lengths[2] / len(people) < 0.35
    assert 0.55 < lengths[3] / len(people) < 0.85
    assert 0.005 < lengths[4] / len(people) < 0.05


def test_every_kind_of_name_occurs(people):
    together = " ".join(person.name for person in people)

    assert re.search(r"欧阳|司马|尉迟|上官", together)
    assert "·" in together
    assert re.search("[䶮𬱖㛃鿏]", together)


def test_names_and_phones_are_ones_the_site_would_take(people):
    for person in people[:2000]:
        assert normalise_name(person.name) == person.name
        assert normalise_phone(person.phone) == person.phone


def test_phones_lie_where_no_operator_gives_any_out(people):
    assert {person.phone[:3] for person in people} <= set(population.UNASSIGNED)


def test_a_phone_is_shared_only_inside_a_family(people):
    shared = [phone for phone, count in Counter(p.phone for p in people).items() if count > 1]

    assert shared
    assert len({population.phone(number) for number in range(200_000)}) == 200_000
    for person in people:
        if person.phone != population.phone(person.number):
            assert people[person.number - 1].phone == person.phone


def test_minors_have_a_grown_up_guardian_of_fitting_age(people):
    minors = [p for p in people if age(p.born, TODAY) < population.ADULT]

    assert 0.02 < len(minors) / len(people) < 0.1
    for minor in minors:
        guardian = people[minor.guardian]
        assert 18 <= guardian_age_at_birth(guardian, minor) <= 50
        assert guardian.phone == minor.phone
    assert all(p.guardian is None for p in people if p not in minors)


def guardian_age_at_birth(guardian, minor):
    return age(guardian.born, minor.born)


def test_the_old_are_among_them(people):
    assert any(age(person.born, TODAY) > 80 for person in people)


def test_a_child_has_its_parents_family_name():
    assert names.full_name(Random(3), 2014, female=True, of="欧阳建国").startswith("欧阳")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("青年路一社区", "qingnianlu-1"),
        ("新建南路第一社区", "xinjiannanlu-1"),
        ("并州三社区", "bingzhou-3"),
        ("康乐苑社区", "kangleyuan"),
        ("大南门社区", "dananmen"),
    ],
)
def test_communities_have_addresses_one_can_say(name, slug):
    assert slugs.community(name) == slug


@pytest.mark.parametrize(
    ("scale", "communities", "units", "subdistricts"),
    [("small", 12, 10, 1), ("district", 90, 70, 6)],
)
def test_a_district_has_its_full_number_of_everything(scale, communities, units, subdistricts):
    (district,) = places.districts(places.SCALES[scale], 1, TODAY)

    assert len(district.communities) == communities
    assert len(district.units) == units
    assert len(district.subdistricts) == subdistricts
    assert district.top.name == "迎泽区"


def test_a_city_has_ten_districts_and_no_address_twice():
    city = list(places.districts(places.SCALES["city"], 1, TODAY))
    taken = [place.slug for district in city for place in district.places()]

    assert len(city) == 10
    assert len(taken) == len(set(taken))
    assert all(re.fullmatch(r"[a-z0-9-]{1,40}", slug) for slug in taken)


def test_parents_come_before_their_children(district):
    seen = {None}
    for place in district.places():
        assert place.parent in seen
        seen.add(place.slug)


def test_every_community_is_paired_and_every_unit_too(district):
    assert {p.community for p in district.pairings} == {c.slug for c in district.communities}
    assert {p.unit for p in district.pairings} == {u.slug for u in district.units}
    assert len({(p.unit, p.community) for p in district.pairings}) == len(district.pairings)
    assert all(pairing.since < TODAY for pairing in district.pairings)


def test_every_notice_says_all_that_a_notice_must(district):
    for community in district.communities:
        for occasion in programmes.regular(Random(community.slug), community, "柳巷"):
            told = (occasion.title, occasion.place, occasion.content, occasion.conditions)
            told += (occasion.how_to_sign_up, occasion.risks, occasion.provided)
            assert all(told)
            assert not re.search(r"[{}]", "".join(told))
            assert len(occasion.title) <= 60 and len(occasion.place) <= 100
            assert 8 <= occasion.places <= 40
            assert "补录" not in occasion.title


def test_every_community_serves_on_friday_evening(district):
    for community in district.communities:
        hour, *others = programmes.regular(Random(community.slug), community, "柳巷")
        assert (hour.weekday, hour.starts_minute, hour.lasts_minutes) == (4, 18 * 60, 60)
        assert len({hour.programme, *(other.programme for other in others)}) >= 3
