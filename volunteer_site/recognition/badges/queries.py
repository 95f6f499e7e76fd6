"""What can be asked about badges: who holds which, what comes next, what each one rests on."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import dates, versions
from volunteer_site.core.cache import kept
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.look import Look
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import EntryKind, HourEntry, MonthlyTotal, ServiceRecord
from volunteer_site.recognition.badges import lives
from volunteer_site.recognition.badges.measures import week_of
from volunteer_site.recognition.badges.models import Award, AwardEntry
from volunteer_site.recognition.badges.pins import Pin, by_slug, catalogue, rulebook, rules

__all__ = ["Ahead", "Basis", "Held", "Pin", "Wall", "award_of", "awards_of_year", "by_slug",
           "catalogue", "holders", "latest_awards", "next_badge", "rests_on", "rulebook", "rules",
           "series", "towards", "wall", "with_hours"]  # fmt: skip

STEP: Final = timedelta(minutes=5)  # how long the number of holders is kept


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


def series(pin: Pin) -> list[Pin]:
    """Return the badges that count the same thing, the easiest first."""
    if pin.given_by_hand:
        return [pin]
    same = [other for other in catalogue().values() if other.rule.scope == pin.rule.scope]
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


def awards_of_year(person_id: int, year: int) -> list[Held]:
    """Return the badges that somebody earned in a year and still has, the newest first."""
    held = _as_held(_awards(person_id=person_id))
    return [one for one in held if one.withdrawn_at is None and one.earned_on.year == year]


def next_badge(person_id: int, now: datetime) -> Ahead | None:
    """Return the badge that is nearest, with the progress towards it; None if there is none left.

    Counted anew only when the person's ledger, the badges or the week have changed.
    """
    [[mark]] = _newest_entry(person_id=person_id)
    key = (person_id, mark, versions.current("badges"), week_of(dates.today(now)))
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
    """Return what is not held in the period it is today, the nearest first.

    Out of its season a badge is ahead only of who never had it.
    """
    has = {(one.pin.id, period) for one in held for period in (one.period, None)}
    book, history = rulebook(), {person_id: hours.standing_entries([person_id])}
    values = book.values(history[person_id], today, lives.around(book, history, today)[person_id])
    ahead = [
        Ahead(pin, values[pin.id])
        for pin in pins.values()
        if pin.id in values and pin.open and (pin.id, pin.rule.scope.period(today)) not in has
    ]
    return sorted(ahead, key=lambda one: (-one.share, one.pin.position))
