"""The present week and the next as they stand: open, full, waiting, short; a door open at once."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random

from volunteer_site.core import dates
from volunteer_site.demo.history import (
    Held,
    Scene,
    announced,
    come,
    fill,
    held_at,
    rains,
    sign_up,
    take_place,
)
from volunteer_site.demo.programmes import Occasion, by_day, evening_round

LEAST = 26  # published activities in the present week
LEAST_TO_COME = 8  # of them, those one can still sign up for
SHARES = (1.0, 1.3, 0.15, 0.6, 0.9, 0.75)  # full, waiting list, short, open, nearly full, open
DAYTIMES = (time(9), time(15), time(18), time(19, 30))
NIGHT = (time(6, 30), time(21))
AT_ONCE = timedelta(minutes=45)
DOOR_OPENS_IN = timedelta(minutes=15)
LEFT_OPEN = 3  # activities of the first communities that nobody has closed yet
TO_POST = 2  # communities whose next Friday is still to be posted


def present_weeks(scene: Scene, now: datetime) -> list[Held]:
    """Tell how this week and the next stand at `now`, earliest first.

    Deterministic for the same week as far as the past goes; what is still to come depends on
    the hour, so that there is always something to sign up for.
    """
    scene.diary.forget()
    monday = monday_of(now)
    this = [held for held in announced(scene, monday) if not _left_to_post(held, now)]
    following = announced(scene, monday + timedelta(days=7))
    planned = [*this, *(held for held in following if held.published_at <= now)]
    door = _door_open_now(scene, now)
    extra = list(_extra(scene, now, [*this, door]))
    all_of_them = sorted([*planned, door, *extra], key=lambda held: held.starts_at)
    _happen(scene, all_of_them, now)
    return all_of_them


def _happen(scene: Scene, all_of_them: list[Held], now: datetime) -> None:
    shares, left_open = cycle(SHARES), 0
    for held in reversed([held for held in all_of_them if held.ends_at <= now]):
        _be_over(scene, held, now)
        if held.community < LEFT_OPEN and left_open < LEFT_OPEN and held.closed_at:
            held.closed_at, left_open = None, left_open + 1
    for held in all_of_them:
        if held.ends_at > now:
            _be_to_come(scene, held, now, next(shares))


def _be_over(scene: Scene, held: Held, now: datetime) -> None:
    rng = scene.rng("people", held.community, held.on, held.programme)
    sign_up(scene, held, share=fill(rng))
    take_place(rng, held, rains=rains(scene, held.on))
    for turn in (turn for stint in held.stints for turn in stint.turns):
        if turn.left_at and turn.left_at > now:
            turn.left_at = None
    if held.closed_at and held.closed_at > now:
        held.closed_at = None


def _be_to_come(scene: Scene, held: Held, now: datetime, share: float) -> None:
    rng = scene.rng("to come", held.community, held.starts_at)
    held.published_at = min(held.published_at, now - timedelta(minutes=rng.randint(90, 1200)))
    sign_up(scene, held, share=share, until=now - timedelta(minutes=5))
    for stint in held.stints:
        for turn in stint.turns:
            come(rng, turn, stint)
            if not turn.standing or turn.came_at is None or turn.came_at > now:
                turn.came_at = None


def _door_open_now(scene: Scene, now: datetime) -> Held:
    """Make an activity of the first community that begins in a quarter of an hour."""
    return _added(scene, 0, _next_quarter(now + DOOR_OPENS_IN - timedelta(minutes=5)), now)


def _extra(scene: Scene, now: datetime, this: list[Held]) -> Iterator[Held]:
    """Add what the week still needs, at a good time of day, or else in an hour."""
    to_come = sum(held.starts_at > now + AT_ONCE for held in this)
    missing = max(LEAST - len(this), LEAST_TO_COME - to_come)
    moments = list(_good_moments(now)) or [_next_quarter(now + AT_ONCE)]
    communities = len(scene.occasions)
    taken = {(held.community, held.starts_at) for held in this}
    for number in range(max(0, missing) * 2):
        moment = moments[number % len(moments)]
        place = ((number * 5) + 1) % communities
        if (place, moment) not in taken and missing > 0:
            taken.add((place, moment))
            missing -= 1
            yield _added(scene, place, moment, now)


def _good_moments(now: datetime) -> Iterator[datetime]:
    """Yield the times of day at which people meet, in what is left of this week."""
    for number in range(7):
        day = monday_of(now) + timedelta(days=number)
        for daytime in DAYTIMES:
            moment = dates.utc(datetime.combine(day, daytime))
            if moment >= now + AT_ONCE:
                yield moment


def _added(scene: Scene, community: int, starts_at: datetime, now: datetime) -> Held:
    rng = scene.rng("added", community, starts_at)
    occasion = _fitting(rng, scene, community, starts_at)
    published_at = now - timedelta(hours=rng.randint(20, 40))
    return held_at(community, occasion, dates.local_date(starts_at), published_at, starts_at)


def _fitting(rng: Random, scene: Scene, community: int, starts_at: datetime) -> Occasion:
    """Choose what fits the hour: by night a round with torches, else anything."""
    place = scene.district.communities[community]
    names = scene.subdistrict_names
    if NIGHT[0] <= dates.local(starts_at).time() < NIGHT[1]:
        return by_day(rng, place, names[community])
    return evening_round(rng, place, names[community])


def _left_to_post(held: Held, now: datetime) -> bool:
    """Say whether this Friday is still to be posted, for a coordinator to try it."""
    return held.programme == 0 and held.community < TO_POST and held.starts_at > now


def _next_quarter(moment: datetime) -> datetime:
    late = timedelta(minutes=moment.minute % 5, seconds=moment.second)
    return (moment - late + timedelta(minutes=5)).replace(microsecond=0)


def monday_of(now: datetime) -> date:
    """Return the first day of the week it is at `now`."""
    today = dates.today(now)
    return today - timedelta(days=today.weekday())
