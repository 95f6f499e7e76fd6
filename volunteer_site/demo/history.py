"""What happened: every activity of every week, who came and who did not, as a plan only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from volunteer_site.core import dates
from volunteer_site.demo.crowd import Crowd, Diary, choose
from volunteer_site.demo.places import District
from volunteer_site.demo.programmes import Occasion, Task, weekly_hour

THURSDAY = 3
RAIN = 0.15  # days with rain
NO_SHOW = 1 / 8
STAYS_AWAY_IN_RAIN = 0.5
CANCELLED = 0.01
WITHDRAWS = 0.04
SCANS = 0.7
TICKED = 0.95  # or scanned; the others sign on paper
SCANS_OUT = 0.6
SIGNUPS_END = timedelta(hours=1)  # before the start; the plan needs room for withdrawals
TRIES = 4  # to find one who comes
MANY = 1.15  # of the places wanted, where an occasion is popular
POPULAR = 0.12
REASONS = ("单位临时加班", "孩子发烧了，走不开", "家里来了客人", "身体不太舒服", "临时出差")
CANCELLATIONS = ("下雨路滑，改期再通知大家", "街道统一检查，场地占用", "大风蓝色预警，不宜户外作业")


@dataclass(slots=True)
class Turn:
    """One person's part in a shift, from the sign-up to the door and home again."""

    person: int
    signed_up_at: datetime
    confirmed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    reason: str = ""
    came_at: datetime | None = None
    came_by: str = "scan"
    left_at: datetime | None = None  # None with `came_at`: until the activity was closed
    device: str | None = None  # of the phone that scanned

    @property
    def standing(self) -> bool:
        """Say whether the person has a place."""
        return self.confirmed_at is not None and self.withdrawn_at is None


@dataclass(slots=True)
class Stint:
    """One shift of an activity, with everybody who signed up for it."""

    name: str
    starts_at: datetime
    ends_at: datetime
    places: int
    turns: list[Turn] = field(default_factory=list)


@dataclass(slots=True)
class Held:
    """One activity; `programme` is its number among those of the community."""

    community: int
    programme: int | None
    occasion: Occasion
    on: date
    published_at: datetime
    stints: list[Stint]
    cancelled_at: datetime | None = None
    cancellation_reason: str = ""
    closed_at: datetime | None = None

    @property
    def starts_at(self) -> datetime:
        """Return when the first shift begins."""
        return min(stint.starts_at for stint in self.stints)

    @property
    def ends_at(self) -> datetime:
        """Return when the last shift ends."""
        return max(stint.ends_at for stint in self.stints)


@dataclass(frozen=True)
class Scene:
    """A district with its people and what its communities do; `seed` makes it repeatable."""

    seed: str
    district: District
    crowd: Crowd
    occasions: list[list[Occasion]]  # of each community
    subdistrict_names: list[str]  # of each community
    holidays: frozenset[date]
    begin: date
    earlier: timedelta = timedelta()  # so long before, the first community began alone
    diary: Diary = field(default_factory=Diary)

    @property
    def founded(self) -> date:
        """Return the day on which the first community began."""
        return self.begin - self.earlier

    def rng(self, *parts: object) -> Random:
        """Return chance for one matter, the same each time."""
        return Random("/".join(map(str, (self.seed, *parts))))  # noqa: S311 -- nothing secret


def past_week(scene: Scene, monday: date) -> Iterator[Held]:
    """Tell what happened in one week that is over."""
    scene.diary.forget()
    for held in announced(scene, monday):
        rng = scene.rng("people", held.community, held.on, held.programme)
        sign_up(scene, held, share=fill(rng))
        if rng.random() < CANCELLED:
            cancel(rng, held)
        else:
            take_place(rng, held, rains=rains(scene, held.on))
        yield held


def announced(scene: Scene, monday: date) -> Iterator[Held]:
    """Tell what the communities announce for a week, nobody having signed up yet."""
    week = monday.toordinal() // 7
    for community, occasions in enumerate(scene.occasions):
        for number, occasion in enumerate(occasions):
            on = monday + timedelta(days=occasion.weekday)
            if occasion.takes_place(week) and on not in scene.holidays:
                yield _announce(scene, community, number, occasion, on)


def held_at(
    community: int, occasion: Occasion, on: date, published_at: datetime, starts_at: datetime
) -> Held:
    """Make an activity that begins at a moment (UTC), with the occasion's shifts."""
    whole = (Task("", 0, occasion.lasts_minutes, 1.0),)
    stints = [_stint(task, starts_at, occasion.places) for task in occasion.tasks or whole]
    return Held(community, None, occasion, on, published_at, stints)


def sign_up(scene: Scene, held: Held, *, share: float, until: datetime | None = None) -> None:
    """Let people sign up until a moment: the first have a place, the others wait.

    Without a moment the sign-up is over, and some have withdrawn.
    """
    rng = scene.rng("sign-ups", held.community, held.starts_at)
    for stint in held.stints:
        last = held.starts_at - SIGNUPS_END
        last = max(held.published_at, min(last, until) if until else last)
        people = _wish_to_come(rng, scene, held, round(stint.places * share))
        moments = sorted(moment(rng, held.published_at, last) for _ in people)
        for order, (person, at) in enumerate(zip(people, moments, strict=True)):
            confirmed = at if order < stint.places else None
            stint.turns.append(Turn(person, at, confirmed))
        if until is None:
            _withdraw(rng, stint, last)


def take_place(rng: Random, held: Held, *, rains: bool) -> None:
    """Let those with a place come and go, and the coordinator close the activity."""
    away = STAYS_AWAY_IN_RAIN if rains else NO_SHOW
    for stint in held.stints:
        for turn in stint.turns:
            if turn.standing and rng.random() >= away:
                come(rng, turn, stint)
                if rng.random() < SCANS_OUT:
                    turn.left_at = stint.ends_at + _minutes(rng, -4, 12)
    held.closed_at = held.ends_at + _minutes(rng, 15, 28)


def come(rng: Random, turn: Turn, stint: Stint) -> None:
    """Let one person come through the door, a little early or a little late."""
    turn.came_at = stint.starts_at + _minutes(rng, -18, 7)
    how = rng.random()
    turn.came_by = "scan" if how < SCANS else "tick" if how < TICKED else "paper"


def cancel(rng: Random, held: Held) -> None:
    """Call the activity off some hours before it begins."""
    held.cancelled_at = held.starts_at - timedelta(minutes=40)
    held.cancellation_reason = rng.choice(CANCELLATIONS)


def thursday_before(rng: Random, on: date) -> datetime:
    """Return the moment of posting: some time on the last Thursday before the day."""
    thursday = on - timedelta(days=(on.weekday() - THURSDAY - 1) % 7 + 1)
    return dates.utc(datetime.combine(thursday, time(9))) + _minutes(rng, 0, 420)


def moment(rng: Random, after: datetime, until: datetime) -> datetime:
    """Return a moment between two, sooner rather than later."""
    whole = int((until - after).total_seconds())
    return after + timedelta(seconds=int(whole * rng.random() ** 2))


def rains(scene: Scene, on: date) -> bool:
    """Say whether it rained in the district on a day."""
    return scene.rng("weather", on).random() < RAIN


def fill(rng: Random) -> float:
    """Return how many want to come, as a share of the places: three quarters as a rule."""
    return MANY if rng.random() < POPULAR else rng.triangular(0.35, 1.0, 0.8)


def _announce(scene: Scene, community: int, number: int, occasion: Occasion, on: date) -> Held:
    if number == 0:  # what is done in the weekly hour changes from week to week
        place = scene.district.communities[community]
        name = scene.subdistrict_names[community]
        occasion = weekly_hour(scene.rng("hour", community, on), place, name)
    published_at = thursday_before(scene.rng("posting", community, on), on)
    held = held_at(community, occasion, on, published_at, occasion.starts_at(on))
    held.programme = number
    return held


def _stint(task: Task, starts_at: datetime, places: int) -> Stint:
    begins = starts_at + timedelta(minutes=task.after)
    ends = begins + timedelta(minutes=task.minutes)
    return Stint(task.name, begins, ends, max(2, round(places * task.share)))


def _wish_to_come(rng: Random, scene: Scene, held: Held, number: int) -> list[int]:
    people: list[int] = []
    registered_by = held.published_at.date()
    age = held.occasion.minimum_age
    for _ in range(number * TRIES):
        if len(people) == number:
            break
        person = choose(rng, scene.crowd, held.community, age, registered_by)
        if person is not None and scene.diary.free(person, held.starts_at, held.ends_at):
            scene.diary.promise(person, held.starts_at, held.ends_at)
            people.append(person)
    return people


def _withdraw(rng: Random, stint: Stint, last: datetime) -> None:
    """Let some give their place back in the last hour; the first who waits gets it."""
    waiting = [turn for turn in stint.turns if turn.confirmed_at is None]
    for number, turn in enumerate([turn for turn in stint.turns if turn.confirmed_at]):
        if rng.random() < WITHDRAWS:
            turn.withdrawn_at = last + timedelta(seconds=number)
            turn.reason = rng.choice(REASONS)
            if waiting:
                waiting.pop(0).confirmed_at = turn.withdrawn_at


def _minutes(rng: Random, fewest: int, most: int) -> timedelta:
    return timedelta(minutes=rng.randint(fewest, most), seconds=rng.randrange(60))
