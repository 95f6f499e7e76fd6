"""The office's questions look the same whether a complaint or a rule led to them (R28)."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from tests.oversight import examples
from tests.oversight.scene import MONDAY
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours.models import HourEntry
from volunteer_site.oversight.anomalies import services as anomalies
from volunteer_site.oversight.anomalies.models import Anomaly
from volunteer_site.oversight.anomalies.services import Hand
from volunteer_site.oversight.complaints import codes, subjects
from volunteer_site.oversight.complaints import queries as cases
from volunteer_site.oversight.complaints import services as complaints
from volunteer_site.oversight.complaints.models import Outcome
from volunteer_site.oversight.questions import queries
from volunteer_site.people.copies import everything_about

INTRODUCTION = "请说明这条记录"


def complained(scene, subject):
    """Complain about a record; return the number of the complaint."""
    told = complaints.Told(subject, "那天没有人来", "", 0)
    keys = codes.Codes(str(scene.app.secret_key))
    code = complaints.complain(told, "192.0.2.7", keys, per_hour=9, now=MONDAY)
    return cases.by_code(keys.of(code))


@pytest.fixture
def both(scene):
    """One entry about which somebody complained, and which a rule found; both were asked about."""
    found = examples.anomaly(scene.make, scene.community, [1], about_id=scene.mei.id,
                             activity_id=scene.activity.id)  # fmt: skip
    hand = Hand(scene.officer.id, MONDAY)
    with scene.app.app_context():
        with write_transaction():
            case = complained(scene, subjects.typed("entry", str(scene.entry)))
            complaints.ask(case, "", by_id=scene.officer.id, days=5, now=MONDAY)
            case_id = case.id
        with write_transaction():
            anomalies.ask(found.id, "", hand, days=5)
    return SimpleNamespace(
        scene=scene, case=case_id, found=found.id, hand=hand,
        desk=scene.client(scene.coordinator), office=scene.client(scene.officer),
    )  # fmt: skip


def bare(page):
    """What somebody sees of a page, without the question's own number and the form's secret."""
    main = page.split("<main")[1].split("</main")[0]
    main = re.sub(r'name="csrf_token"[^>]*', "", main)
    return re.sub(r"/desk/questions/\d+", "/desk/questions/N", main)


def test_the_page_of_a_question_does_not_tell_what_led_to_it(both):
    of_complaint, of_rule = (both.desk.get(f"/desk/questions/{n}").text for n in (1, 2))

    assert INTRODUCTION in of_rule and "清理楼道" in of_rule and "王小梅" in of_rule
    assert bare(of_complaint) == bare(of_rule)


def test_the_list_and_monday_do_not_tell_it_either(both):
    cards = re.findall(
        r'<li class="card">.*?</li>', bare(both.desk.get("/desk/questions").text), re.S
    )
    assert len(cards) == 2 and cards[0] == cards[1]
    with both.scene.app.app_context():
        one, other = queries.waiting((both.scene.community.path,))
    assert one[1:-1] == other[1:-1]
    monday = both.desk.get("/desk/monday").text
    assert all(f"/desk/questions/{asked.id}" in monday for asked in (one, other))


def test_monday_names_a_question_about_all_records_of_a_community(scene):
    with scene.app.app_context(), write_transaction():
        case = complained(scene, subjects.named(f"community:{scene.community.id}"))
        complaints.ask(case, "", by_id=scene.officer.id, days=5, now=MONDAY)

    monday = scene.client(scene.coordinator).get("/desk/monday").text

    link = re.search(r'<a [^>]*href="/desk/questions/1"[^>]*>(.*?)</a>', monday, re.S)
    assert "柳巷社区的记录" in link[1]


def test_what_was_answered_or_decided_looks_the_same(both):
    for number in (1, 2):
        answer = both.desk.post(f"/desk/questions/{number}/reply", data={"words": "在场。"})
        assert answer.status_code == 303
        again = both.desk.post(f"/desk/questions/{number}/reply", data={"words": "又在场。"})
        assert again.status_code == 409
    pages = [bare(both.desk.get(f"/desk/questions/{n}").text) for n in (1, 2)]

    assert pages[0] == pages[1] and "在场。" in pages[0]
    for address in (f"/office/complaints/{both.case}", f"/office/anomalies/{both.found}"):
        assert "在场。" in both.office.get(address).text


def test_a_decided_matter_needs_no_answer_any_more(both):
    with both.scene.app.app_context():
        with write_transaction():
            anomalies.call_fine(both.found, "", both.hand)
            given = {"by_id": both.scene.officer.id, "now": MONDAY}
            complaints.close(both.case, Outcome.UNFOUNDED, "没有发现问题。", **given)
        assert queries.waiting((both.scene.community.path,)) == []
    pages = [bare(both.desk.get(f"/desk/questions/{n}").text) for n in (1, 2)]
    assert pages[0] == pages[1] and "不再需要答复" in pages[0]
    for number in (1, 2):
        late = both.desk.post(f"/desk/questions/{number}/reply", data={"words": "在场。"})
        assert late.status_code == 409


def test_asked_again_only_the_new_question_waits(both):
    with both.scene.app.app_context():
        with write_transaction():
            anomalies.ask(both.found, "请附签到表", both.hand, days=5)
        waiting = queries.waiting((both.scene.community.path,))

    assert [one.id for one in waiting] == [1, 3]
    assert "请附签到表" in both.office.get(f"/office/anomalies/{both.found}").text


def test_both_are_answered_within_the_same_working_days(scene):
    scene.app.config["QUESTION_DAYS"] = 2
    found = examples.anomaly(scene.make, scene.community, [1])
    with scene.app.app_context(), write_transaction():
        case = complained(scene, subjects.named(f"activity:{scene.activity.id}"))
        number = case.id
    office = scene.client(scene.officer)
    office.post(f"/office/complaints/{number}/questions", data={"words": ""})
    office.post(f"/office/anomalies/{found.id}/question", data={"words": ""})

    with scene.app.app_context():
        due = {one.due_on for one in queries.asked((scene.community.path,))}
    assert due == {(MONDAY + timedelta(days=2)).date()}


def test_a_finding_about_several_days_offers_their_entries_to_ask_about(scene):
    found = examples.anomaly(
        scene.make, scene.community, [1], kind="under_cap", about_id=scene.mei.id,
        evidence={"marks": [1], "numbers": {"days": 3, "week": "2026-W47", "cap": 480,
                                            "minutes": 1400}},
    )  # fmt: skip

    page = scene.client(scene.officer).get(f"/office/anomalies/{found.id}").text

    with scene.app.app_context():
        entry = db.session.scalar(sa.select(HourEntry.id))
    assert f"涉及第{entry}号时长记录。" in page


def test_whom_a_finding_is_about_does_not_read_it_in_the_copy_of_their_data(both):
    with both.scene.app.app_context():
        assert db.session.scalar(sa.select(Anomaly.about_id)) == both.scene.mei.id
        told = everything_about(both.scene.mei.id)
    assert not {"anomalies", "questions", "complaint_questions"} & set(told)
