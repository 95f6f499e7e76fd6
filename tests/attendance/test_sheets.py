"""Paper going out with a number, and coming back on Monday (R23, W31)."""

from datetime import timedelta

import pytest

from tests.attendance.paper import MONDAY, PaperScene
from tests.attendance.scene import ENDS, MINUTE, desk
from tests.factories import FRIDAY_18
from volunteer_site.attendance.sheets import queries
from volunteer_site.attendance.sheets.models import (
    SheetCorrection,
    SheetEntry,
    SheetEntryRow,
    SheetMark,
    SheetRow,
)
from volunteer_site.core.audit import AuditEvent
from volunteer_site.hours.models import HourEntry
from volunteer_site.people.models import Consent, Person
from volunteer_site.signups.models import Signup


@pytest.fixture
def scene(app, make, client_for, time_machine):
    time_machine.move_to(FRIDAY_18 - 60 * MINUTE, tick=False)
    return PaperScene(app, make, client_for, time_machine)


def test_a_sheet_names_everybody_by_strokes_and_has_empty_rows(scene):
    number = scene.printed()

    page = scene.client_for(scene.ann).get(f"/print/sheets/{number}").text
    rows = scene.rows(SheetRow)

    names = [row.person_id for row in rows if row.person_id]
    assert names == [scene.people[n].id for n in ("于洋", "王小二", "孙小兰", "李雷", "欧阳少东")]
    assert [row.number for row in rows] == list(range(1, 18))
    assert all(row.code in page for row in rows)
    assert "138****8000" in page and "13800138000" not in page
    assert f"{number[:3]} {number[3:]}" in page and "<svg" in page


def test_a_reprint_is_the_same_paper_and_later_signups_come_on_a_second_sheet(scene):
    first = scene.printed()
    before = scene.client_for(scene.ann).get(f"/print/sheets/{first}").text
    scene.clock.move_to(FRIDAY_18 - 30 * MINUTE, tick=False)
    late = scene.make.person(name="赵六")
    scene.make.signup(scene.activity, late)

    assert "又有 1 人报名" in (
        scene.client_for(scene.ann).get(f"/print/sign-in-sheets/{scene.activity.id}").text
    )
    second = scene.printed(only="new")
    third = scene.printed()

    after = scene.client_for(scene.ann).get(f"/print/sheets/{first}").text
    assert first != second != third
    assert _paper(before) == _paper(after)
    by_sheet = {sheet.number: sheet.id for sheet in scene.sheets()}
    named = [r for r in scene.rows(SheetRow) if r.sheet_id == by_sheet[second] and r.person_id]
    assert [row.person_id for row in named] == [late.id]


def _paper(page):
    return page.split("<article")[1].split("</article>")[0]


def test_names_that_cannot_be_printed_are_named_before_the_sheet_is_made(scene):
    address, client = f"/print/sign-in-sheets/{scene.activity.id}", scene.client_for(scene.ann)
    before = client.get(address).text
    scene.make.signup(scene.activity, scene.make.person(name="王\U00031350"))

    assert "打印前请看" in client.get(address).text and "打印前请看" not in before


def test_a_print_sent_twice_makes_one_sheet(scene):
    assert scene.printed() == scene.printed()
    assert len(scene.sheets()) == 1


def test_on_monday_the_rows_become_marks_by_paper_that_know_their_row(scene):
    number = scene.printed()
    scene.monday()
    lei, yang = scene.row_of("李雷"), scene.row_of("于洋")

    answer = scene.enter(
        number, **{f"there_{lei}": "on", f"came_{yang}": "1810", f"left_{yang}": "18：55"}
    )

    assert answer.location == f"/desk/sheets/{number}/entry"
    marks = scene.standing()
    person = scene.people["李雷"].id
    assert {mark.method for mark in marks.values()} == {"paper"}
    assert (marks[person, "in"].happened_at, marks[person, "out"].happened_at) == (FRIDAY_18, ENDS)
    person = scene.people["于洋"].id
    assert marks[person, "in"].happened_at == FRIDAY_18 + 10 * MINUTE
    assert marks[person, "out"].happened_at == FRIDAY_18 + 55 * MINUTE
    assert {mark.recorded_at for mark in marks.values()} == {MONDAY}
    rows = {row.id: row.number for row in scene.rows(SheetRow)}
    known = {link.attendance_id: rows[link.row_id] for link in scene.rows(SheetMark)}
    assert {known[mark.id] for mark in marks.values()} == {lei, yang}
    assert set(known) == {mark.id for mark in marks.values()}
    page = scene.client_for(scene.ann).get(answer.location).text
    assert "18:10–18:55" in page and "王红" in page


def test_hours_from_paper_are_proof_by_paper_not_entered_later(scene):
    number = scene.printed()
    scene.monday()
    scene.enter(number, there_1="on", came_2="18:30")
    scene.close()

    entries = scene.rows(HourEntry)
    assert sorted((entry.minutes, entry.proof) for entry in entries) == [
        (30, "paper"),
        (60, "paper"),
    ]


def test_who_was_scanned_stays_scanned(scene):
    number = scene.printed()
    signup = next(s for s in scene.rows(Signup) if s.person_id == scene.people["李雷"].id)
    scene.make.attendance(signup, happened_at=FRIDAY_18 + 3 * MINUTE)
    scene.monday()

    scene.enter(number, **{f"there_{scene.row_of('李雷')}": "on"})

    marks = scene.standing()
    person = scene.people["李雷"].id
    assert (marks[person, "in"].method, marks[person, "out"].method) == ("scan", "paper")
    assert len(scene.rows(SheetMark)) == 1
    assert "18:03 到场" in scene.client_for(scene.ann).get(f"/desk/sheets/{number}/entry").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"came_1": "2600"}, "不是时间"),
        ({"came_1": "abc"}, "不是时间"),
        ({"came_1": "1200"}, "签到时间是 17:30 到 19:30"),
        ({"came_1": "1850", "left_1": "1810"}, "离开时间早于到达时间"),
        ({"came_9": "1810"}, "请输入这一行上写的姓名或电话"),
        ({"who_9": "没有此人"}, "没有找到"),
        ({"who_9": "赵六", "new_9": "on"}, "须先同意"),
        ({"who_9": "赵六", "phone_9": "139", "new_9": "on", "agreed_9": "on"}, "11 位"),
    ],
)
def test_what_cannot_be_right_is_said_beside_the_row_and_nothing_is_kept(scene, fields, words):
    number = scene.printed()
    scene.monday()

    answer = scene.enter(number, there_2="on", **fields)

    assert answer.status_code == 422
    assert words in answer.text
    assert 'name="there-2" checked' in answer.text
    assert scene.rows() == scene.rows(SheetEntry) == []


def test_all_can_be_ticked_at_once_and_exceptions_taken_out(scene):
    number = scene.printed()
    scene.monday()

    page = scene.client_for(scene.ann).get(f"/desk/sheets/{number}?all=1").text

    assert page.count(" checked") == 5


def test_somebody_known_in_an_empty_row_gets_a_place(scene):
    walker = scene.make.person(name="赵六", phone="13911112222", community_id=scene.community.id)
    elsewhere = scene.make.person(name="钱七", phone="13922223333")
    number = scene.printed()
    scene.monday()

    answer = scene.enter(number, who_9="赵六", phone_10="139 2222 3333", came_10="1815")

    assert answer.status_code == 303
    marks = scene.standing()
    assert marks[walker.id, "in"].happened_at == FRIDAY_18
    assert marks[elsewhere.id, "in"].happened_at == FRIDAY_18 + 15 * MINUTE
    added = {s.person_id: s.source for s in scene.rows(Signup)}
    assert added[walker.id] == added[elsewhere.id] == "walk_in"
    rows = {row.id: row.number for row in scene.rows(SheetRow)}
    assert sorted(rows[link.row_id] for link in scene.rows(SheetMark)) == [9, 9, 10, 10]


def test_a_family_with_one_phone_is_asked_who_it_was(scene):
    child = scene.make.person(name="孙小小", phone="13800138000", community_id=scene.community.id)
    number = scene.printed()
    scene.monday()

    asked = scene.enter(number, who_9="孙大大", phone_9="13800138000")
    assert asked.status_code == 422 and "请选择" in asked.text
    answer = scene.enter(number, phone_9="13800138000", person_9=str(child.id))

    assert answer.status_code == 303
    assert (child.id, "in") in scene.standing()


def test_who_was_chosen_stays_chosen_while_another_row_is_put_right(scene):
    child = scene.make.person(name="孙小小", phone="13800138000", community_id=scene.community.id)
    number = scene.printed()
    scene.monday()
    chosen = {"phone_9": "13800138000", "person_9": str(child.id)}

    wrong = scene.enter(number, **chosen, who_10="没有这个人")

    assert wrong.status_code == 422
    assert f'name="person-9" value="{child.id}" checked' in wrong.text


def test_a_choice_among_others_than_the_name_now_typed_is_asked_for_again(scene):
    child = scene.make.person(name="孙小小", phone="13800138000", community_id=scene.community.id)
    number = scene.printed()
    scene.monday()

    answer = scene.enter(number, who_9="没有这个人", person_9=str(child.id))

    assert answer.status_code == 422 and "没有这个人" in answer.text
    assert scene.standing() == {}


def test_somebody_new_in_an_empty_row_is_written_down_with_consent(scene):
    number = scene.printed()
    scene.monday()

    answer = scene.enter(
        number, who_9="周新", phone_9="13955556666", new_9="on", agreed_9="on", came_9="1805"
    )

    assert answer.status_code == 303
    person = next(p for p in scene.rows(Person) if p.name == "周新")
    assert person.phone == "13955556666"
    assert [c.kind for c in scene.rows(Consent) if c.person_id == person.id] == ["notice"]
    assert scene.standing()[person.id, "in"].method == "paper"


def test_nobody_is_in_two_rows(scene):
    number = scene.printed()
    scene.monday()

    answer = scene.enter(number, who_9="13800138000", person_9=str(scene.people["李雷"].id))

    assert answer.status_code == 422
    assert f"已在第 {scene.row_of('李雷')} 行" in answer.text


def test_who_withdrew_after_the_printing_but_signed_was_there(scene):
    number = scene.printed()
    client, reason = scene.client_for(scene.people["李雷"]), {"reason": "加班"}
    address = f"/activities/{scene.activity.id}/signup/withdrawal"
    assert client.post(address, data=reason).status_code == 303
    scene.monday()

    scene.enter(number, **{f"there_{scene.row_of('李雷')}": "on"})

    assert (scene.people["李雷"].id, "in") in scene.standing()


def test_the_same_person_is_told_that_it_is_entered_and_when(scene):
    number = scene.printed()
    scene.monday()
    scene.enter(number, there_1="on")

    page = scene.client_for(scene.ann).get(f"/desk/sheets/{number}").text
    again = scene.enter(number, there_2="on")

    assert "11月23日 周一 09:00" in page and f"/desk/sheets/{number}/entry" in page
    assert again.status_code == 409 and "您已在" in again.text
    assert len(scene.standing()) == 2


def test_a_second_person_enters_blind_and_then_sees_what_differs(scene):
    number = scene.printed()
    scene.monday()
    scene.enter(number, there_1="on", came_2="1810", came_3="1807")
    blind = scene.client_for(scene.bob).get(f"/desk/sheets/{number}").text
    assert "王红" in blind and "18:07" not in blind and " checked" not in blind

    answer = scene.enter(number, by=scene.bob, there_1="on", came_2="1801", there_4="on")

    assert answer.status_code == 303
    page = scene.client_for(scene.bob).get(answer.location).text
    assert [f'id="open-{row}"' in page for row in (1, 2, 3, 4)] == [False, True, True, True]
    assert scene.standing()[_in(scene, 2)].happened_at == FRIDAY_18 + 10 * MINUTE
    assert _in(scene, 4) not in scene.standing()


def _in(scene, number):
    return next(r.person_id for r in scene.rows(SheetRow) if r.number == number), "in"


def test_settling_a_difference_corrects_the_marks_and_keeps_the_old_ones(scene):
    number = scene.printed()
    scene.monday()
    scene.enter(number, there_1="on", came_2="1810", came_3="1807")
    scene.enter(number, by=scene.bob, there_1="on", came_2="1801", there_4="on")

    for row, turn in ((2, 2), (3, 2), (4, 1)):
        address = f"/desk/sheets/{number}/rows/{row}/settlement"
        assert scene.client_for(scene.ann).post(address, data={"turn": turn}).status_code == 303

    marks = scene.standing()
    assert marks[_in(scene, 2)].happened_at == FRIDAY_18 + MINUTE
    assert _in(scene, 3) not in marks and _in(scene, 4) not in marks
    assert sum(mark.undone_at is not None for mark in scene.rows()) == 4
    assert len(scene.rows(SheetCorrection)) == 3
    page = scene.client_for(scene.bob).get(f"/desk/sheets/{number}/entry").text
    assert 'id="open-' not in page and "差异都已裁定" in page and "最初录入：18:10–19:00" in page
    linked = {link.attendance_id for link in scene.rows(SheetMark)}
    assert {mark.id for mark in marks.values()} <= linked


def test_a_third_person_is_told_that_two_have_entered_it(scene):
    number = scene.printed()
    scene.monday()
    scene.enter(number, there_1="on")
    scene.enter(number, by=scene.bob, there_1="on")
    third = scene.make.coordinator(scene.community)

    page = scene.client_for(third).get(f"/desk/sheets/{number}").text

    assert "王红 和 李兵" in page
    assert scene.enter(number, by=third, there_2="on").status_code == 409


def test_a_slip_is_put_right_by_the_one_who_entered_with_a_reason(scene):
    number = scene.printed()
    scene.monday()
    scene.enter(number, there_1="on")
    client = scene.client_for(scene.ann)
    address = f"/desk/sheets/{number}/rows/%d/correction"

    assert client.post(address % 2, data={"there-2": "on"}).status_code == 422
    assert client.get(address % 2).status_code == 200
    done = client.post(address % 2, data={"came-2": "1820", "there-2": "on", "reason": "漏看一行"})
    gone = client.post(address % 1, data={"came-1": "18:00", "reason": "签的是别人"})

    assert done.status_code == gone.status_code == 303
    marks = scene.standing()
    assert marks[_in(scene, 2)].happened_at == FRIDAY_18 + 20 * MINUTE
    assert _in(scene, 1) not in marks
    assert "漏看一行" in client.get(f"/desk/sheets/{number}/entry").text


def test_after_closing_paper_is_for_the_late_entry(scene):
    number = scene.printed()
    scene.monday()
    scene.close()

    for answer in (
        scene.client_for(scene.ann).get(f"/desk/sheets/{number}"),
        scene.enter(number, there_1="on"),
    ):
        assert f"/desk/activities/{scene.activity.id}/late-entries" in answer.text
        assert "已于" in answer.text and "补录" in answer.text
    assert scene.enter(number, there_1="on").status_code == 409
    assert scene.rows() == []


@pytest.mark.parametrize(("days", "status"), [(14, 303), (15, 409), (17, 409)])
def test_paper_is_entered_within_ten_working_days(scene, days, status):
    number = scene.printed()
    scene.clock.move_to(ENDS + timedelta(days=days), tick=False)

    assert scene.enter(number, there_1="on").status_code == status


def test_nothing_is_entered_before_the_activity_begins(scene):
    number = scene.printed()

    assert scene.enter(number, there_1="on").status_code == 409
    assert "大家签了名以后" in scene.client_for(scene.ann).get(f"/desk/sheets/{number}").text


def test_while_it_runs_who_is_there_stays_until_the_closing(scene):
    number = scene.printed()
    scene.clock.move_to(FRIDAY_18 + 20 * MINUTE, tick=False)

    assert scene.enter(number, came_1="1805").status_code == 303
    assert {direction for _who, direction in scene.standing()} == {"in"}
    assert scene.enter(number, by=scene.bob, came_1="1855").status_code == 422


def test_a_sheet_that_did_not_come_back_is_missing_until_it_is_entered_or_not_used(scene):
    first = scene.printed()
    second = scene.printed(by=scene.bob)
    client = scene.client_for(scene.ann)
    assert _missing(scene) == []

    scene.monday()
    assert _missing(scene) == [first, second]
    page = client.get("/desk/sheets").text
    assert page.count("没有用到") == 2
    client.post(f"/desk/sheets/{second}/unused")
    assert _missing(scene) == [first]
    client.post(f"/desk/sheets/{second}/used")
    assert _missing(scene) == [first, second]
    scene.enter(first, there_1="on")
    assert _missing(scene) == [second]


def _missing(scene):
    with scene.app.app_context():
        from volunteer_site.core import clock  # noqa: PLC0415

        found = queries.missing((scene.community.path,), clock.now())
        elsewhere = queries.missing((scene.make.community().path,), clock.now())
    assert elsewhere == []
    return [one.number for one in found]


def test_the_closing_reminds_of_paper_that_was_not_entered(scene):
    number = scene.printed()
    scene.monday()
    client = scene.client_for(scene.ann)

    before = client.get(desk(scene.activity, "/closing")).text
    scene.enter(number, there_1="on")
    after = client.get(desk(scene.activity, "/closing")).text

    assert f"/desk/sheets/{number}" in before and "尚未录入" in before
    assert f"/desk/sheets/{number}" not in after


def test_the_number_leads_to_the_sheet_and_a_slip_is_said_kindly(scene):
    number = scene.printed()
    client = scene.client_for(scene.ann)

    found = client.get(f"/desk/sheets?number={number[:3]} {number[3:]}")
    slip = client.get(f"/desk/sheets?number={number[:-1]}{(int(number[-1]) + 1) % 10}")

    assert found.location == f"/desk/sheets/{number}"
    assert slip.status_code == 404 and "打错" in slip.text


@pytest.mark.parametrize("who", ["neighbour", "liaison", "volunteer"])
def test_sheets_are_for_this_communitys_coordinators_only(scene, who):
    number = scene.printed()
    scene.monday()
    visitor = {
        "neighbour": scene.make.coordinator,
        "liaison": scene.make.liaison,
        "volunteer": scene.make.person,
    }[who]()
    client, status = scene.client_for(visitor), 404 if who == "neighbour" else 403
    here = f"/desk/sheets/{number}"
    seen = [
        client.get(f"/print/sign-in-sheets/{scene.activity.id}"),
        client.post(f"/print/sign-in-sheets/{scene.activity.id}"),
        client.get(f"/print/sheets/{number}"),
        client.get(f"/print/sheets/{number}.pdf"),
        client.get(f"/desk/sheets?number={number}"),
        client.get(here),
        client.post(f"{here}/entries", data={"there-1": "on"}),
        client.get(f"{here}/entry"),
        client.get(f"{here}/rows/1/correction"),
        client.post(f"{here}/rows/1/correction", data={"there-1": "on", "reason": "x"}),
        client.post(f"{here}/rows/1/settlement", data={"turn": 1}),
        client.post(f"{here}/unused"),
        client.post(f"{here}/used"),
    ]

    assert {answer.status_code for answer in seen} == {status}
    assert not any("孙小兰" in answer.text for answer in seen)
    assert scene.rows() == scene.rows(SheetEntry) == []
    assert len(scene.sheets()) == 1 and scene.sheets()[0].unused_at is None


def test_printing_and_entering_are_in_the_audit_log(scene):
    number = scene.printed()
    scene.monday()
    scene.enter(number, there_1="on")
    scene.enter(number, by=scene.bob, there_1="on")

    deeds = [(e.kind, e.actor_id, e.object_id) for e in scene.rows(AuditEvent)]
    ann, bob, paper = scene.ann.id, scene.bob.id, int(number)
    assert [deed for deed in deeds if deed[0].startswith("sheet.")] == [
        ("sheet.print", ann, paper),
        ("sheet.enter", ann, paper),
        ("sheet.enter", bob, paper),
    ]
    assert len(scene.rows(SheetEntryRow)) == 2


def test_a_long_sheet_asks_the_database_as_often_as_a_short_one(scene, statements):
    short = scene.printed()
    longer = scene.make.activity(organisation_id=scene.community.id, places=60)
    for number in range(60):
        scene.make.signup(longer, scene.make.person(name=f"王{number}"))
    asked = {}

    for activity in (scene.activity, longer):
        scene.activity = activity
        number = short if activity is not longer else scene.printed()
        scene.monday()
        everybody = {f"there_{row}": "on" for row in range(1, 61 if activity is longer else 6)}
        before = len(statements)
        scene.client_for(scene.ann).get(f"/desk/sheets/{number}")
        assert scene.enter(number, **everybody).status_code == 303
        scene.client_for(scene.ann).get(f"/desk/sheets/{number}/entry")
        asked[activity.id] = len(statements) - before

    assert len(set(asked.values())) == 1
    assert len(scene.standing()) == 2 * 65


ODD = (
    "\x00",
    "9" * 30,
    "-1",
    "\U0001f468\u200d\U0001f467",
    "<b>'\";--",
    "24:00",
    "18:60",
    "x" * 3000,
)


@pytest.mark.parametrize("odd", ODD)
def test_whatever_is_typed_gets_a_sentence(scene, odd):
    number = scene.printed()
    scene.monday()
    names = ("came-1", "left-1", "note-1", "who-9", "phone-9", "person-9", "shift-9", "reason")
    fields = dict.fromkeys(names, odd) | {"there-1": "on", "new-9": "on", "turn": odd}
    client, here = scene.client_for(scene.ann), f"/desk/sheets/{number}"

    codes = [
        client.post(here + address, data=fields).status_code
        for address in ("/entries", "/rows/1/correction", "/rows/9/correction")
    ]
    codes.append(client.post(f"{here}/rows/1/settlement", data=fields).status_code)
    codes.append(client.get("/desk/sheets", query_string={"number": odd.strip("\x00")}).status_code)

    assert set(codes) <= {200, 303, 404, 409, 422}


def test_a_long_unit_is_cut_and_the_phone_is_whole(scene):
    unit = scene.make.unit(name="区新时代文明实践中心志愿服务指导办公室")
    person = scene.make.person(name="周新", phone="13911112222", unit_id=unit.id)
    scene.make.signup(scene.activity, person)

    page = scene.client_for(scene.ann).get(f"/print/sheets/{scene.printed()}").text

    assert "区新时代文明实践中心志愿…  139****2222" in page
