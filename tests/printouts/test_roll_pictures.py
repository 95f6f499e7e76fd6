"""The picture of a roll: what it says, what it never says, and that it is drawn at any length."""

import struct

import pytest

from tests.recognition.rolls import MONTH, prepare, publish, serve
from volunteer_site.core.db import write_transaction
from volunteer_site.people import services as people
from volunteer_site.printouts import press
from volunteer_site.printouts.roll_pictures import picture
from volunteer_site.recognition.rolls import queries

pytestmark = pytest.mark.one_database
ADDRESS = "https://example.org/honor-rolls/2026-10/liuxiang"
PNG = f"/honor-rolls/{MONTH}/liuxiang.png"


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def published(app, make, community):
    """Three people on a roll, of whom one does not agree; return who agrees."""
    found = []
    for name, minutes in (("阿不都热依木·买买提", 150), ("于洋", 90), ("孙小兰", 60)):
        person = make.person(name=name)
        if name != "孙小兰":
            make.consent(person)
            found.append(person)
        with app.app_context():
            serve(person, community, minutes)
    with app.app_context():
        prepare(community)
        publish(community)
    return found


def content(app, community):
    with app.test_request_context():
        roll = queries.standing(community.id, MONTH)
        return picture(roll, community, queries.named(roll.id), address=ADDRESS)


def names(shown):
    return [person["name"] for rank in shown["ranks"] for person in rank["people"]]


def size(png):
    return struct.unpack(">II", png[16:24])


def test_it_says_what_the_roll_says(app, community, published):
    shown = content(app, community)

    assert names(shown) == ["阿不都热依木·买买提", "于洋", "孙*兰"]
    assert [rank["value"] for rank in shown["ranks"]] == ["2.5小时", "1.5小时", "1小时"]
    assert shown["facts"][0].startswith("编号：202610-")
    assert "  " not in "".join(names(shown)) and "\u3000" not in "".join(names(shown))


def test_a_name_taken_back_is_not_on_the_next_picture(app, community, published, visitor_client):
    before = visitor_client.get(PNG)
    assert (before.mimetype, size(before.data)[0]) == ("image/png", 1080)

    with app.app_context(), write_transaction():
        people.withdraw_consent(published[1].id, "publish_name", now=published[1].created_at)

    assert names(content(app, community))[1] == "于*"
    assert visitor_client.get(PNG).data != before.data


def test_a_draft_has_no_picture(app, make, community, visitor_client):
    with app.app_context():
        serve(make.person(), community, 60)
        prepare(community)

    assert visitor_client.get(PNG).status_code == 404


def test_a_browser_that_has_it_is_told_so(published, visitor_client):
    first = visitor_client.get(PNG)

    again = visitor_client.get(PNG, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("many", [1, 400])
def test_it_is_as_high_as_its_names(app, community, published, many):
    shown = content(app, community)
    person = shown["ranks"][1]["people"][0]
    shown["ranks"][1]["people"] = [person] * many

    wide, high = size(press.picture("roll_picture.typ", shown))

    assert wide == 1080
    assert (high > 5000) is (many == 400)


def test_names_are_never_markup(app, community, published):
    shown = content(app, community)
    shown["ranks"][0]["people"][0]["name"] = "#panic() $x$ *王* `a`"

    assert press.picture("roll_picture.typ", shown).startswith(b"\x89PNG")
