"""The board is made once for many; each visitor still gets what is theirs and nobody else's."""

import re
from datetime import timedelta

import pytest

from tests.factories import NOW
from volunteer_site.core.db import db, write_transaction
from volunteer_site.organisations import services as organisations
from volunteer_site.organisations.models import Pairing
from volunteer_site.signups import queries, services

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
NEAR = 'id="near-title"'
STANDING = ">已报名<"
MARK = re.compile(r"[0-9a-f]{24}-(token|name|days|near)-")
pytestmark = pytest.mark.time_machine(NOW, tick=False)


def page(client):
    return client.get("/").get_data(as_text=True)


def test_each_visitor_gets_their_own_name_and_token(make, client_for):
    first, second = client_for(make.person(name="安一")), client_for(make.person(name="白<二>"))

    one, other = page(first), page(second)

    assert "安一" in one and "白" not in one
    assert "白&lt;二&gt;" in other and "安一" not in other
    assert len(set(TOKEN.findall(one))) == len(set(TOKEN.findall(other))) == 1
    assert set(TOKEN.findall(one)) != set(TOKEN.findall(other))


def test_no_mark_is_left_on_a_page(make, client_for, visitor_client):
    make.activity()

    assert not MARK.search(page(visitor_client))
    assert not MARK.search(page(client_for(make.person())))


def test_what_one_has_signed_up_for_stays_off_the_board_of_others(make, app, client_for):
    activity, ann = make.activity(), make.person()
    mine, others = client_for(ann), client_for(make.person())
    assert STANDING not in page(mine) + page(others)

    with app.app_context(), write_transaction():
        offer = queries.offers(activity.id, ann.id).shifts[0]
        services.take_place(offer, ann.id, activity.id, now=NOW)

    assert STANDING in page(mine)
    assert STANDING not in page(others)


def test_a_message_is_shown_once_and_to_nobody_else(make, client_for, visitor_client):
    client = client_for(make.person())
    page(client)
    with client.session_transaction() as session:
        session["_flashes"] = [("good", "只给一个人看")]

    assert "只给一个人看" in page(client)
    assert "只给一个人看" not in page(client) + page(visitor_client)


def test_a_pairing_is_on_the_board_at_once_and_gone_at_once(make, app, client_for):
    unit, community, officer = make.unit(), make.community(), make.person()
    make.activity(organisation_id=community.id)
    client, today = client_for(make.person(unit_id=unit.id)), NOW.date()
    assert NEAR not in page(client)

    with app.app_context(), write_transaction():
        days = (today - timedelta(days=7), None)
        pairing = organisations.pair(unit, community, days, now=NOW, by_id=officer.id).id
    assert NEAR in page(client)

    with app.app_context(), write_transaction():
        found = db.session.get(Pairing, pairing)
        organisations.end_pairing(found, today - timedelta(days=1), by_id=officer.id)
    assert NEAR not in page(client)
