"""Each rule finds its fraud, and leaves the honest neighbour in peace."""

from datetime import timedelta

import pytest

from tests.factories import FRIDAY_18
from tests.oversight.odd import DAY, HOUR, LONG_AGO, MINUTE, Afternoons, found, keep, window

SECOND = timedelta(seconds=1)


@pytest.fixture
def day(make, in_app):
    return Afternoons(make)


def test_nothing_is_found_where_nothing_happened(day):
    assert keep() == {}


def test_an_honest_friday_is_not_flagged(day):
    activity = day.activity(places=20)
    day.crowd(activity, 8, method="scan")
    day.crowd(activity, 6, method="tick")

    assert keep() == {}


def test_somebody_at_two_places_at_once_is_found(day):
    here, there = day.activity(), day.activity(at=day.neighbour, starts_at=FRIDAY_18 + 20 * MINUTE)
    person = day.person()
    first = day.goes(here, person, method="scan")
    second = day.goes(there, person, method="tick", minutes=0)

    (one,) = found("two_places")

    assert one.marks == (first.id, second.id)
    assert one.numbers["minutes"] == 40
    assert (one.person_id, one.activity_id) == (person.id, there.id)


def test_who_comes_early_to_the_next_activity_is_not_at_two_places(day):
    person, after = day.person(), day.activity(starts_at=FRIDAY_18 + HOUR, at=day.neighbour)
    day.goes(day.activity(), person, out_method="scan", out_happened_at=FRIDAY_18 + 66 * MINUTE)
    day.goes(after, person, happened_at=FRIDAY_18 + 50 * MINUTE)

    assert found("two_places") == []


def test_a_long_visit_with_a_short_one_inside_is_found_also_behind_another(day):
    person = day.person()
    market = day.activity(hours=6)
    day.goes(market, person)
    for number in (1, 3):
        short = day.activity(starts_at=FRIDAY_18 + number * HOUR, at=day.neighbour)
        day.goes(short, person, minutes=0)

    assert len(found("two_places")) == 2


def test_a_mark_that_was_undone_is_no_second_place(day):
    person = day.person()
    day.goes(day.activity(), person)
    other = day.activity(at=day.neighbour)
    wrong = {"undone_at": FRIDAY_18 + MINUTE}
    day.goes(other, person, minutes=0, **wrong)

    assert found("two_places") == []


def test_more_people_than_places_are_found(day):
    activity = day.activity(places=14)
    day.crowd(activity, 8)
    day.crowd(activity, 6, signed_up=False)  # the shift has grown from 8 to 14

    (one,) = found("too_many")

    assert one.numbers == {"present": 14, "places": 8}
    assert len(one.marks) == 14


def test_a_full_activity_and_one_guest_are_not_too_many(day):
    activity = day.activity(places=9)
    day.crowd(activity, 8)
    day.goes(activity, signed_up=False)

    assert found("too_many") == []
    assert found("walk_ins") == []


def test_a_crowd_that_had_not_signed_up_is_found(day):
    activity = day.activity(places=30)
    day.crowd(activity, 4)
    day.crowd(activity, 9, signed_up=False, method="tick")

    (one,) = found("walk_ins")

    assert one.numbers == {"people": 9, "present": 13}
    assert len(one.marks) == 9


def test_many_scans_in_one_second_are_found(day):
    activity = day.activity()
    for number in range(6):
        day.goes(activity, happened_at=FRIDAY_18 + number * SECOND / 8)

    (one,) = found("burst")

    assert one.numbers == {"scans": 6, "milliseconds": 625}
    assert len(one.marks) == 6


def test_a_queue_at_the_door_is_no_burst(day):
    activity = day.activity()
    for number in range(6):
        day.goes(activity, happened_at=FRIDAY_18 + number * 2 * SECOND)

    assert found("burst") == []


def test_all_present_in_one_tap_is_no_burst(day):
    activity = day.activity(places=20)
    for _ in range(12):
        day.goes(activity, method="tick")

    assert found("burst") == []


def test_two_bursts_at_one_door_are_two_findings(day):
    activity = day.activity(places=20)
    for minute in (0, 5):
        for number in range(5):
            day.goes(activity, happened_at=FRIDAY_18 + minute * MINUTE + number * SECOND / 10)

    assert [one.numbers["scans"] for one in found("burst")] == [5, 5]


def test_one_phone_for_several_people_is_found(day):
    activity = day.activity()
    for phone in ("13800138000", "13900139000", None):
        day.goes(activity, day.person(phone=phone), device="the-phone-of-somebody")

    (one,) = found("one_device")

    assert one.numbers == {"people": 3}


def test_a_family_on_one_phone_is_not_found(day):
    activity = day.activity()
    for name in ("王大明", "王小明"):
        family = day.person(phone="13800138000", name=name)
        day.goes(activity, family, device="the-phone-of-the-family")
    day.goes(activity, day.person(phone="13900139000"), device="another-phone")

    assert found("one_device") == []


def test_one_phone_in_two_activities_is_not_found(day):
    for number, phone in enumerate(("13800138000", "13900139000")):
        later = day.activity(starts_at=FRIDAY_18 + 7 * number * DAY)
        day.goes(later, day.person(phone=phone), device="handed-on")

    assert found("one_device") == []


def test_acting_for_somebody_is_marked_as_such_and_not_found(day):
    activity = day.activity()
    helper = day.person(phone="13800138000")
    day.goes(activity, helper, device="the-phone")
    day.goes(activity, day.person(), device="the-phone", recorded_by_id=helper.id)

    assert found("one_device") == []


def test_leaving_long_after_the_end_is_found(day):
    activity = day.activity()
    late = FRIDAY_18 + 5 * HOUR
    day.goes(activity, out_method="tick", out_happened_at=late)
    day.goes(activity, out_method="scan", out_happened_at=FRIDAY_18 + 75 * MINUTE)

    (one,) = found("late_out")

    assert one.numbers == {"people": 1, "minutes": 240}
    assert len(one.marks) == 1


def test_a_coordinator_who_enters_many_at_night_is_found(day):
    ann, activity = day.make.coordinator(day.community), day.activity()
    two_at_night = FRIDAY_18 + 8 * HOUR  # 02:00 in Shanghai
    for number in range(5):
        at = two_at_night + number * MINUTE
        day.goes(activity, method="tick", recorded_by_id=ann.id, recorded_at=at)

    (one,) = found("night")

    assert one.coordinator_id == ann.id
    assert one.numbers["people"] == 5


def test_paper_entered_on_monday_and_a_round_at_night_are_not_found(day):
    ann, evening = day.make.coordinator(day.community), FRIDAY_18 + 5 * HOUR
    friday, round_ = day.activity(), day.activity(starts_at=evening)
    for number in range(6):
        monday = FRIDAY_18 + 2 * DAY + 16 * HOUR + number * MINUTE  # 10:00
        day.goes(friday, method="paper", recorded_by_id=ann.id, recorded_at=monday)
        day.goes(round_, method="tick", recorded_by_id=ann.id, recorded_at=evening + HOUR)

    assert found("night") == []


def test_a_community_that_suddenly_enters_much_later_is_found(day):
    before = day.activity(starts_at=FRIDAY_18 - 35 * DAY, places=40)
    day.crowd(before, 12)
    day.crowd(day.activity(at=day.neighbour, places=40), 12)
    sudden = day.activity(places=40)
    day.crowd(sudden, 8)
    day.crowd(sudden, 10, method="late")

    (one,) = found("late_share")

    assert one.organisation_id == day.community.id
    assert {name: one.numbers[name] for name in ("month", "late", "entries", "percent")} == {
        "month": "2026-11", "late": 10, "entries": 18, "percent": 55,
    }  # fmt: skip
    assert len(one.marks) == 10


def test_a_community_that_always_has_paper_later_is_not_found(day):
    for weeks in (9, 4, 0):
        activity = day.activity(starts_at=FRIDAY_18 - weeks * 7 * DAY, places=40)
        day.crowd(activity, 8)
        day.crowd(activity, 10, method="late")

    assert [one.numbers["month"] for one in found("late_share")] == ["2026-09"]


def test_days_just_under_the_cap_are_found(day):
    person = day.person()
    for number in range(3):
        starts_at = FRIDAY_18 - 10 * HOUR - number * DAY
        day.goes(day.activity(starts_at=starts_at, hours=8), person, minutes=470)
        day.goes(day.activity(starts_at=starts_at, hours=8), minutes=300)

    (one,) = found("under_cap")

    assert one.person_id == person.id
    assert one.numbers == {"week": "2026-W47", "days": 3, "cap": 480, "minutes": 1410}


def test_two_long_days_are_not_found(day):
    person = day.person()
    for number in range(2):
        starts_at = FRIDAY_18 - 10 * HOUR - number * DAY
        day.goes(day.activity(starts_at=starts_at, hours=8), person, minutes=470)

    assert found("under_cap") == []


def test_hours_before_registering_and_after_leaving_are_found(day):
    activity = day.activity()
    gone = day.person(erased_at=FRIDAY_18 - DAY)
    unborn = day.person(created_at=FRIDAY_18 + 30 * DAY)
    day.goes(activity, gone, method="late")
    day.goes(activity, unborn, method="late")

    assert {one.person_id for one in found("not_there")} == {gone.id, unborn.id}


def test_somebody_written_down_on_monday_from_the_paper_is_not_found(day):
    activity = day.activity()
    day.goes(activity, day.person(created_at=FRIDAY_18 + 3 * DAY), method="paper")
    day.goes(activity, day.person(erased_at=FRIDAY_18 + 3 * DAY))

    assert found("not_there") == []


def test_a_coordinator_who_ticks_themselves_is_found(day):
    ann, bob = (day.make.coordinator(day.community, created_at=LONG_AGO) for _ in "ab")
    activity = day.activity()
    day.goes(activity, ann, method="tick", recorded_by_id=ann.id)
    day.goes(activity, bob, method="tick", recorded_by_id=ann.id)

    (one,) = found("own_hours")

    assert one.person_id == ann.id


def test_only_what_was_recorded_in_the_window_is_looked_at(day):
    activity = day.activity()
    for _ in range(6):
        day.goes(activity)

    after = window(since=activity.closed_at + MINUTE)
    assert len(found("burst")) == 1
    assert found("burst", after) == []


def test_other_numbers_find_other_things(day):
    activity = day.activity()
    for number in range(4):
        day.goes(activity, happened_at=FRIDAY_18 + number * SECOND)

    assert found("burst") == []
    assert len(found("burst", scans=4, seconds=3)) == 1


def test_looking_twice_finds_nothing_new(day):
    activity = day.activity()
    for _ in range(6):
        day.goes(activity)

    assert keep() == {"burst": 1}
    assert keep() == {}
