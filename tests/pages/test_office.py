"""The office's week: who has posted, who is short, who has not closed, whose hours are final."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import FRIDAY_18, NOW
from volunteer_site.core import jobs
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.jobs import JobRun
from volunteer_site.hours.models import Seal
from volunteer_site.pages import office
from volunteer_site.pages.desk import EXPECTED

SATURDAY = datetime(2026, 11, 21, 2)
WEEK = timedelta(days=7)
LIMIT = 10
pytestmark = pytest.mark.time_machine(SATURDAY, tick=False)


@pytest.fixture
def client(make, client_for):
    return client_for(make.officer())


def board(app, week="2026-W47", paths=("/",)):
    with app.app_context():
        return office.board(paths, week, SATURDAY)


def needs(app):
    return {row.name: row.need for row in board(app).rows}


def test_every_community_stands_where_its_week_stands(app, make):
    places = {
        name: make.community(name=name)
        for name in ("没发布", "缺人", "顺利", "没关", "关了", "草稿", "取消")
    }
    later = SATURDAY + timedelta(hours=6)

    def hold(name, **given):
        return make.activity(organisation_id=places[name].id, **given)

    hold("缺人", starts_at=later, places=10)
    full = hold("顺利", starts_at=later, places=2)
    make.signup(full)
    hold("没关")
    hold("没关", closed_at=NOW)
    hold("关了", closed_at=SATURDAY)
    hold("草稿", published_at=None)
    hold("取消", cancelled_at=NOW, cancellation_reason="大雨")

    assert needs(app) == {
        "没发布": "unposted",
        "草稿": "unposted",
        "取消": "unposted",
        "没关": "unclosed",
        "缺人": "short",
        "顺利": "open",
        "关了": "closed",
    }


def test_hours_are_final_once_the_day_of_closing_is_sealed(app, make):
    place = make.community(name="关了")
    make.activity(organisation_id=place.id, closed_at=FRIDAY_18 + timedelta(hours=2))
    assert needs(app) == {"关了": "closed"}

    with app.app_context():
        facts = {"entries": 0, "minutes": 0, "previous_digest": "", "digest": "x"}
        seal = sa.insert(Seal).values(day=FRIDAY_18.date(), sealed_at=SATURDAY, **facts)
        db.session.execute(seal)
        db.session.commit()

    assert needs(app) == {"关了": "final"}


def test_places_people_and_those_present_are_added_up(app, make):
    first, second = make.community(), make.community()
    for place, people in ((first, 3), (second, 1)):
        activity = make.activity(organisation_id=place.id, places=5)
        for _n in range(people):
            make.attendance(make.signup(activity))
        make.attendance(make.signup(activity), undone_at=FRIDAY_18 + timedelta(hours=1))
    make.signup(activity, confirmed_at=None)
    make.activity(organisation_id=first.id, starts_at=FRIDAY_18 - WEEK)

    total = board(app).total

    assert (total.posted, total.places, total.taken) == (2, 10, 6)
    assert (total.present, total.waiting, total.closed) == (4, 1, 0)


def test_the_neediest_come_first_and_a_group_can_be_chosen(client, make):
    for name, facts in (("关了", {"closed_at": NOW}), ("没关", {})):
        make.activity(organisation_id=make.community(name=name).id, **facts)
    make.community(name="没发布")

    text = client.get("/office/week?week=2026-W47").text
    one = client.get("/office/week?week=2026-W47&need=unclosed").text
    listed = client.get("/office/week?week=2026-W47&sort=name").text

    def order(page):
        return sorted(("没发布", "没关", "关了"), key=lambda name: page.find(f">{name}<"))

    assert order(text) == ["没发布", "没关", "关了"]
    assert order(listed) == ["关了", "没关", "没发布"]
    assert ">没关<" in one and ">关了<" not in one


def test_a_week_that_is_none_is_this_week(client, make):
    make.community()

    for week in ("", "2026-W60", "next", "0000-W01", "9999-W52"):
        page = client.get("/office/week", query_string={"week": week})

        assert page.status_code == 200 and "11月16日" in page.text, week


def test_an_officer_sees_the_communities_of_the_own_district_only(app, make, client_for):
    officer = make.officer()
    make.community(name="青年路社区")
    other = make.organisation(kind="district", name="晋源区")
    make.community(name="晋祠社区", parent_id=other.id)

    text = client_for(officer).get("/office/week").text

    assert "青年路社区" in text and "晋祠社区" not in text


def test_the_office_leads_to_everything_it_looks_after(client, make):
    make.community()

    text = client.get("/office").text

    for part in ("week", "organisations", "pairings", "roles", "calendar", "audit", "jobs"):
        assert f'href="/office/{part}"' in text
    assert f"有{len(EXPECTED)}项自动任务没有按时运行" in text


def test_the_jobs_are_listed_with_their_outcome(app, client):
    with app.app_context(), jobs.run("week post") as outcome:
        outcome.add("%(count)d files removed.", count=3)
    with app.app_context(), write_transaction():
        before = JobRun(
            job="ledger seal", started_at=NOW, finished_at=NOW, outcome="4 days sealed."
        )
        db.session.add(before)

    text = client.get("/office/jobs").text

    assert "删除了3个文件" in text and "4 days sealed." in text and "11月21日 周六 10:00" in text
    assert text.count("从未运行") == len(EXPECTED) - 2


def test_only_officers_have_an_office(make, client_for, visitor_client):
    for address in ("/office", "/office/week", "/office/jobs", "/office/calendar"):
        assert client_for(make.coordinator()).get(address).status_code == 403
        assert visitor_client.get(address).status_code == 303


def test_the_week_asks_as_little_for_many_communities_as_for_one(app, client, make):
    sent = []
    make.activity()
    with app.app_context():
        sa.event.listen(db.engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
    client.get("/office/week")
    for_one = len(sent)
    for _n in range(10):
        make.activity()
    sent.clear()

    for address in ("/office/week", "/office", "/office/calendar"):
        sent.clear()
        client.get(address)
        assert len(sent) <= LIMIT, address
    assert for_one <= LIMIT
