"""Edits after publishing never strand those who have signed up."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import FRIDAY_18, NOW
from volunteer_site.activities import queries, rules, services
from volunteer_site.activities.plans import ShiftPlan, plan_of
from volunteer_site.activities.services.activities import ActivityCancelled
from volunteer_site.activities.services.edits import FewerThanTaken, HasBegun, ShiftStays
from volunteer_site.core import versions
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.signups.models import Signup

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def activity(make):
    """An activity for ten, with two who have signed up and one who waits."""
    made = make.activity(places=10)
    for name, given in (("李四", {}), ("王小梅", {}), ("赵六", {"confirmed_at": None})):
        make.signup(made, make.person(name=name), **given)
    return queries.get(made.id)


def changed(activity, *, words=None, **shift):
    plan = plan_of(activity, queries.shifts(activity.id))
    shifts = (replace(plan.shifts[0], **shift), *plan.shifts[1:])
    closes = min(s.starts_at for s in shifts)
    return replace(plan, words={**plan.words, **(words or {})}, shifts=shifts,
                   signup_closes_at=closes)  # fmt: skip


def edit(activity, plan, now=NOW, confirmed=None):
    with write_transaction():
        services.edit(activity, plan, by_id=1, now=now, confirmed=confirmed)


def asked(activity, plan, now=NOW):
    with pytest.raises(services.AsksFirst) as refusal:
        edit(activity, plan, now)
    return refusal.value.consequences


def test_words_that_touch_nobody_are_changed_at_once(activity):
    before = versions.current("board")

    edit(activity, changed(activity, words={"risks": "路滑"}))

    assert queries.get(activity.id).risks == "路滑"
    assert versions.current("board") == before + 1


def test_more_places_are_given_at_once_and_those_who_wait_get_one(activity):
    edit(activity, changed(activity, places=12))

    shift = queries.shifts(activity.id)[0]
    assert (shift.places, shift.taken, shift.waiting) == (12, 3, 0)


def test_another_time_asks_first_and_says_whom_it_touches(activity):
    later = changed(activity, starts_at=FRIDAY_18 + HOUR, ends_at=FRIDAY_18 + 2 * HOUR)

    consequences = asked(activity, later)

    assert consequences.people == 3
    assert consequences.names == ("李四", "王小梅", "赵六")
    assert "19:00" in consequences.changes[0] and "18:00" in consequences.changes[0]
    assert queries.get(activity.id).starts_at == FRIDAY_18


def test_a_confirmed_time_is_changed_for_everybody_who_has_signed_up(activity):
    later = changed(activity, starts_at=FRIDAY_18 + HOUR, ends_at=FRIDAY_18 + 2 * HOUR)

    edit(activity, later, confirmed=asked(activity, later).fingerprint)

    shift = queries.shifts(activity.id)[0]
    assert queries.get(activity.id).signup_closes_at == shift.starts_at == FRIDAY_18 + HOUR
    times = db.session.execute(sa.select(Signup.starts_at, Signup.ends_at).distinct()).one()
    assert tuple(times) == (shift.starts_at, shift.ends_at)


def test_what_was_confirmed_no_longer_counts_when_somebody_else_has_signed_up(activity, make):
    later = changed(activity, starts_at=FRIDAY_18 + HOUR, ends_at=FRIDAY_18 + 2 * HOUR)
    seen = asked(activity, later).fingerprint
    make.signup(activity)

    with pytest.raises(services.AsksFirst) as refusal:
        edit(activity, later, confirmed=seen)

    assert refusal.value.consequences.people == 4


@pytest.mark.parametrize(
    "change", [{"words": {"place": "并州路3号"}}, {"places": 5}, {"words": {"minimum_age": 18}}]
)
def test_another_place_fewer_places_or_a_higher_age_ask_first(activity, change):
    assert asked(activity, changed(activity, **change)).people == 3


def test_fewer_places_than_people_are_refused_with_the_number(activity):
    with pytest.raises(FewerThanTaken, match="2人"):
        edit(activity, changed(activity, places=1))

    assert queries.shifts(activity.id)[0].places == 10


def test_nobody_is_asked_when_nobody_has_signed_up(make):
    activity = queries.get(make.activity().id)

    edit(activity, changed(activity, words={"place": "并州路3号"}, places=3))

    assert queries.get(activity.id).place == "并州路3号"


def test_only_the_people_of_the_shift_that_changes_are_touched(activity, make):
    second = make.shift(activity, name="收摊", starts_at=FRIDAY_18 + 2 * HOUR,
                        ends_at=FRIDAY_18 + 3 * HOUR)  # fmt: skip
    make.signup(activity, shift=second)
    db.session.rollback()  # read anew what the factory has made
    plan = plan_of(activity, queries.shifts(activity.id))
    moved = replace(plan.shifts[1], ends_at=FRIDAY_18 + 4 * HOUR)

    consequences = asked(activity, replace(plan, shifts=(plan.shifts[0], moved)))

    assert consequences.people == 1


def test_a_further_shift_can_be_added_and_a_published_one_not_taken_away(activity):
    plan = plan_of(activity, queries.shifts(activity.id))
    more = ShiftPlan(FRIDAY_18, FRIDAY_18 + 2 * HOUR, 4, "登记台")

    edit(activity, replace(plan, shifts=(*plan.shifts, more)))

    assert [shift.name for shift in queries.shifts(activity.id)] == ["", "登记台"]
    assert queries.get(activity.id).ends_at == FRIDAY_18 + 2 * HOUR
    with pytest.raises(ShiftStays):
        edit(activity, plan)


def test_a_shift_of_a_draft_can_be_taken_away(make):
    made = make.activity(published_at=None)
    make.shift(made, name="收摊")
    activity = queries.get(made.id)
    plan = plan_of(activity, queries.shifts(activity.id))

    edit(activity, replace(plan, shifts=plan.shifts[:1]))

    assert len(queries.shifts(activity.id)) == 1


def test_a_shift_of_another_activity_cannot_be_changed(activity, make):
    other = make.shifts_of(make.activity())[0]

    with pytest.raises(NotFound):
        edit(activity, changed(activity, id=other.id))


def test_the_time_of_what_has_begun_stays(activity):
    later = changed(activity, ends_at=FRIDAY_18 + 2 * HOUR)

    with pytest.raises(HasBegun, match="18:00"):
        edit(activity, later, now=FRIDAY_18)


def test_words_of_what_has_begun_can_still_be_put_right(activity):
    edit(activity, changed(activity, words={"contact": "王主任"}), now=FRIDAY_18)

    assert queries.get(activity.id).contact == "王主任"


def test_a_published_activity_stays_complete_and_in_the_future(activity):
    with pytest.raises(rules.IncompleteNotice):
        edit(activity, changed(activity, words={"risks": ""}))
    with pytest.raises(rules.StartsInThePast):
        edit(activity, changed(activity, starts_at=NOW - HOUR))


def test_a_cancelled_activity_is_not_edited(make):
    made = make.activity(cancelled_at=NOW, cancellation_reason="大雨")
    activity = queries.get(made.id)

    with pytest.raises(ActivityCancelled):
        edit(activity, changed(activity, places=20))
