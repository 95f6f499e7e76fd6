"""Friday at the door, in real browsers: scan, log in, be checked in; tick; close; see the hours."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests import database
from tests.factories import PASSWORD
from tests.live import SECRET, LiveServer
from volunteer_site.attendance.codes import Codes, Door
from volunteer_site.core import clock
from volunteer_site.people import passwords

STEP = 5  # seconds, so that a test sees the code change


@pytest.fixture(scope="module")
def live_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    uri = database.sqlite_copy(folder / "site.sqlite")
    server = LiveServer(uri, FLASK_DOOR_STEP_SECONDS=str(STEP))
    yield server
    server.stop()


class Friday:
    """An activity that began ten minutes ago, with three people who have a place."""

    def __init__(self, server):
        make = server.make
        with server.app.app_context():
            kept = passwords.hashed(PASSWORD)
        now = clock.now().replace(microsecond=0)
        community = make.community(name="柳巷社区")
        self.ann = make.coordinator(community, name="王红")
        self.activity = make.activity(
            organisation_id=community.id,
            starts_at=now - timedelta(minutes=10),
            ends_at=now + timedelta(minutes=50),
            leader_id=self.ann.id,
        )
        number = f"139{self.activity.id:08}"
        self.lan = make.person(name="孙小兰", phone=number, password_hash=kept, initials="sxl")
        self.lei = make.person(name="李雷", initials="ll")
        self.yang = make.person(name="于洋", initials="yy")
        for person in (self.lan, self.lei, self.yang):
            make.signup(self.activity, person)
        self.desk = f"/desk/activities/{self.activity.id}"

    def scanned(self, direction="in"):
        """Return the address that a phone's camera reads off the coordinator's phone now."""
        now = clock.now()
        code = Codes(SECRET, STEP).shown(Door(self.activity.id, direction), now).code
        return f"/activities/{self.activity.id}/check-{direction}?code={code}"


@pytest.fixture
def friday(live_server):
    return Friday(live_server)


def row(page, person):
    return page.locator(f"#row-{person.id}")


@pytest.mark.parametrize("script", [True, False])
def test_a_scan_before_logging_in_still_counts_and_shows_on_the_coordinators_phone(
    open_page, friday, script
):
    door = open_page("phone", person=friday.ann)
    door.goto(f"{friday.desk}/door")
    phone = open_page("phone", script=script)

    phone.goto(friday.scanned())
    phone.wait_for_timeout(2 * STEP * 1000)  # slow typing: the code itself is worthless by now
    phone.fill("[name=phone]", friday.lan.phone)
    phone.fill("[name=password]", PASSWORD)
    phone.press("[name=password]", "Enter")
    phone.get_by_role("button", name="孙小兰 签到").click()

    expect(phone.get_by_role("heading", name="已签到")).to_be_visible()
    expect(row(door, friday.lan)).to_contain_text("扫码")
    expect(door.locator("#counts")).to_contain_text("已到 1 人")


def test_the_code_changes_by_itself_and_counts_down(open_page, friday):
    door = open_page("phone", person=friday.ann)
    door.goto(f"{friday.desk}/door")
    code = door.locator("#code svg")
    before = code.inner_html()

    door.wait_for_function(
        "before => document.querySelector('#code svg').innerHTML !== before", arg=before
    )

    box = code.bounding_box()
    assert box["width"] >= 240 and box["y"] + box["height"] <= 640 - 56, "it fits above the bar"


def test_one_tap_ticks_one_tap_undoes_and_the_page_stays(open_page, friday):
    door = open_page("phone", person=friday.ann)
    door.goto(f"{friday.desk}/door")
    door.evaluate("window.stays = true")

    row(door, friday.lei).get_by_role("button", name="签到").click()
    expect(row(door, friday.lei)).to_contain_text("已签到")
    expect(door.locator("#counts")).to_contain_text("已到 1 人，共 3 人")
    row(door, friday.lei).get_by_role("button", name="撤销").click()
    expect(row(door, friday.lei).get_by_role("button", name="签到")).to_be_visible()

    expect(door.locator("#counts")).to_contain_text("已到 0 人，共 3 人")
    assert door.evaluate("window.stays")


def test_every_tick_is_big_enough_for_a_thumb(open_page, friday):
    door = open_page("phone", person=friday.ann)
    door.goto(f"{friday.desk}/door")

    for button in door.locator("button.tick").all():
        box = button.bounding_box()
        assert box["height"] >= 60 and box["width"] >= 60


def test_two_phones_tick_one_person_and_the_second_is_told_who_was_first(open_page, friday):
    first, second = open_page("phone", person=friday.ann), open_page("desktop", person=friday.ann)
    for page in (first, second):
        page.goto(f"{friday.desk}/door")
    second.route("**/door/code*", lambda route: route.abort())  # this one does not hear of it

    row(first, friday.yang).get_by_role("button", name="签到").click()
    expect(row(first, friday.yang)).to_contain_text("已签到")
    row(second, friday.yang).get_by_role("button", name="签到").click()

    expect(second.locator("#notice")).to_contain_text("王红 已在")
    expect(row(second, friday.yang)).to_contain_text("已签到")


def test_typing_narrows_the_roster_and_a_scan_meanwhile_keeps_what_was_typed(open_page, friday):
    door = open_page("phone", person=friday.ann)
    door.goto(f"{friday.desk}/door")

    door.get_by_label("姓名或拼音首字母").press_sequentially("sx")
    expect(row(door, friday.lan)).to_be_visible()
    expect(row(door, friday.lei)).to_be_hidden()
    phone = open_page("phone", person=friday.lan)
    phone.goto(friday.scanned())
    phone.get_by_role("button", name="孙小兰 签到").click()

    expect(row(door, friday.lan)).to_contain_text("已签到")
    expect(row(door, friday.lei)).to_be_hidden()
    expect(door.get_by_label("姓名或拼音首字母")).to_have_value("sx")


def test_without_script_a_tick_comes_back_to_its_row(open_page, friday):
    door = open_page("phone", script=False, person=friday.ann)
    door.goto(f"{friday.desk}/door")

    row(door, friday.lei).get_by_role("button", name="签到").click()

    expect(row(door, friday.lei)).to_contain_text("已签到")
    assert door.url.endswith(f"#row-{friday.lei.id}")
    expect(door.get_by_role("link", name="显示新的二维码")).to_be_visible()


def test_somebody_who_did_not_sign_up_is_let_in_and_the_activity_is_closed(open_page, friday):
    door = open_page("phone", script=False, person=friday.ann)
    door.goto(f"{friday.desk}/door")
    row(door, friday.lei).get_by_role("button", name="签到").click()
    door.get_by_role("link", name="未报名到场").click()
    door.get_by_text("登记新人").click()
    door.get_by_label("姓名", exact=True).fill("钱七")
    door.get_by_label("我已告知").check()
    door.get_by_role("button", name="登记并签到").click()
    expect(door.locator(".roster")).to_contain_text("钱七")

    door.get_by_role("link", name="关闭并记录时长").first.click()
    expect(door.locator("main")).to_contain_text("钱七")
    door.get_by_role("button", name="结束活动，登记 2 人的时长").click()

    expect(door.locator("#notice")).to_contain_text("时长已登记")
    expect(door.get_by_role("button", name="结束活动")).to_have_count(0)
    door.goto(f"{friday.desk}/door")
    expect(door.get_by_role("button", name="签到")).to_have_count(0)
