"""What somebody signed up for, in the calendar of their phone (W48)."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar

from tests.factories import FRIDAY_18, NOW
from volunteer_site.core.db import db, write_transaction
from volunteer_site.people import services as people
from volunteer_site.people.models import Person

pytestmark = pytest.mark.time_machine(NOW, tick=False)


@pytest.fixture
def ann(make):
    return make.person()


@pytest.fixture
def client(client_for, ann):
    return client_for(ann)


def address_of(client):
    return re.search(r"/me/calendar\.ics\?token=[\w-]+", client.get("/me/calendar").text)[0]


@pytest.fixture
def feed(client, visitor_client):
    """Return what a phone reads that knows Ann's address and nothing else."""
    client.post("/me/calendar")
    address = address_of(client)
    return lambda: Calendar.from_ical(visitor_client.get(address).data)


def test_a_phone_reads_what_was_signed_up_for(make, ann, feed):
    community = make.community(name="柳巷社区")
    activity = make.activity(title="清理小广告", organisation_id=community.id)
    make.signup(activity, ann)

    [event] = feed().walk("VEVENT")

    assert event["summary"] == "清理小广告" and "柳巷社区" in event["location"]
    assert event.decoded("dtstart").isoformat() == "2026-11-20T18:00:00+08:00"
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert event["status"] == "CONFIRMED"
    assert str(event["url"]).endswith(f"/activities/{activity.id}")


def test_the_calendar_brings_its_time_zone_and_asks_to_be_read_again(make, ann, feed):
    make.signup(make.activity(), ann)

    calendar = feed()

    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert calendar.decoded("refresh-interval") == timedelta(hours=1)


def test_waiting_is_tentative_and_called_off_is_cancelled(make, ann, feed):
    make.signup(make.activity(), ann, confirmed_at=None)
    later = FRIDAY_18 + timedelta(days=7)
    off = make.activity(starts_at=later, cancelled_at=NOW, cancellation_reason="下雨")
    make.signup(off, ann)

    assert [event["status"] for event in feed().walk("VEVENT")] == ["TENTATIVE", "CANCELLED"]


def test_what_was_withdrawn_and_what_others_do_is_not_in_it(make, ann, feed):
    make.signup(make.activity(), ann, withdrawn_at=NOW)
    make.signup(make.activity())

    assert feed().walk("VEVENT") == []


def test_an_event_keeps_its_name_when_it_moves(make, ann, feed):
    activity = make.activity()
    make.signup(activity, ann)

    assert feed().walk("VEVENT")[0]["uid"] == feed().walk("VEVENT")[0]["uid"]
    assert f"activity-{activity.id}@" in feed().walk("VEVENT")[0]["uid"]


def test_a_second_tap_leaves_the_address_as_it_is(client):
    client.post("/me/calendar")
    first = address_of(client)

    client.post("/me/calendar")

    assert address_of(client) == first


def test_a_new_address_makes_the_old_one_dead(client, visitor_client):
    client.post("/me/calendar")
    old = address_of(client)

    answer = client.post("/me/calendar", data={"renew": "1"})

    assert (answer.status_code, answer.location) == (303, "/me/calendar")
    assert visitor_client.get(old).status_code == 404
    assert visitor_client.get(address_of(client)).status_code == 200


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong", "?token=None", "?token=%FF"])
def test_a_wrong_secret_finds_nothing(ann, visitor_client, query):
    answer = visitor_client.get(f"/me/calendar.ics{query}")

    assert answer.status_code == 404 and b"VCALENDAR" not in answer.data


def test_nobody_has_an_address_before_they_ask_for_one(app, client, ann):
    text = client.get("/me/calendar").text

    assert "token=" not in text and "生成我的日历网址" in text
    with app.app_context():
        assert db.session.get(Person, ann.id).calendar_token is None


def test_who_leaves_takes_their_calendar_along(app, client, ann, visitor_client):
    client.post("/me/calendar")
    address = address_of(client)

    with app.app_context(), write_transaction():
        people.erase(ann.id, now=NOW)

    assert visitor_client.get(address).status_code == 404


def test_two_people_have_two_addresses(make, client, client_for):
    other = client_for(make.person())
    client.post("/me/calendar")
    other.post("/me/calendar")

    assert address_of(client) != address_of(other)


def test_the_address_is_only_for_whoever_logged_in(visitor_client):
    assert visitor_client.get("/me/calendar").location.startswith("/login")
    assert visitor_client.post("/me/calendar").location.startswith("/login")
