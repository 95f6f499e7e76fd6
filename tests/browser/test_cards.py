"""Pages of the door that the demo's Thursday does not show: codes, families, the place check."""

from datetime import date, timedelta

import pytest

from tests import database
from tests.browser.test_axe import problems_of
from tests.live import SECRET, LiveServer
from volunteer_site.attendance.cards import Cards
from volunteer_site.attendance.codes import Codes, Door
from volunteer_site.attendance.models import DoorPlace
from volunteer_site.core import clock
from volunteer_site.core.db import db
from volunteer_site.people.models import Guardian


@pytest.fixture(scope="module")
def live_server(tmp_path_factory):
    server = LiveServer(database.sqlite_copy(tmp_path_factory.mktemp("live") / "site.sqlite"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def evening(live_server):
    """A mother and her child at the door of an activity whose place is set."""
    make, now = live_server.make, clock.now().replace(microsecond=0)
    community = make.community(name="柳巷社区")
    ann = make.coordinator(community, name="王红")
    times = {"starts_at": now - timedelta(minutes=10), "ends_at": now + timedelta(minutes=50)}
    activity = make.activity(organisation_id=community.id, **times)
    mother = make.person(name="孙小兰", phone="13800138000")
    child = make.person(name="孙小宝", birth_date=date(2014, 5, 1))
    make.consent(child, "notice")
    with live_server.app.app_context():
        words = {"name": mother.name, "phone": mother.phone, "version": "2026-11"}
        db.session.add(Guardian(person_id=child.id, consented_at=now, **words))
        where = {"latitude": 37.8626, "longitude": 112.564, "radius": 200}
        place = DoorPlace(activity_id=activity.id, set_by_id=ann.id, set_at=now, **where)
        db.session.add(place)
        db.session.commit()
    for person in (mother, child):
        make.signup(activity, person)
    coming = make.activity(title="周末清洁日", starts_at=now + timedelta(days=2))
    return {"ann": ann, "mother": mother, "activity": activity, "coming": coming}


def still(page):
    """Let no colour be half on its way when it is looked at."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return page


def test_a_mother_can_use_her_code_the_activity_and_the_door(open_page, evening):
    phone, activity = still(open_page("phone", person=evening["mother"])), evening["activity"]
    code = Codes(SECRET, 30).shown(Door(activity.id, "in"), clock.now()).code
    found = []

    for address in (
        "/me/card",
        f"/activities/{evening['coming'].id}",
        f"/activities/{activity.id}/check-in?code={code}",
    ):
        assert phone.goto(address).status == 200
        found += [f"{address}: {problem}" for problem in problems_of(phone)]

    assert not found, "\n".join(found)


def test_a_coordinator_can_use_the_door_and_the_reading_of_codes(open_page, live_server, evening):
    desk, stranger = still(open_page("phone", person=evening["ann"])), live_server.make.person()
    here = f"/desk/activities/{evening['activity'].id}"

    desk.goto(f"{here}/door")
    desk.locator("#place summary").click()
    found = [f"the door: {problem}" for problem in problems_of(desk)]
    for code in ("", Cards(SECRET).code(stranger.number), "V26.WRONG"):
        desk.goto(f"{here}/cards")
        if code:
            desk.get_by_label("个人码（扫码枪").fill(code)
            desk.locator("#card-form button").click()
            desk.locator("#reading h2").wait_for()
        found += [f"{code}: {problem}" for problem in problems_of(desk)]

    assert not found, "\n".join(found)
