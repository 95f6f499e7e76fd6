"""The demo's months are signed off and sealed as the services would have done it."""

from datetime import datetime

import pytest
import sqlalchemy as sa

from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import services as demo
from volunteer_site.demo.places import Size
from volunteer_site.hours import services
from volunteer_site.hours.books import queries
from volunteer_site.hours.books.contents import book
from volunteer_site.hours.books.digests import Who, contents
from volunteer_site.hours.books.models import BookSeal, BookSignOff
from volunteer_site.hours.models import HourEntry

NOW = datetime(2026, 11, 21, 4)
SMALL = Size(1, 1, 7, 3, 100, 12)


@pytest.fixture
def loaded(in_app):
    wish = demo.Wish(SMALL, NOW, "2026-11")
    with write_transaction():
        demo.load_district(next(demo.districts(wish)), wish, lambda _steps: None)


def test_every_book_of_the_demo_is_what_the_services_would_keep(loaded):
    services.seal(NOW)
    assert services.verify().sound
    assert services.verify().books > 5
    for signed, seal in db.session.execute(
        sa.select(BookSignOff, BookSeal).join(BookSeal, BookSeal.sign_off_id == BookSignOff.id)
    ):
        found = contents(signed.recorder_id, signed.month)
        signer = Who(signed.signed_off_at, signed.signed_off_by_id)
        assert signed.digest == found.signed
        assert seal.digest == found.sealed(signer, Who(seal.sealed_at, seal.sealed_by_id))
        assert seal.sealed_by_id != signed.signed_off_by_id


def test_the_last_month_still_has_something_to_sign_and_to_seal(loaded):
    states = [one.state for one in queries.open_books(["/"], NOW)]

    assert "open" in states and "signed" in states
    assert {one.month for one in queries.open_books(["/"], NOW)} == {"2026-10"}


def test_every_line_of_the_demo_is_in_one_book(loaded):
    recorders = list(db.session.scalars(sa.select(HourEntry.recorder_id).distinct()))
    months = list(db.session.scalars(sa.select(HourEntry.month).distinct()))

    minutes = sum(book(recorder, month).minutes for recorder in recorders for month in months)
    assert minutes == db.session.scalar(sa.select(sa.func.sum(HourEntry.minutes)))
