"""Signing up one's family: under their rules, in the actor's name, and never a stranger."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import FRIDAY_18, NOW
from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db
from volunteer_site.people.models import Guardian
from volunteer_site.signups.models import Signup

PHONE = "13800138000"


@pytest.fixture(autouse=True)
def thursday_noon(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def mother(make):
    return make.person(name="孙小兰", phone=PHONE, password_hash="kept")


@pytest.fixture
def child(app, make):
    child = make.person(name="孙小宝", birth_date=date(2014, 5, 1), password_hash="kept")
    make.consent(child, "notice")
    with app.app_context():
        words = {"name": "孙小兰", "phone": PHONE, "version": "2026-11", "consented_at": NOW}
        db.session.add(Guardian(person_id=child.id, **words))
        db.session.commit()
    return child


@pytest.fixture
def client(client_for, mother):
    return client_for(mother)


def rows(app, model=Signup):
    with app.app_context():
        found = list(db.session.scalars(sa.select(model).order_by(model.id)))
        db.session.expunge_all()
    return found


def family(client, activity, whom, rest="", **data):
    address = f"/activities/{activity.id}/family-signups{rest}"
    return client.post(address, data={"person_id": whom.id, **data})


def test_a_parent_signs_the_child_up_and_the_record_says_so(app, make, client_for, mother, child):
    activity, client = make.activity(), client_for(mother)

    answer = family(client, activity, child)

    assert (answer.status_code, answer.location) == (303, f"/activities/{activity.id}#family")
    (signup,) = rows(app)
    assert (signup.person_id, signup.source, signup.added_by_id) == (child.id, "proxy", mother.id)
    assert signup.confirmed_at == NOW
    acts = [
        (row.actor_id, row.object_id) for row in rows(app, AuditEvent) if row.kind == "signup.act"
    ]
    assert acts == [(mother.id, child.id)]
    page = client.get(f"/activities/{activity.id}").text
    assert "孙小宝 已报名。" in page and "替家人办理" in page


def test_twice_is_once(app, make, client_for, mother, child):
    activity, client = make.activity(places=1), client_for(mother)

    for _n in range(2):
        assert family(client, activity, child).status_code == 303

    assert len(rows(app)) == 1


def test_what_they_did_themselves_stays_theirs(app, make, client_for, mother, child):
    activity = make.activity()
    make.signup(activity, child)

    family(client_for(mother), activity, child)

    assert [(row.source, row.added_by_id) for row in rows(app)] == [("self", None)]


def test_when_it_is_full_they_stand_in_the_line(app, make, client_for, mother, child):
    activity, client = make.activity(places=1), client_for(mother)
    make.signup(activity)

    family(client, activity, child)

    assert rows(app)[-1].confirmed_at is None and rows(app)[-1].source == "proxy"
    assert "候补名单第 1 位" in client.get(f"/activities/{activity.id}").text


def test_the_age_that_counts_is_that_of_who_comes(app, make, client_for, mother, child):
    answer = family(client_for(mother), make.activity(minimum_age=18), child)

    assert answer.status_code == 409 and "18" in answer.text
    assert rows(app) == []


def test_the_time_that_clashes_is_that_of_who_comes(app, make, client_for, mother, child):
    make.signup(make.activity(title="护学岗"), child)

    answer = family(client_for(mother), make.activity(), child)

    assert answer.status_code == 409 and "护学岗" in answer.text


def test_withdrawing_for_them_gives_the_place_back(app, make, client_for, mother, child):
    activity = make.activity()
    make.signup(activity, child)

    family(client_for(mother), activity, child, "/withdrawal")

    assert [row.withdrawn_at for row in rows(app)] == [NOW]


def test_after_the_free_time_it_needs_a_reason(app, make, client, child, time_machine):
    activity = make.activity()
    make.signup(activity, child)
    time_machine.move_to(FRIDAY_18.replace(hour=9), tick=False)

    assert family(client, activity, child, "/withdrawal").status_code == 422
    assert family(client, activity, child, "/withdrawal", reason="发烧").status_code == 303

    assert [row.withdrawal_reason for row in rows(app)] == ["发烧"]


@pytest.mark.parametrize("phone", ["13900000000", PHONE])  # a phone alone proves nothing
def test_a_stranger_does_neither(make, client_for, mother, child, phone):
    activity = make.activity()
    make.signup(activity, mother)
    client = client_for(make.person(name="张三", phone=phone, password_hash="kept"))

    for whom in (mother, child):
        assert family(client, activity, whom).status_code == 404
        assert family(client, activity, whom, "/withdrawal", reason="x").status_code == 404


def test_who_has_no_family_sees_nothing_of_it(make, client_for):
    page = client_for(make.person(phone=PHONE)).get(f"/activities/{make.activity().id}")

    assert "替家人办理" not in page.text
