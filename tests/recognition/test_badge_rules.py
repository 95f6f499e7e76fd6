"""What earns a badge, tried on histories told in one line."""

from datetime import date, datetime, timedelta

import pytest

from volunteer_site.hours.queries import Entry
from volunteer_site.recognition.badges.measures import Around, week_of
from volunteer_site.recognition.badges.rules import Rule, Rulebook

FIRST = datetime(2026, 1, 2, 10)  # a Friday


def entry(number, day, **more):
    starts = FIRST + timedelta(days=day)
    usual = {"person_id": 1, "recorder_id": 7, "unit_id": None, "category": "clean-up"}
    told = {"service_date": starts.date(), "started_at": starts, "recorded_at": starts,
            "proof": "scanned"}  # fmt: skip
    return Entry(id=number, **usual | told | {"minutes": 60} | more)


def rule(measure, threshold, over="ever", category="", number=1):
    return Rule(number, measure, category, over, threshold, number)


def earned(history, *rules):
    return Rulebook(rules).earned(history)


def on(year, month, day):
    return (datetime(year, month, day, 10) - FIRST).days


def test_weeks_are_counted_once_each():
    history = [entry(1, 0), entry(2, 1), entry(3, 7)]

    (got,) = earned(history, rule("weeks", 2))
    assert (got.entry.id, got.entries) == (3, (1, 3))


def test_sunday_and_the_monday_after_it_are_two_weeks():
    sunday, monday = entry(1, on(2026, 11, 22)), entry(2, on(2026, 11, 23))

    assert earned([sunday, monday], rule("weeks", 2))
    assert not earned([entry(0, on(2026, 11, 16)), sunday], rule("weeks", 2))


def test_the_week_around_new_year_is_one_week_but_counts_in_both_years():
    thursday, friday = entry(1, on(2026, 12, 31)), entry(2, on(2027, 1, 1))

    assert not earned([thursday, friday], rule("weeks", 2))
    got = earned([thursday, friday], rule("weeks", 1, "year"))
    assert [one.period for one in got] == ["2026", "2027"]


def test_the_first_and_the_last_week_of_a_year_are_two_weeks():
    history = [entry(1, on(2026, 1, 1)), entry(2, on(2026, 12, 31))]  # 2026-W01 and 2026-W53

    assert earned(history, rule("weeks", 2, "year"))


@pytest.mark.parametrize(("last", "reached"), [(59, False), (60, True), (61, True)])
def test_minutes_count_to_the_minute(last, reached):
    history = [entry(1, 0, minutes=240), entry(2, 7, minutes=last)]

    assert bool(earned(history, rule("minutes", 300))) is reached


@pytest.mark.parametrize("measure", ["weeks", "entries", "recorders"])
def test_one_less_than_it_takes_is_not_enough(measure):
    history = [entry(number, 7 * number, recorder_id=number) for number in range(4)]

    assert not earned(history[:3], rule(measure, 4))
    (got,) = earned(history, rule(measure, 4))
    assert got.entry == history[3]
    assert got.entries == (0, 1, 2, 3)


def test_minutes_of_a_kind_of_work_leave_out_the_others():
    history = [entry(1, 0), entry(2, 7, category="care"), entry(3, 14)]

    (got,) = earned(history, rule("category_minutes", 120, category="clean-up"))
    assert got.entries == (1, 3)


def test_communities_are_counted_once_each():
    history = [entry(1, 0), entry(2, 7), entry(3, 14, recorder_id=8)]

    (got,) = earned(history, rule("recorders", 2))
    assert got.entries == (1, 3)


def test_an_entry_of_no_minutes_counts_for_nothing():
    assert not earned([entry(1, 0, minutes=0)], rule("weeks", 1), rule("recorders", 1))


def test_a_badge_over_a_year_is_earned_once_a_year():
    history = [entry(1, 0), entry(2, 7), entry(3, 370)]

    got = earned(history, rule("first_of_year", 1, "year"))
    assert [(one.period, one.entries) for one in got] == [("2026", (1,)), ("2027", (3,))]


def test_several_steps_may_be_taken_at_once():
    got = earned([entry(1, 0, minutes=700)], rule("minutes", 600), rule("weeks", 1, number=2))

    assert [one.badge_id for one in got] == [1, 2]


def test_entries_posted_late_count_in_the_order_of_service():
    late, early = entry(1, 14), entry(2, 0)

    (got,) = earned([late, early], rule("weeks", 2))
    assert (got.entry.id, got.entries) == (1, (2, 1))


def test_progress_is_of_this_year_where_a_year_is_counted():
    book = Rulebook(
        [rule("weeks", 4), rule("weeks", 10, "year", number=2), rule("minutes", 60, number=3)]
    )
    history = [entry(1, -30), entry(2, 0), entry(3, 7)]

    assert book.values(history, date(2026, 2, 1)) == {1: 3, 2: 2, 3: 180}
    assert book.values([], date(2026, 2, 1)) == {1: 0, 2: 0, 3: 0}


def test_a_measure_that_falls_back_rests_only_on_what_came_after():
    history = [entry(1, 0), entry(2, 7), entry(3, 28), entry(4, 35), entry(5, 42)]
    around = Around(held=frozenset((7, week_of(FIRST.date()) + week) for week in range(7)))

    (got,) = Rulebook([rule("streak", 3)]).earned(history, around)
    assert got.entries == (3, 4, 5)
