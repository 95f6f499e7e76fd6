"""The month's book: signed off, sealed by somebody else, and never changed again."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.hours.ledger import credit, facts
from volunteer_site.core import dates
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services
from volunteer_site.hours.books import contents, queries
from volunteer_site.hours.books import services as books
from volunteer_site.hours.books.models import BookSeal
from volunteer_site.hours.models import HourEntry

OCTOBER, NOVEMBER = "2026-10", "2026-11"
FRIDAY = datetime(2026, 10, 30, 10)
FIRST = datetime(2026, 11, 2, 2)  # Monday morning
LATER = datetime(2026, 11, 5, 2)


@pytest.fixture
def place(make):
    return make.community(name="青年路一社区")


@pytest.fixture
def coordinator(make, place):
    return make.coordinator(place, name="郑红").id


@pytest.fixture
def officer(make):
    return make.officer(name="陈佩").id


@pytest.fixture
def entries(in_app, place, make):
    """Two hours of October, closed on the same evening; returns their numbers."""
    people = [make.person(name="孙小兰").id, make.person(name="李雷").id]
    db.session.rollback()
    return [post(place, person, number) for number, person in enumerate(people, start=1)]


def post(place, person, source_id, *, starts_at=FRIDAY, now=None, **given):
    ends_at = starts_at + timedelta(hours=1)
    one = credit(person, place, source_id, started_at=starts_at, **given)
    served = facts(source_id, starts_at=starts_at, ends_at=ends_at)
    with write_transaction():
        return services.post(served, [one], now=now or ends_at + timedelta(minutes=15))[0]


def sign_off(place, by_id, now=FIRST, **more):
    with write_transaction():
        return books.sign_off(place.id, OCTOBER, by_id=by_id, now=now, **more)


def seal(place, by_id, now=FIRST + timedelta(hours=1)):
    with write_transaction():
        books.seal(place.id, OCTOBER, by_id=by_id, now=now)


@pytest.fixture
def sealed(entries, place, coordinator, officer):
    sign_off(place, coordinator)
    seal(place, officer)
    return entries


def minutes(place, month):
    found = contents.book(place.id, month)
    return found.own.minutes, found.earlier.minutes


def test_a_book_holds_the_months_entries_by_their_proof(entries, place, make):
    post(place, make.person().id, 3, starts_at=FRIDAY - timedelta(days=7), proof="paper")

    found = contents.book(place.id, OCTOBER)
    assert (found.lines, found.minutes) == (3, 180)
    assert found.shares == (120, 0, 60, 0)


def test_a_month_is_signed_off_only_when_it_is_over(entries, place, coordinator):
    with pytest.raises(books.MonthNotOver, match="2026"):
        sign_off(place, coordinator, now=datetime(2026, 10, 31, 15, 59))

    sign_off(place, coordinator, now=datetime(2026, 10, 31, 16))


def test_signing_the_same_state_twice_is_one_sign_off(entries, place, coordinator):
    assert sign_off(place, coordinator) == sign_off(place, coordinator, now=LATER)


def test_who_signs_has_seen_every_entry(entries, place, coordinator):
    with pytest.raises(books.BookChanged):
        sign_off(place, coordinator, seen=1)


def test_nobody_seals_what_is_not_signed_off(entries, place, officer):
    with pytest.raises(books.NotSignedOff):
        seal(place, officer)


def test_nobody_seals_what_they_signed_off_themselves(entries, place, coordinator):
    sign_off(place, coordinator)

    with pytest.raises(books.SameHands):
        seal(place, coordinator)


def test_sealing_waits_for_what_was_under_way(entries, place, coordinator, officer):
    sign_off(place, coordinator)

    with pytest.raises(books.JustSignedOff):
        seal(place, officer, now=FIRST + timedelta(seconds=59))


def test_sealing_refuses_when_entries_came_after_the_sign_off(
    entries, place, coordinator, officer, make
):
    sign_off(place, coordinator)
    post(place, make.person().id, 3, now=FIRST + timedelta(minutes=5))

    with pytest.raises(books.BookChanged, match="2"):
        seal(place, officer)
    sign_off(place, coordinator, now=FIRST + timedelta(minutes=10))
    seal(place, officer)
    assert minutes(place, OCTOBER) == (180, 0)


def test_sealing_twice_changes_nothing(sealed, place, officer):
    before = db.session.execute(sa.select(BookSeal.__table__)).all()

    seal(place, officer, now=LATER)

    assert db.session.execute(sa.select(BookSeal.__table__)).all() == before


def test_a_sealed_book_is_not_signed_off_again(sealed, place, coordinator):
    with pytest.raises(books.BookSealed):
        sign_off(place, coordinator, now=LATER)


@pytest.mark.parametrize("change", ["UPDATE book_seals SET month = '2026-09'",
                                    "DELETE FROM book_seals", "DELETE FROM book_sign_offs",
                                    "UPDATE book_sign_offs SET entries = 0"])  # fmt: skip
def test_the_database_itself_refuses_to_change_a_seal(sealed, change):
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), write_transaction():
        db.session.execute(sa.text(change))


def test_a_correction_after_the_seal_is_in_the_book_of_its_own_month(sealed, place, officer):
    with write_transaction():
        services.correct(sealed[0], 30, "提前离开", by_id=officer, now=LATER)

    assert minutes(place, OCTOBER) == (120, 0)
    assert minutes(place, NOVEMBER) == (0, -30)
    late = contents.from_earlier(place.id, NOVEMBER)
    assert [(one.kind, one.minutes) for one in late] == [("reversal", -60), ("correction", 30)]


def test_a_late_entry_after_the_seal_is_in_the_book_of_its_own_month(sealed, place, make):
    post(place, make.person().id, 3, now=LATER, proof="late")

    assert minutes(place, OCTOBER) == (120, 0)
    assert minutes(place, NOVEMBER) == (0, 60)


def test_another_community_is_not_touched_by_a_seal(sealed, make):
    other = make.community()
    post(other, make.person().id, 3, now=LATER)

    assert minutes(other, OCTOBER) == (60, 0)


def test_the_ledger_verifies_with_sealed_books(sealed, place, officer):
    with write_transaction():
        services.correct(sealed[0], 30, "提前离开", by_id=officer, now=LATER)

    assert services.verify().sound
    assert services.verify().books == 1


def test_a_book_says_how_far_it_is(entries, place, coordinator, officer, make):
    def state():
        (one,) = queries.standings([place.path], OCTOBER)
        return one.state

    assert state() == "open"
    sign_off(place, coordinator)
    assert state() == "signed"
    post(place, make.person().id, 3, now=FIRST + timedelta(minutes=5))
    assert state() == "changed"
    sign_off(place, coordinator, now=LATER)
    seal(place, officer, now=LATER + timedelta(hours=1))
    assert state() == "sealed"


def test_what_is_not_sealed_waits_until_it_is(entries, place, coordinator, officer, make):
    elsewhere = make.community()

    (one,) = queries.open_books([place.path], FIRST)
    assert (one.month, one.state) == (OCTOBER, "open")
    assert queries.open_books([elsewhere.path], FIRST) == []
    assert one.due_on == datetime(2026, 11, 13).date()
    assert not one.is_late(one.due_on)
    assert one.is_late(one.due_on + timedelta(days=1))
    sign_off(place, coordinator)
    (one,) = queries.open_books([place.path], FIRST)
    assert not one.ready_for(coordinator, LATER)
    assert one.ready_for(officer, LATER)
    seal(place, officer)
    assert queries.open_books([place.path], FIRST) == []


def test_a_month_that_is_not_over_waits_for_nobody(entries, place):
    assert queries.open_books([place.path], FRIDAY + timedelta(hours=9)) == []


def test_every_line_is_in_one_book(sealed, place, officer, make):
    post(place, make.person().id, 3, now=LATER)
    with write_transaction():
        services.reverse(sealed[0], "误记", by_id=officer, now=LATER)

    found = [contents.book(place.id, month) for month in (OCTOBER, NOVEMBER, "2026-12")]
    every = db.session.execute(sa.select(sa.func.count(), sa.func.sum(HourEntry.minutes))).one()
    assert (sum(b.lines for b in found), sum(b.minutes for b in found)) == tuple(every)
    assert dates.month_of(dates.local_date(LATER)) == NOVEMBER
