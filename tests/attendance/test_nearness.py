"""The place check: agreed to separately, kept only as inside or outside, never a condition."""

import logging

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from tests.attendance.scene import desk
from tests.factories import FRIDAY_18
from volunteer_site.attendance import nearness
from volunteer_site.attendance.models import DoorPlace
from volunteer_site.attendance.nearness import Point
from volunteer_site.core.db import db
from volunteer_site.people.models import Consent

WUYI_SQUARE = Point(37.8626, 112.5640)  # Taiyuan
POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
HERE = {"latitude": "37.86260", "longitude": "112.56400", "accuracy": "20"}
AWAY = {"latitude": "37.87260", "longitude": "112.56400", "accuracy": "20"}  # 1112 m north


@pytest.mark.parametrize(
    ("other", "metres"),
    [
        (WUYI_SQUARE, 0),
        (Point(37.8726, 112.5640), 1112),  # a hundredth of a degree north
        (Point(37.8626, 112.5740), 878),  # and east, at that latitude
        (Point(39.9042, 116.4074), 402_700),  # Beijing
        (Point(-37.8626, -67.4360), 20_015_087),  # the other side
    ],
)
def test_distances_are_those_of_the_map(other, metres):
    assert nearness.metres(WUYI_SQUARE, other) == pytest.approx(metres, rel=0.003, abs=0.01)


@given(POINTS, POINTS)
def test_a_distance_is_the_same_both_ways_and_never_more_than_half_way_round(one, other):
    away = nearness.metres(one, other)

    assert away == pytest.approx(nearness.metres(other, one), abs=1e-3)
    assert 0 <= away <= 20_015_100


@given(POINTS, POINTS)
def test_what_is_kept_is_rounded_to_fifty_metres(one, other):
    place = DoorPlace(latitude=one.latitude, longitude=one.longitude, radius=200)

    kept = nearness.near(place, other)

    assert kept.distance % 50 == 0
    assert kept.nearness == ("inside" if nearness.metres(one, other) <= 200 else "outside")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"latitude": "37"},
        {"latitude": "", "longitude": ""},
        {"latitude": "91", "longitude": "0"},
        {"latitude": "0", "longitude": "181"},
        {"latitude": "nan", "longitude": "0"},
        {"latitude": "inf", "longitude": "0"},
        {"latitude": "0", "longitude": "0", "accuracy": "nan"},
        {"latitude": "x", "longitude": "y"},
    ],
)
def test_what_is_no_position_is_none(said):
    assert nearness.point(said) is None


@pytest.fixture
def place(scene):
    client = scene.client_for(scene.ann)
    assert client.post(desk(scene.activity, "/place"), data=HERE).status_code == 303
    return client


def check_in(scene, person=None, **data):
    return scene.client_for(person or scene.person).post(
        f"/activities/{scene.activity.id}/check-in",
        data={"code": scene.code(scene.activity), **data},
    )


def places(scene):
    with scene.app.app_context():
        found = list(db.session.scalars(sa.select(DoorPlace)))
        db.session.expunge_all()
    return found


def kept(scene):
    return [(row.nearness, row.distance) for row in scene.rows()]


@pytest.mark.parametrize(("where", "expected"), [(HERE, ("inside", 0)), (AWAY, ("outside", 1100))])
def test_who_agrees_leaves_only_inside_or_outside_and_a_rounded_distance(
    scene, place, where, expected
):
    answer = check_in(scene, location="yes", **where)

    assert answer.status_code == 303 and kept(scene) == [expected]
    (consent,) = scene.rows(Consent)
    assert (consent.person_id, consent.kind) == (scene.person.id, "location")


def test_who_agreed_before_need_not_tick_again(scene, place):
    scene.make.consent(scene.person, "location")

    check_in(scene, **AWAY)

    assert kept(scene) == [("outside", 1100)]


def test_without_agreement_nothing_is_kept_even_if_it_is_sent(scene, place):
    check_in(scene, **HERE)

    assert kept(scene) == [(None, None)] and scene.rows(Consent) == []


def test_an_agreement_that_was_taken_back_counts_no_more(scene, place):
    check = scene.client_for(scene.person)
    scene.make.consent(scene.person, "location")
    assert check.post("/me/consents/location/withdrawal").status_code == 303

    check_in(scene, **HERE)

    assert kept(scene) == [(None, None)]


@pytest.mark.parametrize("sent", [{}, {"latitude": "x", "longitude": ""}, {"latitude": "nan"}])
def test_no_position_stands_in_nobodys_way(scene, place, sent):
    assert check_in(scene, location="yes", **sent).status_code == 303
    assert kept(scene) == [(None, None)]


def test_where_no_place_is_set_nobody_is_asked_and_nothing_kept(scene):
    page = scene.client_for(scene.person).get(
        f"/activities/{scene.activity.id}/check-in?code={scene.code(scene.activity)}"
    )

    assert 'name="location"' not in page.text and "nearness" not in page.text
    check_in(scene, location="yes", **HERE)
    assert kept(scene) == [(None, None)]


def test_it_is_asked_unticked_where_a_place_is_set_and_not_of_who_agreed(scene, place):
    address = f"/activities/{scene.activity.id}/check-in?code={scene.code(scene.activity)}"
    client = scene.client_for(scene.person)

    first = client.get(address).text
    scene.make.consent(scene.person, "location")
    then = client.get(address).text

    assert 'name="location"' in first and "checked" not in first
    assert 'name="location"' not in then and "data-agreed" in then


def test_somebody_under_18_is_not_asked(scene, place):
    child = scene.make.person(birth_date=FRIDAY_18.date().replace(year=2012))
    scene.make.signup(scene.activity, child)

    page = scene.client_for(child).get(
        f"/activities/{scene.activity.id}/check-in?code={scene.code(scene.activity)}"
    )
    check_in(scene, child, location="yes", **HERE)

    assert 'name="location"' not in page.text
    assert kept(scene) == [(None, None)] and scene.rows(Consent) == []


def test_coordinates_of_a_person_are_nowhere_afterwards(scene, place, caplog):
    caplog.set_level(logging.DEBUG)

    check_in(scene, location="yes", latitude="37.12345", longitude="112.98765")

    assert "37.12345" not in caplog.text and "112.98765" not in caplog.text
    with scene.app.app_context():
        for table in db.metadata.sorted_tables:
            rows = db.session.execute(table.select()).all()
            assert "37.12345" not in repr(rows) and "112.98765" not in repr(rows)


def test_the_place_is_set_again_and_forgotten_by_the_coordinator(scene, place):
    place.post(desk(scene.activity, "/place"), data=AWAY)
    (kept_place,) = places(scene)
    assert (kept_place.latitude, kept_place.set_by_id) == (37.8726, scene.ann.id)
    assert "200 米" in place.get(desk(scene.activity, "/door")).text

    place.post(desk(scene.activity, "/place/removal"))

    assert places(scene) == []


def test_without_a_position_no_place_is_set(scene):
    answer = scene.client_for(scene.ann).post(desk(scene.activity, "/place"))

    assert answer.status_code == 422 and "位置" in answer.text
    assert places(scene) == []


def test_another_communitys_coordinator_sets_no_place_here(scene):
    other = scene.client_for(scene.make.coordinator())

    assert other.post(desk(scene.activity, "/place"), data=HERE).status_code == 404
    assert other.post(desk(scene.activity, "/place/removal")).status_code == 404
    assert places(scene) == []
