"""Checking in by one's own code: a camera reads the picture somebody kept, a scanner types."""

import os
import shutil
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import expect

from tests.live import CHROMIUMS, QUIET, SECRET, fonts
from volunteer_site.attendance import card_pictures
from volunteer_site.attendance.cards import Cards
from volunteer_site.attendance.models import Attendance
from volunteer_site.core import clock
from volunteer_site.core.db import db
from volunteer_site.people import queries as people

NUMBER, NAME = "V2600000042", "孙小兰"
CODE = Cards(SECRET).code(NUMBER)
CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
WIDE, HIGH = 640, 480
FRAMES = 10


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """What the camera sees: the picture from the album, held up a little away."""
    path = tmp_path_factory.mktemp("camera") / "card.y4m"
    picture = Image.open(BytesIO(card_pictures.picture(CODE, NAME, (NUMBER,)))).convert("L")
    picture.thumbnail((WIDE - 200, HIGH - 60))
    seen = Image.new("L", (WIDE, HIGH), 120)
    seen.paste(picture, ((WIDE - picture.width) // 2, (HIGH - picture.height) // 2))
    grey = bytes([128]) * (WIDE * HIGH // 2)
    frame = b"FRAME\n" + seen.tobytes() + grey
    path.write_bytes(
        f"YUV4MPEG2 W{WIDE} H{HIGH} F10:1 Ip A0:0 C420jpeg\n".encode() + frame * FRAMES
    )
    return path


@pytest.fixture(scope="module")
def chromium(chromium, film):
    """A browser whose camera sees the film."""
    browser = chromium.browser_type.launch(
        executable_path=next(filter(None, map(shutil.which, CHROMIUMS)), None),
        args=[*QUIET, *CAMERA, f"--use-file-for-fake-video-capture={film}"],
        env=os.environ | {"FONTCONFIG_FILE": fonts()},
    )
    yield browser
    browser.close()


class Evening:
    """An activity that began ten minutes ago; one person with the code on the film has a place."""

    def __init__(self, server):
        make, now = server.make, clock.now().replace(microsecond=0)
        self.app, community = server.app, make.community(name="柳巷社区")
        self.ann = make.coordinator(community, name="王红")
        times = {"starts_at": now - timedelta(minutes=10), "ends_at": now + timedelta(minutes=50)}
        self.activity = make.activity(organisation_id=community.id, **times)
        self.lan = self._lan(make)
        self.cards = f"/desk/activities/{self.activity.id}/cards"

    def _lan(self, make):
        with self.app.app_context():
            known = people.by_number(NUMBER)
            if known is not None:
                db.session.expunge(known)
        return known or make.person(name=NAME, number=NUMBER)

    def marks(self):
        with self.app.app_context():
            asked = sa.select(Attendance).where(Attendance.activity_id == self.activity.id)
            asked = asked.order_by(Attendance.id)
            found = [
                (one.person_id, one.direction, one.method) for one in db.session.scalars(asked)
            ]
            db.session.rollback()
        return found


@pytest.fixture
def evening(live_server):
    return Evening(live_server)


def open_camera(desk):
    """Open it if it did not open by itself, as it does where it was allowed before."""
    opens = desk.get_by_role("button", name="打开相机")
    expect(desk.locator("video").or_(opens).first).to_be_visible()
    if opens.is_visible():
        opens.click()


def test_the_camera_reads_the_kept_picture_once_and_checks_in(open_page, live_server, evening):
    live_server.make.signup(evening.activity, evening.lan)
    desk, sent = open_page("phone", person=evening.ann), []
    desk.on("request", lambda request: sent.append(request.url) if request.method == "POST" else 0)
    desk.goto(f"/desk/activities/{evening.activity.id}/door")
    desk.get_by_role("link", name="扫个人码").click()

    open_camera(desk)

    expect(desk.locator("#reading h2")).to_have_text(NAME)
    expect(desk.locator("#reading")).to_contain_text("已签到")
    desk.wait_for_timeout(3000)  # it stays before the camera
    assert evening.marks() == [(evening.lan.id, "in", "card")]
    assert len(sent) == 1


def test_who_is_not_on_the_list_is_added_with_one_tap_after_the_camera(open_page, evening):
    desk = open_page("phone", person=evening.ann)
    desk.goto(evening.cards)
    open_camera(desk)

    desk.get_by_role("button", name=f"加入并签到 {NAME}").click()

    expect(desk.locator("#reading")).to_contain_text("已签到")
    assert evening.marks() == [(evening.lan.id, "in", "card")]


def test_a_scanner_that_types_needs_no_hand_on_the_screen(open_page, live_server, evening):
    live_server.make.signup(evening.activity, evening.lan)
    desk = open_page("desktop", person=evening.ann)
    desk.goto(evening.cards)

    desk.keyboard.type(CODE + "\nV26.WRONG\n")  # the second before the first is answered
    expect(desk.locator("#reading h2")).to_have_text("不是本站的个人码")
    desk.keyboard.type(CODE.lower() + "\n")
    expect(desk.locator("#reading")).to_contain_text("此前已签到")

    assert evening.marks() == [(evening.lan.id, "in", "card")]


def test_codes_read_without_network_all_wait_and_follow_in_their_order(
    open_page, live_server, evening
):
    people = [live_server.make.person(name=name) for name in ("王雷", "李雪", "周梅")]
    for person in people:
        live_server.make.signup(evening.activity, person)
    desk, waiting = open_page("desktop", person=evening.ann), "还有 3 个码没有送出"
    desk.goto(evening.cards)

    desk.context.set_offline(True)
    for person in (*people, people[0]):  # who is shown once more waits once
        desk.keyboard.type(Cards(SECRET).code(person.number) + "\n")
    expect(desk.locator("#cards-waiting")).to_contain_text(waiting)
    desk.context.set_offline(False)

    expect(desk.locator("#cards-waiting")).to_be_hidden(timeout=15_000)
    assert [person_id for person_id, _way, _how in evening.marks()] == [one.id for one in people]


def test_without_script_a_code_is_typed_and_sent(open_page, live_server, evening):
    live_server.make.signup(evening.activity, evening.lan)
    desk = open_page("phone", script=False, person=evening.ann)
    desk.goto(evening.cards)

    expect(desk.locator("#camera")).to_be_hidden()
    desk.get_by_label("个人码（扫码枪").fill(CODE)
    desk.locator("#card-form button").click()

    expect(desk.locator("#notice")).to_contain_text(f"{NAME} · ")
    assert evening.marks() == [(evening.lan.id, "in", "card")]
