"""One phone, several people: a parent checks the child in, and the record says who did."""

import re

import pytest

from volunteer_site.core.db import db
from volunteer_site.signups.models import Signup


@pytest.fixture
def child(scene, child):
    scene.make.signup(scene.activity, child)
    return child


@pytest.fixture
def parent(scene):
    return scene.client_for(scene.person)


def address(scene, way="in"):
    return f"/activities/{scene.activity.id}/check-{way}"


def scan(scene, client, way="in"):
    return client.get(f"{address(scene, way)}?code={scene.code(scene.activity, way)}")


def ticket_on(page):
    return re.search(r'name="code" value="([^"]+)"', page.text)[1]


def test_one_scan_is_enough_for_the_parent_and_the_child(scene, parent, child):
    page = scan(scene, parent)
    assert "孙小兰 签到" in page.text and "孙小宝" in page.text

    own = parent.post(address(scene), data={"code": ticket_on(page), "more": "1"})
    page = parent.get(own.location)
    assert "已签到" in page.text
    theirs = {"code": ticket_on(page), "person_id": child.id, "more": "1"}
    page = parent.get(parent.post(address(scene), data=theirs).location)

    marks = [(row.person_id, row.method, row.recorded_by_id) for row in scene.rows()]
    assert marks == [
        (scene.person.id, "scan", None),
        (child.id, "scan", scene.person.id),
    ]
    assert "18:00" in page.text and page.status_code == 200


def test_a_parent_without_a_place_checks_the_child_in(scene, child):
    with scene.app.app_context():
        mine = db.session.query(Signup).filter_by(person_id=scene.person.id).one()
        mine.withdrawn_at = mine.signed_up_at
        db.session.commit()
    parent = scene.client_for(scene.person)

    page = scan(scene, parent)
    assert page.status_code == 200 and "孙小兰 签到" not in page.text
    parent.post(address(scene), data={"code": ticket_on(page), "person_id": child.id})

    assert [row.person_id for row in scene.rows()] == [child.id]


def test_the_child_goes_out_by_the_same_phone_only_after_coming_in(scene, parent, child):
    code = {"code": scene.code(scene.activity, "out"), "person_id": child.id}
    assert parent.post(address(scene, "out"), data=code).status_code == 409

    parent.post(address(scene), data={"code": scene.code(scene.activity), "person_id": child.id})
    assert parent.post(address(scene, "out"), data=code).status_code == 303

    assert [row.direction for row in scene.rows()] == ["in", "out"]


def test_acting_for_somebody_needs_a_code_too(scene, parent, child):
    for code in ("", "AAAAAAAAAAAA", scene.code(scene.activity, "out")):
        answer = parent.post(address(scene), data={"code": code, "person_id": child.id})
        assert answer.status_code == 409
    assert scene.rows() == []


def test_nobody_checks_a_stranger_in(scene, child):
    friend = scene.make.person(name="张三", phone=scene.person.phone, password_hash="kept")
    scene.make.signup(scene.activity, friend)
    client = scene.client_for(friend)

    for whom in (scene.person, child, scene.ann):
        data = {"code": scene.code(scene.activity), "person_id": whom.id}
        assert client.post(address(scene), data=data).status_code == 404
    assert "孙小宝" not in scan(scene, client).text
    assert scene.rows() == []


def test_the_ticket_of_a_parent_is_worth_nothing_to_another(scene, parent, child):
    ticket = ticket_on(scan(scene, parent))
    other = scene.client_for(scene.make.person(name="李雷"))

    answer = other.post(address(scene), data={"code": ticket, "person_id": child.id})

    assert answer.status_code == 404 and scene.rows() == []


def test_a_family_member_without_a_place_is_not_offered(scene, parent, child):
    other = scene.make.activity(organisation_id=scene.community.id)
    scene.make.signup(other, scene.person)

    page = parent.get(f"/activities/{other.id}/check-in?code={scene.code(other)}")

    assert "孙小兰 签到" in page.text and "孙小宝" not in page.text
