"""Becoming a volunteer: age, consent, shared phones, names as people have them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa
import time_machine

from tests.factories import NOW, PASSWORD
from volunteer_site.core.db import db
from volunteer_site.people import queries
from volunteer_site.people.models import Consent, Guardian, Person
from volunteer_site.people.services import registration

PHONE = "13800138000"
GROWN_UP = {
    "name": "王小梅",
    "phone": "138 0013 8000",
    "birth_date": "1985-03-08",
    "password": PASSWORD,
    "notice": "y",
}
GUARDIAN = {
    "guardian_name": "王建国",
    "guardian_phone": "13900139000",
    "guardian_consent": "y",
}
TODAY = date(2026, 11, 19)  # in Shanghai, at NOW
pytestmark = pytest.mark.time_machine(NOW, tick=False)


def register(client, **more):
    data = {name: value for name, value in (GROWN_UP | more).items() if value is not None}
    return client.post("/register", data=data)


def people(app, of=Person):
    with app.app_context():
        return db.session.scalars(sa.select(of).order_by(of.id)).all()


def test_who_registers_is_logged_in_and_goes_on_to_where_they_were_going(app, visitor_client):
    door = "/activities/7/check-in?code=48312297&at=1"

    answer = register(visitor_client, next=door)

    assert (answer.status_code, answer.location) == (303, door)
    assert visitor_client.get("/me/data").status_code == 200
    [person] = people(app)
    assert (person.phone, person.birth_date) == (PHONE, date(1985, 3, 8))
    assert (person.pinyin, person.initials) == ("wangxiaomei", "wxm")
    assert PASSWORD not in person.password_hash


def test_community_and_unit_may_be_chosen_or_left_open(app, make, visitor_client):
    community, unit = make.community(), make.unit()

    register(visitor_client, community_id=community.id, unit_id=unit.id)
    register(app.test_client(), name="李雷", community_id="", unit_id="")

    first, second = people(app)
    assert (first.community_id, first.unit_id) == (community.id, unit.id)
    assert (second.community_id, second.unit_id) == (None, None)


@pytest.mark.parametrize(
    "name", ["阿不都热依木·买买提", "䶮华", "𬱖龙", "欧阳娜娜", "Anna-Maria Ng"]
)
def test_names_are_kept_as_people_have_them(app, visitor_client, name):
    register(visitor_client, name=name)

    assert people(app)[0].name == name


def test_nothing_is_ticked_beforehand(visitor_client):
    page = visitor_client.get("/register").get_data(as_text=True)

    assert 'type="checkbox"' in page and "checked" not in page


def test_the_notice_is_needed_and_the_other_consents_are_not(app, visitor_client):
    refused = register(visitor_client, notice=None)
    register(visitor_client)

    assert refused.status_code == 422
    [consent] = people(app, Consent)
    version = app.config["CONSENT_VERSION"]
    assert (consent.kind, consent.version, consent.given_by) == ("notice", version, "self")


def test_each_consent_is_kept_by_itself(app, visitor_client):
    register(visitor_client, publish_name="y")

    assert {consent.kind for consent in people(app, Consent)} == {"notice", "publish_name"}


def test_under_eight_there_is_no_account_until_the_birthday(app, visitor_client):
    child = GUARDIAN | {"under_14": "y"}

    too_young = register(visitor_client, birth_date="2018-11-20", **child)
    birthday = register(app.test_client(), birth_date="2018-11-19", **child)

    assert (too_young.status_code, birthday.status_code) == (409, 303)
    assert "8" in too_young.get_data(as_text=True)


def test_under_fourteen_two_consents_are_needed_until_the_birthday(app, visitor_client):
    one_consent = register(visitor_client, birth_date="2012-11-20", **GUARDIAN)
    both = register(visitor_client, birth_date="2012-11-20", under_14="y", **GUARDIAN)
    birthday = register(app.test_client(), birth_date="2012-11-19", **GUARDIAN)

    assert [one.status_code for one in (one_consent, both, birthday)] == [422, 303, 303]
    given = [(consent.kind, consent.given_by) for consent in people(app, Consent)]
    assert sorted(given) == [
        ("notice", "guardian"),
        ("notice", "guardian"),
        ("under_14", "guardian"),
    ]


@pytest.mark.parametrize("missing", GUARDIAN)
def test_under_eighteen_a_guardian_agrees_with_name_and_phone(app, visitor_client, missing):
    given = {name: value for name, value in GUARDIAN.items() if name != missing}

    answer = register(visitor_client, birth_date="2008-11-20", **given)

    assert answer.status_code == 422
    assert not people(app)


def test_from_the_eighteenth_birthday_on_nobody_else_is_asked(app, visitor_client):
    answer = register(visitor_client, birth_date="2008-11-19")

    assert answer.status_code == 303
    assert not people(app, Guardian)


def test_a_guardian_is_kept_with_the_moment_and_the_version(app, visitor_client):
    register(visitor_client, birth_date="2010-01-01", **GUARDIAN)

    [guardian] = people(app, Guardian)
    assert (guardian.name, guardian.phone) == ("王建国", "13900139000")
    assert (guardian.consented_at, guardian.version) == (NOW, app.config["CONSENT_VERSION"])


def test_a_family_may_share_one_phone_and_nobody_registers_twice(app, visitor_client):
    first = register(visitor_client)
    again = register(app.test_client())
    husband = register(app.test_client(), name="李建国", birth_date="1983-05-01")

    assert [one.status_code for one in (first, again, husband)] == [303, 409, 303]
    assert 'href="/login"' in again.get_data(as_text=True)
    assert len(people(app)) == 2


def test_two_registrations_at_the_same_moment_make_one_account(app):
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: register(app.test_client()).status_code, range(6)))

    assert sorted(answers) == [303] + [409] * 5
    assert len(people(app)) == 1


def test_only_so_many_people_share_a_phone(app):
    numbers = range(registration.MOST_ON_A_PHONE + 1)

    codes = [register(app.test_client(), name=f"王{number}").status_code for number in numbers]

    assert codes == [303] * registration.MOST_ON_A_PHONE + [409]


def test_one_network_cannot_register_people_without_end(app, monkeypatch):
    monkeypatch.setattr(registration, "MOST_AN_HOUR", 3)

    codes = [register(app.test_client(), name=f"王{number}").status_code for number in range(4)]
    with time_machine.travel("2026-11-19T05:00:01Z", tick=False):
        later = register(app.test_client(), name="王五").status_code

    assert codes == [303, 303, 303, 429]
    assert later == 303


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "王" * 51),
        ("phone", "12345"),
        ("phone", "138001380000" * 300),
        ("birth_date", "not a date"),
        ("birth_date", "2027-01-01"),
        ("birth_date", "1885-01-01"),
        ("birth_date", ""),
        ("password", "short1A"),
        ("password", "onlysmallletters"),
        ("password", "A1a" * 50),
        ("password", "Aa123456"),
        ("password", "Aa" + PHONE),
        ("community_id", "999"),
        ("community_id", "x"),
        ("unit_id", "-1"),
        ("guardian_phone", "12"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_changes_nothing(app, visitor_client, field, value):
    answer = register(visitor_client, **{field: value})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in page and 'value="y"' in page
    assert not people(app)


def test_what_was_typed_comes_back_except_the_password(visitor_client):
    page = register(visitor_client, phone="12345", publish_name="y").get_data(as_text=True)

    assert "王小梅" in page and "12345" in page and PASSWORD not in page
    assert page.count("checked") == 2


def test_ages_change_on_the_birthday():
    assert queries.age(date(2008, 11, 20), TODAY) == 17
    assert queries.age(date(2008, 11, 19), TODAY) == 18
    assert queries.age(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert queries.age(date(2008, 2, 29), date(2026, 3, 1)) == 18
