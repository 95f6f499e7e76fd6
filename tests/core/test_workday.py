"""The hours of a paid day are read as people write them, and a slip is noticed at the start."""

from datetime import time

import pytest

from volunteer_site import create_app
from volunteer_site.core import workday
from volunteer_site.core.settings import WrongSetting


def test_hours_are_read_in_the_order_of_the_day():
    found = workday.read("8:30-12:00, 14:00-18:00")

    assert found == ((time(8, 30), time(12)), (time(14), time(18)))
    assert workday.written(found) == "08:30-12:00,14:00-18:00"
    assert workday.read("") == ()


@pytest.mark.parametrize(
    "text", ["8-18", "18:00-08:00", "08:00-12:00,11:00-18:00", "08:00-25:00", "08:60-09:00", "x"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        workday.read(text)


@pytest.mark.parametrize(
    ("name", "value"),
    [("STAFF_DAY", "8-18"), ("DAY_AUTO_MINUTES", 800), ("DAY_APPROVAL_MINUTES", 1441)],
)
def test_a_wrong_setting_stops_the_start_and_is_named(tmp_path, name, value):
    config = {"TESTING": True, "SECRET_KEY": "x" * 32, "INSTANCE_PATH": str(tmp_path),
              "SQLALCHEMY_DATABASE_URI": "sqlite://", name: value}  # fmt: skip

    with pytest.raises(WrongSetting, match=name):
        create_app(config)
