"""The volunteer's own code at the door: shown by them, read by the coordinator's phone."""

from io import BytesIO

import pytest
from PIL import Image

from tests.attendance.scene import ENDS, MINUTE, desk
from tests.client import HTMX
from tests.factories import FRIDAY_18
from volunteer_site.attendance.cards import Cards
from volunteer_site.hours.models import HourEntry
from volunteer_site.signups.models import Signup


def code_of(scene, person):
    return Cards(scene.app.config["SECRET_KEY"]).code(person.number)


def read(scene, person=None, client=None, **data):
    client = client or scene.client_for(scene.ann)
    given = {"code": code_of(scene, person), "direction": "in"} if person else {}
    return client.post(desk(scene.activity, "/cards"), data=given | data, headers=HTMX)


def test_my_page_shows_my_code_large_and_a_picture_of_it_to_keep(scene):
    client = scene.client_for(scene.person)

    page, picture = client.get("/me/card"), client.get("/me/card.png")

    assert code_of(scene, scene.person).split(".")[1][:5] in page.text
    assert scene.person.number in page.text and "<svg" in page.text
    assert picture.mimetype == "image/png"
    assert min(Image.open(BytesIO(picture.data)).size) >= 700


def test_reading_a_code_checks_in_and_names_the_person(scene):
    answer = read(scene, scene.person)

    assert answer.status_code == 200
    assert "孙小兰" in answer.text and "18:00 已签到" in answer.text
    assert 'data-sound="good"' in answer.text
    (mark,) = scene.rows()
    assert (mark.person_id, mark.method, mark.direction) == (scene.person.id, "card", "in")
    assert (mark.recorded_by_id, mark.happened_at) == (scene.ann.id, FRIDAY_18)


def test_reading_it_again_changes_nothing_and_says_when_and_by_whom(scene, time_machine):
    read(scene, scene.person)
    time_machine.move_to(FRIDAY_18 + 5 * MINUTE, tick=False)

    again = read(scene, scene.person)

    assert "此前已签到：18:00，王红" in again.text and 'data-sound="info"' in again.text
    assert len(scene.rows()) == 1


def test_a_scan_before_is_said_too(scene):
    scene.client_for(scene.person).post(
        f"/activities/{scene.activity.id}/check-in", data={"code": scene.code(scene.activity)}
    )

    assert "此前已签到：18:00，扫码" in read(scene, scene.person).text


def test_who_is_not_on_the_list_is_added_by_one_tap(scene):
    walker = scene.make.person(name="赵六", community_id=scene.make.community().id)

    first = read(scene, walker)
    assert first.status_code == 409 and "赵六" in first.text and 'name="let_in"' in first.text
    assert scene.rows() == []
    answer = read(scene, walker, let_in="0")

    assert answer.status_code == 200 and "赵六" in answer.text
    (signup,), (mark,) = scene.rows(Signup), scene.rows()
    assert (signup.source, signup.added_by_id) == ("walk_in", scene.ann.id)
    assert (mark.person_id, mark.method, mark.recorded_by_id) == (walker.id, "card", scene.ann.id)


def test_who_waits_gets_a_place_by_the_same_tap(scene):
    waiting = scene.make.person(name="赵六")
    scene.make.signup(scene.activity, waiting, confirmed_at=None)

    assert read(scene, waiting).status_code == 409
    read(scene, waiting, let_in="0")

    assert [row.person_id for row in scene.rows()] == [waiting.id]
    assert [row.confirmed_at for row in scene.rows(Signup)] == [FRIDAY_18]


@pytest.mark.parametrize("code", ["", "V26", "V2600000001.AAAAAAAAAA", "https://example.org/x"])
def test_what_is_no_code_of_ours_is_said_and_does_nothing(scene, code):
    answer = read(scene, code=code, direction="in")

    assert answer.status_code == 409
    assert "不是本站的个人码" in answer.text and 'data-sound="bad"' in answer.text
    assert scene.rows() == []


def test_the_code_of_somebody_who_left_is_nobodys(scene):
    gone = scene.make.person(erased_at=FRIDAY_18)

    assert "不是本站的个人码" in read(scene, gone).text


def test_going_out_by_code_needs_coming_in_and_one_tap_does_that(scene, time_machine):
    time_machine.move_to(FRIDAY_18 + 30 * MINUTE, tick=False)
    early = read(scene, scene.person, direction="out")
    assert early.status_code == 409 and "孙小兰" in early.text
    assert 'value="in"' in early.text

    read(scene, scene.person)
    time_machine.move_to(ENDS, tick=False)
    late = read(scene, scene.person, direction="out")

    assert "19:00 已签退" in late.text
    assert [(row.direction, row.method) for row in scene.rows()] == [
        ("in", "card"),
        ("out", "card"),
    ]


def test_before_the_door_opens_nobody_is_read(scene, time_machine):
    time_machine.move_to(FRIDAY_18 - 31 * MINUTE, tick=False)

    answer = read(scene, scene.person)

    assert answer.status_code == 409 and "17:30" in answer.text
    assert scene.rows() == []


def test_after_the_end_a_code_says_that_they_were_there_from_the_start(scene, time_machine):
    time_machine.move_to(ENDS + 5 * MINUTE, tick=False)

    read(scene, scene.person)

    assert [row.happened_at for row in scene.rows()] == [FRIDAY_18]


def test_without_script_the_form_leads_back_ready_for_the_next(scene):
    client, address = scene.client_for(scene.ann), desk(scene.activity, "/cards")

    answer = client.post(address, data={"code": code_of(scene, scene.person), "direction": "in"})

    assert (answer.status_code, answer.location) == (303, f"{address}?direction=in")
    page = client.get(answer.location).text
    assert "孙小兰 · 18:00 已签到" in page and "autofocus" in page
    wrong = client.post(address, data={"code": "x", "direction": "in"})
    assert wrong.status_code == 409 and "不是本站的个人码" in wrong.text


def test_another_communitys_coordinator_reads_nothing_here(scene):
    other = scene.client_for(scene.make.coordinator(name="韩梅梅"))

    assert other.get(desk(scene.activity, "/cards")).status_code == 404
    assert read(scene, scene.person, client=other).status_code == 404
    assert scene.rows() == []


def test_hours_of_a_code_read_on_site_count_as_scanned(scene, time_machine):
    read(scene, scene.person)
    time_machine.move_to(ENDS, tick=False)

    scene.client_for(scene.ann).post(desk(scene.activity, "/closing"))

    (entry,) = scene.rows(HourEntry)
    assert (entry.person_id, entry.proof) == (scene.person.id, "scanned")


def test_a_parent_shows_the_childs_code(scene, child):
    client = scene.client_for(scene.person)

    page = client.get(f"/me/card?person={child.id}")

    assert "孙小宝" in client.get("/me/card").text
    assert child.number in page.text and code_of(scene, child).split(".")[1][:5] in page.text
    assert client.get(f"/me/card.png?person={child.id}").status_code == 200


def test_nobody_shows_the_code_of_a_stranger(scene, child):
    stranger = scene.client_for(scene.make.person(name="张三", phone="13911112222"))

    for address in ("/me/card", "/me/card.png"):
        for person in (child, scene.person, scene.ann):
            assert stranger.get(f"{address}?person={person.id}").status_code == 404
