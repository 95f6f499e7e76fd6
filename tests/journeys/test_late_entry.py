"""Somebody was forgotten at the door: a photo, a second person, and the hours are in the book."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests import database
from tests.live import LiveServer
from volunteer_site.core import clock, dates
from volunteer_site.people import passwords

REASON = "她的手机没电了，我忙着分组忘了点名"


@pytest.fixture(scope="module")
def live_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    server = LiveServer(database.sqlite_copy(folder / "site.sqlite"))
    yield server
    server.stop()


class Forgotten:
    """An activity of the day before, closed without 孙小兰, who had a place."""

    def __init__(self, server):
        make = server.make
        noon = dates.day_bounds(dates.today(clock.now()))[0] - timedelta(hours=12)
        community = make.community(name="柳巷社区")
        with server.app.app_context():
            kept = passwords.hashed("Lantern-2026")
        self.ann = make.coordinator(community, name="王红")
        self.bob = make.coordinator(community, name="郑强")
        self.lan = make.person(name="孙小兰", password_hash=kept)
        self.activity = make.activity(
            organisation_id=community.id,
            starts_at=noon,
            published_at=noon - timedelta(days=2),
            closed_at=noon + timedelta(minutes=80),
            closed_by_id=self.ann.id,
            leader_id=self.ann.id,
        )
        make.signup(self.activity, self.lan)
        self.desk = f"/desk/activities/{self.activity.id}"


@pytest.fixture
def forgotten(live_server):
    return Forgotten(live_server)


def photo():
    written = BytesIO()
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(written, "JPEG", quality=95)
    return {"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": written.getvalue()}


@pytest.mark.parametrize("script", [True, False])
def test_a_photo_and_a_second_person_put_forgotten_hours_into_the_book(
    open_page, forgotten, script
):
    ask(open_page("phone", person=forgotten.ann, script=script), forgotten)
    grant(open_page("desktop", person=forgotten.bob, script=script))

    volunteer = open_page("phone", person=forgotten.lan, script=script)
    volunteer.goto("/me/hours")
    expect(volunteer.get_by_text("补录").first).to_be_visible()
    expect(volunteer.get_by_text("公益一小时").last).to_be_visible()


def ask(page, forgotten):
    """Find who was forgotten from the list of the activity; one cannot decide it oneself."""
    page.goto(f"{forgotten.desk}/closing")
    page.get_by_role("link", name="补录").first.click()
    page.get_by_role("link", name="补录一个人").click()
    page.get_by_role("link", name="选择 孙小兰").click()
    page.get_by_label("为什么现在才补录").fill(REASON)
    page.get_by_label("能证明的照片或 PDF").set_input_files(photo())
    page.get_by_role("button", name="提交补录申请").click()
    expect(page.locator("#notice")).to_contain_text("已提交补录申请")
    expect(page.get_by_text("等待第二人审批")).to_be_visible()
    page.goto("/desk/approvals")
    expect(page.get_by_text("这笔补录由您提出")).to_be_visible()


def grant(page):
    """Look at the photo, made small, and agree with one tap."""
    page.goto("/desk/approvals")
    expect(page.get_by_text(REASON)).to_be_visible()
    shown = page.locator(".evidence img").first
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 1600)
    page.get_by_role("button", name="同意 孙小兰", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("已同意")
