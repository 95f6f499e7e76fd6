import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from volunteer_site.core import calendar
from volunteer_site.core.db import db, write_transaction

GOLDEN = json.loads((Path(__file__).parent / "golden.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 11, 19, 4)

pytestmark = pytest.mark.usefixtures("in_app")


def enter(*days, year=None):
    with write_transaction():
        for day, kind, name in days:
            calendar.set_day(date.fromisoformat(day), kind, name, now=NOW)
        if year:
            calendar.complete_year(year, now=NOW)


@pytest.fixture
def queries():
    """The questions put to the database while a test runs."""
    asked = []

    def note(_connection, _cursor, statement, *_more):
        if statement.startswith("SELECT"):
            asked.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    return asked


@pytest.mark.parametrize(
    ("start", "end"), [*GOLDEN["ten_working_days_after"].items(), ("2026-02-06", "2026-02-27")]
)
def test_the_tenth_working_day_counts_holidays_and_make_up_days(start, end, queries):
    found = calendar.working_day_after(date.fromisoformat(start), 10)

    assert found == date.fromisoformat(end)
    assert len(queries) == 1


def test_the_working_day_before_a_long_holiday_is_found():
    assert calendar.previous_working_day(date(2026, 10, 8)) == date(2026, 9, 30)
    assert calendar.previous_working_day(date(2026, 2, 16)) == date(2026, 2, 14)
    assert calendar.working_day_after(date(2026, 9, 18), 0) == date(2026, 9, 18)


def test_the_holidays_of_2026_are_those_of_the_official_notice():
    known = GOLDEN["holidays_2026"]

    off = map(date.fromisoformat, known["friday_off"] + known["thursday_off"])
    on = map(date.fromisoformat, known["weekend_work"])

    assert not any(calendar.is_working_day(day) for day in off)
    assert all(calendar.is_working_day(day) for day in on)
    fridays = [d.day for d in calendar.special_days(2026) if not d.working and d.day.weekday() == 4]
    assert [day.isoformat() for day in fridays] == known["friday_off"]


def test_a_holiday_has_a_name_in_both_languages():
    assert calendar.holiday_name(date(2026, 2, 20)) == "春节"
    assert calendar.holiday_name(date(2026, 2, 20), "en") == "Spring Festival"
    assert calendar.holiday_name(date(2026, 9, 25)) == "中秋节"
    assert calendar.holiday_name(date(2026, 2, 28)) == ""  # a make-up workday
    assert calendar.holiday_name(date(2026, 11, 21)) == ""  # a Saturday like any other


def test_a_make_up_workday_is_shown_as_moved():
    saturday = calendar.describe_day(date(2026, 2, 28))

    assert saturday == (date(2026, 2, 28), True, True, "春节")
    assert saturday.moved
    assert not calendar.describe_day(date(2026, 11, 20)).moved


def test_a_year_nobody_has_entered_is_refused_by_name():
    assert not calendar.is_known(2027)
    with pytest.raises(calendar.UnknownYear, match="2027") as refusal:
        calendar.working_day_after(date(2026, 12, 18), 10)
    assert refusal.value.year == 2027
    with pytest.raises(calendar.UnknownYear):
        calendar.is_working_day(date(2027, 3, 5))
    with pytest.raises(calendar.UnknownYear):
        calendar.previous_working_day(date(2027, 3, 8))


def test_a_page_gets_a_marked_guess_for_an_unknown_year():
    friday, saturday = (calendar.describe_day(date(2027, 3, day)) for day in (5, 6))

    assert (friday.known, friday.working) == (False, True)
    assert (saturday.known, saturday.working) == (False, False)
    assert calendar.holiday_name(date(2027, 3, 5)) == ""


def test_a_year_is_known_once_the_office_has_entered_it():
    enter(("2027-01-01", "holiday", "元旦"), ("2027-01-02", "workday", "元旦"), year=2027)

    assert calendar.is_known(2027)
    assert not calendar.is_working_day(date(2027, 1, 1))
    assert calendar.is_working_day(date(2027, 1, 2))
    assert calendar.is_working_day(date(2027, 1, 4))
    assert not calendar.is_working_day(date(2027, 1, 9))
    assert calendar.working_day_after(date(2026, 12, 31), 2) == date(2027, 1, 4)
    assert calendar.holiday_name(date(2027, 1, 1)) == "元旦"


def test_a_single_day_can_be_entered_before_the_year_is_complete():
    enter(("2027-02-05", "holiday", "春节"))

    assert not calendar.is_working_day(date(2027, 2, 5))
    assert not calendar.is_known(2027)


def test_the_office_wins_over_the_library():
    enter(("2026-11-20", "holiday", "区运动会"), ("2026-02-20", "workday", ""))

    assert calendar.holiday_name(date(2026, 11, 20)) == "区运动会"
    assert calendar.is_working_day(date(2026, 2, 20))
    assert calendar.working_day_after(date(2026, 11, 19), 1) == date(2026, 11, 23)

    with write_transaction():
        calendar.clear_day(date(2026, 11, 20))

    assert calendar.is_working_day(date(2026, 11, 20))


def test_entering_a_day_or_a_year_twice_corrects_it():
    enter(("2027-01-01", "workday", ""), year=2027)
    enter(("2027-01-01", "holiday", "元旦"), year=2027)

    assert not calendar.is_working_day(date(2027, 1, 1))


def test_the_database_refuses_a_kind_of_day_it_does_not_know():
    with pytest.raises(sa.exc.IntegrityError), write_transaction():
        calendar.set_day(date(2027, 1, 1), "half", "", now=NOW)


def test_a_whole_range_is_read_in_one_query(queries):
    days = calendar.load(date(2026, 12, 1), date(2027, 1, 31))

    kinds = [days.describe(date(2026, 12, 1) + timedelta(days=n)) for n in range(62)]

    assert len(queries) == 1
    assert [kind.known for kind in kinds].count(False) == 31
    with pytest.raises(LookupError):
        days.describe(date(2027, 2, 1))


def test_the_refusal_says_in_chinese_who_can_help():
    assert str(calendar.UnknownYear(2027)) == (
        "日历里还没有2027年的节假日安排，请联系区级管理员录入。"
    )
