"""Midnight, month ends, year ends and changed clocks: an hour stays an hour (W38)."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from volunteer_site.attendance import services
from volunteer_site.core import dates
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import queries as hours
from volunteer_site.hours.held import queries as held
from volunteer_site.hours.models import HourEntry

pytestmark = pytest.mark.usefixtures("in_app")
SHANGHAI, BERLIN = "Asia/Shanghai", "Europe/Berlin"


def given(app, make, *span, zone=SHANGHAI, pause=0):
    """Hold an activity from one time on the wall to another; return its only line."""
    app.config["TIMEZONE"] = zone
    begins, until = (dates.utc(one) for one in span)
    day = dates.local_date(begins)
    activity = make.activity(starts_at=begins, ends_at=until, service_date=day,
                             published_at=begins - timedelta(days=2),
                             break_minutes=pause)  # fmt: skip
    make.attendance(make.signup(activity, make.person()))
    by = make.coordinator()
    db.session.rollback()
    with write_transaction():
        services.close(activity.id, by_id=by.id, now=until + timedelta(minutes=5))
    asked = sa.select(HourEntry).order_by(HourEntry.id.desc())
    return db.session.scalars(asked).first()


@pytest.mark.parametrize(
    ("starts", "lasts", "on"),
    [
        (datetime(2026, 11, 20, 23), 120, (date(2026, 11, 20), "2026-11")),
        (datetime(2026, 11, 20, 23), 60, (date(2026, 11, 20), "2026-11")),  # ends at midnight
        (datetime(2026, 11, 21), 60, (date(2026, 11, 21), "2026-11")),  # begins at midnight
        (datetime(2026, 11, 30, 23, 30), 60, (date(2026, 11, 30), "2026-11")),
        (datetime(2026, 12, 1), 30, (date(2026, 12, 1), "2026-12")),
        (datetime(2026, 12, 31, 23), 120, (date(2026, 12, 31), "2026-12")),
        (datetime(2028, 2, 28, 23), 120, (date(2028, 2, 28), "2028-02")),
        (datetime(2028, 2, 29, 23), 120, (date(2028, 2, 29), "2028-02")),
    ],
)
def test_a_service_belongs_to_the_day_on_which_it_began(app, make, starts, lasts, on):
    line = given(app, make, starts, starts + timedelta(minutes=lasts))

    assert (line.minutes, (line.service_date, line.month)) == (lasts, on)


@pytest.mark.parametrize(
    ("starts", "ends", "minutes"),
    [
        (datetime(2026, 10, 25, 1, 30), datetime(2026, 10, 25, 3, 30), 180),  # 02:00 comes twice
        (datetime(2026, 3, 29, 1, 30), datetime(2026, 3, 29, 3, 30), 60),  # 02:00 never comes
        (datetime(2026, 10, 24, 23), datetime(2026, 10, 25, 4), 360),
        (datetime(2026, 3, 28, 23), datetime(2026, 3, 29, 4), 240),
        (datetime(2026, 7, 1, 18), datetime(2026, 7, 1, 19), 60),
    ],
)
def test_when_the_clocks_change_only_real_minutes_count(app, make, starts, ends, minutes):
    assert given(app, make, starts, ends, zone=BERLIN).minutes == minutes


@pytest.mark.parametrize(
    ("lasts", "pause", "minutes"),
    [(60, 0, 60), (60, 15, 45), (60, 59, 1), (60, 60, 0), (60, 90, 0), (480, 60, 420)],
)
def test_a_break_is_taken_off_and_never_more_than_there_is(app, make, lasts, pause, minutes):
    starts = datetime(2026, 11, 20, 9)
    line = given(app, make, starts, starts + timedelta(minutes=lasts), pause=pause)

    assert (line.minutes if line else 0) == minutes


def test_a_night_is_one_day_for_the_limit_whatever_the_date_at_its_end(app, make):
    line = given(app, make, datetime(2026, 11, 30, 20), datetime(2026, 12, 1, 6))

    assert line.minutes == 480
    (waits,) = held.waiting(["/"])
    assert (waits.minutes, waits.service_date) == (120, date(2026, 11, 30))
    assert hours.totals_that_differ() == []


def test_two_days_around_midnight_have_a_limit_each(app, make):
    first = given(app, make, datetime(2026, 11, 30, 15), datetime(2026, 11, 30, 23))
    second = given(app, make, datetime(2026, 12, 1), datetime(2026, 12, 1, 8))

    assert (first.minutes, second.minutes) == (480, 480)
    assert held.waiting(["/"]) == []
