from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask, session
from hypothesis import given
from hypothesis import strategies as st

from volunteer_site.core import dates
from volunteer_site.core.numbers import in_hours, show_hours

FRIDAY = datetime(2026, 11, 20, 10)  # 18:00 in Taiyuan
ANY_DAY = st.dates(date(1950, 1, 1), date(2990, 1, 1))


@pytest.fixture
def page():
    """A place to render templates, in Chinese, in November 2026."""
    app = Flask("page")
    app.secret_key = "of a page that is never sent"
    app.config.update(TIMEZONE="Asia/Shanghai", ROUNDING_MINUTES=30)
    dates.init_app(app)
    with app.app_context(), time_machine.travel(datetime(2026, 11, 19), tick=False):
        yield app


def shown(page, template, **values):
    return page.jinja_env.from_string(template).render(values)


def test_a_stored_moment_is_shown_on_the_clock_of_the_site():
    assert dates.local(FRIDAY) == datetime(2026, 11, 20, 18)
    assert dates.utc(datetime(2026, 11, 20, 18)) == FRIDAY
    assert dates.local_date(datetime(2026, 11, 20, 16)) == date(2026, 11, 21)
    assert dates.today(datetime(2026, 12, 31, 16)) == date(2027, 1, 1)


def test_another_zone_is_a_setting(page):
    page.config["TIMEZONE"] = "Europe/Berlin"

    assert dates.local(FRIDAY) == datetime(2026, 11, 20, 11)
    assert dates.local(FRIDAY, ZoneInfo("Asia/Urumqi")) == datetime(2026, 11, 20, 16)


@given(ANY_DAY)
def test_each_day_is_in_its_own_week_and_month(day):
    first, last = dates.month_dates(dates.month_of(day))

    assert day in dates.week_days(dates.week_of(day))
    assert first <= day <= last
    assert dates.month_of(first - timedelta(days=1)) != dates.month_of(last)


@given(ANY_DAY)
def test_a_day_lasts_from_midnight_to_midnight(day):
    start, end = dates.day_bounds(day)

    assert dates.local_date(start) == day == dates.local_date(end - timedelta(seconds=1))
    assert dates.local_date(end) == day + timedelta(days=1)


def test_weeks_are_written_as_in_addresses():
    assert dates.week_of(date(2026, 11, 20)) == "2026-W47"
    assert dates.week_of(date(2027, 1, 1)) == "2026-W53"
    assert dates.week_days("2026-W47")[0] == date(2026, 11, 16)
    assert dates.week_bounds("2026-W47") == (datetime(2026, 11, 15, 16), datetime(2026, 11, 22, 16))
    assert dates.add_weeks("2026-W53", 1) == "2027-W01"
    assert dates.add_weeks("2026-W01", -1) == "2025-W52"


def test_months_are_written_as_in_addresses():
    assert dates.month_of(date(2026, 11, 20)) == "2026-11"
    assert dates.month_dates("2028-02") == (date(2028, 2, 1), date(2028, 2, 29))
    assert dates.month_bounds("2026-12") == (datetime(2026, 11, 30, 16), datetime(2026, 12, 31, 16))
    assert dates.add_months("2026-12", 1) == "2027-01"
    assert dates.add_months("2026-01", -1) == "2025-12"


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "2026",
        "2026-W00",
        "2026-W54",
        "2025-W53",
        "2026-W7",
        "9999-W52",
        "0000-W01",
        "\uff12026-W01",
    ],
)
def test_a_week_that_is_none_is_refused(nonsense):
    with pytest.raises(ValueError, match="week"):
        dates.week_days(nonsense)
    with pytest.raises(ValueError, match="week"):
        dates.add_weeks(nonsense, 1)


@pytest.mark.parametrize("nonsense", ["", "2026-13", "2026-00", "2026-1", "9999-12", "2026-01\n"])
def test_a_month_that_is_none_is_refused(nonsense):
    with pytest.raises(ValueError, match="month"):
        dates.month_bounds(nonsense)
    with pytest.raises(ValueError, match="month"):
        dates.add_months(nonsense, 1)


def test_nobody_leaves_the_calendar_by_turning_pages():
    with pytest.raises(ValueError, match="week"):
        dates.add_weeks("2999-W52", 1)
    with pytest.raises(ValueError, match="month"):
        dates.add_months("1900-01", -1)


def test_times_are_said_as_people_say_them(page):
    end = FRIDAY + timedelta(hours=1)

    assert shown(page, "{{ at | day }}", at=FRIDAY) == "11月20日 周五"
    assert shown(page, "{{ at | day }}", at=date(2026, 1, 4)) == "1月4日 周日"
    assert shown(page, "{{ at | time }}", at=FRIDAY) == "18:00"
    assert shown(page, "{{ at | time }}", at=time(8, 5)) == "08:05"
    assert shown(page, "{{ at | moment }}", at=FRIDAY) == "11月20日 周五 18:00"
    assert shown(page, "{{ at | span(end) }}", at=FRIDAY, end=end) == "11月20日 周五 18:00–19:00"
    assert shown(page, "{{ '2026-11' | month }}") == "2026年11月"
    assert shown(page, "{{ '2026-W47' | week }}") == "11月16日–11月22日"


def test_times_are_said_in_english_too(page):
    end = FRIDAY + timedelta(hours=1)

    with page.test_request_context():
        session["locale"] = "en"
        assert dates.show_moment(FRIDAY) == "Fri 20 Nov 18:00"
        assert dates.show_span(FRIDAY, end) == "Fri 20 Nov 18:00–19:00"
        assert dates.show_day(date(2027, 1, 1)) == "Fri 1 Jan 2027"
        assert dates.show_month("2026-11") == "Nov 2026"
        assert dates.show_week("2026-W53") == "28 Dec–3 Jan 2027"
    assert dates.show_moment(FRIDAY) == "11月20日 周五 18:00"


def test_one_hour_is_an_hour(page):
    with page.test_request_context():
        assert [in_hours("1"), in_hours("1.5")] == ["1小时", "1.5小时"]
        session["locale"] = "en"
        assert [in_hours("1"), in_hours("1.5")] == ["1 hour", "1.5 hours"]


def test_another_year_is_named(page):
    assert dates.show_day(date(2027, 1, 1)) == "2027年1月1日 周五"
    assert dates.show_day(datetime(2026, 12, 31, 16)) == "2027年1月1日 周五"
    assert dates.show_week("2026-W53") == "12月28日–2027年1月3日"


def test_a_span_over_midnight_names_both_days(page):
    end = FRIDAY + timedelta(hours=12)

    assert dates.show_span(FRIDAY, end) == "11月20日 周五 18:00 – 11月21日 周六 06:00"


def test_machines_get_moments_they_understand():
    assert dates.show_iso(FRIDAY) == "2026-11-20T10:00Z"
    assert dates.show_iso(date(2026, 1, 5)) == "2026-01-05"


@pytest.mark.parametrize(
    ("day", "in_digits", "in_numerals"),
    [
        (date(2026, 1, 5), "2026年1月5日", "二〇二六年一月五日"),
        (date(2010, 10, 10), "2010年10月10日", "二〇一〇年十月十日"),
        (date(2026, 11, 20), "2026年11月20日", "二〇二六年十一月二十日"),
        (date(2026, 12, 31), "2026年12月31日", "二〇二六年十二月三十一日"),
        (date(2026, 2, 15), "2026年2月15日", "二〇二六年二月十五日"),
    ],
)
def test_dates_on_paper_follow_the_standard(day, in_digits, in_numerals):
    assert dates.arabic_date(day) == in_digits
    assert dates.chinese_date(day) == in_numerals
    assert "\u3007" in dates.chinese_date(date(2010, 1, 1))


@pytest.mark.parametrize(
    ("minutes", "unit", "hours"),
    [
        (59, 30, "0.5"),
        (60, 30, "1"),
        (89, 30, "1"),
        (29, 30, "0"),
        (0, 30, "0"),
        (6000, 30, "100"),
        (59, 60, "0"),
        (59, 6, "0.9"),
        (59, 1, "0.98"),
        (1, 1, "0.01"),
        (-59, 30, "-0.5"),
        (-10, 30, "0"),
    ],
)
def test_hours_are_rounded_down_to_the_unit(minutes, unit, hours):
    assert show_hours(minutes, unit) == hours


@given(st.integers(0, 10**7), st.sampled_from([1, 6, 30, 60]))
def test_never_more_hours_are_shown_than_were_served(minutes, unit):
    assert 0 <= minutes / 60 - float(show_hours(minutes, unit)) < unit / 60 + 0.01


def test_hours_on_a_page_follow_the_setting(page):
    assert shown(page, "{{ 59 | hours }}") == "0.5"

    page.config["ROUNDING_MINUTES"] = 60

    assert shown(page, "{{ 59 | hours }}") == "0"
