"""One's own page on a small phone: what comes next and the hours, without scrolling or script."""

from datetime import timedelta

import pytest

from tests.hours.ledger import credit, facts
from volunteer_site.core import clock
from volunteer_site.core.db import write_transaction
from volunteer_site.hours import services as ledger

HEIGHT = 640  # of the phone; the bar at its foot covers the lowest part


@pytest.fixture
def ann(live_server):
    """Somebody with an hour in the ledger and a place in three days' time."""
    make, now = live_server.make, clock.now().replace(microsecond=0)
    person, community = make.person(), make.community()
    starts = now - timedelta(days=7)
    with live_server.app.app_context(), write_transaction():
        what = facts(person.id, starts_at=starts, ends_at=starts + timedelta(hours=1))
        ledger.post(what, [credit(person, community, person.id, started_at=starts)], now=now)
    soon = make.activity(organisation_id=community.id, starts_at=now + timedelta(days=3))
    make.signup(soon, person)
    return person


@pytest.mark.parametrize("script", [True, False])
def test_what_comes_next_and_the_hours_are_seen_without_scrolling(open_page, ann, script):
    page = open_page("phone", script=script, person=ann)
    page.goto("/me")

    top_of_bar = page.locator(".nav").bounding_box()["y"]
    for part in (page.locator(".next"), page.locator(".given")):
        box = part.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= min(top_of_bar, HEIGHT)


def test_the_calendar_address_is_made_and_shown_without_script(open_page, ann):
    page = open_page("phone", script=False, person=ann)
    page.goto("/me/calendar")

    page.get_by_role("button", name="生成我的日历网址").click()

    assert "/me/calendar.ics?token=" in page.locator("#calendar-address").input_value()
    assert page.get_by_role("link", name="用日历打开").get_attribute("href").startswith("webcal://")
