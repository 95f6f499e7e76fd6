"""Whatever is posted, corrected, signed off and sealed, in whatever order: the books add up."""

import itertools
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hours.ledger import credit, facts
from volunteer_site.core import dates
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.hours import services
from volunteer_site.hours.books import contents, queries
from volunteer_site.hours.books import services as books
from volunteer_site.hours.books.checks import faults
from volunteer_site.hours.models import HourEntry

BEGIN = datetime(2026, 8, 1, 2)
MONTHS = ["2026-08", "2026-09", "2026-10", "2026-11", "2026-12"]
ALL_MONTHS = [dates.add_months("2026-05", number) for number in range(24)]
days = st.integers(0, 20)
step = st.one_of(
    st.tuples(st.just("post"), days, st.integers(0, 60)),
    st.tuples(st.just("correct"), days, st.integers(0, 60)),
    st.tuples(st.just("reverse"), days, st.integers(0, 60)),
    st.tuples(st.just("sign"), days, st.integers(0, 4)),
    st.tuples(st.just("seal"), days, st.integers(0, 4)),
)
numbers = itertools.count(1)


@pytest.fixture
def people(make):
    return make.coordinator().id, make.officer().id


@settings(max_examples=40, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(story=st.lists(step, min_size=3, max_size=25))
def test_every_line_is_in_one_book_and_a_sealed_one_never_changes(in_app, make, people, story):
    db.session.rollback()
    place = make.community()
    now, closed = BEGIN, {}
    for kind, later, what in story:
        now += timedelta(days=later, hours=1)
        try:
            with write_transaction():
                ACTS[kind](place, people, what, now)
        except Refusal:
            continue
        closed |= {m: contents.book(place.id, m) for m in MONTHS if is_sealed(place, m)} | closed

    for month, was in closed.items():
        assert contents.book(place.id, month) == was
    assert_books_add_up(place)
    assert list(faults()) == []


def assert_books_add_up(place):
    found = [contents.book(place.id, month) for month in ALL_MONTHS]
    assert sum(one.lines for one in found) == len(lines(place))
    assert sum(one.minutes for one in found) == sum(row.minutes for row in lines(place))


def is_sealed(place, month):
    known = queries.signed([place.id], [month]).get((place.id, month))
    return known is not None and known.sealed_at is not None


def lines(place):
    table = HourEntry.__table__.c
    asked = sa.select(table.id, table.minutes).where(table.recorder_id == place.id)
    return db.session.execute(asked.order_by(table.id)).all()


def post(place, _people, back, now):
    """Somebody's hour of up to two months ago, recorded now."""
    starts_at = now - timedelta(days=back, hours=2)
    number = next(numbers)
    served = facts(number, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    services.post(served, [credit(10_000 + number, place, number, started_at=starts_at)], now=now)


def correct(place, _people, which, now):
    if found := lines(place):
        services.correct(found[which % len(found)].id, which, "误记", by_id=None, now=now)


def reverse(place, _people, which, now):
    if found := lines(place):
        services.reverse(found[which % len(found)].id, "误记", by_id=None, now=now)


def sign(place, people, which, now):
    books.sign_off(place.id, MONTHS[which], by_id=people[0], now=now)


def seal(place, people, which, now):
    books.seal(place.id, MONTHS[which], by_id=people[1], now=now)


ACTS = {"post": post, "correct": correct, "reverse": reverse, "sign": sign, "seal": seal}
