"""Ties, order, places, wishes and minors, whatever the numbers are (R40, R41, R69)."""

from datetime import date, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from volunteer_site.core.names import stroke_key
from volunteer_site.core.text import mask_name
from volunteer_site.recognition.rolls import rule
from volunteer_site.recognition.rolls.models import Counts, Edge, Whose
from volunteer_site.recognition.rolls.rule import Candidate, Terms, What
from volunteer_site.recognition.rolls.standings import Standing

MONTH = "2026-10"
CUTOFF = datetime(2026, 11, 3, 16)
GROWN = date(1985, 3, 8)
CHILD = date(2012, 3, 8)

names = st.text("王李张刘陈杨赵黄于洋梅强", min_size=2, max_size=4)
standings = st.builds(
    Standing,
    minutes=st.integers(50, 170),  # so close that many share a rank
    occasions=st.integers(1, 9),
    unit=st.none(),
    on_site=st.just(0),
    weeks=st.integers(1, 5),
)
candidates = st.builds(
    Candidate,
    name=names,
    birth_date=st.sampled_from((GROWN, CHILD, None)),
    agrees=st.booleans(),
    left_out=st.sampled_from((False, False, False, True)),
    heads=st.sampled_from((1, 1, 7, 120, 0, None)),
)
everybody = st.lists(st.tuples(standings, candidates), min_size=6, max_size=12).map(
    lambda people: dict(enumerate(people, 1))
)
whats = st.builds(
    What,
    whose=st.just(Whose.UNITS),
    counts=st.sampled_from(Counts),
    minimum_weeks=st.integers(0, 2),
    most=st.one_of(st.none(), st.integers(1, 6)),
    edge=st.sampled_from(Edge),
) | st.builds(
    What,
    counts=st.sampled_from([one for one in Counts if one != Counts.PER_HEAD]),
    minimum_weeks=st.integers(0, 2),
    most=st.one_of(st.none(), st.integers(1, 6)),
    edge=st.sampled_from(Edge),
)
terms = st.builds(
    Terms,
    cutoff_at=st.just(CUTOFF),
    minimum_minutes=st.sampled_from((0, 1, 60, 90)),
    unit=st.sampled_from((1, 6, 30, 60)),
    what=whats,
)


def made(people, by):
    served = {one: standing for one, (standing, _) in people.items()}
    known = {one: candidate for one, (_, candidate) in people.items()}
    return rule.lines(MONTH, by, served, known), served, known


def whom(line):
    return line.person_id or line.organisation_id


@given(everybody, terms)
def test_the_same_value_shares_a_rank_and_more_stands_before_less(people, by):
    lines, *_ = made(people, by)
    shown = [line.value // by.step for line in lines]

    assert shown == sorted(shown, reverse=True)
    for number, line in enumerate(lines):
        assert line.position == number + 1
        assert line.rank == shown.index(shown[number]) + 1


@given(everybody, terms)
def test_inside_a_rank_names_stand_in_the_order_of_strokes(people, by):
    lines, _, known = made(people, by)

    for one, after in pairwise(lines):
        if one.rank == after.rank:
            keys = [(stroke_key(known[whom(x)].name, by.name_order), whom(x)) for x in (one, after)]
            assert keys[0] < keys[1]


@given(everybody, terms)
def test_everybody_who_reaches_it_is_on_it_and_nobody_else(people, by):
    by = Terms(by.cutoff_at, by.minimum_minutes, by.name_order, by.unit,
               What(whose=by.what.whose, counts=by.what.counts,
                    minimum_weeks=by.what.minimum_weeks))  # fmt: skip
    lines, served, known = made(people, by)

    reached = {
        one
        for one in known
        if not known[one].left_out
        and rule.worth(served[one], known[one], by.what.counts) >= by.minimum
    }
    assert {whom(line) for line in lines} == reached


@given(everybody, terms)
def test_places_are_kept_and_who_shares_the_last_one_stays_or_goes_together(people, by):
    lines, *_ = made(people, by)
    whole, *_ = made(people, Terms(by.cutoff_at, by.minimum_minutes, by.name_order, by.unit,
                     What(whose=by.what.whose, counts=by.what.counts,
                          minimum_weeks=by.what.minimum_weeks)))  # fmt: skip

    assert lines == whole[: len(lines)]
    ranks_left_out = {line.rank for line in whole[len(lines) :]}
    assert not ranks_left_out & {line.rank for line in lines}
    if by.what.most is None:
        assert lines == whole
    elif by.what.edge == Edge.NONE:
        assert len(lines) <= by.what.most
    else:
        assert len(lines) >= min(by.what.most, len(whole))
        assert all(line.rank <= by.what.most for line in lines)


@given(everybody, terms)
def test_a_name_stands_whole_only_of_a_grown_up_who_agrees(people, by):
    lines, _, known = made(people, by)

    for line in lines:
        candidate = known[whom(line)]
        whole = candidate.agrees and candidate.birth_date != CHILD
        assert line.name == (candidate.name if whole else mask_name(candidate.name))
        assert line.name_shown == ("full" if whole else "masked")
        assert not candidate.left_out


@given(everybody, terms)
def test_the_order_of_reading_changes_nothing(people, by):
    lines, *_ = made(people, by)
    again, *_ = made(dict(reversed(people.items())), by)

    assert lines == again


def test_52_weeks_end_on_the_last_sunday_of_the_month():
    assert rule.span(MONTH, Counts.YEAR_WEEKS) == (date(2025, 10, 27), date(2026, 10, 25))
    assert rule.span("2026-05", Counts.YEAR_WEEKS)[1] == date(2026, 5, 31)  # a Sunday itself
    assert rule.span(MONTH, Counts.MINUTES) == (date(2026, 10, 1), date(2026, 10, 31))
