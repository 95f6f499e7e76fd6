"""The office's pages about organisations and pairings."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import NOW
from volunteer_site.core.db import db
from volunteer_site.organisations import queries
from volunteer_site.organisations.models import Organisation, Pairing

ORGANISATIONS, PAIRINGS = "/office/organisations", "/office/pairings"
pytestmark = pytest.mark.time_machine(NOW, tick=False)


@pytest.fixture
def district(make):
    return make.organisation(kind="district", name="迎泽区", slug="yingze")


@pytest.fixture
def office(client_for, make, district):
    return client_for(make.officer(district))


@pytest.fixture
def elsewhere(make):
    return make.organisation(kind="district", name="晋源区", slug="jinyuan")


def add(client, parent, **more):
    said = {"kind": "community", "name": "柳巷社区", "parent_id": parent.id}
    return client.post(ORGANISATIONS, data=said | more)


def kept(app, model=Organisation, **facts):
    with app.app_context():
        return db.session.scalars(sa.select(model).filter_by(**facts).order_by(model.id)).all()


def test_a_new_community_has_an_address_from_its_name(app, office, district):
    answer = add(office, district)

    [made] = kept(app, name="柳巷社区")
    assert (answer.status_code, answer.location) == (303, f"{ORGANISATIONS}/{made.id}")
    assert (made.slug, made.initials) == ("liuxiangshequ", "lxsq")
    assert made.path == f"{district.path}{made.id}/"


def test_two_of_the_same_name_get_two_addresses(app, office, district, make):
    street = make.organisation(kind="subdistrict", name="柳巷街道", parent_id=district.id)

    add(office, district)
    add(office, street)

    assert [one.slug for one in kept(app, name="柳巷社区")] == ["liuxiangshequ", "liuxiangshequ-2"]


def test_the_same_name_at_the_same_place_is_refused_also_in_a_race(app, make, client_for, district):
    officer = make.officer(district)

    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda _: add(client_for(officer), district).status_code, range(4))

    assert sorted(answers) == [303, 409, 409, 409]
    assert len(kept(app, name="柳巷社区")) == 1


def test_a_refused_form_comes_back_as_it_was_filled_in(office, district):
    add(office, district)

    page = add(office, district, address="柳巷12号").get_data(as_text=True)

    assert 'role="alert"' in page and 'value="柳巷12号"' in page


@pytest.mark.parametrize(
    "said",
    [
        {"name": ""},
        {"name": "\u200b"},
        {"name": "社" * 61},
        {"kind": "district"},
        {"kind": "anything"},
        {"parent_id": "x"},
        {"parent_id": "99999"},
        {"phone": "call me"},
        {"staff_count": "-1"},
        {"staff_count": "9" * 30},
        {"kind": "subdistrict", "parent_id": "the community"},
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(app, make, office, district, said):
    community = make.community()
    if said.get("parent_id") == "the community":
        said = said | {"parent_id": community.id}
    before = len(kept(app))

    answer = add(office, district, **said)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert len(kept(app)) == before


def test_a_name_can_change_and_the_address_stays(app, office, make):
    community = make.community(slug="liuxiang-1")

    office.post(f"{ORGANISATIONS}/{community.id}", data={"name": "柳巷第一社区"})

    [changed] = kept(app, id=community.id)
    assert (changed.name, changed.slug, changed.initials) == (
        "柳巷第一社区",
        "liuxiang-1",
        "lxdysq",
    )


def test_what_has_something_open_below_it_or_a_pairing_is_not_closed(app, office, make, district):
    street = make.organisation(kind="subdistrict", name="柳巷街道", parent_id=district.id)
    community = make.community(parent_id=street.id)
    pairing = make.pairing(make.unit(), community)

    first = office.post(f"{ORGANISATIONS}/{street.id}/closing")
    second = office.post(f"{ORGANISATIONS}/{community.id}/closing")
    office.post(f"{PAIRINGS}/{pairing.id}/ending", data={"ends_on": "2026-11-18"})
    third = office.post(f"{ORGANISATIONS}/{community.id}/closing")

    assert [one.status_code for one in (first, second, third)] == [409, 409, 303]
    assert kept(app, id=community.id)[0].closed_at == NOW
    with app.app_context():
        assert community.id not in {one.id for one in queries.communities()}


@pytest.mark.parametrize("words", ["柳巷", "liuxiang", "lxsq"])
def test_the_tree_is_searched_by_name_pinyin_and_initials(office, district, make, words):
    add(office, district)
    make.community(name="青年路一社区")

    page = office.get(f"{ORGANISATIONS}?q={words}").get_data(as_text=True)

    assert "柳巷社区" in page and "青年路一社区" not in page


def test_an_officer_of_another_district_finds_nothing_of_this_one(
    make, client_for, district, elsewhere
):
    community = make.community(name="柳巷社区", parent_id=district.id)
    unit = make.unit(parent_id=district.id)
    pairing = make.pairing(unit, community)
    stranger = client_for(make.officer(elsewhere))

    pages = [
        stranger.get(f"{ORGANISATIONS}/{community.id}"),
        stranger.post(f"{ORGANISATIONS}/{community.id}", data={"name": "别的"}),
        stranger.post(f"{ORGANISATIONS}/{community.id}/closing"),
        stranger.get(f"{PAIRINGS}/{pairing.id}/ending"),
        stranger.post(f"{PAIRINGS}/{pairing.id}/ending", data={"ends_on": "2026-12-01"}),
    ]

    assert {page.status_code for page in pages} == {404}
    assert add(stranger, community).status_code == 422
    assert community.name not in stranger.get(ORGANISATIONS).get_data(as_text=True)
    assert community.name not in stranger.get(PAIRINGS).get_data(as_text=True)


def test_a_unit_is_paired_from_a_day_until_a_day(app, office, make):
    unit, community = make.unit(), make.community()
    said = {"unit_id": unit.id, "community_id": community.id}

    office.post(PAIRINGS, data=said | {"starts_on": "2026-12-01", "ends_on": "2026-12-31"})

    with app.app_context():
        on = {day: queries.paired_units(community.id, date(2026, 12, day)) for day in (1, 31)}
        after = queries.paired_communities(unit.id, date(2027, 1, 1))
    assert on == {1: [unit.id], 31: [unit.id]} and after == []


@pytest.mark.parametrize(
    ("days", "status"),
    [
        (("2026-11-19", ""), 409),
        (("2026-01-01", "2026-06-01"), 409),
        (("2026-12-31", "2027-01-31"), 409),
        (("2027-01-01", ""), 303),
        (("2027-02-01", "2027-01-01"), 422),
        (("", ""), 422),
        (("tomorrow", ""), 422),
    ],
)
def test_two_are_never_paired_twice_on_one_day(app, office, make, days, status):
    unit, community = make.unit(), make.community()
    make.pairing(unit, community, starts_on=date(2026, 5, 1), ends_on=date(2026, 12, 31))
    said = {"unit_id": unit.id, "community_id": community.id}

    answer = office.post(PAIRINGS, data=said | {"starts_on": days[0], "ends_on": days[1]})

    assert answer.status_code == status
    assert len(kept(app, Pairing)) == 1 + (status == 303)


def test_a_pairing_does_not_end_before_it_began(app, office, make):
    pairing = make.pairing(make.unit(), make.community(), starts_on=date(2026, 5, 1))

    early = office.post(f"{PAIRINGS}/{pairing.id}/ending", data={"ends_on": "2026-04-30"})
    none = office.post(f"{PAIRINGS}/{pairing.id}/ending")

    assert (early.status_code, none.status_code) == (422, 422)
    assert kept(app, Pairing)[0].ends_on is None


def test_an_empty_site_gets_its_first_district_from_the_command_line(app):
    def run(*more):
        return app.test_cli_runner().invoke(args=["organisations", "add", *more])

    first = run("--kind", "district", "--name", "迎泽区")
    again = run("--kind", "district", "--name", "迎泽区")
    below = run("--kind", "community", "--name", "柳巷社区", "--under", "yingzequ")
    wrong = run("--kind", "community", "--name", "柳巷社区")

    assert (first.output, again.output, below.output) == (
        "yingzequ\n",
        "yingzequ\n",
        "liuxiangshequ\n",
    )
    assert wrong.exit_code == 1 and "Error" in wrong.output
    assert len(kept(app)) == 2
