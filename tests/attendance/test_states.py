"""What the marks of somebody mean, in one word and in a sentence."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from tests.factories import FRIDAY_18
from volunteer_site.attendance import states
from volunteer_site.attendance.models import Method
from volunteer_site.attendance.states import Known, State

MINUTE = timedelta(minutes=1)
SHIFT = (FRIDAY_18, FRIDAY_18 + 60 * MINUTE)
TEN = 10 * MINUTE


@dataclass
class Mark:
    happened_at: datetime
    method: str = Method.SCAN
    by: str | None = None


def at(minutes, method=Method.SCAN):
    return Mark(FRIDAY_18 + minutes * MINUTE, method)


def state(came=None, left=None, *, excused=False, over=True):
    known = Known(came, left, excused)
    return states.state_of(known, SHIFT, over=over, tolerance=TEN)


@pytest.mark.parametrize(
    ("minutes", "found"),
    [(-20, State.PRESENT), (10, State.PRESENT), (10.01, State.LATE), (59, State.LATE)],
)
def test_who_comes_after_the_tolerance_is_late(minutes, found):
    assert state(at(minutes)) == found


@pytest.mark.parametrize(
    ("minutes", "found"),
    [(75, State.PRESENT), (50, State.PRESENT), (49.99, State.LEFT_EARLY), (5, State.LEFT_EARLY)],
)
def test_who_goes_before_the_tolerance_left_early(minutes, found):
    assert state(at(0), at(minutes)) == found


def test_who_was_there_when_it_was_closed_did_not_leave_early():
    assert state(at(0), at(30, Method.CLOSING)) == State.PRESENT


def test_before_the_end_nobody_is_absent():
    assert state(over=False) == State.EXPECTED
    assert state(over=True) == State.ABSENT


@pytest.mark.parametrize("over", [True, False])
def test_who_is_excused_is_not_absent_but_who_came_came(over):
    assert state(excused=True, over=over) == State.EXCUSED
    assert state(at(0), excused=True, over=over) == State.PRESENT


@pytest.mark.parametrize("found", list(State))
def test_every_state_has_a_word_of_its_own_and_a_tone(found):
    assert len({states.words(one) for one in State}) == len(State)
    assert states.tone(found) in {"good", "warn", "bad", "info", ""}


@pytest.mark.parametrize(
    ("method", "by", "words"),
    [
        ("tick", "郑红", "18:05 由郑红勾选"),
        ("scan", None, "18:05 扫码"),
        ("card", "郑红", "18:05 本人卡片，由郑红识读"),
        ("card", None, "18:05 本人卡片"),
        ("paper", "郑红", "18:05 按签到表，由郑红录入"),
        ("late", "郑红", "18:05 由郑红补录"),
        ("closing", "郑红", "18:05 郑红结束活动时"),
    ],
)
def test_it_says_when_and_how_and_by_whom(method, by, words):
    assert states.told(Mark(FRIDAY_18 + 5 * MINUTE, method, by)) == words


def test_every_way_through_the_door_has_words():
    assert all(states.how(method, by) for method in Method for by in (None, "郑红"))
