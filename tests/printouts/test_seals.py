"""The seals of the ledger, shown to everybody, and kept outside by whoever wants."""

from datetime import datetime, timedelta

import pytest
import time_machine

from tests.factories import FRIDAY_18
from tests.hours.ledger import CLOSED, credit, facts
from volunteer_site.core.db import write_transaction
from volunteer_site.hours import published, services

NOVEMBER = datetime(2026, 11, 23, 4)
JANUARY = datetime(2027, 1, 5, 4)


@pytest.fixture
def sealed(app, make):
    """An hour of November, sealed until the beginning of January."""
    place = make.community()
    with app.app_context(), write_transaction():
        services.post(facts(), [credit(7, place)], now=CLOSED)
    with app.app_context():
        services.seal(JANUARY)
        return list(published.everything())


@pytest.fixture
def page(app):
    def read(address, now=JANUARY, **more):
        with time_machine.travel(now, tick=False):
            return app.test_client().get(address, **more)

    return read


def test_every_month_has_the_last_seal_of_it(sealed, page):
    html = page("/seals?year=2026").get_data(as_text=True)

    by_day = dict(line.split() for line in sealed)
    for day in ("2026-11-30", "2026-12-31"):
        assert published.short(by_day[day]) in html
    assert "2026-12-30" not in html and "2027-01-04" not in html
    assert published.short(by_day["2027-01-04"]) in page("/seals").get_data(as_text=True)


def test_the_file_has_every_seal_and_is_read_again(app, sealed, page):
    answer = page("/seals.txt")

    assert answer.mimetype == "text/plain"
    lines = answer.get_data(as_text=True).splitlines()
    assert [line for line in lines if not line.startswith("#")] == sealed
    with app.app_context():
        assert services.verify(lines).sound
    assert page("/seals.txt", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_sheet_has_the_newest_seal_as_a_code_and_lines_to_sign(sealed, page):
    html = page("/print/seals?year=2026").get_data(as_text=True)

    assert "<svg" in html and "打印人（签字）" in html
    assert published.short(dict(line.split() for line in sealed)["2026-12-31"]) in html


def test_what_was_sealed_since_is_shown_at_once(app, sealed, page):
    before = page("/seals.txt").get_data(as_text=True)
    with app.app_context():
        services.seal(JANUARY + timedelta(days=1))

    assert page("/seals.txt").get_data(as_text=True) != before
    assert "2027-01-05" in page("/seals").get_data(as_text=True)


def test_before_the_first_seal_it_says_when_there_will_be_one(page):
    for address in ("/seals", "/print/seals"):
        answer = page(address, FRIDAY_18)
        assert answer.status_code == 200
        assert "还没有封存" in answer.get_data(as_text=True)
    assert page("/seals.txt").status_code == 200


def test_a_year_without_seals_is_not_there(sealed, page):
    assert page("/seals?year=2001").status_code == 404
    assert page("/seals?year=x").status_code == 200
