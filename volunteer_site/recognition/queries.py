"""What can be asked about badges: who holds which, what comes next, what each one rests on."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import dates, versions, words
from volunteer_site.core.cache import kept
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.look import Look
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import EntryKind, HourEntry, MonthlyTotal, ServiceRecord
from volunteer_site.recognition.models import Award, AwardEntry, Badge
from volunteer_site.recognition.rules import PERIODS, Rule, Rulebook

STEP: Final = timedelta(minutes=5)  # how long the number of holders is kept


class Pin(NamedTuple):
    """A badge as pages show it."""

    id: int
    slug: str
    family: str
    name_zh: str
    name_en: str
    sentence_zh: str
    sentence_en: str
    measure: str
    category: str
    over_period: str
    threshold: int
    emblem: str
    shape: str
    tint: str
    position: int
    retired_at: datetime | None

    @property
    def name(self) -> str:
        """Return its name in the visitor's language."""
        return self.name_en if words.locale() == "en" else self.name_zh

    @property
    def sentence(self) -> str:
        """Return its warm sentence in the visitor's language."""
        return self.sentence_en if words.locale() == "en" else self.sentence_zh

    @property
    def rule(self) -> Rule:
        """Return what earns it."""
        what = (self.measure, self.category, self.over_period, self.threshold)
        return Rule(self.id, *what, self.position, open=self.retired_at is None)


class Held(NamedTuple):
    """An award: the badge, the day of the service that earned it, and whether it still stands."""

    id: int
    pin: Pin
    period: str
    earned_on: date
    awarded_at: datetime
    withdrawn_at: datetime | None
    withdrawal_reason: str


class Ahead(NamedTuple):
    """A badge not held yet, and how far somebody has come: `value` of its threshold."""

    pin: Pin
    value: int

    @property
    def share(self) -> float:
        """Return how much of the way is done, 0 to 1."""
        return min(self.value / self.pin.threshold, 1.0)


class Basis(NamedTuple):
    """A line of the ledger that an award rests on; `taken_back` says why, if it was reversed."""

    entry_id: int
    service_date: date
    title: str
    organiser: str
    minutes: int
    taken_back: str | None


class Wall(NamedTuple):
    """All badges as they stand towards one person."""

    earned: list[Held]
    withdrawn: list[Held]
    ahead: list[Ahead]  # the nearest first


def rules() -> list[Rule]:
    """Return the rules of all badges, also of retired ones, in the order of the catalogue."""
    return [pin.rule for pin in _pins()]


def catalogue() -> dict[int, Pin]:
    """Return all badges by number, in their order; kept until one changes."""
    version = versions.current("badges")
    return kept("badges", 2).get(version, lambda: {pin.id: pin for pin in _pins()})  # type: ignore[no-any-return]


def by_slug(slug: str) -> Pin:
    """Return a badge by its address; raises NotFound."""
    for pin in catalogue().values():
        if pin.slug == slug:
            return pin
    raise NotFound(_("There is no such badge. Have a look at all of them."))


def series(pin: Pin) -> list[Pin]:
    """Return the badges that count the same thing, the easiest first."""
    same = [other for other in catalogue().values() if other.rule[1:4] == pin.rule[1:4]]
    return sorted(same, key=lambda other: other.threshold)


def holders(pin: Pin, now: datetime) -> int:
    """Return how many people hold the badge, as of the last five minutes."""
    asked = sa.select(sa.func.count(sa.distinct(Award.person_id))).where(
        Award.badge_id == pin.id, Award.withdrawn_at.is_(None)
    )
    key = (pin.id, now.date(), timedelta(hours=now.hour, minutes=now.minute) // STEP)
    return kept("holders").get(key, lambda: db.session.scalar(asked))  # type: ignore[no-any-return]


def with_hours() -> list[int]:
    """Return everybody who has ever given hours, by number."""
    asked = sa.select(MonthlyTotal.person_id).distinct().order_by(MonthlyTotal.person_id)
    return list(db.session.scalars(asked))


def latest_awards(person_id: int, limit: int = 3) -> list[Held]:
    """Return the badges somebody was given last, the newest first."""
    return _as_held(_latest(person_id=person_id, most=limit))


def next_badge(person_id: int, now: datetime) -> Ahead | None:
    """Return the badge that is nearest, with the progress towards it; None if there is none left.

    Counted anew only when the person's ledger, the badges or the year have changed.
    """
    [[mark]] = _newest_entry(person_id=person_id)
    key = (person_id, mark, versions.current("badges"), dates.today(now).year)
    return kept("next badges", 4096).get(  # type: ignore[no-any-return]
        key, lambda: next(iter(wall(person_id, now).ahead), None)
    )


def wall(person_id: int, now: datetime) -> Wall:
    """Return what somebody has earned, and how far they are from everything else."""
    pins, awards = catalogue(), _as_held(_awards(person_id=person_id))
    standing = [held for held in awards if held.withdrawn_at is None]
    withdrawn = [held for held in awards if held.withdrawn_at is not None]
    return Wall(standing, withdrawn, _ahead(pins, standing, person_id, dates.today(now)))


def towards(person_id: int, pin: Pin, now: datetime) -> tuple[Held | None, Ahead | None]:
    """Return how somebody stands towards one badge: their last award, and the way to the next."""
    found = wall(person_id, now)
    held = [one for one in found.earned if one.pin.id == pin.id]
    ahead = [one for one in found.ahead if one.pin.id == pin.id]
    return next(iter(held), None), next(iter(ahead), None)


def award_of(person_id: int, award_id: int) -> Held:
    """Return one of somebody's own awards, standing or withdrawn; NotFound for others'."""
    found = _as_held(_award(person_id=person_id, award_id=award_id))
    if not found:
        raise NotFound(_("There is no such badge of yours."))
    return found[0]


def rests_on(award_id: int) -> list[Basis]:
    """Return the entries that an award rests on, the newest first."""
    back = orm.aliased(HourEntry)
    asked = (
        sa.select(
            HourEntry.id,
            HourEntry.service_date,
            ServiceRecord.title,
            ServiceRecord.organiser,
            HourEntry.minutes,
            back.reason,
        )
        .join(AwardEntry, AwardEntry.entry_id == HourEntry.id)
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .outerjoin(back, sa.and_(back.reverses_id == HourEntry.id, back.kind == EntryKind.REVERSAL))
        .where(AwardEntry.award_id == award_id)
        .order_by(HourEntry.started_at.desc(), HourEntry.id.desc())
    )
    return [Basis(*row) for row in db.session.execute(asked)]


def _pins() -> list[Pin]:
    columns = [getattr(Badge, name) for name in Pin._fields]
    return [Pin(*row) for row in db.session.execute(sa.select(*columns).order_by(Badge.position))]


_given = (
    sa.select(
        Award.id,
        Award.badge_id,
        Award.period,
        Award.earned_on,
        Award.awarded_at,
        Award.withdrawn_at,
        Award.withdrawal_reason,
    )
    .where(Award.person_id == sa.bindparam("person_id"))
    .order_by(Award.earned_on.desc(), Award.id.desc())
)
_newest_entry = Look(
    sa.select(sa.func.max(HourEntry.id)).where(HourEntry.person_id == sa.bindparam("person_id"))
)
_awards = Look(_given)
_award = Look(_given.where(Award.id == sa.bindparam("award_id")))
_latest = Look(
    _given.where(Award.withdrawn_at.is_(None)).limit(sa.bindparam("most", type_=sa.Integer()))
)


def _as_held(rows: Iterable[tuple[Any, ...]]) -> list[Held]:
    pins = catalogue()
    return [Held(number, pins[badge], *more) for number, badge, *more in rows]


def _ahead(pins: dict[int, Pin], held: list[Held], person_id: int, today: date) -> list[Ahead]:
    """Return what is not held in the period it is today, the nearest first."""
    has = {(one.pin.id, one.period) for one in held}
    values = Rulebook(pin.rule for pin in pins.values()).values(
        hours.standing_entries([person_id]), today
    )
    ahead = [
        Ahead(pin, values[pin.id])
        for pin in pins.values()
        if pin.retired_at is None and (pin.id, PERIODS[pin.over_period](today)) not in has
    ]
    return sorted(ahead, key=lambda one: (-one.share, one.pin.position))
