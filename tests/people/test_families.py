"""Who may act for whom: family with their consent, and never a stranger with a known phone."""

from datetime import date

import pytest

from tests.factories import NOW
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.people import families, queries
from volunteer_site.people.models import Consent, Guardian

PHONE, TODAY = "13800138000", date(2026, 11, 19)


@pytest.fixture
def mother(make):
    return make.person(name="王小梅", phone=PHONE, password_hash="kept")


@pytest.fixture
def known(make):
    """Make somebody who agreed to the notice."""

    def known_one(**given):
        person = make.person(**given)
        make.consent(person, "notice")
        return person

    return known_one


@pytest.fixture
def child_of(app, known):
    def child(name="王小梅", phone=PHONE, born=date(2014, 5, 1), **given):
        person = known(name="王小宝", birth_date=born, **given)
        with app.app_context():
            words = {"name": name, "phone": phone, "version": "2026-11", "consented_at": NOW}
            db.session.add(Guardian(person_id=person.id, **words))
            db.session.commit()
        return person

    return child


def names(app, person):
    with app.app_context():
        return [one.name for one in families.family(person.id, TODAY)]


def test_who_shares_the_phone_and_cannot_log_in_is_acted_for(app, mother, known):
    known(name="王大爷", phone=PHONE)

    assert names(app, mother) == ["王大爷"]


def test_who_can_log_in_is_acted_for_only_when_they_agreed(app, make, mother, known):
    grown = known(name="李强", phone=PHONE, password_hash="kept")
    assert names(app, mother) == []

    make.consent(grown, "acted_for")

    assert names(app, mother) == ["李强"]


def test_a_consent_taken_back_ends_it(app, make, mother, known):
    grown = known(name="李强", phone=PHONE, password_hash="kept")
    make.consent(grown, "acted_for", withdrawn_at=NOW)

    assert names(app, mother) == []


def test_a_child_is_acted_for_by_the_guardian_with_that_name_and_phone(app, mother, child_of):
    child_of(phone=PHONE, password_hash="kept")

    assert names(app, mother) == ["王小宝"]


@pytest.mark.parametrize("given", [{"name": "张三"}, {"phone": "13900000000"}])
def test_a_child_of_another_guardian_is_not(app, mother, child_of, given):
    child_of(password_hash="kept", **given)

    assert names(app, mother) == []


@pytest.mark.parametrize(
    ("born", "found"), [(date(2008, 11, 20), ["王小宝"]), (date(2008, 11, 19), [])]
)
def test_a_guardian_acts_until_the_eighteenth_birthday(app, mother, child_of, born, found):
    child_of(born=born, password_hash="kept")

    assert names(app, mother) == found


def test_a_child_acts_for_nobody(app, make, known):
    brother = make.person(name="王大宝", phone=PHONE, birth_date=date(2010, 1, 1))
    known(name="王大爷", phone=PHONE)

    assert names(app, brother) == []


def test_who_never_agreed_to_the_notice_or_left_is_not_acted_for(app, make, mother, known):
    make.person(name="王大爷", phone=PHONE)
    known(name="王奶奶", phone=PHONE, erased_at=NOW)

    assert names(app, mother) == []


def test_nobody_without_a_phone_has_a_family(app, make, known):
    alone = make.person(phone=None)
    known(name="王大爷", phone=None)

    assert names(app, alone) == []


def test_a_stranger_is_not_found(app, mother, known):
    stranger = known(name="张三", phone="13900000000")

    with app.app_context(), pytest.raises(NotFound):
        families.relative(mother.id, stranger.id, TODAY)


def test_a_guardian_alone_says_whether_photos_of_the_child_are_shown(
    app, client_for, make, mother, child_of
):
    child, stranger = child_of(password_hash="kept"), make.person(name="王小梅")
    theirs = {"kind": "publish_photo", "person_id": child.id}

    def agreed():
        with app.app_context():
            kept = queries.open_consents([child.id], Consent.kind == "publish_photo")
            return [one.given_by for one in kept]

    alone = client_for(child).post("/me/consents", data={"kind": "publish_photo"})
    assert (alone.status_code, agreed()) == (409, []) and "监护人" in alone.text
    assert client_for(stranger).post("/me/consents", data=theirs).status_code == 404
    assert "王小宝" in client_for(mother).get("/me/consents").text
    for _twice in range(2):
        client_for(mother).post("/me/consents", data=theirs)
        assert agreed() == ["guardian"]

    taken_back = "/me/consents/publish_photo/withdrawal"
    assert client_for(stranger).post(taken_back, data=theirs).status_code == 404
    client_for(mother).post(taken_back, data=theirs)
    assert agreed() == []
    client_for(mother).post("/me/consents", data=theirs)
    client_for(child).post(taken_back)
    assert agreed() == []
