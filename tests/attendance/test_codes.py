"""The code at the door: only this site can make it, and a photo of it is soon worth nothing."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer_site.attendance.codes import Codes, CodeWorthless, Door
from volunteer_site.core.settings import CHOICES

CODES = Codes("a secret of at least sixteen letters", 30)
IN = Door(7, "in")
STEP_BEGINS = datetime(2026, 11, 20, 10, 0, 0)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1))


@pytest.mark.parametrize(
    ("later", "good"),
    [(0, True), (29.999, True), (30, True), (59.999, True), (60, False), (61, False), (-1, False)],
)
def test_a_code_lives_its_own_step_and_one_more(later, good):
    code = CODES.shown(IN, STEP_BEGINS).code

    assert CODES.fit(code, IN, STEP_BEGINS + timedelta(seconds=later)) is good


@given(MOMENTS, st.integers(0, 90))
def test_a_code_is_never_good_for_more_than_a_minute_and_always_for_half_of_one(shown_at, late):
    fits = CODES.fit(CODES.shown(IN, shown_at).code, IN, shown_at + timedelta(seconds=late))

    assert fits or late > 30
    assert not fits or late < 60


@pytest.mark.parametrize("step", CHOICES["DOOR_STEP_SECONDS"])
@given(shown_at=MOMENTS)
def test_however_the_site_is_set_a_photo_is_worthless_after_a_minute(step, shown_at):
    codes = Codes("a secret of at least sixteen letters", step)

    photo = codes.shown(IN, shown_at).code

    assert codes.fit(photo, IN, shown_at + timedelta(seconds=step))
    assert not codes.fit(photo, IN, shown_at + timedelta(minutes=1))


@given(MOMENTS, st.integers(1, 10**6))
def test_no_code_comes_back(shown_at, steps):
    later = shown_at + timedelta(seconds=30 * (steps + 1))

    assert CODES.shown(IN, shown_at).code != CODES.shown(IN, later).code


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_key_of_one_activity_makes_no_code_of_another(one, other):
    assert (CODES.key(one) == CODES.key(other)) is (one == other)


@given(MOMENTS)
def test_the_seconds_left_lead_exactly_to_the_next_code(now):
    shown = CODES.shown(IN, now)
    rest = timedelta(seconds=shown.seconds_left)

    assert 1 <= shown.seconds_left <= 30
    assert CODES.shown(IN, now + rest).step == shown.step + 1
    assert (
        CODES.shown(IN, now.replace(microsecond=0) + rest - timedelta(seconds=1)).code == shown.code
    )


@pytest.mark.parametrize("other", [Door(8, "in"), Door(7, "out")])
def test_a_code_opens_one_direction_of_one_activity(other):
    assert not CODES.fit(CODES.shown(IN, STEP_BEGINS).code, other, STEP_BEGINS)


@pytest.mark.parametrize(
    "forged", ["", "x", "AAAAAAAAAAAA", "扫码签到", "a.b", "a.b.c", "é" * 12, "\x00", "." * 500]
)
def test_what_was_made_up_is_refused_in_words(forged):
    with pytest.raises(CodeWorthless, match="30"):
        CODES.scanned_at(forged, IN, {"person 1"}, STEP_BEGINS)


def test_another_secret_makes_other_codes():
    other = Codes("another secret of sixteen letters", 30)

    assert not CODES.fit(other.shown(IN, STEP_BEGINS).code, IN, STEP_BEGINS)


def test_a_code_fits_into_an_address_as_it_is():
    code = CODES.shown(IN, STEP_BEGINS).code

    assert len(code) == 12
    assert all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in code)


def test_a_ticket_keeps_the_moment_of_the_scan_for_ten_minutes():
    ticket = CODES.ticket(IN, "person 1", STEP_BEGINS)

    for later in (timedelta(0), timedelta(minutes=10)):
        assert CODES.scanned_at(ticket, IN, {"person 1"}, STEP_BEGINS + later) == STEP_BEGINS
    with pytest.raises(CodeWorthless):
        CODES.scanned_at(ticket, IN, {"person 1"}, STEP_BEGINS + timedelta(minutes=10, seconds=1))


@pytest.mark.parametrize(
    ("door", "holder"),
    [(IN, "person 2"), (Door(8, "in"), "person 1"), (Door(7, "out"), "person 1")],
)
def test_a_ticket_is_good_for_nobody_else_and_for_no_other_door(door, holder):
    ticket = CODES.ticket(IN, "person 1", STEP_BEGINS)

    with pytest.raises(CodeWorthless):
        CODES.scanned_at(ticket, door, {holder}, STEP_BEGINS)
