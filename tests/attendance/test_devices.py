"""One phone that checks in several people is noted, never refused, and never followed around."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.attendance.scene import desk
from tests.client import logged_in
from tests.factories import FRIDAY_18
from volunteer_site.activities.models import Activity
from volunteer_site.attendance import devices
from volunteer_site.attendance.devices import COOKIE, Devices, Shared
from volunteer_site.core.db import db, write_transaction
from volunteer_site.people import services as people

PHONES = Devices("a secret of at least sixteen letters")


def test_a_cookie_is_known_again_by_its_digest_only():
    one, other = PHONES.cookie(), PHONES.cookie()

    assert PHONES.digest(one) == PHONES.digest(one) != PHONES.digest(other)
    assert PHONES.digest(one) not in one


@given(st.text())
def test_a_made_up_cookie_is_no_phone(cookie):
    assert PHONES.digest(cookie) is None


def test_another_secret_knows_no_phone_of_ours():
    assert Devices("another secret of sixteen letters").digest(PHONES.cookie()) is None


def scan(scene, client, activity=None):
    activity = activity or scene.activity
    return client.post(f"/activities/{activity.id}/check-in", data={"code": scene.code(activity)})


def on_the_phone_of(client, app, person):
    """Return a client in which somebody else logs in on the same phone."""
    other = logged_in(app, person)
    kept = client.get_cookie(COOKIE)
    other.set_cookie(COOKIE, kept.value)
    return other


def shared(scene, activity=None):
    with scene.app.app_context():
        return devices.shared(db.session.get(Activity, (activity or scene.activity).id))


def test_a_phone_gets_its_cookie_with_the_first_check_in_and_keeps_it(scene):
    client = scene.client_for(scene.person)
    assert client.get_cookie(COOKIE) is None

    answer = scan(scene, client)

    cookie = client.get_cookie(COOKIE)
    assert answer.status_code == 303 and cookie.http_only and cookie.max_age > 300 * 86400
    (mark,) = scene.rows()
    assert mark.device and mark.device not in cookie.value
    out = client.post(
        f"/activities/{scene.activity.id}/check-out",
        data={"code": scene.code(scene.activity, "out")},
    )
    assert out.status_code == 303 and COOKIE not in str(out.headers.getlist("Set-Cookie"))
    assert {row.device for row in scene.rows()} == {mark.device}


def test_a_second_person_on_the_same_phone_is_let_in_and_noted_for_both(scene):
    friend = scene.make.person(name="李雷", phone="13900000001")
    scene.make.signup(scene.activity, friend)
    client = scene.client_for(scene.person)
    scan(scene, client)

    answer = scan(scene, on_the_phone_of(client, scene.app, friend))

    assert answer.status_code == 303
    assert shared(scene) == {
        scene.person.id: [Shared(scene.person.id, friend.id, "李雷", family=False)],
        friend.id: [Shared(friend.id, scene.person.id, "孙小兰", family=False)],
    }


def test_phones_of_their_own_are_not_noted(scene):
    friend = scene.make.person(name="李雷")
    scene.make.signup(scene.activity, friend)

    scan(scene, scene.client_for(scene.person))
    scan(scene, scene.client_for(friend))

    assert shared(scene) == {}


def test_who_shares_a_registered_phone_is_family(scene):
    wife = scene.make.person(name="李梅", phone=scene.person.phone)
    scene.make.signup(scene.activity, wife)
    client = scene.client_for(scene.person)
    scan(scene, client)

    scan(scene, on_the_phone_of(client, scene.app, wife))

    assert [one.family for found in shared(scene).values() for one in found] == [True, True]


def test_the_same_phone_at_another_activity_of_the_day_is_noted(scene):
    friend, other = scene.make.person(name="李雷"), scene.make.activity()
    scene.make.signup(other, friend)
    client = scene.client_for(scene.person)
    scan(scene, client)

    scan(scene, on_the_phone_of(client, scene.app, friend), other)

    assert list(shared(scene)) == [scene.person.id]
    assert list(shared(scene, other)) == [friend.id]


@pytest.mark.parametrize("undone", ["mine", "theirs"])
def test_a_mark_that_was_undone_is_not_noted(scene, undone):
    friend = scene.make.person(name="李雷")
    signups = {"mine": scene.make.signup(scene.activity, scene.make.person())}
    signups["theirs"] = scene.make.signup(scene.activity, friend)
    for whose, signup in signups.items():
        at = {"undone_at": FRIDAY_18} if whose == undone else {}
        scene.make.attendance(signup, device="one phone", **at)

    assert shared(scene) == {}


def test_the_coordinator_reads_a_quiet_note_beside_each(scene):
    friend, wife = (
        scene.make.person(name="李雷"),
        scene.make.person(name="李梅", phone="13800138000"),
    )
    client = scene.client_for(scene.person)
    for person in (friend, wife):
        scene.make.signup(scene.activity, person)
    scan(scene, client)
    for person in (friend, wife):
        scan(scene, on_the_phone_of(client, scene.app, person))

    page = scene.client_for(scene.ann).get(desk(scene.activity, "/closing")).text

    assert "与 李雷 同一部手机<" in page
    assert "与 李梅 同一部手机（家人）" in page


def test_who_leaves_leaves_no_phone_behind(scene):
    signup = scene.make.signup(scene.activity, scene.make.person())
    scene.make.attendance(signup, device="one phone", nearness="inside", distance=50)

    with scene.app.app_context(), write_transaction():
        people.erase(signup.person_id, now=FRIDAY_18)

    (mark,) = scene.rows()
    assert (mark.device, mark.nearness, mark.distance) == (None, None, None)
