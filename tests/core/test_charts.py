"""The bars of a chart stand where their numbers say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer_site.core.charts import BOTTOM, LEFT, RIGHT, TOP, Row, bars

number = st.integers(0, 200_000)


@given(st.lists(st.tuples(number, number), max_size=12))
def test_every_bar_stays_in_the_field_and_is_as_high_as_its_number(pairs):
    chart = bars([Row("", whole, part) for whole, part in pairs])
    top = chart.lines[-1][1]

    for bar in chart.bars:
        assert bar.x >= LEFT
        assert bar.x + bar.width <= RIGHT
        assert bar.whole_height == pytest.approx((BOTTOM - TOP) * bar.row.whole / top, abs=0.11)
        assert bar.part_height == pytest.approx((BOTTOM - TOP) * bar.row.part / top, abs=0.11)


@given(number)
def test_there_are_few_lines_with_round_numbers_up_to_the_highest_bar(highest):
    numbers = [line for _, line in bars([Row("", highest, 0)]).lines]

    assert 2 <= len(numbers) <= 6
    assert numbers[-1] >= highest
    assert str(numbers[1]).rstrip("0") in {"1", "2", "5"}


def test_bars_stand_side_by_side():
    one, two = bars([Row("11/13", 10, 5), Row("11/20", 8, 8)]).bars

    assert one.x + one.width < two.x
    assert one.part_y > two.part_y


def test_a_share_is_never_more_than_there_is():
    assert Row("", 3, 2).percent == 66
    assert Row("", 1000, 999).percent == 99
    assert Row("", 0, 0).percent == 0
