"""Who deletes their account frees the places they had promised to fill (R45)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import FRIDAY_18, NOW
from volunteer_site.activities.models import Shift
from volunteer_site.core.db import db, write_transaction
from volunteer_site.people import services as people
from volunteer_site.signups import queries, services
from volunteer_site.signups.absences.models import Appeal, Excuse
from volunteer_site.signups.models import Signup
from volunteer_site.signups.queries import State

pytestmark = pytest.mark.usefixtures("in_app")


def leave(person, now=NOW):
    with write_transaction():
        people.erase(person.id, now=now)


def counters(activity):
    db.session.rollback()
    asked = sa.select(Shift.taken, Shift.waiting).where(Shift.activity_id == activity.id)
    return tuple(db.session.execute(asked).one())


def state(activity, person):
    db.session.rollback()
    return queries.offers(activity.id, person.id).state


def stored(signup):
    db.session.rollback()
    return db.session.get_one(Signup, signup.id)


def test_the_place_of_who_leaves_goes_to_the_first_who_waits(make):
    activity, ann, ben, eve = make.activity(places=1), *(make.person() for _ in range(3))
    make.signup(activity, ann)
    make.signup(activity, ben, confirmed_at=None)
    make.signup(activity, eve, confirmed_at=None)

    leave(ann)

    assert counters(activity) == (1, 1)
    assert [state(activity, one) for one in (ann, ben, eve)] == [
        State.NONE,
        State.CONFIRMED,
        State.WAITLISTED,
    ]


def test_who_only_waited_leaves_the_line(make):
    activity, ann = make.activity(places=1), make.person()
    make.signup(activity)
    make.signup(activity, ann, confirmed_at=None)

    leave(ann)

    assert counters(activity) == (1, 0)


def test_every_place_ahead_is_freed_however_late_it_is(make):
    soon = make.activity()
    later = make.activity(starts_at=FRIDAY_18 + timedelta(days=7))
    ann = make.person()
    make.signup(soon, ann)
    make.signup(later, ann)

    leave(ann, now=FRIDAY_18 - timedelta(minutes=1))

    assert counters(soon) == counters(later) == (0, 0)


def test_what_has_begun_stays_in_the_record(make):
    activity, ann = make.activity(), make.person()
    signup = make.signup(activity, ann)

    leave(ann, now=FRIDAY_18)

    assert counters(activity) == (1, 0)
    assert stored(signup).withdrawn_at is None


def test_nobody_is_given_a_place_in_what_was_called_off(make):
    activity = make.activity(places=1, cancelled_at=NOW, cancellation_reason="下大雨")
    ann, ben = make.person(), make.person()
    make.signup(activity, ann)
    make.signup(activity, ben, confirmed_at=None)

    leave(ann)

    assert counters(activity) == (1, 1)


def test_the_places_of_others_are_left_alone(make):
    activity, ann, ben = make.activity(), make.person(), make.person()
    make.signup(activity, ann)
    make.signup(activity, ben)

    leave(ann)

    assert (counters(activity), state(activity, ben)) == ((1, 0), State.CONFIRMED)


def test_the_reasons_they_once_gave_are_forgotten(make):
    ann = make.person()
    told = make.signup(make.activity(), ann, withdrawn_at=NOW, withdrawal_reason="陪母亲去医院")

    leave(ann, now=NOW + timedelta(hours=1))

    assert (stored(told).withdrawal_reason, stored(told).withdrawn_at) == ("", NOW)


def test_what_was_said_about_absences_is_forgotten(make):
    person, coordinator, activity = make.person(), make.person(), make.activity()
    make.signup(activity, person)
    make.appeal(make.no_show(activity, person))
    db.session.rollback()
    with write_transaction():
        services.excuse(activity, person.id, "住院", by_id=coordinator.id, now=NOW)

    leave(person)

    said = [
        *db.session.scalars(sa.select(Appeal.words)),
        *db.session.scalars(sa.select(Excuse.reason)),
    ]
    assert said == ["", ""]
