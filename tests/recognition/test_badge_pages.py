"""The pages of badges: what one sees of one's own, and what everybody may see."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa
import time_machine

from tests.factories import FRIDAY_18, NOW
from tests.recognition.badges import load, serve
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services as hours
from volunteer_site.people import services as people
from volunteer_site.recognition.badges import queries
from volunteer_site.recognition.badges.models import Award

STATE = re.compile(r'<section class="panel stars".*?</section>', re.DOTALL)
pytestmark = pytest.mark.time_machine(NOW, tick=False)


@pytest.fixture
def community(make):
    return make.community()


@pytest.fixture
def person(app, make):
    with app.app_context():
        load()
    return make.person(name="王小梅")


def text(response):
    assert response.status_code == 200
    return response.get_data(as_text=True)


def award_of(app, person, slug):
    with app.app_context():
        found = queries.wall(person.id, NOW)
        return next(one.id for one in found.earned + found.withdrawn if one.pin.slug == slug)


def served(app, person, community, *weeks, **about):
    with app.app_context():
        return [serve(person, community, week, **about) for week in weeks]


def test_who_has_none_yet_is_told_how_to_get_the_first(person, client_for):
    page = text(client_for(person).get("/me/badges"))

    assert "第一枚徽章在等您" in page
    assert "参加第一次服务" in page and "还差 1 周" in page


def test_ones_own_wall_shows_what_was_earned_and_when(app, person, community, client_for):
    served(app, person, community, 0)
    page = text(client_for(person).get("/me/badges"))

    earned = page.split('id="near-title"')[0]
    assert "已得 2 / " in earned or "已得 1 / " in earned
    assert "第一次" in earned and "11月20日" in earned
    assert "满月" not in earned
    assert page.split('id="near-title"')[1].count("还差") == 4
    assert "1 / 4 周" in text(client_for(person).get("/badges/weeks-4"))


def test_a_badge_is_new_for_a_week(app, person, community, client_for):
    served(app, person, community, 0)
    client, page = client_for(person), {}
    for day in (27, 28):
        with time_machine.travel(NOW.replace(day=day), tick=False):
            page[day] = text(client.get("/me/badges"))

    assert ">新</span>" in page[27] and ">新</span>" not in page[28]


def test_an_award_shows_every_entry_it_rests_on(app, person, community, client_for):
    served(app, person, community, 0, 1, 2, 3, title="清理楼道小广告")
    page = text(client_for(person).get(f"/me/badges/{award_of(app, person, 'weeks-4')}"))

    assert page.count("清理楼道小广告") == 4
    for day in ("11月20日", "11月27日", "12月4日", "12月11日"):
        assert day in page


def test_nobody_sees_what_anothers_badge_rests_on(app, make, person, community, client_for):
    served(app, person, community, 0, title="清理楼道小广告")
    other = make.person(name="李雷")
    answer = client_for(other).get(f"/me/badges/{award_of(app, person, 'weeks-1')}")

    assert answer.status_code == 404
    assert "清理楼道小广告" not in answer.get_data(as_text=True)
    assert "清理楼道小广告" not in text(client_for(other).get("/badges/weeks-1"))


def test_a_withdrawn_badge_says_so_with_the_reason(app, person, community, client_for):
    (entry,) = served(app, person, community, 0)
    with app.app_context(), write_transaction():
        hours.reverse(entry, "现场没有来", by_id=None, now=FRIDAY_18.replace(day=22))
    client = client_for(person)

    assert "现场没有来" in text(client.get("/me/badges"))
    page = text(client.get(f"/me/badges/{award_of(app, person, 'weeks-1')}"))
    assert "这枚徽章已收回" in page and "已撤销：现场没有来" in page


@pytest.mark.parametrize("minutes", [5999, 6000, 18000])
def test_hours_enough_for_a_star_only_say_that_one_can_apply(
    app, person, community, client_for, minutes
):
    served(app, person, community, *range(minutes // 600), minutes=600)
    if minutes % 600:
        served(app, person, community, minutes // 600, minutes=minutes % 600)
    page = text(client_for(person).get("/me/badges"))

    panel = STATE.search(page)[0]
    assert ("可申请</span>" in panel) is (minutes >= 6000)
    assert "100 小时可申请 1 星" in panel
    assert "星" not in STATE.sub("", page).replace("星期", "")


def test_a_badges_page_says_what_it_takes_and_how_many_have_it(
    app, make, person, community, client_for
):
    served(app, person, community, 0)
    served(app, make.person(name="李雷"), community, 0)
    page = text(app.test_client().get("/badges/weeks-1"))

    assert "参加第一次服务" in page and "已有 2 人得到" in page
    assert "王小梅" not in page and "李雷" not in page
    assert "您在 11月20日" in text(client_for(person).get("/badges/weeks-1"))
    assert "1 / 4 周" in text(client_for(person).get("/badges/weeks-4"))


def test_only_who_agrees_is_named_and_children_are_masked(
    app, make, person, community, visitor_client
):
    silent = make.person(name="李雷")
    child = make.person(name="欧阳小天", birth_date=date(2014, 5, 1))
    for one in (person, silent, child):
        served(app, one, community, 0)
    for one in (person, child):
        make.consent(one)
    page = text(visitor_client.get("/badges/weeks-1"))

    assert "已有 3 人得到" in page
    assert "王小梅" in page and "李雷" not in page
    assert "欧**天" in page and "欧阳小天" not in page


def test_whoever_takes_the_consent_back_is_gone_at_once(
    app, make, person, community, visitor_client
):
    make.consent(person)
    served(app, person, community, 0)
    assert "王小梅" in text(visitor_client.get("/badges/weeks-1"))

    with app.app_context(), write_transaction():
        people.withdraw_consent(person.id, "publish_name", now=NOW)
    assert "王小梅" not in text(visitor_client.get("/badges/weeks-1"))


def test_who_has_it_for_two_years_is_named_once(app, make, person, community, visitor_client):
    make.consent(person)
    served(app, person, community, 0, 10)

    assert text(visitor_client.get("/badges/first-of-year")).count("王小梅") == 1


def test_a_badge_nobody_has_invites_the_first(person, visitor_client):
    assert "您可以是第一个" in text(visitor_client.get("/badges/weeks-100"))


def test_there_is_no_page_for_a_badge_that_does_not_exist(person, visitor_client):
    for address in ("/badges/nothing", "/badges/nothing.svg"):
        assert visitor_client.get(address).status_code == 404


def test_all_badges_stand_on_one_page(person, visitor_client):
    page = text(visitor_client.get("/badges"))

    assert page.count('class="badge"') == page.count(".svg?") >= 100
    basic, special = page.split(">基础徽章</h2>")[1].split(">特别徽章</h2>")
    assert "/badges/weeks-12" in basic and "/badges/heating-season" in special


def test_a_site_without_badges_says_so(app, make, client_for, visitor_client):
    assert "还没有徽章" in text(visitor_client.get("/badges"))
    assert "第一枚徽章在等您" in text(client_for(make.person()).get("/me/badges"))


def test_the_picture_is_a_file_that_browsers_keep(person, visitor_client):
    answer = visitor_client.get("/badges/weeks-12.svg")

    assert answer.mimetype == "image/svg+xml"
    assert "public" in answer.headers["Cache-Control"]
    assert int(re.search(r"max-age=(\d+)", answer.headers["Cache-Control"])[1]) >= 86400
    assert ElementTree.fromstring(answer.data).findtext("{*}title") == "一季花开"
    assert b"style" not in answer.data and b"<script" not in answer.data
    again = visitor_client.get(
        "/badges/weeks-12.svg", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_the_pages_speak_english_too(app, person, community, client_for):
    served(app, person, community, 0)
    client = client_for(person)
    with client.session_transaction() as session:
        session["locale"] = "en"

    assert "The first time" in text(client.get("/me/badges"))
    assert "Serve in 4 different weeks" in text(client.get("/badges/weeks-4"))


def test_a_longer_history_asks_no_more_of_the_database(
    app, person, community, client_for, statements
):
    served(app, person, community, 0)
    client, counts = client_for(person), []
    for weeks in (range(1, 3), range(3, 30)):
        client.get("/me/badges")
        statements.clear()
        client.get("/me/badges")
        counts.append(len(statements))
        served(app, person, community, *weeks)

    assert counts[0] == counts[1] <= 9


def test_others_may_ask_for_the_newest_awards_and_the_nearest_badge(app, person, community):
    with app.app_context():
        assert queries.latest_awards(person.id) == []
        nearest = queries.next_badge(person.id, NOW)
        assert (nearest.pin.slug, nearest.value) == ("weeks-1", 0)
    served(app, person, community, 0, 1, 2)
    with app.app_context():
        newest = queries.latest_awards(person.id, 1)
        nearest = queries.next_badge(person.id, NOW)

        assert [one.pin.slug for one in newest] == ["first-of-year"]
        assert (nearest.pin.slug, nearest.value, nearest.share) == ("weeks-4", 3, 0.75)


def test_the_number_of_holders_counts_people_not_years(app, person, community):
    served(app, person, community, 0, 10)
    with app.app_context():
        pin = queries.by_slug("first-of-year")
        assert db.session.scalar(sa.select(sa.func.count()).where(Award.badge_id == pin.id)) == 2
        assert queries.holders(pin, NOW) == 1


def test_after_closing_a_coordinator_reads_who_earned_a_badge_with_it(
    app, make, community, person, client_for
):
    activity = make.activity(organisation_id=community.id)
    here, colleague = f"/desk/activities/{activity.id}/badges", make.person(name="李桂兰")
    desk = client_for(make.coordinator(community))
    before = text(desk.get(here))
    served(app, colleague, community, -1)
    for one in (person, colleague):
        served(app, one, community, 0, source_id=activity.id)
    page = text(desk.get(here))

    closed = make.activity(organisation_id=community.id, closed_at=NOW)
    closing = [f"/desk/activities/{one.id}/closing" for one in (activity, closed)]
    led_there = ["看看谁因此得了徽章" in text(desk.get(page)) for page in closing]

    assert "待关闭" in before and led_there == [False, True]
    assert "王小梅" in page and "第一次" in page
    assert "李桂兰" not in page  # has had the first one for a week
    assert client_for(make.coordinator(make.community())).get(here).status_code == 404
