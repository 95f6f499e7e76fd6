"""Who came without signing up: found, let in, or written down for the first time."""

from datetime import date

import pytest

from tests.attendance.scene import desk
from tests.factories import FRIDAY_18
from volunteer_site.activities.models import Shift
from volunteer_site.people.models import Consent, Person
from volunteer_site.signups.models import Signup


def walk_in(client, activity, q="", **data):
    return client.post(desk(activity, f"/walk-ins?q={q}"), data=data)


def test_somebody_of_the_community_is_found_by_name_and_let_in(scene):
    walker = scene.make.person(
        name="赵六", pinyin="zhaoliu", initials="zl", community_id=scene.community.id
    )
    client = scene.client_for(scene.ann)

    assert "赵六" in client.get(desk(scene.activity, "/walk-ins?q=zl")).text
    answer = walk_in(client, scene.activity, "zl", person_id=walker.id)

    assert answer.status_code == 303
    (signup,), (mark,) = scene.rows(Signup), scene.rows()
    assert (signup.source, signup.added_by_id) == ("walk_in", scene.ann.id)
    assert (mark.person_id, mark.method) == (walker.id, "tick")


def test_somebody_of_elsewhere_is_found_by_whole_phone_only_and_shown_masked(scene):
    walker = scene.make.person(
        name="赵小六", phone="13911112222", community_id=scene.make.community().id
    )
    client = scene.client_for(scene.ann)

    for words in ("赵小六", "1391111", "13911112223"):
        assert "没有找到" in client.get(desk(scene.activity, f"/walk-ins?q={words}")).text
        assert walk_in(client, scene.activity, words, person_id=walker.id).status_code == 404
    page = client.get(desk(scene.activity, "/walk-ins?q=139 1111 2222")).text
    assert "赵*六" in page and "赵小六" not in page and "139****2222" in page
    assert walk_in(client, scene.activity, "139 1111 2222", person_id=walker.id).status_code == 303
    assert [row.person_id for row in scene.rows()] == [walker.id]


def test_a_full_activity_grows_by_the_one_who_came(scene):
    activity = scene.make.activity(places=1, organisation_id=scene.community.id)
    scene.make.signup(activity)
    walker = scene.make.person(name="赵六", community_id=scene.community.id)

    walk_in(scene.client_for(scene.ann), activity, "赵六", person_id=walker.id)

    shift = scene.rows(Shift)[-1]
    assert (shift.places, shift.taken) == (2, 2)


def test_who_waits_is_let_in_from_the_door(scene):
    waiting = scene.make.signup(scene.activity, confirmed_at=None)

    answer = walk_in(scene.client_for(scene.ann), scene.activity, person_id=waiting.person_id)

    assert answer.status_code == 303
    (signup,) = scene.rows(Signup)
    assert signup.confirmed_at == FRIDAY_18
    assert [row.person_id for row in scene.rows()] == [waiting.person_id]


def test_letting_in_twice_makes_one_sign_up_and_one_mark(scene):
    walker, client = (
        scene.make.person(name="赵六", community_id=scene.community.id),
        scene.client_for(scene.ann),
    )

    for _n in range(2):
        assert walk_in(client, scene.activity, "赵六", person_id=walker.id).status_code == 303

    assert len(scene.rows(Signup)) == len(scene.rows()) == 1


NEW = {"name": "钱七", "phone": "138 0000 7777", "birth_date": "1960-01-02", "notice": "y"}


def test_somebody_new_is_written_down_with_their_consent(scene):
    answer = walk_in(scene.client_for(scene.ann), scene.activity, **NEW)

    assert answer.status_code == 303
    person = next(one for one in scene.rows(Person) if one.name == "钱七")
    assert (person.phone, person.community_id) == ("13800007777", scene.activity.organisation_id)
    assert person.password_hash is None
    (consent,) = scene.rows(Consent)
    assert (consent.person_id, consent.kind) == (person.id, "notice")
    assert [row.person_id for row in scene.rows()] == [person.id]


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"notice": ""}, 422),
        ({"name": ""}, 422),
        ({"phone": "123"}, 422),
        ({"birth_date": "2099-01-01"}, 422),
        ({"birth_date": "2012-05-05"}, 409),
    ],
)
def test_somebody_new_is_not_written_down_with_something_missing(scene, typed, status):
    answer = walk_in(scene.client_for(scene.ann), scene.activity, **NEW | typed)

    assert answer.status_code == status
    assert [one.name for one in scene.rows(Person)] == ["王红"]


def test_the_form_for_somebody_new_sent_twice_makes_one_person(scene):
    client, new = scene.client_for(scene.ann), NEW | {"phone": ""}
    walk_in(client, scene.activity, **new)

    again = walk_in(client, scene.activity, **new)

    assert again.status_code == 409
    assert sum(one.name == "钱七" for one in scene.rows(Person)) == 1
    assert walk_in(client, scene.activity, **new, another="y").status_code == 303
    assert sum(one.name == "钱七" for one in scene.rows(Person)) == 2


def test_who_is_registered_with_that_phone_is_not_written_down_again(scene):
    scene.make.person(name="钱七", phone="13800007777")

    answer = walk_in(scene.client_for(scene.ann), scene.activity, **NEW)

    assert answer.status_code == 409
    assert "q=13800007777" in answer.text
    assert sum(one.name == "钱七" for one in scene.rows(Person)) == 1


def test_a_child_is_not_let_in_where_only_grown_ups_may_be(scene):
    activity = scene.make.activity(organisation_id=scene.community.id, minimum_age=16)
    child = scene.make.person(
        name="赵六", community_id=scene.community.id, birth_date=date(2012, 5, 5)
    )

    answer = walk_in(scene.client_for(scene.ann), activity, "赵六", person_id=child.id)

    assert answer.status_code == 409
    assert scene.rows(Signup) == scene.rows() == []
