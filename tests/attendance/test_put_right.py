"""All present in one tap, excuses, wrong marks put right, and the story of it (W32, W33, W41)."""

from datetime import timedelta

import pytest

from tests.attendance.scene import ENDS, MINUTE, desk
from tests.client import HTMX
from tests.factories import FRIDAY_18
from volunteer_site.hours.models import HourEntry
from volunteer_site.signups.absences.models import Excuse, NoShow
from volunteer_site.signups.models import Signup


@pytest.fixture
def door(scene):
    """The coordinator's way to send a form about the activity."""

    def send(rest, *, htmx=False, **data):
        client = scene.client_for(scene.ann)  # logged in just now: staff are idle for no hour
        return client.post(desk(scene.activity, rest), data=data, headers=HTMX if htmx else {})

    return send


@pytest.fixture
def crowd(scene):
    return [scene.make.person(name=name) for name in ("于洋", "李雷", "孙小兰")]


@pytest.fixture
def listed(scene, crowd):
    for person in crowd:
        scene.make.signup(scene.activity, person)
    return crowd


def standing(scene):
    return [row.person_id for row in scene.rows() if row.undone_at is None]


def test_all_present_checks_in_who_is_missing_and_not_who_is_excused(scene, door, listed):
    first, excused, last = listed
    door("/check-ins", person_id=first.id)
    door("/excuses", person_id=excused.id)

    answer = door("/roll-calls", htmx=True)

    assert "已为 1 人签到" in answer.text and 'id="roster"' in answer.text
    assert standing(scene) == [first.id, last.id]


def test_before_it_the_page_asks_with_the_number(scene, listed):
    page = scene.client_for(scene.ann).get(desk(scene.activity, "/door")).text

    assert "全部到场（还有 3 人）" in page and "把还没签到的 3 人全部记为到场吗" in page


def test_the_whole_tap_is_taken_back_together(scene, door, listed, time_machine):
    door("/check-ins", person_id=listed[0].id)
    time_machine.move_to(FRIDAY_18 + MINUTE / 2, tick=False)
    page = door("/roll-calls", htmx=True).text
    mark = scene.rows()[-1]

    assert "撤销刚才签到的 2 人" in page
    answer = door(f"/roll-calls/{mark.id}/undoing", htmx=True)

    assert "已撤销 2 人的签到" in answer.text
    assert standing(scene) == [listed[0].id]
    assert len(scene.rows()) == 3


def test_all_present_sent_twice_changes_nothing(scene, door, listed):
    door("/roll-calls")
    door("/roll-calls")

    assert len(scene.rows()) == 3


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(("seconds", "status"), [(59, 303), (119, 303), (121, 409)])
def test_a_tap_is_taken_back_within_a_minute_only(scene, door, time_machine, seconds, status):
    door("/roll-calls")
    time_machine.move_to(FRIDAY_18 + timedelta(seconds=seconds), tick=False)

    answer = door(f"/roll-calls/{scene.rows()[0].id}/undoing")

    assert answer.status_code == status
    assert bool(standing(scene)) is (status == 409)


def test_after_a_tick_undo_is_prominent_for_a_minute_and_quiet_then(scene, door, time_machine):
    row = door("/check-ins", htmx=True, person_id=scene.person.id).text
    assert 'class="fresh">撤销' in row

    time_machine.move_to(FRIDAY_18 + MINUTE, tick=False)
    page = scene.client_for(scene.ann).get(desk(scene.activity, "/door")).text
    assert 'class="plain">改正' in page and "fresh" not in page.split('id="roster"')[1]


def test_put_right_and_ticked_again_there_is_one_mark(scene, door):
    door("/check-ins", person_id=scene.person.id)
    door(f"/check-ins/{scene.rows()[0].id}/undoing")
    door("/check-ins", person_id=scene.person.id)
    door(f"/check-ins/{scene.rows()[0].id}/undoing")  # the old one, sent again

    assert standing(scene) == [scene.person.id]


def test_an_excuse_is_one_tap_and_back_again(scene, door):
    person = scene.person
    row = door("/excuses", htmx=True, person_id=person.id, reason="孩子发烧").text
    assert "请假" in row and "孩子发烧" in row and "取消请假" in row and "请假 1 人" in row

    row = door("/excuses/undoing", htmx=True, person_id=person.id).text
    assert "孩子发烧" not in row
    assert [bool(one.withdrawn_at) for one in scene.rows(Excuse)] == [True]


def test_who_is_here_cannot_be_excused(scene, door):
    door("/check-ins", person_id=scene.person.id)

    answer = door("/excuses", person_id=scene.person.id)

    assert answer.status_code == 409 and "18:00" in answer.text
    assert desk(scene.activity, "/door") in answer.text
    assert scene.rows(Excuse) == []


def test_an_excuse_shows_on_the_other_phone(scene, door):
    client = scene.client_for(scene.ann)
    seen = client.get(desk(scene.activity, "/door/code?seen=0"), headers=HTMX)
    door("/excuses", person_id=scene.person.id)

    again = client.get(
        desk(scene.activity, "/door/code?seen=0"),
        headers={"If-None-Match": seen.headers["ETag"], **HTMX},
    )

    assert again.status_code == 200 and "取消请假" in again.text


def test_closing_notes_who_stayed_away_and_not_who_is_excused(scene, door, listed, time_machine):
    came, excused, away = listed
    door("/check-ins", person_id=came.id)
    door("/excuses", person_id=excused.id)
    time_machine.move_to(ENDS, tick=False)

    door("/closing")

    assert [row.person_id for row in scene.rows(NoShow)] == [away.id]
    page = scene.client_for(scene.ann).get(desk(scene.activity, "/closing")).text
    assert "缺席" in page and "请假" in page


def test_nobody_is_absent_where_nobody_was_entered(scene, door, listed, time_machine):
    time_machine.move_to(ENDS, tick=False)

    door("/closing")

    assert scene.rows(NoShow) == []


def test_excusing_after_the_closing_asks_why_and_can_be_taken_back(
    scene, door, listed, time_machine
):
    came, other, away = listed
    door("/check-ins", person_id=came.id)
    time_machine.move_to(ENDS, tick=False)
    door("/closing")

    assert door("/excuses", person_id=away.id).status_code == 422
    assert door("/excuses", person_id=away.id, reason="住院", to="closing").status_code == 303
    counting = [row.person_id for row in scene.rows(NoShow) if row.cleared_at is None]
    assert counting == [other.id]

    door("/excuses/undoing", person_id=away.id)
    assert [row.cleared_at for row in scene.rows(NoShow)] == [None, None]


def test_who_was_excused_before_the_closing_counts_if_that_is_taken_back(
    scene, door, listed, time_machine
):
    came, excused, away = listed
    door("/check-ins", person_id=came.id)
    door("/excuses", person_id=excused.id)
    time_machine.move_to(ENDS, tick=False)
    door("/closing")

    door("/excuses/undoing", person_id=excused.id)
    door("/excuses/undoing", person_id=came.id)

    assert {row.person_id for row in scene.rows(NoShow)} == {excused.id, away.id}


def test_the_story_tells_every_mark_excuse_and_correction(scene, door, time_machine):
    person = scene.person
    door("/excuses", person_id=person.id, reason="堵车")
    door("/excuses/undoing", person_id=person.id)
    time_machine.move_to(FRIDAY_18 + 5 * MINUTE, tick=False)
    door("/check-ins", person_id=person.id)
    door(f"/check-ins/{scene.rows()[0].id}/undoing")
    time_machine.move_to(FRIDAY_18 + 12 * MINUTE, tick=False)
    door("/check-ins", person_id=person.id)
    time_machine.move_to(ENDS, tick=False)
    door("/closing")
    entry = scene.rows(HourEntry)[0]
    scene.client_for(scene.ann).post(
        f"/desk/hours/{entry.id}/correction", data={"minutes": 30, "reason": "中途离开"}
    )

    for client, address in (
        (scene.client_for(scene.ann), desk(scene.activity, f"/people/{person.id}")),
        (scene.client_for(person), f"/me/activities/{scene.activity.id}"),
    ):
        page = client.get(address).text
        told = [
            "由王红记为请假；理由：堵车",
            "王红取消了请假",
            "签到 18:05 · 由王红勾选",
            "王红撤销了 18:05 的签到",
            "签到 18:12 · 由王红勾选",
            "签退 19:00 · 王红结束活动时",
            "登记时长 48 分钟",
            "王红更正时长：原来 48 分钟，改为 30 分钟；理由：中途离开",
        ]
        places = [page.find(words) for words in told]
        assert places == sorted(places) and places[0] > 0
        assert "迟到" in page


def test_the_story_of_a_stranger_is_nobodys(scene, door):
    stranger, neighbour = scene.make.person(), scene.make.coordinator()
    assert scene.person
    own = desk(scene.activity, f"/people/{scene.person.id}")

    assert scene.client_for(neighbour).get(own).status_code == 404
    assert scene.client_for(scene.person).get(own).status_code == 403
    mine = scene.client_for(stranger).get(f"/me/activities/{scene.activity.id}")
    assert mine.status_code == 404
    there = desk(scene.activity, f"/people/{stranger.id}")
    assert scene.client_for(scene.ann).get(there).status_code == 404


def test_a_neighbour_excuses_and_calls_nobody(scene):
    assert scene.person
    client = scene.client_for(scene.make.coordinator())
    mark = scene.make.attendance(scene.rows(Signup)[0], method="tick")

    for rest in ("/roll-calls", f"/roll-calls/{mark.id}/undoing", "/excuses", "/excuses/undoing"):
        answer = client.post(desk(scene.activity, rest), data={"person_id": scene.person.id})
        assert answer.status_code == 404
    assert standing(scene) == [scene.person.id] and scene.rows(Excuse) == []
