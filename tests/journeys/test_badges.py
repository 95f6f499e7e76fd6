"""A badge from the idea to somebody's wall: composed, looked at, given by hand, and shown."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests import database
from tests.live import LiveServer
from tests.recognition.badges import serve
from volunteer_site.core import clock, dates

SAID = "大雪天清晨五点到社区，扫出三条路。"


@pytest.fixture(scope="module")
def live_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    server = LiveServer(database.sqlite_copy(folder / "site.sqlite"))
    yield server
    server.stop()


@pytest.fixture
def people(live_server):
    """A coordinator, and a neighbour who served in the last two weeks."""
    make = live_server.make
    community = make.community(name="柳巷社区")
    lan = make.person(name="孙小兰", community_id=community.id)
    noon = dates.day_bounds(dates.today(clock.now()))[0] - timedelta(hours=12)
    with live_server.app.app_context():
        for week in (-2, -1):
            serve(lan, community, week, at=noon)
    return make.coordinator(community, name="郑红"), lan


def begin(page):
    page.goto("/desk")
    page.get_by_role("link", name="徽章", exact=True).click()
    page.get_by_role("link", name="新徽章").first.click()


def describe(page, name):
    page.get_by_label("名称", exact=True).fill(name)
    page.get_by_label("一句寄语").fill("雪里有您的脚印。")
    page.get_by_role("radio", name="雪花").check(force=True)


def test_while_one_writes_a_rule_one_sees_who_would_have_the_badge(open_page, people):
    page = open_page("desktop", person=people[0])
    begin(page)
    page.get_by_label("计什么").select_option("weeks")

    page.get_by_label("多少").fill("3")
    expect(page.locator("#preview")).to_contain_text("还没有人达到")
    page.get_by_label("多少").fill("2")
    expect(page.locator("#preview")).to_contain_text("孙小兰")
    describe(page, "扫雪两周")
    expect(page.locator("#preview")).to_contain_text("雪里有您的脚印")
    page.get_by_role("button", name="制作这枚徽章").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("扫雪两周")


@pytest.mark.parametrize("script", [True, False])
def test_a_badge_given_by_hand_stands_on_the_wall_with_its_words(open_page, people, script):
    coordinator, lan = people
    name = "踏雪人" if script else "送炭人"
    page = open_page("phone", person=coordinator, script=script)
    begin(page)
    page.get_by_label("由人授予").check()
    expect(page.get_by_label("多少")).to_be_hidden()
    describe(page, name)
    page.get_by_role("button", name="制作这枚徽章").click()

    page.get_by_role("link", name="授予", exact=True).first.click()
    page.get_by_role("searchbox").fill("孙小兰")
    if not script:
        page.get_by_role("button", name="搜索").click()
    expect(page.locator("[name=people]")).to_have_count(1)
    page.locator(f"[name=people][value='{lan.id}']").check()
    page.get_by_label("引文").fill(SAID)
    page.get_by_role("button", name="授予").click()
    expect(page.get_by_text("已授予 1 人")).to_be_visible()

    wall = open_page("phone", person=lan, script=script)
    wall.goto("/me/badges")
    expect(wall.get_by_role("link", name=name)).to_contain_text(SAID)
