"""The office looks at findings, asks, and decides; the community answers; the person reads why."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
import time_machine

from tests.factories import FRIDAY_18, NOW
from tests.oversight import examples
from tests.oversight.odd import LATER, Afternoons, keep
from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db
from volunteer_site.hours.models import HourEntry
from volunteer_site.oversight.anomalies import queries
from volunteer_site.oversight.anomalies.models import Anomaly, AnomalyRule
from volunteer_site.oversight.questions import queries as questions
from volunteer_site.oversight.questions.models import Question

SECOND = timedelta(seconds=1)
DESK = "/office/anomalies"
OURS = ("anomaly", "question", "organisation")


@pytest.fixture
def scene(app, make, client_for):
    """A burst of six scans at 柳巷社区, found; an officer, a coordinator, a neighbour's too."""
    with app.app_context():
        day = Afternoons(make)
        activity = day.activity()
        people = [day.person(name=f"张小{n}") for n in "一二三四五六"]
        for number, person in enumerate(people):
            day.goes(activity, person, happened_at=FRIDAY_18 + number * SECOND / 8)
        assert keep() == {"burst": 1}
        number = db.session.scalar(sa.select(Anomaly.id))
        db.session.rollback()
    ann, officer = make.coordinator(day.community, name="王红"), make.officer(name="陈佩")
    with time_machine.travel(LATER, tick=False):
        yield SimpleNamespace(
            app=app, make=make, day=day, activity=activity, people=people, number=number,
            ann=ann, officer=officer, address=f"{DESK}/{number}", client_for=client_for,
            at_office=client_for(officer), at_desk=client_for(ann),
        )  # fmt: skip


def row(scene, model=Anomaly):
    with scene.app.app_context():
        return db.session.execute(sa.select(model.__table__)).mappings().first()


def standing(scene):
    """The minutes of everybody together, taken back ones off."""
    with scene.app.app_context():
        return db.session.scalar(sa.select(sa.func.sum(HourEntry.minutes)))


def audited(scene):
    with scene.app.app_context():
        asked = sa.select(AuditEvent.kind).where(AuditEvent.object_kind.in_(OURS))
        return list(db.session.scalars(asked.order_by(AuditEvent.id)))


def test_the_queue_tells_what_was_found_and_where(scene):
    page = scene.at_office.get(DESK).text

    assert "瞬间大量扫码" in page and "柳巷社区" in page
    assert "0.6 秒内扫码 6 次" in page


def test_the_queue_is_filtered_by_state_kind_and_community(scene):
    for address, shown in (
        ("?kind=burst", True), ("?kind=night", False), ("?state=answered", False),
        (f"?community={scene.day.community.id}", True),
        (f"?community={scene.day.neighbour.id}", False), ("?sort=worst", True),
    ):  # fmt: skip
        page = scene.at_office.get(DESK + address).text
        assert (f'href="{scene.address}"' in page) == shown, address


def test_a_finding_shows_the_marks_side_by_side(scene):
    page = scene.at_office.get(scene.address).text

    assert all(person.name in page for person in scene.people)
    assert "扫" in page and "18:00" in page


def test_an_officer_of_another_district_finds_nothing(scene):
    other = scene.make.organisation(kind="district", name="晋源区", slug="jinyuan")
    stranger = scene.client_for(scene.make.officer(other))

    assert scene.address not in stranger.get(DESK).text
    for answer in (
        stranger.get(scene.address),
        stranger.get(f"{scene.address}/reversal"),
        stranger.post(f"{scene.address}/reversal", data={"reason": "x", "entries": "1"}),
        stranger.post(f"{scene.address}/clearance"),
        stranger.post(f"{scene.address}/question"),
    ):
        assert answer.status_code == 404
    assert row(scene)["answered_at"] is None


def test_fine_needs_one_tap_and_is_not_found_again(scene):
    assert scene.at_office.post(f"{scene.address}/clearance").status_code == 303

    found = row(scene)
    assert found["answer"] == "fine" and found["answered_by_id"] == scene.officer.id
    assert audited(scene) == ["anomaly.fine"]
    with scene.app.app_context():
        assert keep() == {}
    assert standing(scene) == 360


@pytest.mark.parametrize("way", ["clearance", "reversal"])
def test_nobody_decides_about_their_own_hours(scene, way):
    [mine, *_] = scene.people
    scene.make.role(mine, SimpleNamespace(id=scene.day.community.parent_id), "officer")
    sent = {"reason": "查无此事。", "entries": "1"}

    answer = scene.client_for(mine).post(f"{scene.address}/{way}", data=sent)

    assert answer.status_code == 409
    assert "任何人不得办理自己的时长" in answer.text
    assert row(scene)["answered_at"] is None
    assert standing(scene) == 360


def test_a_phone_that_is_fine_for_these_people_stays_fine_next_week(app, make, in_app):
    day = Afternoons(make)
    friends = [day.person(phone=phone) for phone in ("13800138000", "13900139000")]
    for week in range(2):
        activity = day.activity(starts_at=FRIDAY_18 + timedelta(weeks=week))
        for friend in friends:
            day.goes(activity, friend, device="a-shared-phone")
        if not week:
            assert keep() == {"one_device": 1}
            answered = {"answered_at": LATER, "answer": "fine"}
            db.session.execute(sa.update(Anomaly).values(**answered))
            db.session.commit()

    assert keep() == {}


def test_the_coordinator_is_asked_and_answers_in_words(scene):
    assert scene.at_office.post(f"{scene.address}/question").status_code == 303
    assert row(scene, Question)["due_on"] > LATER.date()
    assert scene.address in scene.at_office.get(f"{DESK}?state=asked").text

    sent = {"words": "六个人排在一起，一起扫的。"}
    assert scene.at_desk.post("/desk/questions/1/reply", data=sent).status_code == 303

    assert sent["words"] in scene.at_office.get(scene.address).text
    assert scene.address in scene.at_office.get(f"{DESK}?state=replied").text
    assert audited(scene) == ["question.create", "question.reply"]


def test_a_reply_without_words_comes_back(scene):
    scene.at_office.post(f"{scene.address}/question")

    answer = scene.at_desk.post("/desk/questions/1/reply", data={"words": " "})

    assert answer.status_code == 422
    assert row(scene, Question)["replied_at"] is None


def test_only_what_was_asked_is_seen_at_the_desk_and_only_by_the_community(scene):
    address = "/desk/questions/1"
    assert scene.at_desk.get(address).status_code == 404

    scene.at_office.post(f"{scene.address}/question")
    neighbour = scene.client_for(scene.make.coordinator(scene.day.neighbour))

    assert scene.at_desk.get(address).status_code == 200
    assert neighbour.get(address).status_code == 404
    assert neighbour.post(f"{address}/reply", data={"words": "不"}).status_code == 404


def test_taking_back_shows_what_rests_on_it_and_asks_why(scene):
    page = scene.at_office.get(f"{scene.address}/reversal").text

    assert page.count('name="entries"') == 6
    answer = scene.at_office.post(f"{scene.address}/reversal", data={"entries": ["1"]})
    assert answer.status_code == 422
    assert standing(scene) == 360


def test_only_the_chosen_entries_are_taken_back_and_the_person_reads_why(scene):
    sent = {"entries": ["1", "3"], "reason": "本人没有到场"}
    assert scene.at_office.post(f"{scene.address}/reversal", data=sent).status_code == 303

    assert standing(scene) == 240
    found = row(scene)
    assert found["answer"] == "reversed" and found["evidence"]["taken_back"] == [1, 3]
    assert "本人没有到场" in scene.client_for(scene.people[0]).get("/me/hours").text
    assert audited(scene) == ["anomaly.reverse"]


def test_an_entry_of_another_finding_cannot_be_taken_back_here(scene):
    with scene.app.app_context():
        other = scene.day.goes(scene.day.activity(starts_at=FRIDAY_18 + timedelta(days=1)))
    sent = {"entries": ["7"], "reason": "不在这里"}

    assert scene.at_office.post(f"{scene.address}/reversal", data=sent).status_code == 422
    assert other.id and standing(scene) == 420


def test_what_is_decided_is_not_decided_again(scene):
    scene.at_office.post(f"{scene.address}/clearance")
    sent = {"entries": ["1"], "reason": "改主意"}

    assert scene.at_office.post(f"{scene.address}/reversal", data=sent).status_code == 409
    assert scene.at_office.post(f"{scene.address}/question").status_code == 409
    assert scene.at_office.post(f"{scene.address}/clearance").status_code == 303
    assert standing(scene) == 360


def test_a_rule_is_tried_on_the_last_month_and_then_kept(scene):
    numbers = {"kind": "burst", "scans": "7", "seconds": "1", "on": "y"}
    with time_machine.travel(FRIDAY_18 + timedelta(days=2), tick=False):
        few = scene.at_office.post(f"{DESK}/rule/trial", data=numbers | {"scans": "4"}).text
        many = scene.at_office.post(f"{DESK}/rule/trial", data=numbers).text

        kept = row(scene, AnomalyRule)
        scene.at_office.post(f"{DESK}/rule", data=numbers)

    assert "会列出 1 条" in few and "会列出 0 条" in many
    assert kept is None
    assert row(scene, AnomalyRule)["numbers"] == {"scans": 7, "seconds": 1}
    assert audited(scene) == ["anomaly.rule"]


def test_a_rule_that_is_switched_off_finds_nothing(scene):
    with scene.app.app_context():
        db.session.execute(sa.delete(Anomaly))
        db.session.commit()
    scene.at_office.post(f"{DESK}/rule", data={"kind": "burst", "scans": "5", "seconds": "1"})

    with scene.app.app_context():
        assert keep() == {}
    assert "停用" in scene.at_office.get(f"{DESK}/rules").text


@pytest.mark.parametrize("wrong", [{"scans": "1"}, {"scans": "many"}, {"seconds": ""}])
def test_numbers_that_make_no_sense_come_back(scene, wrong):
    numbers = {"kind": "burst", "scans": "5", "seconds": "1", "on": "y"} | wrong

    assert scene.at_office.post(f"{DESK}/rule", data=numbers).status_code == 422
    assert row(scene, AnomalyRule) is None


def test_a_rule_that_does_not_exist_is_not_found(scene):
    assert scene.at_office.get(f"{DESK}/rule?kind=nothing").status_code == 404


def test_the_command_finds_once_and_says_how_many(app, make):
    with app.app_context():
        day = Afternoons(make)
        activity = day.activity()
        for _ in range(6):
            day.goes(activity)
        db.session.rollback()
    run = app.test_cli_runner()

    with time_machine.travel(FRIDAY_18 + timedelta(days=1), tick=False):
        first = run.invoke(args=["anomalies", "find"])
        again = run.invoke(args=["anomalies", "find", "--since", "2026-01-01"])

    assert "1 found: burst 1." in first.output
    assert "0 found." in again.output


def test_what_waits_is_listed_for_monday(app, make, in_app):
    community = make.community(name="柳巷社区")
    officer = make.officer()
    examples.anomaly(make, community)
    examples.anomaly(make, community, **examples.asked(make, community, officer))
    db.session.rollback()
    paths = [community.path]

    assert [one.kind for one in queries.waiting(paths, NOW)] == ["burst"]
    assert len(queries.waiting(paths, LATER)) == 2  # the question was not answered in time
    (question,) = questions.waiting(paths)
    assert question.late(LATER)
