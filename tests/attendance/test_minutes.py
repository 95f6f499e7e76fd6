"""Which minutes count: golden sums, and what holds for every presence."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer_site.attendance.minutes import served

NOON = datetime(2026, 11, 20, 4)
MOMENTS = st.integers(-7200, 14400).map(lambda seconds: NOON + timedelta(seconds=seconds))
SPANS = st.tuples(MOMENTS, MOMENTS).map(lambda pair: (min(pair), max(pair)))


def at(clock):
    """18:00 on the wall is 10:00 in what is stored; here only the distances matter."""
    hours, minutes, *seconds = map(int, clock.split(":"))
    return datetime(2026, 11, 20, hours, minutes, *seconds)


HOUR = (at("18:00"), at("19:00"))


@pytest.mark.parametrize(
    ("came", "left", "minutes"),
    [
        ("18:00", "19:00", 60),
        ("17:30", "19:00", 60),  # half an hour early adds nothing (R5)
        ("17:30", "19:30", 60),
        ("18:07", "19:00", 53),
        ("18:00", "18:41", 41),
        ("18:00:01", "19:00", 59),  # never more than was given (R4)
        ("18:00:59", "18:01:58", 0),
        ("18:10:30", "18:20:29", 9),
        ("17:00", "17:50", 0),
        ("19:05", "19:20", 0),
        ("18:30", "18:30", 0),
        ("18:40", "18:20", 0),
    ],
)
def test_minutes_are_the_overlap_with_the_shift_rounded_down(came, left, minutes):
    assert served((at(came), at(left)), HOUR).minutes == minutes


@pytest.mark.parametrize(
    ("taken", "span", "minutes"),
    [
        ([("17:00", "18:00")], ("18:00", "19:00"), 60),
        ([("17:30", "18:20")], ("18:20", "19:00"), 40),
        ([("18:45", "20:00")], ("18:00", "18:45"), 45),
        ([("18:10", "18:20")], ("18:20", "19:00"), 40),  # the longer piece
        ([("18:30", "18:50")], ("18:00", "18:30"), 30),
        ([("18:15", "18:30"), ("18:20", "18:40")], ("18:40", "19:00"), 20),
        ([("17:00", "20:00")], ("18:00", "18:00"), 0),
    ],
)
def test_what_counts_elsewhere_never_counts_again(taken, span, minutes):
    elsewhere = [(at(begins), at(ends)) for begins, ends in taken]

    counts = served(HOUR, HOUR, elsewhere)

    assert (counts.started_at, counts.ended_at) == (at(span[0]), at(span[1]))
    assert counts.minutes == minutes


def test_a_declared_break_is_taken_off_and_never_below_nothing():
    assert served(HOUR, HOUR, pause=15).minutes == 45
    assert served((at("18:50"), at("19:00")), HOUR, pause=15).minutes == 0


@given(SPANS, SPANS, st.lists(SPANS, max_size=4), st.integers(0, 60))
def test_what_counts_lies_in_the_shift_in_the_presence_and_outside_all_else(
    present, shift, taken, pause
):
    counts = served(present, shift, taken, pause)

    assert shift[0] <= counts.started_at <= counts.ended_at <= shift[1]
    assert 0 <= counts.minutes <= (counts.ended_at - counts.started_at) // timedelta(minutes=1)
    if counts.ended_at > counts.started_at:
        assert present[0] <= counts.started_at and counts.ended_at <= present[1]
        for begins, ends in taken:
            assert max(begins, counts.started_at) >= min(ends, counts.ended_at)
