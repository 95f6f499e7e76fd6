"""A sheet on Friday and the keyboard on Monday: printed, signed, typed in, in the book.

Nothing but keys is used to enter it. Then the activity is closed, and the hours are proved by
paper.
"""

from datetime import datetime

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from tests import database
from tests.factories import NOW
from tests.live import LiveServer
from volunteer_site.attendance.sheets.models import SheetRow
from volunteer_site.core.db import db
from volunteer_site.hours.models import HourEntry

MONDAY = datetime(2026, 11, 23, 1)  # 9:00 in Shanghai
NAMES = ("于洋", "王小二", "李雷", "欧阳少东", "古丽努尔·买买提")


@pytest.fixture
def live_server(tmp_path):
    server = LiveServer(database.sqlite_copy(tmp_path / "site.sqlite"), at=NOW)
    yield server
    server.stop()


@pytest.fixture
def sheet(live_server):
    return Paper(live_server)


class Paper:
    """Friday's hour, five people with a place, one who comes unannounced, two coordinators."""

    def __init__(self, server):
        make = server.make
        self.server, self.make = server, make
        community = make.community(name="柳巷社区")
        self.ann = make.coordinator(community, name="王红")
        self.bob = make.coordinator(community, name="李兵")
        self.activity = make.activity(organisation_id=community.id, leader_id=self.ann.id)
        self.people = {name: make.person(name=name) for name in NAMES}
        for person in self.people.values():
            make.signup(self.activity, person)
        self.walker = make.person(name="赵六", phone="13911112222", community_id=community.id)

    def codes(self):
        """Return the code of each row, as it stands on the paper."""
        with self.server.app.app_context():
            asked = sa.select(SheetRow.number, SheetRow.code)
            return dict(db.session.execute(asked).all())

    def hours(self):
        with self.server.app.app_context():
            asked = sa.select(HourEntry.person_id, HourEntry.minutes, HourEntry.proof)
            return {row[0]: tuple(row[1:]) for row in db.session.execute(asked)}


def printed(page, sheet):
    """Print on Thursday evening; return the number on the paper."""
    page.goto(f"/print/sign-in-sheets/{sheet.activity.id}")
    page.get_by_role("button", name="生成签到表").press("Enter")
    number = page.locator(".sheet-no b").inner_text()
    expect(page.locator(".sheet tbody tr")).to_have_count(17)
    return number


def typed(page, *lines):
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")


def close(page):
    page.get_by_role("link", name="关闭并记录时长").press("Enter")
    page.get_by_role("button", name="结束活动，登记 5 人的时长").press("Enter")
    expect(page.locator("#notice")).to_contain_text("时长已登记")


def test_a_sheet_is_printed_and_entered_with_the_keyboard_only(open_page, sheet):
    number = printed(open_page("desktop", person=sheet.ann), sheet)
    sheet.server.move_to(MONDAY)
    page = open_page("desktop", person=sheet.ann)

    page.goto("/desk/sheets")
    typed(page, number)
    expect(page.locator("#line")).to_be_focused()
    typed(page, "*", "-2", "3 1810 1855", f"{sheet.codes()[4].lower()} 18:20")
    typed(page, "9 赵六 13911112222 1805")
    expect(page.locator("#line-count")).to_have_text("5")
    expect(page.locator("#line-said li").first).to_have_text("9 赵六 13911112222 18:05–19:00")
    typed(page, "")
    expect(page.get_by_role("button", name="保存签到表")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#notice")).to_contain_text("凭这张表签到 5 人")
    close(page)
    minutes = sheet.hours()
    assert {proof for _minutes, proof in minutes.values()} == {"paper"}
    assert minutes[sheet.walker.id][0] == 55
    assert sorted(number for number, _proof in minutes.values()) == [40, 45, 55, 60, 60]


def test_a_slip_is_said_in_words_and_the_line_stays_to_be_put_right(open_page, sheet):
    number = printed(open_page("desktop", person=sheet.ann), sheet)
    sheet.server.move_to(MONDAY)
    page = open_page("desktop", person=sheet.ann)
    page.goto(f"/desk/sheets?number={number}")
    expect(page.locator("#line")).to_be_focused()
    error = page.locator("#line-error")

    for line, words in (
        ("99", "没有第 99 行"),
        ("QQQ", "没有代码为 QQQ 的行"),
        ("1 2500", "不是时间"),
        ("1 1200", "签到时间是 17:30 到 19:30"),
        ("1 1850 1810", "离开时间早于到达时间"),
        ("9 1805", "第 9 行没有印姓名"),
    ):
        typed(page, line)
        expect(error).to_contain_text(words)
        expect(page.locator("#line")).to_have_value(line)
    typed(page, "1 1805")

    expect(error).to_be_hidden()
    expect(page.locator("#line-count")).to_have_text("1")
    expect(page.locator("#line")).to_have_value("")


@pytest.mark.parametrize("script", [True, False])
def test_a_second_person_enters_it_blind_and_settles_what_differs(open_page, sheet, script):
    number = printed(open_page("desktop", person=sheet.ann), sheet)
    sheet.server.move_to(MONDAY)
    first = open_page("desktop", person=sheet.ann, script=False)
    first.goto(f"/desk/sheets?number={number}")
    first.get_by_role("link", name="全部全程到场").click()
    first.get_by_role("checkbox", name="于洋").uncheck()
    first.get_by_role("button", name="保存签到表").click()

    second = open_page("phone", person=sheet.bob, script=script)
    second.goto(f"/desk/sheets?number={number}")
    expect(second.locator("main")).to_contain_text("王红 已于")
    second.get_by_role("link", name="全部全程到场").click()
    second.get_by_role("button", name="保存签到表").click()
    expect(second.locator("main")).to_contain_text("1 行录入不一致")
    second.get_by_role("button", name="李兵").click()

    expect(second.locator("main")).to_contain_text("差异都已裁定")
    second.goto(f"/desk/activities/{sheet.activity.id}/closing")
    second.get_by_role("button", name="结束活动，登记 5 人的时长").click()
    assert sheet.hours()[sheet.people["于洋"].id] == (60, "paper")


def test_the_print_shop_asks_for_one_picture_of_paper_at_a_time(open_page, sheet):
    page, steps = open_page("desktop", person=sheet.ann), []
    for event in ("request", "requestfinished"):
        page.on(event, lambda one, event=event: one.url.endswith(".png") and steps.append(event))

    page.goto("/print?week=2026-W47")
    places, pictures = page.locator(".sheet-picture"), page.locator(".sheet-picture img")
    places.last.scroll_into_view_if_needed()
    expect(pictures).to_have_count(places.count())

    assert steps == ["request", "requestfinished"] * pictures.count()
    assert all(pictures.evaluate_all("all => all.map(one => one.naturalWidth > 300)"))
