"""What the person sees of their absences, how they object, and who answers (R16)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import NOW
from volunteer_site.core.db import db, write_transaction
from volunteer_site.signups import services
from volunteer_site.signups.absences.models import Appeal, NoShow

DAY = timedelta(days=1)


class Case:
    """Somebody who stayed away from activities of a community; its coordinator, an officer."""

    def __init__(self, app, make, client_for):
        self.app, self.make, self.client_for = app, make, client_for
        self.community = make.community(name="柳巷社区")
        self.person = make.person(name="孙小兰")
        self.ann = make.coordinator(self.community, name="王红")
        self.officer = make.officer(name="陈佩")

    def stay_away(self, *ago, person=None):
        person = person or self.person
        for n in ago:
            at = NOW - n * DAY
            activity = self.make.activity(
                organisation_id=self.community.id, starts_at=at, closed_at=at, title=f"清扫{n}"
            )
            self.make.signup(activity, person, signed_up_at=at - DAY, confirmed_at=at - DAY)
            with self.app.app_context(), write_transaction():
                services.note_no_shows(activity, [person.id], now=at)
        return self.rows(NoShow)

    def rows(self, model):
        with self.app.app_context():
            found = list(db.session.scalars(sa.select(model).order_by(model.id)))
            db.session.expunge_all()
        return found

    def object(self, no_show, words="我到了，忘了扫码", person=None):
        client = self.client_for(person or self.person)
        return client.post(f"/me/absences/{no_show.id}/appeals", data={"words": words})

    def answer(self, upheld, *, who=None, at="desk", answer="核对过签到表"):
        appeal = self.rows(Appeal)[-1]
        data = {"answer": answer, "upheld": str(int(upheld))}
        client = self.client_for(who or (self.ann if at == "desk" else self.officer))
        return client.post(f"/{at}/appeals/{appeal.id}/answers", data=data)


@pytest.fixture
def case(app, make, client_for, time_machine):
    time_machine.move_to(NOW, tick=False)
    return Case(app, make, client_for)


def test_who_came_always_sees_nothing_of_it(case):
    client = case.client_for(case.person)

    assert "/me/absences" not in client.get("/me").text
    assert "没有缺席" in client.get("/me/absences").text


def test_one_absence_is_told_with_the_rule(case):
    case.stay_away(1)
    client = case.client_for(case.person)

    assert "1 次已报名而没有到场" in client.get("/me").text
    page = client.get("/me/absences").text
    assert "计入 1 次" in page and "90 天内没有请假而缺席满 3 次" in page and "清扫1" in page


def test_what_is_over_is_not_announced_as_still_to_come(case):
    case.stay_away(30, 31, 32)
    client = case.client_for(case.person)

    assert "没有到场" not in client.get("/me").text
    assert "计入 3 次" in client.get("/me/absences").text


def test_an_absence_of_long_ago_is_not_said_to_count(case):
    case.stay_away(89, 90)

    page = case.client_for(case.person).get("/me/absences").text

    assert "计入 1 次" in page
    assert page.count("计缺席<") == 1 and page.count("已过 90 天，不再计入") == 1


def test_three_tell_the_count_and_the_day_it_ends(case):
    case.stay_away(1, 8, 15)
    client = case.client_for(case.person)

    home, page = client.get("/me").text, client.get("/me/absences").text
    for words in ("11月25日 周三起恢复", "提前恢复"):
        assert words in home and words in page
    assert "缺席 3 次" in home and "时长不受影响" in page


def test_a_refused_sign_up_leads_to_the_waiting_list_and_the_absences(case):
    case.stay_away(1, 8, 15)
    few = case.make.activity(places=5)
    for _n in range(4):
        case.make.signup(few)
    client = case.client_for(case.person)

    refused = client.post(f"/activities/{few.id}/signup")
    assert refused.status_code == 409
    assert "90 天" in refused.text and "11月25日" in refused.text and "/me/absences" in refused.text
    assert f"/activities/{few.id}/signup/waitlist" in refused.text

    client.post(f"/activities/{few.id}/signup/waitlist")
    page = client.get(f"/activities/{few.id}").text
    assert "候补第1位" in page and "现在有空名额" in page
    again = client.post(f"/activities/{few.id}/signup")
    assert again.status_code == 409 and "16:00" in again.text


def test_shortly_before_the_start_who_waits_takes_what_is_free(case, time_machine):
    case.stay_away(1, 8, 15)
    few = case.make.activity(places=5)
    for _n in range(4):
        case.make.signup(few)
    case.client_for(case.person).post(f"/activities/{few.id}/signup/waitlist")
    time_machine.move_to(few.starts_at - timedelta(hours=1), tick=False)

    answer = case.client_for(case.person).post(f"/activities/{few.id}/signup")

    assert answer.status_code == 303
    assert "您已有名额" in case.client_for(case.person).get(f"/activities/{few.id}").text


def test_an_objection_that_is_granted_ends_the_count(case):
    (no_show,) = case.stay_away(1)

    assert case.object(no_show).status_code == 303
    desk = case.client_for(case.ann).get("/desk/absences").text
    assert "孙小兰" in desk and "忘了扫码" in desk
    assert case.answer(upheld=True).status_code == 303

    (no_show,) = case.rows(NoShow)
    assert (no_show.cleared_because, no_show.cleared_by_id) == ("appeal", case.ann.id)
    mine = case.client_for(case.person).get("/me/absences").text
    assert "申诉成立" in mine and "核对过签到表" in mine


def test_a_refusal_can_go_to_the_office_whose_answer_is_the_last(case):
    (no_show,) = case.stay_away(1)
    case.object(no_show)
    case.answer(upheld=False)
    case.object(no_show, "有邻居可以作证")

    assert "有邻居可以作证" in case.client_for(case.officer).get("/office/absences").text
    assert "有邻居可以作证" not in case.client_for(case.ann).get("/desk/absences").text
    case.answer(upheld=False, at="office")
    assert case.object(no_show).status_code == 409
    assert [row.stage for row in case.rows(Appeal)] == ["coordinator", "office"]


def test_the_same_objection_twice_is_one(case):
    (no_show,) = case.stay_away(1)

    case.object(no_show)

    assert case.object(no_show).status_code == 409
    assert len(case.rows(Appeal)) == 1


def test_an_answer_is_given_once_and_with_a_reason(case):
    (no_show,) = case.stay_away(1)
    case.object(no_show)

    empty = case.answer(upheld=False, answer="")
    assert empty.status_code == 422
    assert f'autofocus aria-describedby="answer-{case.rows(Appeal)[0].id}-error"' in empty.text
    case.answer(upheld=False)
    assert case.answer(upheld=True).status_code == 409
    assert case.rows(NoShow)[0].cleared_at is None


def test_words_that_are_missing_come_back_with_the_form(case):
    (no_show,) = case.stay_away(1)

    answer = case.object(no_show, "")

    assert answer.status_code == 422 and "请简单写明情况" in answer.text
    assert f'autofocus aria-describedby="words-{no_show.id}-error"' in answer.text
    assert case.rows(Appeal) == []


def test_nobody_answers_their_own_objection(case):
    (no_show,) = case.stay_away(1, person=case.ann)
    case.object(no_show, person=case.ann)

    assert case.answer(upheld=True).status_code == 409
    assert case.rows(NoShow)[0].cleared_at is None


def test_nobody_else_objects_answers_or_reads(case):
    (no_show,) = case.stay_away(1)
    neighbour = case.make.coordinator(name="韩梅梅")

    assert case.object(no_show, person=neighbour).status_code == 404
    case.object(no_show)
    assert case.answer(upheld=True, who=neighbour).status_code == 404
    assert case.answer(upheld=True, at="office").status_code == 404  # not with the office yet
    assert "孙小兰" not in case.client_for(neighbour).get("/desk/absences").text
    other = case.make.organisation(kind="district", name="晋源区", slug="jinyuan")
    officer = case.make.officer(other, name="吴起")
    case.answer(upheld=False)
    case.object(no_show)
    assert case.answer(upheld=True, who=officer, at="office").status_code == 404
    assert "孙小兰" not in case.client_for(officer).get("/office/absences").text


def test_one_tap_excuses_who_was_absent_lately(case):
    (no_show,) = case.stay_away(1)
    client = case.client_for(case.ann)
    assert 'value="生病"' in client.get("/desk/absences").text

    answer = client.post(
        f"/desk/activities/{no_show.activity_id}/excuses",
        data={"person_id": case.person.id, "reason": "生病", "to": "absences"},
    )

    assert answer.location == "/desk/absences"
    assert case.rows(NoShow)[0].cleared_because == "excuse"
