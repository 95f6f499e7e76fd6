"""Taking places, waiting for them, giving them back. Call the changes inside a `write_transaction`.

`allow` reads only: a full activity is answered without any lock. `take_place` is one guarded
write, so that neither database can oversell, whoever comes at the same time.
"""

from datetime import date, datetime

import sqlalchemy as sa
from blinker import Signal

from volunteer_site.activities.models import Shift
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound, Refusal
from volunteer_site.core.look import Change
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import Person
from volunteer_site.signups import queries
from volunteer_site.signups.models import Signup
from volunteer_site.signups.queries import Offer, Offers

withdrawing = Signal()  # sent with signup=(Signup) before it is withdrawn; a listener may refuse


class SignupClosed(Refusal):
    """Nobody can sign up for this activity now."""


class ShiftFull(Refusal):
    """Every place of the shift is taken."""


class ShiftNotChosen(Refusal):
    """The activity has several shifts and none was chosen."""

    status = 422


class TimesClash(Refusal):
    """The person has promised to be somewhere else at that time."""


class TooYoung(Refusal):
    """The activity is for older people (R49)."""


class ReasonMissing(Refusal):
    """After the deadline a withdrawal says why (R16)."""

    status = 422


class TooLate(Refusal):
    """The activity has begun."""


_one = Shift.id == sa.bindparam("shift_id")
_take = Change(
    sa.update(Shift)
    .where(_one, Shift.taken < Shift.places)
    .values(taken=Shift.taken + 1)
    .returning(Shift.id)
)
_wait = Change(sa.update(Shift).where(_one).values(waiting=Shift.waiting + 1).returning(Shift.id))
_insert = Change(
    sa.insert(Signup)
    .values(
        {
            name: sa.bindparam(name, type_=Signup.__table__.c[name].type)
            for name in (
                *("activity_id", "shift_id", "person_id", "starts_at", "ends_at"),
                *("signed_up_at", "confirmed_at", "source", "withdrawal_reason"),
            )
        }
    )
    .returning(Signup.id)
)


def allow(found: Offers | None, shift_id: int | None, now: datetime) -> Offer:
    """Return the shift somebody may sign up for, or raise the rule that stands against it."""
    if found is None or found.published_at is None:
        raise NotFound(_("There is no such activity. It may have been taken back."))
    if not found.open_at(now):
        raise SignupClosed(_closed_words(found))
    offer = found.shift(shift_id)
    if offer is None:
        raise ShiftNotChosen(_("This activity has several shifts. Choose the one you can come to."))
    _check_age(found)
    return offer


def allow_place(found: Offers | None, shift_id: int | None, now: datetime) -> Offer:
    """Return the shift if it has a place too; raises ShiftFull without touching any lock."""
    offer = allow(found, shift_id, now)
    if offer.full:
        raise ShiftFull(full_words(offer))
    return offer


def take_place(offer: Offer, person_id: int, activity_id: int, *, now: datetime) -> int:
    """Give the person one of the places and return the sign-up's id; or TimesClash, ShiftFull.

    Sent twice, it gives the sign-up of the first time.
    """
    _locked(person_id)
    standing = queries.standing_id(person_id, activity_id)
    if standing is not None:
        return standing
    _refuse_clash(offer, person_id, activity_id)
    if not _take(shift_id=offer.shift_id):
        raise ShiftFull(full_words(offer))
    return _sign_up(offer, activity_id, person_id, signed_up_at=now, confirmed_at=now)


def join_waitlist(offer: Offer, person_id: int, activity_id: int, *, now: datetime) -> int:
    """Let the person wait for a place; if one has come free meanwhile, they get it at once."""
    _locked(person_id)
    standing = queries.standing_id(person_id, activity_id)
    if standing is not None:
        return standing
    _refuse_clash(offer, person_id, activity_id)
    confirmed_at = now if _take(shift_id=offer.shift_id) else None
    if confirmed_at is None:
        _wait(shift_id=offer.shift_id)
    return _sign_up(offer, activity_id, person_id, signed_up_at=now, confirmed_at=confirmed_at)


def withdraw(signup: Signup, reason: str | None, *, free_until: datetime, now: datetime) -> None:
    """Give the place back and let the first who waits have it.

    Free before `free_until`; after it a reason is asked for (R16). Raises TooLate once it began.
    """
    if now >= signup.starts_at:
        raise TooLate(
            _("It began at %(time)s. Tell the coordinator there.", time=_said(signup.starts_at))
        )
    if signup.confirmed_at and now >= free_until and not reason:
        raise ReasonMissing(
            _("Withdrawing was free until %(time)s. Please say why now.", time=_said(free_until))
        )
    withdrawing.send(signup)
    signup.withdrawn_at, signup.withdrawal_reason = now, reason or ""
    db.session.flush()
    if signup.confirmed_at is None:
        _count(signup.shift_id, waiting=-1)
    else:
        _count(signup.shift_id, taken=-1)
        promote(signup.shift_id, now=now)


def promote(shift_id: int, *, now: datetime) -> list[Signup]:
    """Give free places to the first who wait and have no clash, until the shift begins."""
    promoted = []
    for signup in _waiting(shift_id):
        if signup.starts_at <= now:
            break
        if not _locked(signup.person_id, wait=False) or queries.clash(
            signup.person_id, signup.starts_at, signup.ends_at, signup.activity_id
        ):
            continue
        if not _count(shift_id, taken=1, waiting=-1):
            break
        signup.confirmed_at = now
        promoted.append(signup)
    db.session.flush()
    return promoted


def add_walk_in(shift: Shift, person_id: int, *, by_id: int, now: datetime) -> Signup:
    """Sign up somebody who came without signing up; a full shift grows by this one place."""
    standing = _standing(person_id, shift.activity_id)
    if standing is not None and standing.confirmed_at:
        return standing
    if standing is not None:
        return _seat_waiting(standing, now)
    _make_room(shift.id)
    offer = Offer(shift.id, shift.name, shift.starts_at, shift.ends_at, 0, 0, 0)
    facts = {"source": "walk_in", "added_by_id": by_id, "signed_up_at": now, "confirmed_at": now}
    return _add(offer, shift.activity_id, person_id=person_id, **facts)


def follow_shift(shift_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """Keep the sign-ups' own copy of the time when a shift is moved."""
    standing = sa.update(Signup).where(Signup.shift_id == shift_id, Signup.withdrawn_at.is_(None))
    db.session.execute(standing.values(starts_at=starts_at, ends_at=ends_at))


def _seat_waiting(signup: Signup, now: datetime) -> Signup:
    _make_room(signup.shift_id)
    _count(signup.shift_id, waiting=-1)
    signup.confirmed_at = now
    return signup


def _make_room(shift_id: int) -> None:
    if not _count(shift_id, taken=1):
        wider = sa.update(Shift).where(Shift.id == shift_id)
        db.session.execute(wider.values(places=Shift.places + 1, taken=Shift.taken + 1))


def _standing(person_id: int, activity_id: int) -> Signup | None:
    """Return the person's standing sign-up; first lock the person, so that two of theirs wait."""
    _locked(person_id)
    return queries.standing(person_id, activity_id)


def _locked(person_id: int, *, wait: bool = True) -> bool:
    """Lock the person, so that what they promise elsewhere cannot change; on SQLite all is locked.

    A place is never promised while waiting for a lock held by somebody who waits for the place.
    """
    if db.session.get_bind().dialect.name == "sqlite":
        return True
    lock = sa.select(Person.id).where(Person.id == person_id)
    return db.session.scalar(lock.with_for_update(skip_locked=not wait)) is not None


def _count(shift_id: int, *, taken: int = 0, waiting: int = 0) -> bool:
    """Change the counters if the places allow it; tell whether they did."""
    guarded = sa.update(Shift).where(Shift.id == shift_id)
    if taken > 0:
        guarded = guarded.where(Shift.taken < Shift.places)
    changed = guarded.values(taken=Shift.taken + taken, waiting=Shift.waiting + waiting)
    outcome = db.session.execute(changed, execution_options={"synchronize_session": False})
    return bool(outcome.rowcount)  # type: ignore[attr-defined]


def _sign_up(offer: Offer, activity_id: int, person_id: int, **moments: datetime | None) -> int:
    facts = {"source": "self", "withdrawal_reason": ""}
    shift = {"shift_id": offer.shift_id, "starts_at": offer.starts_at, "ends_at": offer.ends_at}
    rows = _insert(activity_id=activity_id, person_id=person_id, **shift, **facts, **moments)
    return int(rows[0][0])


def _add(offer: Offer, activity_id: int, **facts: object) -> Signup:
    signup = Signup(
        activity_id=activity_id,
        shift_id=offer.shift_id,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        **facts,
    )
    db.session.add(signup)
    db.session.flush()
    return signup


def _waiting(shift_id: int) -> list[Signup]:
    asked = sa.select(Signup).where(
        Signup.shift_id == shift_id, Signup.confirmed_at.is_(None), Signup.withdrawn_at.is_(None)
    )
    return list(db.session.scalars(asked.order_by(Signup.id).with_for_update(skip_locked=True)))


def _refuse_clash(offer: Offer, person_id: int, activity_id: int) -> None:
    other = queries.clash(person_id, offer.starts_at, offer.ends_at, activity_id)
    if other is None:
        return
    raise TimesClash(
        _(
            "It clashes with %(title)s, %(span)s, which you signed up for. Withdraw there first if "
            "you would rather come here.",
            title=other.title,
            span=dates.show_span(other.starts_at, other.ends_at),
        ),
        link=(f"/activities/{other.activity_id}", _("To that activity")),
    )


def _check_age(found: Offers) -> None:
    if found.birth_date is None or not found.minimum_age:
        return
    age = age_on(found.birth_date, found.service_date)
    if age < found.minimum_age:
        raise TooYoung(
            _(
                "This activity is for people of %(minimum)d and over; on that day you are "
                "%(age)d. Look for one that takes younger people.",
                minimum=found.minimum_age,
                age=age,
            )
        )


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on a day; it goes up on the birthday itself."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _closed_words(found: Offers) -> str:
    if found.cancelled_at:
        return _("This activity was cancelled. Look at the others of this week.")
    closed = dates.show_moment(found.signup_closes_at)
    return _(
        "Sign-up closed at %(time)s. The coordinator at the door can still add you.", time=closed
    )


def full_words(offer: Offer) -> str:
    """Return the sentence that says the shift is full, and what to do."""
    return _("All %(places)d places are taken. You can join the waiting list.", places=offer.places)


def _said(moment: datetime) -> str:
    return dates.show_moment(moment)
