"""The coordinator's page: the code that changes, the roster to tick, and who may not see it."""

from datetime import timedelta

import pytest

from tests.attendance.scene import MINUTE, desk
from tests.client import HTMX
from tests.factories import FRIDAY_18
from volunteer_site.attendance.views.panel import qr
from volunteer_site.signups.models import Signup

NEW = {"name": "钱七", "phone": "138 0000 7777", "birth_date": "1960-01-02", "notice": "y"}


def test_the_code_on_the_door_is_the_one_that_opens_it(scene):
    address = f"http://localhost/activities/{scene.activity.id}/check-out"

    page = scene.client_for(scene.ann).get(desk(scene.activity, "/door?direction=out"))

    assert qr(f"{address}?code={scene.code(scene.activity, 'out')}") in page.text


def test_the_code_is_asked_for_again_and_answered_with_304_while_it_is_the_same(
    scene, time_machine
):
    client, address = scene.client_for(scene.ann), desk(scene.activity, "/door/code?seen=0")
    first = client.get(address, headers=HTMX)
    tag = {"If-None-Match": first.headers["ETag"], **HTMX}

    assert client.get(address, headers=tag).status_code == 304
    time_machine.move_to(FRIDAY_18 + timedelta(seconds=30), tick=False)
    assert client.get(address, headers=tag).status_code == 200


def test_a_scan_shows_on_the_roster_with_the_next_code(scene):
    client, address = scene.client_for(scene.ann), desk(scene.activity, "/door/code?seen=0")
    before = client.get(address, headers=HTMX)
    scene.client_for(scene.person).post(
        f"/activities/{scene.activity.id}/check-in", data={"code": scene.code(scene.activity)}
    )

    after = client.get(address, headers={"If-None-Match": before.headers["ETag"], **HTMX})

    assert "孙小兰" not in before.text
    assert "孙小兰" in after.text and "已到 1 人，共 1 人" in after.text
    assert "seen=1" in after.text


def test_a_tick_answers_htmx_with_the_row_and_the_numbers(scene):
    answer = scene.client_for(scene.ann).post(
        desk(scene.activity, "/check-ins"), data={"person_id": scene.person.id}, headers=HTMX
    )

    assert f'id="row-{scene.person.id}"' in answer.text and "已签到" in answer.text
    assert 'id="counts"' in answer.text and "hx-swap-oob" in answer.text
    assert [row.recorded_by_id for row in scene.rows()] == [scene.ann.id]


def test_a_tick_without_script_leads_back_to_the_row(scene):
    answer = scene.client_for(scene.ann).post(
        desk(scene.activity, "/check-ins?order=strokes"), data={"person_id": scene.person.id}
    )

    assert answer.status_code == 303
    assert answer.location.endswith(f"/door?direction=in&order=strokes#row-{scene.person.id}")


def test_a_second_tick_says_who_and_when(scene):
    scene.client_for(scene.ann).post(
        desk(scene.activity, "/check-ins"), data={"person_id": scene.person.id}
    )

    answer = scene.client_for(scene.make.coordinator(scene.community)).post(
        desk(scene.activity, "/check-ins"), data={"person_id": scene.person.id}, headers=HTMX
    )

    assert answer.status_code == 200
    assert "王红 已在 18:00 为其签到" in answer.text


def test_undo_and_check_out_by_the_roster(scene):
    client = scene.client_for(scene.ann)
    client.post(desk(scene.activity, "/check-ins"), data={"person_id": scene.person.id})
    client.post(desk(scene.activity, "/check-outs"), data={"person_id": scene.person.id})
    came, left = scene.rows()

    client.post(desk(scene.activity, f"/check-outs/{left.id}/undoing"), headers=HTMX)
    answer = client.post(desk(scene.activity, f"/check-ins/{came.id}/undoing"), headers=HTMX)

    assert "签到" in answer.text and "已签到" not in answer.text
    assert [row.undone_by_id for row in scene.rows()] == [scene.ann.id, scene.ann.id]


@pytest.mark.parametrize("words", ["孙", "sxl", "sunxiao"])
def test_the_roster_is_searched_by_name_and_initials(scene, words):
    for name, pinyin, initials in (("孙小兰", "sunxiaolan", "sxl"), ("李雷", "lilei", "ll")):
        scene.make.signup(
            scene.activity, scene.make.person(name=name, pinyin=pinyin, initials=initials)
        )

    page = scene.client_for(scene.ann).get(desk(scene.activity, f"/door?q={words}")).text

    assert "孙小兰" in page and "李雷" not in page


@pytest.mark.parametrize(
    ("order", "names"),
    [("pinyin", ["李雷", "孙小兰", "于洋"]), ("strokes", ["于洋", "孙小兰", "李雷"])],
)
def test_names_stand_in_the_order_one_wants(scene, order, names):
    for name in ("孙小兰", "于洋", "李雷"):
        scene.make.signup(scene.activity, scene.make.person(name=name))

    page = scene.client_for(scene.ann).get(desk(scene.activity, f"/door?order={order}")).text

    assert sorted(names, key=page.index) == names


def test_the_door_takes_the_same_number_of_statements_for_a_long_list(scene, statements):
    client, numbers = scene.client_for(scene.ann), []
    for _round in range(2):
        for _n in range(5):
            scene.make.signup(scene.activity)
        statements.clear()
        client.get(desk(scene.activity, "/door"))
        numbers.append(len(statements))

    assert numbers[0] == numbers[1] <= 8


@pytest.mark.parametrize(
    ("minutes", "words"), [(-31, "17:30"), (-30, "<svg "), (90, "<svg "), (91, "19:30")]
)
def test_before_and_after_there_is_no_code_but_a_sentence(scene, time_machine, minutes, words):
    time_machine.move_to(FRIDAY_18 + minutes * MINUTE, tick=False)

    page = scene.client_for(scene.ann).get(desk(scene.activity, "/door")).text

    stage = page[page.index('id="code"') : page.index('id="counts"')]
    assert words in stage
    assert ("<svg" in stage) is (words == "<svg ")


@pytest.mark.parametrize("who", ["neighbour", "liaison", "volunteer"])
def test_the_door_is_for_this_communitys_coordinators_only(scene, who):
    assert scene.person
    mark = scene.make.attendance(scene.rows(Signup)[0])
    visitor = {
        "neighbour": scene.make.coordinator,
        "liaison": scene.make.liaison,
        "volunteer": scene.make.person,
    }[who]()
    client, status = scene.client_for(visitor), 404 if who == "neighbour" else 403
    seen = [
        client.get(desk(scene.activity, "/door")),
        client.get(desk(scene.activity, "/door/code")),
        client.get(desk(scene.activity, "/walk-ins?q=13800138000")),
        client.get(desk(scene.activity, "/closing")),
        client.get(f"/print/sign-in-sheets/{scene.activity.id}"),
        client.post(desk(scene.activity, "/check-ins"), data={"person_id": scene.person.id}),
        client.post(desk(scene.activity, "/check-outs"), data={"person_id": scene.person.id}),
        client.post(desk(scene.activity, f"/check-ins/{mark.id}/undoing")),
        client.post(desk(scene.activity, f"/check-outs/{mark.id}/undoing")),
        client.post(desk(scene.activity, "/walk-ins"), data=NEW),
        client.post(desk(scene.activity, "/closing")),
    ]

    assert {answer.status_code for answer in seen} == {status}
    assert not any("孙小兰" in answer.text for answer in seen)
    assert [row.undone_at for row in scene.rows()] == [None]


def test_a_coordinator_cannot_undo_through_another_activity(scene):
    other = scene.make.activity(organisation_id=scene.community.id)
    mark = scene.make.attendance(scene.make.signup(scene.activity))

    answer = scene.client_for(scene.ann).post(desk(other, f"/check-ins/{mark.id}/undoing"))

    assert answer.status_code == 404
    assert scene.rows()[0].undone_at is None


@pytest.mark.parametrize(
    ("minutes", "asks"),
    [(-31, "load delay:61s"), (-30, "every 4s"), (-91, None), (91, None)],
)
def test_the_page_asks_again_only_while_something_may_change(scene, time_machine, minutes, asks):
    time_machine.move_to(FRIDAY_18 + minutes * MINUTE, tick=False)

    page = scene.client_for(scene.ann).get(desk(scene.activity, "/door")).text

    assert ('hx-trigger="' in page) is (asks is not None)
    assert asks is None or f'hx-trigger="{asks}' in page
