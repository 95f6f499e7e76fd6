"""The picture of a badge that one sends to friends: only one's own, and only what stands."""

import io

import pytest
from PIL import Image

from tests.factories import FRIDAY_18, NOW
from tests.recognition.badges import load, serve
from tests.recognition.test_badge_pages import award_of
from volunteer_site.core.db import write_transaction
from volunteer_site.hours import services as hours

pytestmark = [pytest.mark.time_machine(NOW, tick=False), pytest.mark.one_database]


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区")


@pytest.fixture
def person(app, make, community):
    with app.app_context():
        load("weeks-1")
    return make.person(name="阿不都热依木·买买提", community_id=community.id)


@pytest.fixture
def entry(app, person, community):
    with app.app_context():
        return serve(person, community)


@pytest.fixture
def address(app, person, entry):
    return f"/me/badges/{award_of(app, person, 'weeks-1')}/picture.png"


def test_ones_own_badge_becomes_a_picture_as_wide_as_a_phone_shows_it(person, address, client_for):
    client = client_for(person)
    answer = client.get(address)

    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    picture = Image.open(io.BytesIO(answer.data))
    assert picture.width == 1080 and 1200 <= picture.height <= 2400
    assert len(answer.data) < 900_000
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert "public" not in answer.headers.get("Cache-Control", "")


def test_nobody_gets_anothers_picture(make, address, client_for, visitor_client):
    assert client_for(make.person()).get(address).status_code == 404
    assert visitor_client.get(address).status_code == 303


def test_a_withdrawn_badge_has_no_picture(app, person, entry, address, client_for):
    with app.app_context(), write_transaction():
        hours.reverse(entry, "现场没有来", by_id=None, now=FRIDAY_18.replace(day=22))
    answer = client_for(person).get(address)

    assert answer.status_code == 404 and "已收回" in answer.get_data(as_text=True)
