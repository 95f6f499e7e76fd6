"""The weekly hour from the first tap to the printed roll, on two phones, with script and without.

Thursday: the coordinator posts, a volunteer signs up. Friday: the code at the door, a tick, the
closing. Then hours and a badge on the volunteer's page, and in December the roll on paper.
"""

import io
import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pypdf
import pytest

from tests import database, live
from tests.factories import NOW, PASSWORD
from volunteer_site.activities.models import Activity
from volunteer_site.attendance.codes import Codes, Door
from volunteer_site.attendance.views.panel import qr
from volunteer_site.core import clock
from volunteer_site.core.db import db, write_transaction
from volunteer_site.people import services as people
from volunteer_site.recognition.badges import services as badges

DOOR_OPENS = datetime(2026, 11, 20, 9, 50)  # Friday 17:50 in Shanghai
ITS_END = datetime(2026, 11, 20, 11, 5)
DECEMBER = datetime(2026, 12, 4, 2)
NOTICE_OVER = datetime(2026, 12, 12, 2)  # five working days later
VOLUNTEER, NEIGHBOUR, COORDINATOR = "欧阳小梅", "张伟", "郑红"
PHONES = {COORDINATOR: "13900000001", VOLUNTEER: "13900000002"}
STEP = 30  # seconds that a code is shown, by default
A4_WIDTH = 595  # points


@pytest.fixture
def live_server(tmp_path):
    """The site on Thursday noon, with one community that holds an hour every Friday."""
    uri = database.sqlite_copy(tmp_path / "site.sqlite")
    server = live.LiveServer(uri, at=NOW)
    make = server.make
    community = make.community(name="柳巷社区", slug="liuxiang")
    make.programme(title="清理楼道", organisation_id=community.id, place="3号楼门口")
    here = {"community_id": community.id, "unit_id": make.unit(name="区水务局").id}
    staff = make.coordinator(community, name=COORDINATOR, phone=PHONES[COORDINATOR])
    volunteer = make.person(name=VOLUNTEER, phone=PHONES[VOLUNTEER], **here)
    server.neighbour = make.person(name=NEIGHBOUR, **here)
    for person in (volunteer, server.neighbour):
        make.consent(person, "publish_name")
    with server.app.app_context(), write_transaction():
        badges.load_catalogue(NOW)
        for person in (staff, volunteer):
            people.set_password(person.id, PASSWORD, now=NOW)
    yield server
    server.stop()


class Phone:
    """A person with a phone; it counts how often they tap once they have logged in."""

    def __init__(self, page, name):
        self.page, self.name, self.taps = page, name, 0

    def log_in(self):
        self.page.goto("/login")
        self.page.fill("[name=phone]", PHONES[self.name])
        self.page.fill("[name=password]", PASSWORD)
        with self.page.expect_navigation():
            self.page.press("[name=password]", "Enter")
        self.taps = 0

    def tap(self, selector):
        self.page.locator(selector).first.tap()
        self.taps += 1

    def reads(self, words):
        self.page.get_by_text(words).first.wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_posting_to_the_printed_roll(open_page, live_server, script):
    coordinator = Phone(open_page(script=script), COORDINATOR)
    volunteer = Phone(open_page(script=script), VOLUNTEER)

    address = post_and_sign_up(coordinator, volunteer)
    live_server.make.signup(activity_at(live_server, address), live_server.neighbour)
    live_server.move_to(DOOR_OPENS)
    come_in(coordinator, volunteer, live_server, address)
    live_server.move_to(ITS_END)
    close(coordinator)
    see_hours_and_badge(volunteer)
    live_server.move_to(DECEMBER)
    announce_the_roll(coordinator)
    live_server.move_to(NOTICE_OVER)
    publish_the_roll(coordinator, script=script)

    words = paper(coordinator)
    assert VOLUNTEER in words and NEIGHBOUR in words and "柳巷社区" in words


def post_and_sign_up(coordinator, volunteer):
    """Three taps of the one, two of the other; return the activity's address."""
    coordinator.log_in()
    coordinator.tap("nav a[href='/desk']")
    coordinator.tap("button[formaction^='/desk/programmes/']")
    coordinator.reads("已发布")
    assert coordinator.taps <= 3

    volunteer.log_in()
    volunteer.tap("button[formaction$='/signup']")
    volunteer.page.wait_for_url("**/activities/*")
    volunteer.reads("已报名")
    assert volunteer.taps <= 2
    return urlsplit(volunteer.page.url).path


def activity_at(server, address):
    with server.app.app_context():
        return db.session.get(Activity, number_in(address))


def come_in(coordinator, volunteer, server, address):
    """One scans the code that the coordinator's phone shows, one is ticked."""
    coordinator.log_in()
    coordinator.tap("nav a[href='/desk']")
    coordinator.tap("a[href$='/door']")
    volunteer.page.goto(scanned(coordinator.page, server, address))
    volunteer.tap(f"form[action='{address}/check-in'] button")
    volunteer.reads("已签到")

    coordinator.page.reload()
    coordinator.reads("已到 1 人，共 2 人")
    coordinator.tap(f"li:has-text('{NEIGHBOUR}') button.tick")
    coordinator.reads("已到 2 人，共 2 人")
    coordinator.page.goto("about:blank")  # the door asks again and again; the phone is put away


def scanned(page, server, address):
    """Return the address that is drawn: one of those that are good about now."""
    drawn = page.locator("#code .qrline").get_attribute("d")
    codes, door = Codes(live.SECRET, STEP), Door(number_in(address), "in")
    with server.clock():
        moments = [clock.now() + timedelta(seconds=late) for late in (-STEP, 0, STEP)]
    said = [f"{server.url}{address}/check-in?code={codes.shown(door, m).code}" for m in moments]
    return next(one for one in said if drawn in qr(one))


def close(coordinator):
    coordinator.log_in()
    coordinator.tap("nav a[href='/desk']")
    coordinator.tap("a[href$='/closing']")
    coordinator.reads(VOLUNTEER)
    coordinator.tap("form[action$='/closing'] button")
    coordinator.reads("结束活动并登记时长")


def see_hours_and_badge(volunteer):
    """The same hour on the first page and in the list, and the first badge beside it."""
    volunteer.page.goto("/me")
    volunteer.reads("第一次")
    volunteer.page.goto("/me/hours")
    assert volunteer.page.locator(".sum b").inner_text() == "1"
    volunteer.reads("清理楼道")
    volunteer.reads("现场扫码")
    volunteer.page.goto("/me/badges")
    volunteer.reads("第一次")


def announce_the_roll(coordinator):
    coordinator.log_in()
    coordinator.page.goto("/desk/honor-rolls/2026-11/liuxiang")
    coordinator.tap("form[action='/desk/honor-rolls/2026-11/liuxiang'] button")
    coordinator.reads(VOLUNTEER)
    coordinator.tap("form[action$='/notice'] button")
    coordinator.reads("公示至12月11日")


def publish_the_roll(coordinator, *, script):
    coordinator.log_in()
    coordinator.page.goto("/desk/honor-rolls/2026-11/liuxiang")
    coordinator.tap("form[action$='/publication'] button")
    if script:
        coordinator.tap("dialog[open] button[value]")
    coordinator.reads("已公布")


def paper(coordinator):
    """Return the words on the printed roll, as the published page offers it."""
    coordinator.tap("a[href='/honor-rolls/2026-11/liuxiang']")
    coordinator.reads("光荣榜")
    file = coordinator.page.request.get("/honor-rolls/2026-11/liuxiang.pdf").body()
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    assert round(float(pages[0].mediabox.width)) == A4_WIDTH
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def number_in(address):
    return int(address.rsplit("/")[-1])
