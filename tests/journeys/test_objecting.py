"""A volunteer finds an hour that is not theirs, the coordinator takes it back, both see the end.

On two phones, with script and without; and a stranger who complains, unseen, and is answered.
"""

import pytest

from tests import database, live
from tests.hours.ledger import CLOSED, credit, facts
from tests.oversight.scene import MONDAY
from volunteer_site.core.db import write_transaction
from volunteer_site.hours import services as hours
from volunteer_site.recognition.badges import services as badges


@pytest.fixture
def live_server(tmp_path):
    """The site on the Monday after the weekly hour, which 王小梅 did not come to."""
    server = live.LiveServer(database.sqlite_copy(tmp_path / "site.sqlite"), at=MONDAY)
    make = server.make
    community = make.community(name="柳巷社区", slug="liuxiang")
    server.coordinator = make.coordinator(community, name="郑红")
    server.officer = make.officer(name="陈佩")
    server.mei = make.person(name="王小梅", community_id=community.id)
    activity = make.activity(
        title="清理楼道", organisation_id=community.id, closed_at=CLOSED, closed_by_id=None
    )
    make.attendance(make.signup(activity, server.mei), method="tick")
    server.activity = activity
    with server.app.app_context(), write_transaction():
        badges.load_catalogue(CLOSED)
        one = credit(server.mei, community, proof="ticked")
        hours.post(facts(activity.id, title="清理楼道"), [one], now=CLOSED)
    yield server
    server.stop()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_this_is_wrong_to_the_badge_that_is_gone(open_page, live_server, script):
    volunteer = open_page(script=script, person=live_server.mei)
    coordinator = open_page(script=script, person=live_server.coordinator)

    object_to_the_hour(volunteer)
    agree(coordinator)

    volunteer.goto("/me/hours")
    assert volunteer.locator(".sum b").inner_text() == "0"
    volunteer.get_by_text("异议第1号").first.wait_for()
    volunteer.goto("/me/badges")
    volunteer.get_by_text("第一次").first.wait_for()
    volunteer.goto("/me/objections/1")
    volunteer.get_by_text("收回的徽章").wait_for()
    volunteer.get_by_text("郑红").first.wait_for()


def object_to_the_hour(page):
    page.goto("/me/hours")
    page.locator("a[href$='/objection']").tap()
    page.locator("label:has-text('我没有参加')").tap()
    page.fill("[name=words]", "那天我在医院陪床，没有去。")
    page.locator("main form button.primary").tap()
    page.wait_for_url("**/me/objections/1")
    page.get_by_text("等待答复").wait_for()
    page.get_by_text("12月7日 周一").first.wait_for()


def agree(page):
    """Two taps from the list: the case with the evidence beside it, and the agreement."""
    page.goto("/desk/objections")
    page.locator("a[href='/desk/objections/1']").tap()
    page.get_by_text("那天我在医院陪床").first.wait_for()
    page.get_by_text("现场勾选").first.wait_for()
    page.get_by_text("将会发生的变化").wait_for()
    assert page.locator("[name=minutes]").input_value() == "0"
    page.locator("form[action$='/agreement'] button").tap()
    page.get_by_text("已更正。变化列在下面。").wait_for()
    page.get_by_text("收回的徽章").wait_for()
    assert "第一次" in page.locator("[aria-labelledby=consequences]").inner_text()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_stranger_complains_is_not_seen_and_reads_the_answer(open_page, live_server, script):
    stranger = open_page(script=script)
    officer = open_page(script=script, person=live_server.officer)
    coordinator = open_page(script=script, person=live_server.coordinator)

    stranger.goto(f"/activities/{live_server.activity.id}")
    stranger.locator("main a[href^='/complaints/new?activity=']").tap()
    stranger.fill("[name=words]", "那天没有看见她。")
    stranger.locator("main form button.primary").tap()
    stranger.get_by_text("J2026-00001").first.wait_for()
    address = stranger.url

    take_the_entry_back(officer)
    assert coordinator.goto("/office/complaints/1").status == 403
    coordinator.goto("/desk/objections")
    assert "J2026" not in coordinator.content()

    stranger.goto(address)
    stranger.get_by_text("经核实，记录不实，已更正。").first.wait_for()


def take_the_entry_back(page):
    page.goto("/office/complaints")
    page.locator("a[href='/office/complaints/1']").tap()
    page.locator("a[href^='/office/findings/new?activity=']").tap()
    page.locator("label:has-text('王小梅')").tap()
    page.locator("main form:has(fieldset) button.primary").tap()
    page.get_by_text("将会发生的变化").wait_for()
    page.fill("[name=reason]", "签到表上没有她的签名")
    page.locator("form[action='/office/findings'] button.danger").tap()
    if page.locator("dialog[open]").count():
        page.locator("dialog[open] button[value=yes]").tap()
    page.wait_for_url("**/office/findings/1")
    page.get_by_text("收回的徽章").wait_for()
    page.goto("/office/complaints/1")
    page.locator("summary:has-text('办结')").first.tap()
    page.locator("label:has-text('属实')").last.tap()
    page.locator("form[action$='/outcome'] textarea").fill("经核实，记录不实，已更正。")
    page.locator("form[action$='/outcome'] button").tap()
    page.get_by_text("已办结，举报人可以看到答复。").wait_for()
