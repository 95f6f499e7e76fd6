"""A person's year is what the ledger says, however one cuts it."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories import NOW
from tests.hours.ledger import credit, facts
from volunteer_site.core import charts
from volunteer_site.core.db import write_transaction
from volunteer_site.hours import queries, services, years

pytestmark = pytest.mark.usefixtures("in_app")
DAY = timedelta(days=1)


def post(person, community, number, starts_at, minutes=60, **about):
    ends_at = starts_at + timedelta(minutes=minutes)
    told = facts(number, starts_at=starts_at, ends_at=ends_at, **about)
    given = credit(person, community, number, minutes=minutes, started_at=starts_at)
    with write_transaction():
        return services.post(told, [given], now=max(NOW, starts_at + DAY))[0]


def test_weeks_kinds_and_places_each_add_up_to_the_ledger(make):
    ann, here, there = make.person(), make.community(name="甲社区"), make.community(name="乙社区")
    for number in range(40):
        kind = ("clean-up", "care", "traffic")[number % 3]
        starts = datetime(2026, 1, 2, 10) + number * 8 * DAY
        post(ann, (here, there)[number % 2], number + 1, starts, 30 + number, category=kind)

    found = years.of_person(ann.id, 2026)

    whole = queries.total_minutes(ann.id)
    assert found.minutes == whole == sum(30 + number for number in range(40))
    assert sum(part.minutes for part in found.kinds) == whole
    assert sum(part.minutes for part in found.places) == whole
    assert found.occasions == 40
    assert {monday.weekday() for monday in found.weeks} == {0}


def test_what_was_taken_back_or_corrected_is_not_in_it_or_as_corrected(make):
    ann, here = make.person(), make.community()
    gone = post(ann, here, 1, datetime(2026, 3, 6, 10))
    less = post(ann, here, 2, datetime(2026, 3, 13, 10), 120)
    with write_transaction():
        services.reverse(gone, "录错了人", by_id=None, now=NOW)
        services.correct(less, 45, "早退", by_id=None, now=NOW)

    found = years.of_person(ann.id, 2026)

    assert found.weeks == {date(2026, 3, 9): 45}
    assert found.occasions == 1


def test_other_years_and_other_people_are_not_in_it(make):
    ann, ben, here = make.person(), make.person(), make.community()
    post(ann, here, 1, datetime(2025, 12, 31, 10))
    post(ann, here, 2, datetime(2026, 1, 1, 10))
    post(ben, here, 3, datetime(2026, 1, 2, 10))

    found = years.of_person(ann.id, 2026)

    assert found.weeks == {date(2025, 12, 29): 60}
    assert years.at_place(here.id, 2026) == {ann.id: 60, ben.id: 60}


def test_a_new_entry_changes_the_mark(make):
    ann, here = make.person(), make.community()
    assert years.mark_of(ann.id) == 0
    entry = post(ann, here, 1, datetime(2026, 3, 6, 10))
    assert years.mark_of(ann.id) == entry

    with write_transaction():
        services.reverse(entry, "录错了人", by_id=None, now=NOW)

    assert years.mark_of(ann.id) > entry


@pytest.mark.parametrize("year", range(2015, 2045))
def test_every_week_of_a_year_has_one_square_in_the_column_of_a_month(year):
    mondays = {date(year, 1, 1) + number * DAY for number in range(366)}
    mondays = {years.monday(day) for day in mondays if day.year == year}

    drawn = charts.weeks(year, dict.fromkeys(mondays, 300), date(year, 12, 31))

    assert drawn.past.count("M") == drawn.given[3].count("M") == len(mondays)
    corners = drawn.past.split("z")[:-1]
    assert len(set(corners)) == len(corners)
    lowest = charts.LABELS + (charts.MOST_WEEKS - 1) * charts.PITCH
    assert max(int(corner.split(" ")[1].split("h")[0]) for corner in corners) <= lowest


def test_more_hours_make_a_larger_square():
    monday = date(2026, 3, 9)
    for minutes, step in ((0, None), (30, 0), (60, 1), (119, 1), (120, 2), (240, 3), (900, 3)):
        drawn = charts.weeks(2026, {monday: minutes}, monday)
        shown = [number for number, path in enumerate(drawn.given) if path]
        assert shown == ([] if step is None else [step])


def test_the_weeks_that_come_are_told_from_those_that_were():
    drawn = charts.weeks(2026, {}, date(2026, 11, 21))

    assert drawn.past.count("M") + drawn.ahead.count("M") == 53
    assert drawn.ahead.count("M") == 6
    assert drawn.here.count("M") == 1
