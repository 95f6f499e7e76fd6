"""The rules of places: never oversold, fair to those who wait, kind in its refusals."""

import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.factories import FRIDAY_18, NOW
from volunteer_site.activities.models import Shift
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.signups import queries, services
from volunteer_site.signups.models import Signup
from volunteer_site.signups.queries import State

pytestmark = pytest.mark.usefixtures("in_app")
LATER = NOW + timedelta(minutes=5)


def sign_up(activity, person, *, shift_id=None, now=NOW):
    offer = services.allow_place(queries.offers(activity.id, person.id), shift_id, now)
    with write_transaction():
        return services.take_place(offer, person.id, activity.id, now=now)


def wait(activity, person, now=NOW):
    offer = services.allow(queries.offers(activity.id, person.id), None, now)
    with write_transaction():
        return services.join_waitlist(offer, person.id, activity.id, now=now)


def withdraw(signup_id, reason=None, *, free_until=FRIDAY_18, now=LATER):
    with write_transaction():
        signup = db.session.get_one(Signup, signup_id)
        services.withdraw(signup, reason, free_until=free_until, now=now)


def counters(activity):
    db.session.rollback()
    row = db.session.execute(
        sa.select(Shift.taken, Shift.waiting).where(Shift.activity_id == activity.id)
    ).one()
    return tuple(row)


def counted(activity):
    db.session.rollback()
    standing = sa.select(Signup).where(
        Signup.activity_id == activity.id, Signup.withdrawn_at.is_(None)
    )
    rows = list(db.session.scalars(standing))
    confirmed = sum(row.confirmed_at is not None for row in rows)
    return confirmed, len(rows) - confirmed


def test_a_person_gets_a_place_and_the_counter_says_so(make):
    activity, person = make.activity(), make.person()

    sign_up(activity, person)

    assert queries.offers(activity.id, person.id).state is State.CONFIRMED
    assert counters(activity) == counted(activity) == (1, 0)


def test_the_same_tap_twice_is_one_signup(make):
    activity, person = make.activity(), make.person()

    assert sign_up(activity, person) == sign_up(activity, person)
    assert counters(activity) == (1, 0)


def test_a_full_activity_refuses_and_names_the_number(make):
    activity = make.activity(places=1)
    sign_up(activity, make.person())

    with pytest.raises(services.ShiftFull, match="1"):
        sign_up(activity, make.person())


def race(app, pairs, refused):
    """Let each (activity, person) try for a place at the same moment; return what came of it."""
    outcomes, start = [], threading.Barrier(len(pairs))

    def run(activity, person):
        with app.app_context():
            offer = queries.offers(activity.id, person.id).shifts[0]
            db.session.rollback()
            start.wait(timeout=20)
            try:
                with write_transaction():
                    services.take_place(offer, person.id, activity.id, now=NOW)
                outcomes.append("place")
            except refused:
                outcomes.append("refused")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_racing_people_never_get_more_places_than_there_are(make, app):
    activity = make.activity(places=5)
    people = [make.person() for _ in range(20)]

    outcomes = race(app, [(activity, person) for person in people], services.ShiftFull)

    assert outcomes == ["place"] * 5 + ["refused"] * 15
    assert counters(activity) == counted(activity) == (5, 0)


def test_one_person_racing_for_two_clashing_activities_gets_one(make, app):
    person = make.person()
    pairs = [(make.activity(), person), (make.activity(), person)]

    assert race(app, pairs, services.TimesClash) == ["place", "refused"]


def test_the_database_itself_refuses_a_second_standing_signup(make):
    activity, person = make.activity(), make.person()
    make.signup(activity, person)

    with pytest.raises(IntegrityError):
        make.signup(activity, person)


def test_the_database_itself_refuses_to_oversell(make):
    activity = make.activity(places=1)

    with pytest.raises(IntegrityError), write_transaction():
        db.session.execute(sa.update(Shift).where(Shift.activity_id == activity.id).values(taken=2))


def test_who_waits_sees_the_position(make):
    activity = make.activity(places=1)
    sign_up(activity, make.person())
    first, second = make.person(), make.person()

    wait(activity, first)
    wait(activity, second)

    assert queries.offers(activity.id, first.id).position == 1
    assert queries.offers(activity.id, second.id).position == 2
    assert counters(activity) == counted(activity) == (1, 2)


def test_waiting_for_a_place_that_came_free_gives_the_place(make):
    activity, person = make.activity(), make.person()

    wait(activity, person)

    assert queries.offers(activity.id, person.id).state is State.CONFIRMED
    assert counters(activity) == (1, 0)


def test_a_withdrawal_promotes_the_first_in_the_line(make):
    activity = make.activity(places=1)
    gone = sign_up(activity, make.person())
    first, second = make.person(), make.person()
    wait(activity, first)
    wait(activity, second)

    withdraw(gone)

    assert queries.offers(activity.id, first.id).state is State.CONFIRMED
    assert queries.offers(activity.id, second.id).position == 1
    assert counters(activity) == counted(activity) == (1, 1)


def test_promotion_passes_over_who_is_busy_then(make):
    activity = make.activity(places=1)
    gone = sign_up(activity, make.person())
    busy, free = make.person(), make.person()
    wait(activity, busy)
    wait(activity, free)
    sign_up(make.activity(), busy)

    withdraw(gone)

    assert queries.offers(activity.id, busy.id).state is State.WAITLISTED
    assert queries.offers(activity.id, free.id).state is State.CONFIRMED


def test_nobody_is_promoted_once_it_has_begun(make):
    activity = make.activity(places=1)
    sign_up(activity, make.person())
    waiting = make.person()
    wait(activity, waiting)

    shift = make.shifts_of(activity)[0]

    with write_transaction():
        services.promote(shift.id, now=FRIDAY_18)

    assert queries.offers(activity.id, waiting.id).state is State.WAITLISTED


def test_withdrawing_after_the_free_time_asks_for_a_reason_and_keeps_the_place(make):
    activity, person = make.activity(), make.person()
    signup_id = sign_up(activity, person)

    with pytest.raises(services.ReasonMissing):
        withdraw(signup_id, free_until=NOW)

    assert queries.offers(activity.id, person.id).state is State.CONFIRMED
    withdraw(signup_id, "孩子发烧", free_until=NOW)
    assert queries.offers(activity.id, person.id).state is State.NONE


def test_nobody_withdraws_after_it_began(make):
    signup_id = sign_up(make.activity(), make.person())

    with pytest.raises(services.TooLate):
        withdraw(signup_id, "晚了", now=FRIDAY_18)


def test_who_withdrew_may_sign_up_again(make):
    activity, person = make.activity(), make.person()
    withdraw(sign_up(activity, person))

    sign_up(activity, person)

    assert counters(activity) == counted(activity) == (1, 0)


@pytest.mark.parametrize(
    ("starts", "ends", "clashes"),
    [(0, 60, True), (-60, 0, False), (60, 120, False), (59, 119, True), (-30, 1, True)],
)
def test_only_overlapping_times_clash(make, starts, ends, clashes):
    person, begin = make.person(), FRIDAY_18
    sign_up(make.activity(title="清扫楼道"), person)
    other = make.activity(
        starts_at=begin + timedelta(minutes=starts), ends_at=begin + timedelta(minutes=ends)
    )

    if not clashes:
        sign_up(other, person)
        return
    with pytest.raises(services.TimesClash, match="清扫楼道"):
        sign_up(other, person)


def test_a_cancelled_activity_does_not_clash(make):
    person = make.person()
    cancelled = make.activity(cancelled_at=NOW, cancellation_reason="下雨")
    make.signup(cancelled, person)

    sign_up(make.activity(), person)


@pytest.mark.parametrize(
    "state",
    [
        {"signup_closes_at": NOW},
        {"cancelled_at": NOW, "cancellation_reason": "下雨"},
        {"closed_at": NOW},
    ],
)
def test_nobody_signs_up_when_it_is_closed(make, state):
    with pytest.raises(services.SignupClosed):
        sign_up(make.activity(**state), make.person())


def test_a_draft_is_not_there_for_volunteers(make):
    with pytest.raises(NotFound):
        sign_up(make.activity(published_at=None), make.person())


@pytest.mark.parametrize(
    ("born", "allowed"), [(date(2008, 11, 20), True), (date(2008, 11, 21), False)]
)
def test_the_minimum_age_counts_on_the_day_itself(make, born, allowed):
    activity, person = make.activity(minimum_age=18), make.person(birth_date=born)

    if allowed:
        sign_up(activity, person)
        return
    with pytest.raises(services.TooYoung, match="18"):
        sign_up(activity, person)


def test_with_several_shifts_one_is_chosen(make):
    activity, person = make.activity(places=1), make.person()
    second = make.shift(activity, name="义诊台", places=3)

    with pytest.raises(services.ShiftNotChosen):
        sign_up(activity, person)
    sign_up(activity, person, shift_id=second.id)

    assert queries.offers(activity.id, person.id).signup_shift_id == second.id


def test_a_shift_of_another_activity_is_not_taken(make):
    activity, other = make.activity(), make.activity()

    with pytest.raises(services.ShiftNotChosen):
        sign_up(activity, make.person(), shift_id=make.shifts_of(other)[0].id)


def test_a_walk_in_gets_a_place_even_when_it_is_full(make):
    activity, coordinator = make.activity(places=1), make.person()
    sign_up(activity, make.person())
    shift, person = make.shifts_of(activity)[0], make.person()

    with write_transaction():
        services.add_walk_in(shift, person.id, by_id=coordinator.id, now=NOW)

    assert counters(activity) == counted(activity) == (2, 0)


def test_a_walk_in_who_waited_leaves_the_line(make):
    activity, coordinator, person = make.activity(places=1), make.person(), make.person()
    sign_up(activity, make.person())
    wait(activity, person)
    shift = make.shifts_of(activity)[0]

    with write_transaction():
        services.add_walk_in(shift, person.id, by_id=coordinator.id, now=NOW)

    assert counters(activity) == counted(activity) == (2, 0)
