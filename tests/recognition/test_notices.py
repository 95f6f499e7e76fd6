"""What is on public notice runs five working days and blocks until objections are answered."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.factories import NOW
from volunteer_site import create_app
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.settings import WrongSetting
from volunteer_site.recognition.notices import parts, queries, services
from volunteer_site.recognition.notices.models import NoticeObjection, PublicNotice
from volunteer_site.recognition.notices.parts import Proposal
from volunteer_site.recognition.notices.services import Answer, Sender

OVER = NOW + timedelta(days=8)  # Friday the 27th; the last day is Thursday the 26th
ANYBODY = Sender("192.0.2.7", "s" * 32, per_hour=5)
WORDS = "王某十月二十日并不在现场。"


def text_of(answer, status=200):
    assert answer.status_code == status, answer.get_data(as_text=True)[:2000]
    return answer.get_data(as_text=True)


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def shown(monkeypatch):
    """Let deeds be shown as one that concerns the person number 77."""
    given = {}

    def show(notice):
        return given.get(notice.id)

    monkeypatch.setitem(parts._shown, "deed", show)  # noqa: SLF001
    return given


@pytest.fixture
def notice(app, community):
    with app.app_context():
        return opened(community)


def opened(community, now=NOW, by_id=None):
    with write_transaction():
        return services.open_notice(
            "deed", community.id, "十一月善行义举榜", now=now, by_id=by_id
        ).id


def object_to(number, words=WORDS, now=NOW, sender=ANYBODY):
    with write_transaction():
        return services.object_to(number, words, sender, now=now)


def answer(number, objection, *, upheld=False, by_id, now=NOW):
    with write_transaction():
        said = Answer("经查当日签到属实。", upheld)
        services.answer(number, objection, said, by_id=by_id, now=now)


def settle(number, now=OVER):
    with write_transaction():
        services.settle(number, now)


def of(number):
    db.session.rollback()
    return db.session.get(PublicNotice, number)


@pytest.mark.parametrize(
    ("opened_at", "last"),
    [
        (datetime(2026, 11, 19, 4), date(2026, 11, 26)),  # over a weekend
        (datetime(2026, 11, 19, 16), date(2026, 11, 27)),  # a Friday already in Shanghai
        (datetime(2026, 9, 29, 4), date(2026, 10, 12)),  # over National Day
    ],
)
def test_five_working_days_are_counted_without_the_first_one(in_app, community, opened_at, last):
    assert of(opened(community, opened_at)).last_day == last


def test_a_setting_may_make_it_longer(in_app, app, community):
    app.config["NOTICE_DAYS"] = 10

    assert of(opened(community)).last_day == date(2026, 12, 3)


def test_a_notice_shorter_than_five_days_stops_the_start(tmp_path):
    wrong = {"SECRET_KEY": "x" * 32, "INSTANCE_PATH": str(tmp_path), "NOTICE_DAYS": 4}

    with pytest.raises(WrongSetting, match="FLASK_NOTICE_DAYS is 4"):
        create_app({"TESTING": True} | wrong)


def test_nothing_is_settled_before_the_last_day_is_over(in_app, notice):
    last_evening = datetime(2026, 11, 26, 15, 59)
    with pytest.raises(services.StillOnNotice, match="11月26日"):
        settle(notice, last_evening)

    settle(notice, last_evening + timedelta(minutes=1))

    assert of(notice).closed_at == last_evening + timedelta(minutes=1)


def test_an_objection_blocks_until_it_is_answered(in_app, make, notice):
    officer = make.officer()
    object_to(notice)
    with pytest.raises(services.OpenObjections):
        settle(notice)
    assert queries.unanswered(notice) == 1

    answer(notice, queries.objections(notice)[0].id, by_id=officer.id)

    settle(notice)
    assert of(notice).closed_at == OVER


def test_an_objection_that_is_right_blocks_for_good(in_app, make, notice):
    object_to(notice)
    answer(notice, queries.objections(notice)[0].id, upheld=True, by_id=make.officer().id)

    with pytest.raises(services.OpenObjections):
        settle(notice)


def test_what_was_called_off_is_never_settled(in_app, notice):
    with write_transaction():
        services.call_off(notice, "名单有变", by_id=None, now=NOW)

    with pytest.raises(services.CalledOff):
        settle(notice)


def test_who_is_proposed_or_has_proposed_does_not_answer(in_app, make, shown, community):
    maker, honoured, other = make.officer(), make.officer(), make.officer()
    notice = opened(community, by_id=maker.id)
    shown[notice] = Proposal("none.html", people=frozenset({honoured.id}))
    object_to(notice)
    objection = queries.objections(notice)[0].id

    for one in (maker, honoured):
        with pytest.raises(services.Concerned):
            answer(notice, objection, by_id=one.id)
    answer(notice, objection, by_id=other.id)

    db.session.rollback()
    assert queries.objections(notice)[0].answered_by_id == other.id


def test_an_answer_once_given_stays(in_app, make, notice):
    object_to(notice)
    objection = queries.objections(notice)[0].id
    answer(notice, objection, by_id=make.officer().id)

    answer(notice, objection, upheld=True, by_id=make.officer().id)

    db.session.rollback()
    assert queries.objections(notice)[0].upheld is False


def test_one_network_objects_five_times_an_hour(in_app, notice):
    for number in range(5):
        object_to(notice, f"{WORDS}{number}")

    with pytest.raises(services.TooManyObjections):
        object_to(notice, now=NOW + timedelta(minutes=59))
    assert object_to(notice, sender=Sender("192.0.2.8", "s" * 32, 5)) == 6
    assert object_to(notice, now=NOW + timedelta(minutes=61)) == 7


def test_the_same_words_sent_twice_are_one_objection(in_app, notice):
    assert [object_to(notice), object_to(notice), object_to(notice, "另一件事。")] == [1, 1, 2]


def test_the_digest_of_a_network_is_kept_for_a_day(in_app, notice):
    object_to(notice)
    object_to(notice, now=NOW + timedelta(hours=25))

    kept = sa.select(NoticeObjection.address_digest).order_by(NoticeObjection.id)
    first, second = db.session.scalars(kept)
    assert first is None and second


def test_after_the_last_day_no_objection_is_taken(in_app, notice):
    with pytest.raises(services.NoticeOver, match="11月26日"):
        object_to(notice, now=OVER)


def test_anybody_objects_without_logging_in_and_reads_the_answer(
    app, make, client_for, visitor_client, notice
):
    with time_machine.travel(NOW, tick=False):
        here = f"/notices/{notice}"
        assert "十一月善行义举榜" in text_of(visitor_client.get("/notices"))
        assert "11月26日" in text_of(visitor_client.get(here))
        sent = visitor_client.post(f"{here}/objections", data={"text": WORDS})
        assert sent.location == here
        page = text_of(visitor_client.get(here))
        assert "第1条异议" in page and WORDS not in page
        officer = client_for(make.officer())
        desk = text_of(officer.get(f"/desk/notices/{notice}"))
        assert WORDS in desk
        action = desk.split('action="/desk/notices/')[1].split('"')[0]
        said = {"upheld": "no", "answer": "经查当日签到属实。"}
        assert officer.post(f"/desk/notices/{action}", data={"answer": ""}).status_code == 422
        assert officer.post(f"/desk/notices/{action}", data=said).status_code == 303

        assert "经查当日签到属实。" in text_of(visitor_client.get(here))


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"text": "\u200b\u200b"}, {"text": "字" * 1001}, {"website": "x"}]
)
def test_an_objection_that_cannot_be_taken_comes_back(visitor_client, notice, wrong):
    with time_machine.travel(NOW, tick=False):
        answer = visitor_client.post(f"/notices/{notice}/objections", data={"text": WORDS} | wrong)

    assert answer.status_code == 422


def test_who_may_not_answer_reads_who_may_or_that_another_officer_is_needed(
    app, make, client_for, community, shown
):
    maker = make.officer(name="张超")
    with app.app_context():
        notice = opened(community, by_id=maker.id)
        object_to(notice)

    alone = text_of(client_for(maker).get(f"/desk/notices/{notice}"))
    assert "再指定一位负责人" in alone and f'href="/office/roles?at={community.id}"' in alone
    make.coordinator(make.community(), name="邻居")
    make.coordinator(community, name="郑红")
    helped = text_of(client_for(maker).get(f"/desk/notices/{notice}"))

    assert "郑红" in helped and "邻居" not in helped and "再指定" not in helped


def test_another_communitys_coordinator_does_not_find_it(make, client_for, community, notice):
    neighbour = client_for(make.coordinator(make.community()))

    assert neighbour.get(f"/desk/notices/{notice}").status_code == 404
    address = f"/desk/notices/{notice}/objections/1/answer"
    assert neighbour.post(address, data={"upheld": "no", "answer": "好"}).status_code == 404
