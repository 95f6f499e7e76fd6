"""Closing over HTTP: the list first, then the hours; and the sheet on paper."""

from tests.attendance.scene import ENDS, MINUTE, desk
from tests.factories import FRIDAY_18
from volunteer_site.activities.models import Activity
from volunteer_site.hours.models import HourEntry


def test_the_list_is_shown_first_and_closing_posts_it(scene, time_machine):
    absent = scene.make.person(name="李雷")
    scene.make.signup(scene.activity, absent)
    tick = desk(scene.activity, "/check-ins")
    scene.client_for(scene.ann).post(tick, data={"person_id": scene.person.id})
    time_machine.move_to(ENDS + 20 * MINUTE, tick=False)
    client = scene.client_for(scene.ann)

    page = client.get(desk(scene.activity, "/closing")).text
    assert "孙小兰" in page and "李雷" in page and "<b>60</b>" in page
    assert scene.rows(HourEntry) == []
    answer = client.post(desk(scene.activity, "/closing"))

    assert (answer.status_code, answer.location) == (303, desk(scene.activity, "/closing"))
    assert [(row.person_id, row.minutes) for row in scene.rows(HourEntry)] == [
        (scene.person.id, 60)
    ]
    (closed,) = scene.rows(Activity)
    assert closed.closed_by_id == scene.ann.id
    assert "王红" in client.get(desk(scene.activity, "/closing")).text


def test_after_closing_a_tick_is_refused_with_what_to_do(scene, time_machine):
    client = scene.client_for(scene.ann)
    time_machine.move_to(ENDS, tick=False)
    client.post(desk(scene.activity, "/closing"))

    for address in ("/check-ins", "/check-outs", "/walk-ins"):
        answer = client.post(desk(scene.activity, address), data={"person_id": scene.person.id})
        assert answer.status_code == 409
        assert desk(scene.activity, "/closing") in answer.text
    assert scene.rows() == []


def test_closing_before_it_began_is_refused(scene, time_machine):
    time_machine.move_to(FRIDAY_18 - MINUTE, tick=False)
    client = scene.client_for(scene.ann)

    assert "结束活动，登记" not in client.get(desk(scene.activity, "/closing")).text
    assert client.post(desk(scene.activity, "/closing")).status_code == 409
    assert scene.rows(Activity)[0].closed_at is None


def test_a_closed_activity_shows_closed_to_everybody(scene, time_machine):
    time_machine.move_to(ENDS, tick=False)
    scene.client_for(scene.ann).post(desk(scene.activity, "/closing"))

    assert "已关闭" in scene.client_for(scene.ann).get(desk(scene.activity)).text
    door = scene.client_for(scene.ann).get(desk(scene.activity, "/door")).text
    assert "到场名单" in door and "关闭并记录时长" not in door
    assert scene.client_for(scene.person).get(f"/activities/{scene.activity.id}").status_code == 200
    answer = scene.client_for(scene.person).get(f"/activities/{scene.activity.id}/check-in")
    assert answer.status_code == 200
