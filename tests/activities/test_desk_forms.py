"""The coordinator's forms: one tap, drafts, edits that ask first, programmes (W51–W53)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.factories import FRIDAY_18, NOW, WORDS
from volunteer_site.activities.models import Activity, Programme, Shift
from volunteer_site.core.db import db

pytestmark = pytest.mark.usefixtures("thursday")

TYPED = {
    **WORDS,
    "title": "公益一小时：清理楼道",
    "day": "2026-11-20",
    "shifts-0-starts": "18:00",
    "shifts-0-ends": "19:00",
    "shifts-0-places": "15",
    "minimum_age": "8",
    "break_minutes": "0",
    "contact": "",
    "leader_id": "",
    "signup_closes": "",
    "note": "",
}
RHYTHM = {
    **WORDS,
    "title": "公益一小时",
    "weekday": "4",
    "starts": "18:00",
    "lasts_minutes": "60",
    "places": "15",
    "holiday_rule": "skip",
    "minimum_age": "8",
    "break_minutes": "0",
    "contact": "",
}


@pytest.fixture
def thursday():
    with time_machine.travel(NOW.replace(tzinfo=None), tick=False):
        yield


@pytest.fixture
def community(make):
    return make.community(name="青年路一社区")


@pytest.fixture
def desk(make, community, client_for):
    return client_for(make.coordinator(community))


def rows(app, *columns):
    with app.app_context():
        return [tuple(row) for row in db.session.execute(sa.select(*columns))]


def test_one_tap_publishes_what_the_programme_fills_in(app, make, community, desk):
    programme = make.programme(organisation_id=community.id)

    answer = desk.post(
        f"/desk/programmes/{programme.id}/activities",
        data={"date": "2026-11-20"},
        follow_redirects=True,
    )

    assert "已发布：公益一小时" in answer.text
    assert rows(app, Activity.starts_at, Activity.published_at) == [(FRIDAY_18, NOW)]


def test_a_second_tap_leads_to_the_activity_that_is_there(app, make, community, desk):
    programme = make.programme(organisation_id=community.id)
    address = f"/desk/programmes/{programme.id}/activities"

    desk.post(address, data={"date": "2026-11-20"})
    answer = desk.post(address, data={"date": "2026-11-20"})

    ((number,),) = rows(app, Activity.id)
    assert answer.status_code == 303
    assert answer.location == f"/desk/activities/{number}"


def test_two_who_tap_at_once_post_one_activity(app, make, community, client_for):
    programme = make.programme(organisation_id=community.id)
    address = f"/desk/programmes/{programme.id}/activities"
    clients = [client_for(make.coordinator(community)) for _n in range(6)]

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(lambda c: c.post(address, data={"date": "2026-11-20"}), clients))

    assert {answer.status_code for answer in answers} == {303}
    assert len(rows(app, Activity.id)) == len(rows(app, Shift.id)) == 1


@pytest.mark.parametrize("day", ["", "friday", "2026-11-21", "0000-00-00"])
def test_a_day_that_the_programme_does_not_have_is_not_posted(app, make, community, desk, day):
    programme = make.programme(organisation_id=community.id)

    answer = desk.post(f"/desk/programmes/{programme.id}/activities", data={"date": day})

    assert answer.status_code == 404
    assert rows(app, Activity.id) == []


def test_the_review_shows_what_is_odd_and_publishes_with_one_tap(app, make, community, desk):
    programme = make.programme(organisation_id=community.id, places=40)
    make.activity(
        organisation_id=community.id,
        programme_id=programme.id,
        occurrence_on=FRIDAY_18.date() - timedelta(days=7),
        starts_at=FRIDAY_18 - timedelta(days=7),
    )
    address = f"/desk/activities/new?programme={programme.id}&date=2026-11-20"

    page = desk.get(address).text

    assert "人数40，上次是10" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    own = {"programme": programme.id, "date": "2026-11-20", "publish": "1"}
    typed = TYPED | {"shifts-0-places": "40"} | own
    unseen = desk.post("/desk/activities", data=typed)
    assert unseen.status_code == 422 and "上次是10" in unseen.text
    assert desk.post("/desk/activities", data=typed | {"seen": seen}).status_code == 303
    assert len(rows(app, Activity.id)) == 2


def test_a_new_activity_is_kept_as_a_draft_and_published_later(app, desk):
    incomplete = TYPED | {"risks": "", "draft": "1"}

    kept = desk.post("/desk/activities", data=incomplete)

    assert rows(app, Activity.published_at, Activity.risks) == [(None, "")]
    assert desk.get(kept.location).status_code == 200
    refused = desk.post(f"{kept.location}/publication")
    assert refused.status_code == 422 and "无" in refused.text
    desk.post(kept.location, data=TYPED | _shift_id(app))
    assert desk.post(f"{kept.location}/publication").status_code == 303
    assert rows(app, Activity.published_at) == [(NOW,)]


def _shift_id(app):
    return {"shifts-0-id": str(rows(app, Shift.id)[0][0])}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, "名称"),
        ({"title": "字" * 61}, "名称"),
        ({"title": "例会补录"}, "补录"),
        ({"risks": ""}, "风险"),
        ({"category": "dancing"}, "服务类别"),
        ({"content": "打扫"}, "10"),
        ({"day": "2026-11-18"}, "已经过了"),
        ({"day": "20.11."}, "日期"),
        ({"shifts-0-ends": "17:00"}, "结束时间"),
        ({"shifts-0-starts": "25:99"}, "开始时间"),
        ({"shifts-0-places": "0"}, "人数"),
        ({"shifts-0-places": "many"}, "人数"),
        ({"shifts-0-places": "9" * 30}, "人数"),
        ({"minimum_age": "-1"}, "最低年龄"),
        ({"leader_id": "99"}, "负责人"),
        ({"signup_closes": "2026-11-20T20:00"}, "报名截止"),
    ],
)
def test_what_cannot_be_published_is_shown_beside_its_field(app, desk, given, said):
    answer = desk.post("/desk/activities", data=TYPED | given | {"publish": "1"})

    assert answer.status_code == 422
    assert said in answer.text.split('id="form-errors"')[1].split("</ul>")[0]
    assert rows(app, Activity.id) == []


def test_several_shifts_have_their_own_times_and_numbers(app, desk):
    second = {
        "shifts-1-name": "收摊",
        "shifts-1-starts": "20:00",
        "shifts-1-ends": "21:00",
        "shifts-1-places": "4",
        "shifts-2-starts": "",
        "shifts-2-ends": "",
        "shifts-2-places": "",
    }

    answer = desk.post("/desk/activities", data=TYPED | second | {"publish": "1"})

    assert answer.status_code == 303
    assert rows(app, Shift.name, Shift.places) == [("", 15), ("收摊", 4)]
    assert rows(app, Activity.ends_at) == [(FRIDAY_18 + timedelta(hours=3),)]


def test_another_time_asks_first_names_the_people_and_is_changed_when_confirmed(
    app, make, community, desk
):
    activity = make.activity(organisation_id=community.id)
    make.signup(activity, make.person(name="李四"))
    later = TYPED | _shift_id(app) | {"shifts-0-starts": "18:30", "shifts-0-ends": "19:30",
                                      "place": activity.place}  # fmt: skip

    asked = desk.post(f"/desk/activities/{activity.id}", data=later)

    assert asked.status_code == 409
    assert "李四" in asked.text and "18:30" in asked.text
    assert rows(app, Activity.starts_at) == [(FRIDAY_18,)]
    fingerprint = asked.text.split('name="confirmed" value="')[1].split('"')[0]
    answer = desk.post(f"/desk/activities/{activity.id}", data=later | {"confirmed": fingerprint})
    assert answer.status_code == 303
    assert rows(app, Activity.starts_at) == [(FRIDAY_18 + timedelta(minutes=30),)]


def test_fewer_places_than_people_are_refused_with_the_next_step(app, make, community, desk):
    activity = make.activity(organisation_id=community.id)
    for _n in range(2):
        make.signup(activity)

    answer = desk.post(
        f"/desk/activities/{activity.id}", data=TYPED | _shift_id(app) | {"shifts-0-places": "1"}
    )

    assert answer.status_code == 409 and "已有2人报名" in answer.text
    assert rows(app, Shift.places) == [(10,)]


def test_calling_off_asks_why_and_says_whom_it_touches(app, make, community, desk):
    activity = make.activity(organisation_id=community.id)
    make.signup(activity)
    address = f"/desk/activities/{activity.id}/cancellation"

    assert "有1人" in desk.get(address).text
    assert desk.post(address, data={"reason": " "}).status_code == 422
    assert desk.post(address, data={"reason": "大雨"}).status_code == 303

    assert rows(app, Activity.cancellation_reason) == [("大雨",)]
    assert "大雨" in desk.get(f"/desk/activities/{activity.id}").text


def test_a_programme_is_begun_changed_and_ended(app, community, desk):
    begun = desk.post("/desk/programmes", data=RHYTHM | {"organisation_id": community.id})
    ((number, title),) = rows(app, Programme.id, Programme.title)
    assert (begun.status_code, title) == (303, "公益一小时")
    assert desk.get(f"/desk/programmes/{number}").status_code == 200

    changed = RHYTHM | {"places": "20", "automatic": "y", "holiday_rule": "move"}
    assert desk.post(f"/desk/programmes/{number}", data=changed).status_code == 303
    assert rows(app, Programme.places, Programme.automatic_since) == [(20, NOW)]

    assert desk.post(f"/desk/programmes/{number}/ending").status_code == 303
    assert rows(app, Programme.ended_at) == [(NOW,)]
    assert desk.post(f"/desk/programmes/{number}", data=changed).status_code == 409
    assert "已结束" in desk.get("/desk/programmes").text


@pytest.mark.parametrize(
    "given", [{"risks": ""}, {"title": "会议"}, {"weekday": "7"}, {"lasts_minutes": "5"},
              {"starts": ""}, {"holiday_rule": "perhaps"}]
)  # fmt: skip
def test_a_programme_that_could_not_be_published_is_not_begun(app, community, desk, given):
    typed = RHYTHM | given | {"organisation_id": community.id}

    assert desk.post("/desk/programmes", data=typed).status_code == 422
    assert rows(app, Programme.id) == []


def test_another_communitys_programmes_and_activities_are_not_there(make, desk):
    other = make.community()
    activity, programme = make.activity(organisation_id=other.id), make.programme()

    for address in (
        f"/desk/activities/{activity.id}",
        f"/desk/activities/{activity.id}/cancellation",
        f"/desk/programmes/{programme.id}",
        f"/desk/activities/new?programme={programme.id}",
        f"/desk/activities/new?organisation_id={other.id}",
    ):
        assert desk.get(address).status_code == 404, address
    for address in (
        f"/desk/activities/{activity.id}",
        f"/desk/activities/{activity.id}/publication",
        f"/desk/activities/{activity.id}/cancellation",
        f"/desk/programmes/{programme.id}",
        f"/desk/programmes/{programme.id}/ending",
        f"/desk/programmes/{programme.id}/activities",
    ):
        assert desk.post(address, data=TYPED | {"reason": "x"}).status_code == 404, address
    taken = desk.post("/desk/activities", data=TYPED | {"organisation_id": other.id})
    begun = desk.post("/desk/programmes", data=RHYTHM | {"organisation_id": other.id})
    assert (taken.status_code, begun.status_code) == (404, 404)


def test_the_office_enters_a_holiday_and_takes_it_back(make, client_for):
    office = client_for(make.officer())

    assert "还没有录入" in office.get("/office/calendar?year=2027").text
    day = {"day": "2027-01-01", "kind": "holiday", "name": "元旦"}
    assert office.post("/office/calendar/days", data=day).status_code == 303
    assert "元旦" in office.get("/office/calendar?year=2027").text
    assert office.post("/office/calendar/years", data={"year": "2027"}).status_code == 303
    assert "2027年的放假安排已录全" in office.get("/office/calendar?year=2027").text
    assert office.post("/office/calendar/days/removal", data=day).status_code == 303
    assert "元旦" not in office.get("/office/calendar?year=2027").text


def test_a_wrong_day_or_year_is_refused(make, client_for):
    office = client_for(make.officer())

    for address, typed in (
        ("/office/calendar/days", {"day": "soon", "kind": "holiday"}),
        ("/office/calendar/days", {"day": "2027-01-01", "kind": "half"}),
        ("/office/calendar/days", {"day": "9999-01-01", "kind": "holiday"}),
        ("/office/calendar/days/removal", {"day": "soon"}),
        ("/office/calendar/years", {"year": "99999999999999999999"}),
    ):
        assert office.post(address, data=typed).status_code == 422, typed
    assert office.get("/office/calendar?year=99999999999999999999").status_code == 200


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-11-19", "x", ""])
def test_an_odd_date_in_an_address_is_not_found(make, community, desk, day):
    programme = make.programme(organisation_id=community.id)
    address = f"/desk/activities/new?programme={programme.id}&date={day}"

    assert desk.get(address).status_code == 404


@pytest.mark.parametrize("field", ["day", "signup_closes"])
@pytest.mark.parametrize("year", ["9999", "0001"])
def test_a_slip_in_the_year_is_said_beside_the_field(app, desk, field, year):
    typed = {"day": f"{year}-01-01", "signup_closes": f"{year}-01-01T18:00"}[field]

    answer = desk.post("/desk/activities", data=TYPED | {field: typed, "publish": "1"})

    assert answer.status_code == 422 and "年份不对" in answer.text
    assert rows(app, Activity.id) == []


def test_a_number_that_no_database_holds_is_not_found(desk):
    huge = "9" * 30

    for address in (
        f"/desk/activities/{huge}",
        f"/desk/activities/new?programme={huge}",
        f"/desk/activities/new?organisation_id={huge}",
        f"/desk/programmes/{huge}",
        f"/desk?community={huge}",
    ):
        assert desk.get(address).status_code == 404, address


def test_the_coordinators_page_says_by_when_to_record(make, community, desk):
    activity = make.activity(organisation_id=community.id)
    newyear = make.activity(organisation_id=community.id, starts_at=FRIDAY_18 + timedelta(days=35))

    assert "应于 12月4日 周五 前完成记录" in desk.get(f"/desk/activities/{activity.id}").text
    assert "放假安排还没有录入" in desk.get(f"/desk/activities/{newyear.id}").text


def test_a_browser_does_not_insist_on_rows_that_may_stay_empty(desk):
    page = desk.get("/desk/activities/new").text
    first, empty = (page.split(f'name="shifts-{n}-starts"')[1].split(">")[0] for n in (0, 1))

    assert "required" in first and "required" not in empty
