"""The desk: what to publish, what is on, what is not closed, and the jobs behind it."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from tests.factories import FRIDAY_18, NOW, PASSWORD
from volunteer_site.core import jobs
from volunteer_site.core.db import write_transaction
from volunteer_site.pages import desk
from volunteer_site.pages.desk import EXPECTED
from volunteer_site.people import services as people

WEEK = timedelta(days=7)
LIMIT = 12  # statements a page of the desk may need, however much it shows
pytestmark = pytest.mark.time_machine(NOW, tick=False)


@pytest.fixture
def community(make):
    return make.community(name="青年路一社区")


@pytest.fixture
def page(make, community, client_for):
    """Return the text of the desk as the community's coordinator sees it."""
    client = client_for(make.coordinator(community))
    return lambda address="/desk": client.get(address).text


def section(text, name):
    return text.split(f'aria-labelledby="{name}"')[1].split("</section>")[0]


def test_the_next_activity_of_each_programme_is_there_to_publish(make, community, page):
    make.programme(organisation_id=community.id, title="周五清洁")

    card = section(page(), "to-publish")

    assert "周五清洁" in card and "11月20日 周五 18:00–19:00" in card
    assert 'value="2026-11-20"' in card and "发布" in card


def test_logging_in_and_two_more_taps_publish_the_week(app, make, community, visitor_client):
    person = make.coordinator(community, phone="13800138000")
    programme = make.programme(organisation_id=community.id)
    with app.app_context(), write_transaction():
        people.set_password(person.id, PASSWORD, now=NOW)
    login = {"phone": "13800138000", "password": PASSWORD, "next": "/desk"}

    first = visitor_client.post("/login", data=login)
    assert first.location.endswith("/desk")
    text = visitor_client.get("/desk").text
    address = f"/desk/programmes/{programme.id}/activities"
    assert f'formaction="{address}"' in text
    second = visitor_client.post(address, data={"date": "2026-11-20"}, follow_redirects=True)

    assert "已发布" in second.text
    assert "公益一小时" in visitor_client.get("/").text


def test_what_is_odd_is_looked_over_before_it_is_published(make, community, page):
    programme = make.programme(organisation_id=community.id, place="并州路3号")
    make.activity(
        organisation_id=community.id,
        programme_id=programme.id,
        occurrence_on=date(2026, 11, 13),
        starts_at=FRIDAY_18 - WEEK,
        closed_at=NOW,
    )

    card = section(page(), "to-publish")

    assert "地点和上次不一样" in card
    assert "formaction" not in card
    assert f"/desk/activities/new?programme={programme.id}&amp;date=2026-11-20" in card


def test_a_skipped_holiday_says_why_and_can_be_held_all_the_same(make, community, client_for):
    make.programme(organisation_id=community.id)

    with time_machine.travel(datetime(2026, 9, 30, 4), tick=False):
        text = client_for(make.coordinator(community)).get("/desk").text

    assert "国庆节" in section(text, "to-publish")
    assert "照常举办" in section(text, "to-publish")
    assert "请在9月30日 周三发布" in text


def test_a_posted_programme_is_no_longer_there_to_publish(make, community, page):
    programme = make.programme(organisation_id=community.id)
    make.activity(
        organisation_id=community.id, programme_id=programme.id, occurrence_on=date(2026, 11, 20)
    )

    text = page()

    assert "to-publish" not in text
    assert "已报名0 / 10人" in section(text, "this-week")
    assert "11月27日" in section(text, "later")


def test_what_has_ended_is_there_to_close_with_its_deadline(make, community, page):
    for starts in (FRIDAY_18 - WEEK, datetime(2026, 9, 18, 10)):
        make.activity(organisation_id=community.id, starts_at=starts)

    cards = section(page(), "to-close")

    assert "应于 11月27日 周五 前完成记录" in cards
    assert "应于 10月9日 周五 前完成记录" in cards
    assert cards.count("已逾期") == 1


def test_a_deadline_in_an_unknown_year_says_so(make, community, page):
    with time_machine.travel(datetime(2026, 12, 29, 4), tick=False):
        make.activity(organisation_id=community.id, starts_at=datetime(2026, 12, 25, 10))

        assert "放假安排还没有录入" in section(page(), "to-close")


def test_closed_and_cancelled_activities_are_not_there_to_close(make, community, page):
    before = {"organisation_id": community.id, "starts_at": FRIDAY_18 - WEEK}
    make.activity(closed_at=NOW, **before)
    make.activity(cancelled_at=NOW, cancellation_reason="大雨", **before)
    make.activity(published_at=None, **before)

    assert "to-close" not in page()


def test_a_job_that_never_ran_or_too_long_ago_or_failed_is_marked(app, page):
    def seen():
        return page().split("自动任务")[-1]

    assert seen().count("从未运行") == len(EXPECTED)
    with app.app_context():
        with jobs.run("week post") as outcome:
            outcome.add("%(count)d files removed.", count=1)
        with pytest.raises(ZeroDivisionError), jobs.run("ledger seal"):
            raise ZeroDivisionError
        with time_machine.travel(NOW - timedelta(days=2), tick=False), jobs.run("backup create"):
            pass

    text = seen()

    assert text.count("正常") == text.count("失败") == text.count("太久") == 1
    assert text.count("从未运行") == len(EXPECTED) - 3


def test_an_old_run_is_too_old_only_for_what_should_run_daily(app):
    with app.app_context():
        with time_machine.travel(NOW - timedelta(days=2), tick=False):
            for name in ("week post", "week close"):
                with jobs.run(name):
                    pass

        states = {job.name: job.state for job in desk.job_states(NOW)}

    assert (states["week post"], states["week close"]) == ("fine", "old")


def test_somebody_with_several_communities_sees_all_or_one(make, community, client_for):
    other = make.community(name="建铁社区")
    person = make.coordinator(community)
    make.role(person, other, "coordinator")
    for place in (community, other):
        make.activity(organisation_id=place.id)
    client = client_for(person)

    both, one = client.get("/desk").text, client.get(f"/desk?community={other.id}").text

    assert section(both, "this-week").count('class="card"') == 2
    assert section(one, "this-week").count('class="card"') == 1
    assert client.get(f"/desk?community={make.community().id}").status_code == 404


def test_a_liaison_sees_the_paired_communities_and_nothing_to_publish(make, client_for):
    unit, helped, other = make.unit(), make.community(name="建铁社区"), make.community()
    make.pairing(unit, helped)
    make.pairing(unit, other, ends_on=date(2026, 6, 30))
    make.programme(organisation_id=helped.id)
    activity = make.activity(organisation_id=helped.id)
    make.activity(organisation_id=helped.id, published_at=None)
    make.activity(organisation_id=other.id)

    text = client_for(make.liaison(unit)).get("/desk").text

    assert "建铁社区（区水务局）" in text
    assert section(text, "paired").count('class="card"') == 1
    assert f'href="/activities/{activity.id}"' in text
    assert "to-publish" not in text and "/desk/programmes" not in text


def test_an_empty_desk_says_what_to_do_next(page, make, client_for):
    assert "新建常态化项目" in page()
    assert "还没有结对" in client_for(make.liaison()).get("/desk").text


def test_volunteers_and_strangers_have_no_desk(make, client_for, visitor_client):
    assert client_for(make.person()).get("/desk").status_code == 403
    assert visitor_client.get("/desk").status_code == 303


def test_the_desk_asks_as_little_for_many_as_for_one(make, community, page, statements):
    def add():
        programme = make.programme(organisation_id=community.id)
        make.activity(
            organisation_id=community.id,
            programme_id=programme.id,
            occurrence_on=date(2026, 11, 13),
            starts_at=FRIDAY_18 - WEEK,
        )
        make.activity(organisation_id=community.id)

    add()
    statements.clear()
    page()
    for_one = len(statements)
    for _n in range(10):
        add()
    statements.clear()
    page()

    assert len(statements) == for_one <= LIMIT
