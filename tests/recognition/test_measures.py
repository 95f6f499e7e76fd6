"""What badges count, tried without a database."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.recognition.lives import FIRST, HERE, on, open_in, served, weekly
from volunteer_site.recognition.badges.measures import MEASURES, PAUSE, Around, monday_of
from volunteer_site.recognition.badges.rules import Places, Rule, Rulebook
from volunteer_site.recognition.badges.scopes import Scope

MANY = range(60)
WEEKS = st.sets(st.integers(0, 50), min_size=1).map(sorted)
ALWAYS = Around(held=open_in(*MANY))


def value(measure, history, around=ALWAYS):
    """Return the most that a measure comes to."""
    one = MEASURES[measure]
    looked_at = [entry for entry in history if one.looks_at(entry)]
    return max((step.value for step in one.steps(looked_at, around)), default=0)


def longest_run(weeks):
    best = run = 0
    for week in range(max(weeks) + 1):
        run = run + 1 if week in weeks else 0
        best = max(best, run)
    return best


@given(WEEKS)
def test_where_something_takes_place_every_week_a_streak_is_a_plain_run_of_weeks(weeks):
    assert value("streak", weekly(*weeks)) == longest_run(weeks)


@given(WEEKS, st.sets(st.integers(0, 50)), st.sets(st.integers(0, 50)))
def test_forgiving_a_week_never_shortens_a_streak(weeks, excused, more):
    few = ALWAYS._replace(excused=frozenset(FIRST + week for week in excused))
    many = few._replace(excused=frozenset(FIRST + week for week in excused | more))

    assert value("streak", weekly(*weeks), few) <= value("streak", weekly(*weeks), many)


@given(WEEKS)
def test_a_streak_counts_weeks_served_and_never_more(weeks):
    quiet = Around()  # nothing took place, so every week without service waits

    gaps = [later - sooner - 1 for sooner, later in pairwise(weeks)]
    expected, run = 1, 1
    for gap in gaps:
        run = run + 1 if gap <= PAUSE else 1
        expected = max(expected, run)
    assert value("streak", weekly(*weeks), quiet) == expected


@given(WEEKS, st.data())
def test_taking_an_hour_back_never_makes_anything_more(weeks, data):
    history = weekly(*weeks)
    gone = data.draw(st.sampled_from(history))
    left = [entry for entry in history if entry is not gone]

    for measure in ("weeks", "months", "entries", "minutes", "categories", "recorders", "early"):
        assert value(measure, left) <= value(measure, history)


@pytest.mark.parametrize(
    "around",
    [
        ALWAYS._replace(excused=frozenset({FIRST + 2})),
        ALWAYS._replace(days_off=frozenset({on(2).date()})),
        ALWAYS._replace(held=open_in(0, 1, 3, 4)),
    ],
    ids=["excused", "a holiday Friday", "nothing took place"],
)
def test_a_week_in_which_nobody_is_expected_breaks_no_streak(around):
    history = weekly(0, 1, 3, 4)

    assert value("streak", history, around) == 4
    assert value("streak", history) == 2


def test_a_thursday_off_is_no_reason_to_miss_the_friday():
    thursday = ALWAYS._replace(days_off=frozenset({on(2, day=3).date()}))

    assert value("streak", weekly(0, 1, 3), thursday) == 2


def test_what_another_community_does_is_not_expected_of_anybody():
    elsewhere = Around(held=open_in(2, at=HERE + 1))

    assert value("streak", weekly(0, 1, 3), elsewhere) == 3


@pytest.mark.parametrize(("pause", "weeks"), [(PAUSE, 2), (PAUSE + 1, 1)])
def test_a_streak_waits_no_longer_than_so_many_weeks(pause, weeks):
    assert value("streak", weekly(0, pause + 1), Around()) == weeks


def test_a_streak_that_broke_since_is_at_nought_today_and_one_that_waits_is_not():
    rule = Rule(1, "streak", "", "ever", 8, 1)
    history, today = weekly(0, 1, 2), monday_of(FIRST + 4)

    assert Rulebook([rule]).values(history, today, ALWAYS) == {1: 0}
    waiting = ALWAYS._replace(excused=frozenset({FIRST + 3}))
    assert Rulebook([rule]).values(history, today, waiting) == {1: 3}
    assert Rulebook([rule]).values(history, monday_of(FIRST + 3), ALWAYS) == {1: 3}


def test_a_no_show_begins_the_count_of_kept_words_again():
    missed = ALWAYS._replace(missed=(on(1, day=5).date(),))

    assert value("kept", weekly(0, 1, 2, 3)) == 4
    assert value("kept", weekly(0, 1, 2, 3), missed) == 2


@pytest.mark.parametrize(
    ("measure", "history", "expected"),
    [
        ("months", weekly(0, 1, 4, 5), 2),
        ("seasons", weekly(0, 10, 25, 40), 4),
        ("years", weekly(0, 51, 52), 2),
        ("days", [served(1, 0), served(2, 0), served(3, 0, day=5)], 2),
        ("categories", [served(1, 0), served(2, 1, category="care")], 2),
        ("weekends", [served(1, 0), served(2, 0, day=5), served(3, 0, day=6)], 1),
        ("mornings", [served(1, 0, hour=0), served(2, 1, hour=1)], 1),  # 8 and 9 o'clock
        ("at_the_door", [served(1, 0), served(2, 1, proof="paper")], 1),
        ("for_unit", [served(1, 0), served(2, 1, unit_id=3)], 1),
    ],
)
def test_the_ledger_alone_tells(measure, history, expected):
    assert value(measure, history) == expected


def test_what_the_ledger_does_not_tell_is_looked_up():
    around = Around(
        community_id=HERE, early=frozenset({2, 3}), brought={1: frozenset({8, 9}), 2: {9}},
        days_off=frozenset({on(2).date()}), led=frozenset({1, 4}),
    )  # fmt: skip
    history = [*weekly(0, 1, 2), served(4, 3, recorder_id=HERE + 1, unit_id=5)]

    found = {name: value(name, history, around) for name in
             ("elsewhere", "early", "brought", "holidays", "first_of_unit")}  # fmt: skip
    assert found == {"elsewhere": 1, "early": 2, "brought": 2, "holidays": 1, "first_of_unit": 1}
    assert value("elsewhere", history, Around()) == 0  # nobody knows where they live


@pytest.mark.parametrize(
    ("day", "period"),
    [("2026-10-31", None), ("2026-11-01", "2026"), ("2027-01-01", "2026"), ("2027-03-31", "2026"),
     ("2027-04-01", None)],
)  # fmt: skip
def test_a_season_over_new_year_belongs_to_the_year_it_began_in(day, period):
    heating = Scope("entries", "", "season", "11-01", "03-31")

    assert heating.period(date.fromisoformat(day)) == period


def test_dates_count_once_with_both_ends():
    week = Scope("entries", "", "dates", "2026-03-01", "2026-03-07")
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 7), date(2026, 3, 8)]

    assert [week.period(day) for day in days] == [None, "", "", None]


def test_a_badge_of_a_place_counts_what_was_recorded_there_and_below():
    places = Places({HERE: (1,), HERE + 1: (1,)}, {5: (5,)})
    there = Rule(1, "entries", "", "ever", 2, 1, organisation_id=1)
    unit = Rule(2, "entries", "", "ever", 1, 2, organisation_id=5)
    history = [served(1, 0), served(2, 1, recorder_id=99), served(3, 2, recorder_id=HERE + 1)]

    (got,) = Rulebook([there, unit], places).earned(history)
    assert (got.badge_id, got.entries) == (1, (1, 3))
    (got,) = Rulebook([unit], places).earned([served(1, 0, unit_id=5, recorder_id=99)])
    assert got.badge_id == 2


def test_a_badge_of_a_programme_counts_what_has_its_name_in_the_title():
    rule = Rule(1, "entries", "", "ever", 1, 1, programme="护学岗")

    assert not Rulebook([rule]).earned([served(1, 0)])
    assert Rulebook([rule]).earned([served(1, 0, title="护学岗：早高峰护送过马路")])


@given(WEEKS, st.data())
def test_counting_only_what_a_posting_touches_gives_what_counting_all_would(weeks, data):
    rules = [Rule(number, *told, number) for number, told in enumerate(RULES, 1)]
    kinds = data.draw(st.lists(st.sampled_from(["clean-up", "care"]), min_size=51, max_size=51))
    history = [served(n, week, category=kinds[week]) for n, week in enumerate(weeks, 1)]
    book = Rulebook(rules)
    before = {(got.badge_id, got.period) for got in book.earned(history[:-1], ALWAYS)}
    touched = book.touched_by(history[-1:], ())

    fresh = {(got.badge_id, got.period) for got in touched.earned(history, ALWAYS, before)}
    assert before | fresh == {(got.badge_id, got.period) for got in book.earned(history, ALWAYS)}


RULES = (
    ("weeks", "", "ever", 3), ("weeks", "", "ever", 9), ("streak", "", "ever", 4),
    ("category_minutes", "care", "ever", 240), ("minutes", "", "year", 600),
    ("entries", "clean-up", "year", 5), ("months", "", "ever", 4), ("kept", "", "ever", 7),
)  # fmt: skip


def test_a_posting_touches_only_rules_that_look_at_it():
    rules = [
        Rule(1, "entries", "care", "ever", 1, 1),
        Rule(2, "entries", "", "season", 1, 2, True, "03-01", "03-31"),
        Rule(3, "weekends", "", "ever", 1, 3),
        Rule(4, "entries", "", "ever", 1, 4, programme="护学岗"),
        Rule(5, "weeks", "", "ever", 1, 5),
        Rule(6, "minutes", "care", "ever", 1, 6),
        Rule(7, "first_of_unit", "", "ever", 1, 7),
    ]

    book = Rulebook(rules).touched_by([served(1, 0)], badge_ids={6})
    assert [rule.badge_id for rule in book.rules] == [5, 6]
