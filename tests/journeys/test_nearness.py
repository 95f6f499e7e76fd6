"""Whether the phone is at the place, told by a real browser, and never in anybody's way."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from tests.journeys.test_door import Friday
from tests.live import SECRET
from volunteer_site.attendance.codes import Codes, Door
from volunteer_site.attendance.models import Attendance
from volunteer_site.core import clock
from volunteer_site.core.db import db

SQUARE = {"latitude": 37.8626, "longitude": 112.5640}
SILENT = "navigator.geolocation.getCurrentPosition = () => {}"
OLDER = "delete SubmitEvent.prototype.submitter"  # Safari before 15.4


@pytest.fixture
def friday(live_server):
    return Friday(live_server)


@pytest.fixture
def place(friday, open_page):
    """The coordinator stands at the door and says so with one tap."""
    door = open_page("phone", person=friday.ann)
    door.context.grant_permissions(["geolocation"])
    door.context.set_geolocation(SQUARE)
    door.goto(f"{friday.desk}/door")
    door.get_by_text("地点核对").click()
    door.locator("#place button").first.click()
    expect(door.locator("#notice")).to_be_visible()


@pytest.fixture
def scanned(live_server, friday, open_page, place):
    """Open the page of a scan on Lan's phone, which has these habits."""

    def at_the_door(*habits):
        phone = open_page("phone", person=friday.lan)
        for habit in habits:
            phone.add_init_script(habit)
        phone.goto(f"/activities/{friday.activity.id}/check-in?code={code(live_server, friday)}")
        return phone

    return at_the_door


def code(server, friday):
    codes = Codes(SECRET, server.app.config["DOOR_STEP_SECONDS"])
    return codes.shown(Door(friday.activity.id, "in"), clock.now()).code


def checks_in(phone):
    phone.get_by_role("button", name="孙小兰 签到").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("已签到")


def kept(server, friday):
    with server.app.app_context():
        asked = sa.select(Attendance.nearness, Attendance.distance)
        found = db.session.execute(asked.where(Attendance.activity_id == friday.activity.id))
        return [tuple(row) for row in found]


def test_who_agrees_is_told_apart_by_where_the_phone_is(scanned, live_server, friday):
    phone = scanned()
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation(SQUARE | {"latitude": 37.8726})

    phone.get_by_label("同意告知手机").check()
    checks_in(phone)

    assert kept(live_server, friday) == [("outside", 1100)]


@pytest.mark.parametrize("habits", [[], [SILENT], [SILENT, OLDER]])
def test_a_phone_that_tells_no_position_checks_in_all_the_same(
    scanned, live_server, friday, habits
):
    phone = scanned(*habits)

    phone.get_by_label("同意告知手机").check()
    checks_in(phone)

    assert kept(live_server, friday) == [(None, None)]
