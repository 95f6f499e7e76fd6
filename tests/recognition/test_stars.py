"""Stars are applied for one after the other; hours alone never give one (R37)."""

import pytest

from volunteer_site.recognition.stars.scale import OFFICIAL, next_star


def test_the_scale_is_the_official_one():
    assert [level.hours for level in OFFICIAL] == [100, 300, 600, 1000, 1500]


@pytest.mark.parametrize(("minutes", "can"), [(0, False), (5999, False), (6000, True)])
def test_the_first_star_can_be_applied_for_at_a_hundred_hours(minutes, can):
    star = next_star(minutes)

    assert (star.level, star.hours, star.can_apply) == (1, 100, can)


def test_with_1500_hours_and_three_stars_one_can_apply_for_the_fourth_only():
    star = next_star(1500 * 60, held=3)

    assert (star.level, star.hours, star.can_apply) == (4, 1000, True)


def test_who_has_all_five_has_none_to_apply_for():
    assert next_star(99999, held=5) is None


def test_the_way_to_a_star_is_never_more_than_whole():
    assert next_star(3000).share == 0.5
    assert next_star(60000).share == 1
