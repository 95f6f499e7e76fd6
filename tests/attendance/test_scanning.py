"""Scanning the code: who is checked in, when, and who is not."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.attendance.scene import ENDS, MINUTE
from tests.client import logged_in
from tests.factories import FRIDAY_18, PASSWORD
from volunteer_site.signups.models import Signup


def ticket_on(page):
    return re.search(r'name="code" value="([^"]+)"', page.text)[1]


def test_scanning_shows_a_button_with_ones_name_and_only_tapping_it_checks_in(scene):
    client, address = scene.client_for(scene.person), f"/activities/{scene.activity.id}/check-in"

    page = client.get(f"{address}?code={scene.code(scene.activity)}")

    assert "孙小兰 签到" in page.text
    assert scene.rows() == []
    answer = client.post(address, data={"code": ticket_on(page)})
    assert (answer.status_code, answer.location) == (303, address)
    assert "已签到" in client.get(address).text
    assert [(row.person_id, row.method) for row in scene.rows()] == [(scene.person.id, "scan")]


def test_the_code_itself_can_be_sent_too(scene):
    answer = scene.client_for(scene.person).post(
        f"/activities/{scene.activity.id}/check-in", data={"code": scene.code(scene.activity)}
    )

    assert answer.status_code == 303
    assert len(scene.rows()) == 1


def test_who_logs_in_first_is_checked_in_at_the_moment_of_the_scan(
    scene, visitor_client, time_machine
):
    address = f"/activities/{scene.activity.id}/check-in"
    scan = visitor_client.get(f"{address}?code={scene.code(scene.activity)}")
    back = parse_qs(urlsplit(scan.location).query)["next"][0]
    time_machine.move_to(FRIDAY_18 + 4 * MINUTE, tick=False)

    login = {"phone": scene.person.phone, "password": PASSWORD, "next": back}
    page = visitor_client.get(visitor_client.post("/login", data=login).location)
    visitor_client.post(address, data={"code": ticket_on(page)})

    (row,) = scene.rows()
    assert (row.person_id, row.happened_at) == (scene.person.id, FRIDAY_18)
    assert row.recorded_at == FRIDAY_18 + 4 * MINUTE


def test_a_ticket_sent_to_a_friend_is_worth_nothing(scene, visitor_client):
    friend = scene.make.person()
    scene.make.signup(scene.activity, friend)
    address = f"/activities/{scene.activity.id}/check-in"
    scan = visitor_client.get(f"{address}?code={scene.code(scene.activity)}")
    back = parse_qs(urlsplit(scan.location).query)["next"][0]
    mine = logged_in(scene.app, scene.person).get(f"{address}?code={scene.code(scene.activity)}")

    theirs = logged_in(scene.app, friend)

    assert theirs.get(back).status_code == 409
    assert theirs.post(address, data={"code": ticket_on(mine)}).status_code == 409
    assert scene.rows() == []


def test_a_ticket_is_worth_nothing_in_another_browser_of_the_same_person(scene, visitor_client):
    address = f"/activities/{scene.activity.id}/check-in"
    scan = visitor_client.get(f"{address}?code={scene.code(scene.activity)}")
    back = parse_qs(urlsplit(scan.location).query)["next"][0]
    ticket = parse_qs(urlsplit(back).query)["code"][0]

    at_home = logged_in(scene.app, scene.person)

    assert at_home.get(back).status_code == 409
    assert at_home.post(address, data={"code": ticket}).status_code == 409
    assert scene.rows() == []


@pytest.mark.parametrize("way", ["in", "out"])
def test_a_photo_sent_to_a_friend_is_useless_after_a_minute(scene, way, time_machine):
    photo = scene.code(scene.activity, way)
    friend, address = scene.client_for(scene.person), f"/activities/{scene.activity.id}/check-{way}"
    if way == "out":
        scene.make.attendance(scene.rows(Signup)[0])
    time_machine.move_to(FRIDAY_18 + timedelta(seconds=60), tick=False)
    before = len(scene.rows())

    assert friend.get(f"{address}?code={photo}").status_code == 409
    assert friend.post(address, data={"code": photo}).status_code == 409
    assert len(scene.rows()) == before


def test_a_ticket_ends_after_ten_minutes(scene, time_machine):
    client, address = scene.client_for(scene.person), f"/activities/{scene.activity.id}/check-in"
    ticket = ticket_on(client.get(f"{address}?code={scene.code(scene.activity)}"))

    time_machine.move_to(FRIDAY_18 + 10 * MINUTE + timedelta(seconds=1), tick=False)

    assert client.post(address, data={"code": ticket}).status_code == 409
    assert scene.rows() == []


@pytest.mark.parametrize("seconds", [60, 3600, -31])
def test_a_code_of_another_time_is_refused(scene, seconds):
    code = scene.code(scene.activity, now=FRIDAY_18 - timedelta(seconds=seconds))

    answer = scene.client_for(scene.person).get(
        f"/activities/{scene.activity.id}/check-in?code={code}"
    )

    assert answer.status_code == 409
    assert "30 秒" in answer.text


def test_a_code_of_another_door_is_refused(scene):
    other = scene.make.activity()
    scene.make.signup(other, scene.person)
    client, address = scene.client_for(scene.person), f"/activities/{scene.activity.id}/check-in"

    for code in (scene.code(other), scene.code(scene.activity, "out"), "AAAAAAAAAAAA"):
        assert client.get(f"{address}?code={code}").status_code == 409
        assert client.post(address, data={"code": code}).status_code == 409
    assert client.post(address).status_code == 409
    assert scene.rows() == []


def test_a_bad_code_is_told_before_anybody_logs_in(scene, visitor_client):
    answer = visitor_client.get(f"/activities/{scene.activity.id}/check-in?code=AAAAAAAAAAAA")

    assert answer.status_code == 409
    assert "Set-Cookie" not in answer.headers or "door=" not in answer.headers["Set-Cookie"]


def test_a_second_scan_shows_when_it_was(scene):
    client, signup = scene.client_for(scene.person), scene.rows(Signup)[0]
    scene.make.attendance(
        signup, method="tick", recorded_by_id=scene.ann.id, happened_at=FRIDAY_18 - MINUTE
    )

    page = client.get(f"/activities/{scene.activity.id}/check-in?code={scene.code(scene.activity)}")

    assert "17:59" in page.text and "王红" in page.text
    assert 'name="code"' not in page.text


def test_checking_out_is_the_same_and_needs_a_check_in(scene, time_machine):
    client, way_out = scene.client_for(scene.person), f"/activities/{scene.activity.id}/check-out"
    early = client.get(f"{way_out}?code={scene.code(scene.activity, 'out')}")
    client.post(
        f"/activities/{scene.activity.id}/check-in", data={"code": scene.code(scene.activity)}
    )
    time_machine.move_to(ENDS, tick=False)

    answer = client.post(way_out, data={"code": scene.code(scene.activity, "out", ENDS)})

    assert early.status_code == 409
    assert answer.status_code == 303
    assert "已签退" in client.get(way_out).text
    assert [(row.direction, row.happened_at) for row in scene.rows()] == [
        ("in", FRIDAY_18),
        ("out", ENDS),
    ]


def test_the_page_of_the_activity_tells_about_the_door(scene):
    client, address = scene.client_for(scene.person), f"/activities/{scene.activity.id}"
    before = client.get(address).text

    client.post(f"{address}/check-in", data={"code": scene.code(scene.activity)})

    assert "17:30" in before and "19:30" in before
    assert "18:00 到场" in client.get(address).text
