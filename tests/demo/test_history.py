from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from volunteer_site.core import dates
from volunteer_site.demo import crowd, services
from volunteer_site.demo.history import Scene, past_week
from volunteer_site.demo.places import SCALES
from volunteer_site.demo.present import LEAST, present_weeks
from volunteer_site.demo.programmes import regular
from volunteer_site.people.queries import age

SATURDAY = datetime(2026, 11, 21, 4)
EVERY_FEW_HOURS = [datetime(2026, 11, 15, 16, 1) + timedelta(hours=7 * n) for n in range(24)]


@pytest.fixture(scope="module")
def scene():
    wish = services.Wish(SCALES["small"], SATURDAY, "2026-11")
    district = next(services.districts(wish))
    who = crowd.crowd_for(district, 1)
    scene = Scene("1", district, who, [], ["柳巷"] * 12, frozenset(), wish.begin)
    period = crowd.Period(wish.begin, wish.monday)
    for member in crowd.members(scene.rng("people"), district, 600, period, first=1):
        who.add(member)
    for place in district.communities:
        scene.occasions.append(regular(scene.rng(place.slug), place, "柳巷"))
    return scene


@pytest.fixture(scope="module")
def weeks(scene):
    return [list(past_week(scene, scene.begin + timedelta(weeks=n))) for n in range(8)]


def turns(held):
    return [turn for stint in held.stints for turn in stint.turns]


def taken(held):
    return sum(turn.standing for turn in turns(held))


def room(held):
    return sum(stint.places for stint in held.stints)


def waiting(held):
    return sum(not turn.confirmed_at and not turn.withdrawn_at for turn in turns(held))


def test_the_same_week_happens_the_same_way_again(scene, weeks):
    assert list(past_week(scene, scene.begin)) == weeks[0]


def test_nobody_is_in_two_places_at_once(weeks):
    for week in weeks:
        promised = defaultdict(list)
        for held in week:
            for turn in turns(held):
                promised[turn.person].append((held.starts_at, held.ends_at))
        for spans in promised.values():
            assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted(spans)))


def test_no_shift_is_oversold_and_nobody_waits_beside_a_free_place(weeks):
    for stint in (stint for week in weeks for held in week for stint in held.stints):
        standing = sum(turn.standing for turn in stint.turns)
        assert standing <= stint.places
        if any(not turn.confirmed_at for turn in stint.turns):
            assert standing == stint.places


def test_everybody_is_old_enough_and_registered_before(scene, weeks):
    for held in (held for week in weeks for held in week):
        for turn in turns(held):
            born = scene.crowd.born[turn.person - 1]
            assert age(born, held.on) >= held.occasion.minimum_age
            assert scene.crowd.since[turn.person - 1] < dates.local_date(turn.signed_up_at)


def test_an_activity_is_posted_on_the_thursday_before_it(weeks):
    for held in (held for week in weeks for held in week):
        posted = dates.local_date(held.published_at)
        assert posted.weekday() == 3
        assert 1 <= (held.on - posted).days <= 7


def test_things_happen_in_their_order(weeks):
    for held in (held for week in weeks for held in week):
        for turn in turns(held):
            assert held.published_at <= turn.signed_up_at < held.starts_at
            assert not turn.withdrawn_at or turn.signed_up_at <= turn.withdrawn_at < held.starts_at
            assert not turn.came_at or turn.standing
            assert not turn.left_at or turn.left_at > turn.came_at


def test_three_quarters_are_full_and_one_in_eight_does_not_come(weeks):
    everything = [held for week in weeks for held in week if not held.cancelled_at]
    full = sum(map(taken, everything)) / sum(map(room, everything))
    came = sum(turn.came_at is not None for held in everything for turn in turns(held))

    assert 0.6 < full < 0.85
    assert 0.7 < came / sum(map(taken, everything)) < 0.95  # rain included


@pytest.mark.parametrize("now", EVERY_FEW_HOURS)
def test_there_is_always_something_of_everything(scene, now):
    stand = present_weeks(scene, now)
    week = dates.week_of(dates.today(now))
    this = [held for held in stand if dates.week_of(held.on) == week]
    to_come = [held for held in stand if held.starts_at > now]

    assert len(this) >= LEAST - 2
    assert any(taken(held) < room(held) for held in to_come)
    assert any(waiting(held) for held in to_come)
    assert any(taken(held) == room(held) and not waiting(held) for held in to_come)
    assert any(taken(held) * 3 < room(held) for held in to_come)


@pytest.mark.parametrize("now", EVERY_FEW_HOURS)
def test_a_door_is_open_at_any_time(scene, now):
    half_an_hour = timedelta(minutes=30)

    assert any(
        held.starts_at - half_an_hour <= now < held.starts_at and held.published_at < now
        for held in present_weeks(scene, now)
    )


@pytest.mark.parametrize("now", EVERY_FEW_HOURS)
def test_nothing_has_happened_that_is_still_to_come(scene, now):
    for held in present_weeks(scene, now):
        assert held.published_at <= now
        assert not held.closed_at or held.closed_at <= now
        for turn in turns(held):
            told = [turn.signed_up_at, turn.confirmed_at, turn.withdrawn_at, turn.came_at]
            assert all(moment is None or moment <= now for moment in [*told, turn.left_at])


def test_a_holiday_has_no_weekly_hour(scene):
    friday = scene.begin + timedelta(days=4)
    holiday = Scene(**{name: getattr(scene, name) for name in Scene.__dataclass_fields__}
                    | {"holidays": frozenset([friday])})  # fmt: skip

    assert any(held.on == friday for held in past_week(scene, scene.begin))
    assert not any(held.on == friday for held in past_week(holiday, scene.begin))
