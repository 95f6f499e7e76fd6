"""When a programme takes place: weekdays, holidays, make-up workdays, unknown years (R9, R26)."""

from datetime import date, datetime

import pytest

from tests.factories import NOW
from volunteer_site.activities import occurrences
from volunteer_site.activities.models import Programme
from volunteer_site.activities.plans import Plan, ShiftPlan
from volunteer_site.activities.queries import LastTime
from volunteer_site.core import calendar, dates
from volunteer_site.core.db import write_transaction

pytestmark = pytest.mark.usefixtures("in_app")


def programme(**given):
    usual = {"weekday": 4, "starts_minute": 1080, "lasts_minutes": 60, "places": 15}
    words = {"title": "公益一小时", "place": "青年路12号", "minimum_age": 8, "break_minutes": 0}
    return Programme(**{"holiday_rule": "skip"} | usual | words | given)


def what_becomes(day, **given):
    day = date.fromisoformat(day)
    return occurrences.occurrence(programme(**given), day, occurrences.days_from(day))


@pytest.mark.parametrize("friday", ["2026-05-01", "2026-06-19", "2026-09-25", "2026-10-02"])
def test_a_holiday_friday_is_skipped_and_says_why(friday):
    found = what_becomes(friday)

    assert found.day is None
    assert "周五" in found.why and "节" in found.why


def test_a_holiday_friday_moves_to_the_next_working_day_if_the_programme_says_so():
    found = what_becomes("2026-10-02", holiday_rule="move")

    assert (found.due_on, found.day) == (date(2026, 10, 2), date(2026, 10, 8))
    assert "10月8日" in found.why


def test_a_programme_may_be_held_on_a_holiday_all_the_same():
    found = what_becomes("2026-10-02", holiday_rule="hold")

    assert found.day == date(2026, 10, 2)
    assert "国庆" in found.why


def test_a_plain_friday_and_a_plain_saturday_are_not_worth_a_word():
    assert what_becomes("2026-11-20").why == ""
    assert what_becomes("2026-11-21", weekday=5).why == ""


def test_a_saturday_in_a_holiday_is_a_holiday():
    assert what_becomes("2026-10-03", weekday=5).day is None


def test_a_make_up_saturday_is_held_with_a_word_about_it():
    found = what_becomes("2026-02-28", weekday=5)

    assert found.day == date(2026, 2, 28)
    assert found.why


def test_an_unknown_year_is_said_and_not_guessed():
    found = what_becomes("2027-03-05")

    assert found.unknown and found.day == date(2027, 3, 5)
    assert "2027" in found.why


def test_a_year_the_office_has_entered_is_known():
    with write_transaction():
        calendar.set_day(date(2027, 3, 5), "holiday", "区运动会", now=NOW)
        calendar.complete_year(2027, now=NOW)

    assert what_becomes("2027-03-05").day is None
    assert what_becomes("2027-03-12").why == ""


def test_a_move_into_an_unknown_year_is_left_to_a_person():
    with write_transaction():
        calendar.set_day(date(2026, 12, 31), "holiday", "元旦", now=NOW)

    found = what_becomes("2026-12-31", weekday=3, holiday_rule="move")

    assert found.unknown


def test_the_next_occurrence_has_not_begun_and_is_not_made_yet():
    days = occurrences.days_from(date(2026, 11, 19))
    friday_before, friday_after = datetime(2026, 11, 20, 9, 59), datetime(2026, 11, 20, 10)

    def following(now, made=()):
        return occurrences.next_occurrence(programme(), now, days, made).due_on

    assert following(NOW) == following(friday_before) == date(2026, 11, 20)
    assert following(friday_after) == date(2026, 11, 27)
    assert following(NOW, {date(2026, 11, 20)}) == date(2026, 11, 27)


def test_what_is_filled_in_is_at_the_programmes_own_hour_in_this_zone():
    friday = date(2026, 10, 2)
    mine = programme(holiday_rule="move")

    plan = occurrences.prefilled(
        mine, occurrences.occurrence(mine, friday, occurrences.days_from(friday))
    )

    assert plan.starts_at == datetime(2026, 10, 8, 10)
    assert plan.ends_at == datetime(2026, 10, 8, 11)
    assert plan.places == 15
    assert "10月8日" in plan.note


def test_only_what_is_odd_is_warned_of():
    last = LastTime("青年路12号", 15)

    assert odd(date(2026, 11, 20), "青年路12号", 20, last) == []
    assert odd(date(2026, 11, 20), "青年路12号", 15, None) == []


def test_another_place_a_doubled_number_and_a_holiday_are_each_named():
    last = LastTime("青年路12号", 15)

    (place,) = odd(date(2026, 11, 20), "并州路3号", 15, last)
    (number,) = odd(date(2026, 11, 20), "青年路12号", 150, last)
    (holiday,) = odd(date(2026, 10, 1), "青年路12号", 15, last)
    (make_up,) = odd(date(2026, 2, 28), "青年路12号", 15, last)
    (unknown,) = odd(date(2027, 3, 5), "青年路12号", 15, last)

    assert "并州路3号" in place and "青年路12号" in place
    assert "150" in number and "15" in number
    assert "国庆" in holiday
    assert "2月28日" in make_up
    assert "2027" in unknown


def odd(day, place, places, last):
    starts = datetime(day.year, day.month, day.day, 10)
    shift = ShiftPlan(starts, starts.replace(hour=11), places)
    return occurrences.oddities(Plan({"place": place}, (shift,)), last, calendar.load(day, day))


def test_the_posting_day_is_thursday_or_the_working_day_before():
    def posting(week):
        days = dates.week_days(week)
        return occurrences.posting_day(days, occurrences.days_from(days[0]))

    assert posting("2026-W47") == date(2026, 11, 19)
    assert posting("2026-W40") == date(2026, 9, 30)
