"""The roster with one thumb, in a real browser: tick, undo, excuse, all present, and back."""

import pytest
from playwright.sync_api import expect

from tests import database
from tests.journeys.test_door import Friday
from tests.live import LiveServer


@pytest.fixture(scope="module")
def live_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    server = LiveServer(database.sqlite_copy(folder / "site.sqlite"))
    yield server
    server.stop()


@pytest.fixture
def friday(live_server):
    return Friday(live_server)


@pytest.fixture
def phone(friday, open_page):
    page = open_page("phone", person=friday.ann)
    page.goto(f"{friday.desk}/door")
    return page


def row(page, person):
    return page.locator(f"#row-{person.id}")


def test_after_a_tick_undo_stands_out_and_takes_it_back(phone, friday):
    lei = row(phone, friday.lei)
    lei.get_by_role("button", name="签到").click()
    expect(lei.locator(".ticked")).to_be_visible()

    lei.get_by_role("button", name="撤销").click()

    expect(lei.locator("button.tick")).to_be_visible()
    expect(phone.locator("#counts")).to_contain_text("已到 0 人，共 3 人")


def test_an_excuse_is_one_tap_and_back_again(phone, friday):
    lei = row(phone, friday.lei)
    lei.get_by_role("button", name="请假").click()
    expect(lei).to_contain_text("请假 · 王红")
    expect(phone.locator("#counts")).to_contain_text("请假 1 人")

    lei.get_by_role("button", name="取消请假").click()

    expect(phone.locator("#counts")).not_to_contain_text("请假")
    expect(lei).not_to_contain_text("王红")


def test_all_present_asks_with_the_number_and_is_taken_back_whole(phone, friday):
    row(phone, friday.yang).get_by_role("button", name="请假").click()
    expect(phone.locator("#counts")).to_contain_text("请假 1 人")

    phone.get_by_role("button", name="全部到场（还有 2 人）").click()
    expect(phone.locator("#ask")).to_contain_text("把还没签到的 2 人全部记为到场吗")
    phone.locator("#ask").get_by_role("button", name="确定").click()
    expect(phone.locator(".ticked")).to_have_count(2)

    phone.get_by_role("button", name="撤销刚才签到的 2 人").click()

    expect(phone.locator(".ticked")).to_have_count(0)
    expect(phone.locator("#counts")).to_contain_text("已到 0 人，共 3 人")


def test_names_are_found_while_a_chinese_keyboard_still_spells_them(phone, friday):
    phone.locator("#q").fill("s'x'l")

    expect(row(phone, friday.lan)).to_be_visible()
    expect(row(phone, friday.lei)).to_be_hidden()


@pytest.mark.parametrize("large", [False, True])
def test_nothing_is_wider_than_a_phone(phone, friday, large):
    if large:
        phone.locator("button[name=large_text]").click()
        phone.wait_for_load_state()
    for rest in ("/door", "/closing", f"/people/{friday.lei.id}"):
        phone.goto(f"{friday.desk}{rest}")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360
