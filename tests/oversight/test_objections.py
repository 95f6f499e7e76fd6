"""Whoever finds an hour wrong says so, is answered until a date, and can go to the office (R27)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import FRIDAY_18
from tests.hours.ledger import CLOSED
from tests.oversight.scene import LONG_AFTER, MONDAY, friday
from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services as hours
from volunteer_site.oversight.objections import queries
from volunteer_site.people import services as people

WHY = "签到表上没有他的签名，同组人员也证实未到。"


def text(answer):
    return answer.get_data(as_text=True)


def agree(scene, by=None, *, minutes=40, desk="/desk", number=1, **form):
    client = scene.client(by or scene.coordinator)
    form = {"minutes": str(minutes), "words": ""} | form
    return client.post(f"{desk}/objections/{number}/agreement", data=form)


def refuse(scene, by=None, *, reason=WHY, desk="/desk", number=1):
    client = scene.client(by or scene.coordinator)
    return client.post(f"{desk}/objections/{number}/refusal", data={"reason": reason})


def escalate(scene, number=1, words="", person=None):
    client = scene.client(person or scene.mei)
    return client.post(f"/me/objections/{number}/escalation", data={"words": words})


def test_every_hour_has_a_link_that_says_it_is_wrong(scene):
    html = text(scene.client(scene.mei).get("/me/hours"))

    assert f'href="/me/hours/{scene.entry}/objection"' in html


def test_an_objection_has_a_date_ten_working_days_away(scene):
    answer = scene.object()

    assert answer.status_code == 303 and answer.location == "/me/objections/1"
    assert scene.case().due_on == date(2026, 12, 7)
    assert "答复期限：12月7日 周一" in text(scene.client(scene.mei).get("/me/objections/1"))


def test_the_date_follows_the_setting(scene):
    scene.app.config["OBJECTION_DAYS"] = 2

    scene.object()

    assert scene.case().due_on == date(2026, 11, 25)


def test_in_a_year_nobody_knows_the_page_says_so(scene, travelled):
    travelled.move_to(MONDAY + timedelta(days=3 * 365))

    assert scene.object().status_code == 303
    assert scene.case().due_on is None
    assert "尚未公布" in text(scene.client(scene.mei).get("/me/objections/1"))


@pytest.mark.parametrize(
    "form",
    [
        {"wish": ""},
        {"wish": "minutes", "minutes": ""},
        {"wish": "minutes", "minutes": "60"},
        {"wish": "minutes", "minutes": "x"},
        {"wish": "minutes", "minutes": "-5"},
        {"wish": "other", "words": "  "},
        {"wish": "missing"},
        {"words": "长" * 501},
    ],
)
def test_what_is_missing_is_asked_for_with_what_was_typed_still_there(scene, form):
    answer = scene.object(**{"words": "我六点四十就走了"} | form)

    assert answer.status_code == 422
    assert form.get("words", "六点四十").strip()[:4] in text(answer)
    assert scene.client(scene.mei).get("/me/objections/1").status_code == 404


def test_one_cannot_object_twice_at_once_and_is_led_to_the_first(scene):
    scene.object()

    again = scene.object(minutes="30")

    assert again.status_code == 409 and "/me/objections/1" in text(again)
    page = scene.client(scene.mei).get(f"/me/hours/{scene.entry}/objection")
    assert page.status_code == 303 and page.location == "/me/objections/1"


def test_the_database_too_lets_only_one_be_open(scene):
    scene.object()
    row = "INSERT INTO objections ({0}) SELECT {0} FROM objections"
    with scene.app.app_context():
        names = [c.name for c in db.metadata.tables["objections"].c if c.name != "id"]
        with pytest.raises(sa.exc.IntegrityError):
            db.session.execute(sa.text(row.format(", ".join(names))))


def test_after_withdrawing_one_may_object_again(scene):
    scene.object()
    client = scene.client(scene.mei)
    client.post("/me/objections/1/notes", data={"words": "我再想想"})
    client.post("/me/objections/1/withdrawal")

    assert scene.state().name == "withdrawn"
    assert scene.object().status_code == 303
    assert agree(scene, number=1).status_code == 409


def test_nobody_objects_to_others_hours_or_reads_their_objections(scene):
    scene.object()
    other = scene.make.person(name="李雷")

    assert scene.object(person=other).status_code == 404
    client = scene.client(other)
    assert client.get(f"/me/hours/{scene.entry}/objection").status_code == 404
    assert client.get("/me/objections/1").status_code == 404
    for step in ("notes", "withdrawal", "escalation"):
        assert client.post(f"/me/objections/1/{step}", data={"words": "x"}).status_code == 404
    assert scene.state().name == "open"


def test_the_coordinator_sees_the_evidence_side_by_side(scene):
    other = scene.held("清扫河岸", starts_at=FRIDAY_18 - timedelta(hours=3))
    scene.gave(scene.mei, other)
    scene.object(words="我提前走了")

    html = text(scene.client(scene.coordinator).get("/desk/objections/1"))

    for words in (
        "王小梅",
        "我提前走了",
        "应为40分钟",
        "60分钟",
        "现场扫码",
        "本人报名",
        "清扫河岸",
    ):
        assert words in html
    assert 'value="40"' in html


def test_agreeing_puts_the_hours_right_in_the_ledger_naming_the_objection(scene):
    scene.object(words="我提前走了")

    answer = agree(scene, words="核对了签退时间")

    assert answer.status_code == 303
    assert scene.minutes() == 40
    assert scene.reasons() == ["异议第1号：核对了签退时间"]
    assert scene.state().name == "agreed"
    html = text(scene.client(scene.mei).get("/me/objections/1"))
    assert "异议成立" in html and "郑红" in html


def test_one_tap_is_enough_when_the_wish_was_minutes(scene):
    scene.object(words="我提前走了")

    agree(scene, minutes=40)

    assert scene.reasons() == ["异议第1号：我提前走了"]


def test_i_was_not_there_takes_the_entry_back_and_lists_the_badge(scene):
    scene.object(wish="absent")
    foretold = text(scene.client(scene.coordinator).get("/desk/objections/1"))

    agree(scene, minutes=0)

    html = text(scene.client(scene.coordinator).get("/desk/objections/1"))
    assert "将会发生的变化" in foretold and "发生的变化" in html
    for page in (foretold, html):
        assert "第一次" in page
    assert scene.minutes() == 0


def test_agreeing_without_another_number_changes_no_hours(scene):
    scene.object(wish="other", words="地点写错了")

    agree(scene, minutes=60, words="已改正地点")

    assert scene.minutes() == 60 and scene.reasons() == []
    assert scene.state().name == "agreed"


def test_minutes_beyond_the_service_are_refused_and_it_stays_open(scene):
    scene.object()

    assert agree(scene, minutes=61).status_code == 422
    assert scene.state().name == "open" and scene.minutes() == 60


def test_a_refusal_says_why_at_least_in_a_sentence(scene):
    scene.object()

    assert refuse(scene, reason="不行").status_code == 422
    assert refuse(scene).status_code == 303
    html = text(scene.client(scene.mei).get("/me/objections/1"))
    assert WHY in html and "12月7日" in html and "提交区级复核" in html


def test_a_refusal_goes_to_the_office_which_decides_finally(scene):
    scene.object()
    refuse(scene)
    assert agree(scene).status_code == 409
    escalate(scene, words="我有照片")

    assert agree(scene, scene.officer, desk="/office").status_code == 303
    assert scene.state().name == "upheld" and scene.minutes() == 40
    assert refuse(scene, scene.officer, desk="/office").status_code == 409


def test_the_office_may_refuse_finally_and_the_same_is_not_asked_again(scene):
    scene.object()
    refuse(scene)
    escalate(scene)

    refuse(scene, scene.officer, desk="/office", reason="复核了监控和签到表，维持原记录。")

    assert scene.state().name == "rejected"
    assert scene.object().status_code == 409


def test_the_office_does_not_step_in_before_its_turn(scene):
    scene.object()

    assert agree(scene, scene.officer, desk="/office").status_code == 409
    refuse(scene)
    assert agree(scene, scene.officer, desk="/office").status_code == 409
    assert scene.minutes() == 60


def test_the_way_to_the_office_ends_on_the_day_that_was_named(scene, travelled):
    scene.object()
    refuse(scene)
    travelled.move_to(LONG_AFTER)

    assert escalate(scene).status_code == 409
    assert scene.state(now=LONG_AFTER).name == "refused"


def test_what_is_overdue_goes_to_the_office_by_itself(scene, travelled):
    scene.object()
    with scene.app.app_context():
        assert queries.waiting_at_office(("/",), MONDAY) == []
    travelled.move_to(LONG_AFTER)

    with scene.app.app_context():
        (one,) = queries.waiting_at_office(("/",), LONG_AFTER)
    assert one.state(LONG_AFTER).late
    assert "/office/objections/1" in text(scene.client(scene.officer).get("/office/monday"))
    assert agree(scene, scene.officer, desk="/office").status_code == 303
    assert scene.minutes() == 40


def test_what_nobody_answered_stays_on_the_lists_however_old_it_is(scene, travelled):
    scene.object()
    travelled.move_to(MONDAY + timedelta(days=400))

    desk = text(scene.client(scene.coordinator).get("/desk/objections"))
    office = text(scene.client(scene.officer).get("/office/objections"))

    assert "/desk/objections/1" in desk and "/office/objections/1" in office


def test_the_monday_page_can_list_what_waits(scene):
    scene.object()
    with scene.app.app_context():
        (one,) = queries.waiting((scene.community.path,))
        assert queries.waiting(("/999/",)) == []

    about = one.objection
    assert (about.title, one.person, about.due_on) == ("清理楼道", "王小梅", date(2026, 12, 7))
    assert "/desk/objections/1" in text(scene.client(scene.coordinator).get("/desk/monday"))


def test_coordinators_do_not_decide_about_their_own_hours(scene):
    mine = scene.gave(scene.coordinator, scene.activity)
    scene.object(entry=mine, person=scene.coordinator)

    assert agree(scene).status_code == 409
    assert refuse(scene).status_code == 409
    with scene.app.app_context():
        assert [one.objection.id for one in queries.waiting_at_office(("/",), MONDAY)] == [1]
        assert queries.waiting(("/",)) == []
    assert agree(scene, scene.officer, desk="/office").status_code == 303
    assert scene.minutes(scene.coordinator) == 40


def test_a_second_coordinator_may_decide_about_the_firsts_hours(scene):
    mine = scene.gave(scene.coordinator, scene.activity)
    scene.object(entry=mine, person=scene.coordinator)
    colleague = scene.make.coordinator(scene.community, name="周文")

    assert agree(scene, colleague).status_code == 303
    assert scene.minutes(scene.coordinator) == 40


def test_an_activity_without_hours_can_be_reported_missing(scene):
    other = scene.held("清扫河岸", starts_at=friday(-1))
    scene.make.signup(other, scene.mei)
    client = scene.client(scene.mei)
    choices = text(client.get("/me/objections/new"))

    answer = client.post(
        "/me/objections", data={"activity": other.id, "minutes": "60", "words": "忘了扫码"}
    )

    assert f"activity={other.id}" in choices and f"activity={scene.activity.id}" not in choices
    assert answer.status_code == 303
    assert scene.case().wish == "missing"


def test_one_who_came_without_signing_up_finds_the_activity_by_name_day_and_community(scene):
    other = scene.held("清扫河岸", starts_at=friday(-1))
    client = scene.client(scene.mei)
    link = f"activity={other.id}"

    assert link not in text(client.get("/me/objections/new"))
    for wish in ("q=河岸", "day=2026-11-13", "community=liuxiang"):
        assert link in text(client.get(f"/me/objections/new?{wish}"))
    assert link not in text(client.get("/me/objections/new?q=河岸&day=2026-11-14"))


@pytest.mark.parametrize("given", [{"closed_at": None}, {"starts_at": friday(-20)}])
def test_what_is_open_or_long_ago_cannot_be_reported(scene, given):
    other = scene.held("清扫河岸", **given)

    answer = scene.client(scene.mei).post(
        "/me/objections", data={"activity": other.id, "words": "忘了扫码"}
    )

    assert answer.status_code == 404


def test_a_missing_hour_that_is_right_waits_until_it_is_entered_later(scene):
    other = scene.held("清扫河岸", starts_at=friday(-1))
    scene.client(scene.mei).post("/me/objections", data={"activity": other.id, "words": "忘了扫码"})

    answer = agree(scene, minutes="")

    late = f"/desk/activities/{other.id}/late-entries/new?person={scene.mei.id}"
    assert answer.status_code == 303 and answer.location == late
    assert scene.state().name == "accepted"
    scene.gave(scene.mei, other)
    assert scene.state().name == "agreed"
    assert scene.case().answered_by_id == scene.coordinator.id


def test_hours_of_somebody_else_do_not_close_it(scene):
    other = scene.held("清扫河岸", starts_at=friday(-1))
    scene.client(scene.mei).post("/me/objections", data={"activity": other.id, "words": "忘了扫码"})
    agree(scene, minutes="")

    scene.gave(scene.coordinator, other)
    scene.gave(scene.mei, scene.held("别的活动", starts_at=friday(-2)))

    assert scene.state().name == "accepted"


def test_another_communitys_coordinator_and_another_districts_officer_find_nothing(scene):
    make = scene.make
    scene.object()
    district = make.organisation(kind="district", name="晋源区", slug="jinyuan")
    neighbour = make.coordinator(make.community(), name="韩梅")
    stranger = make.officer(district, name="吴起")

    for person, desk in ((neighbour, "/desk"), (stranger, "/office")):
        assert scene.client(person).get(f"{desk}/objections/1").status_code == 404
        assert agree(scene, person, desk=desk).status_code == 404
        assert refuse(scene, person, desk=desk).status_code == 404
        assert "王小梅" not in text(scene.client(person).get(f"{desk}/objections"))
    assert agree(scene, desk="/office").status_code == 403
    assert scene.minutes() == 60


def test_the_steps_are_kept_with_who_and_when_and_in_the_audit(scene):
    scene.object(words="提前走了")
    scene.client(scene.mei).post("/me/objections/1/notes", data={"words": "小李可以证明"})
    refuse(scene)
    escalate(scene)

    with scene.app.app_context():
        steps = [(note.by, note.step) for note in queries.notes(1)]
        kinds = list(db.session.scalars(sa.select(AuditEvent.kind).order_by(AuditEvent.id)))
    assert steps == [
        ("王小梅", "opened"),
        ("王小梅", "said"),
        ("郑红", "refused"),
        ("王小梅", "escalated"),
    ]
    assert [kind for kind in kinds if kind.startswith("objection")] == [
        f"objection.{step}" for _by, step in steps
    ]


def test_who_deletes_their_data_leaves_no_words_behind(scene):
    scene.object(words="提前走了")
    scene.client(scene.mei).post("/me/objections/1/notes", data={"words": "小李可以证明"})

    with scene.app.app_context(), write_transaction():
        people.erase(scene.mei.id, now=MONDAY)

    assert scene.state().name == "withdrawn" and scene.case().words == ""
    with scene.app.app_context():
        assert {note.words for note in queries.notes(1)} == {""}


def test_an_entry_that_was_corrected_since_is_put_right_where_it_counts_now(scene):
    scene.object(wish="other", words="不是这么多")
    with scene.app.app_context(), write_transaction():
        hours.correct(scene.entry, 50, "看错了表", by_id=scene.coordinator.id, now=MONDAY)

    agree(scene, minutes=45)

    assert scene.minutes() == 45
    assert CLOSED < MONDAY
