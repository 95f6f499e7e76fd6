"""Taking places, waiting for them, giving them back.

A place is one guarded write, so that neither database can oversell, whoever comes at the same time.
"""

from datetime import datetime

import sqlalchemy as sa
from blinker import Signal

from volunteer_site.activities.models import Shift
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.look import Change
from volunteer_site.core.words import gettext as _
from volunteer_site.signups import queries
from volunteer_site.signups.absences import queries as absences
from volunteer_site.signups.absences.rule import USUAL, Behind, Terms
from volunteer_site.signups.models import Signup
from volunteer_site.signups.queries import Offer
from volunteer_site.signups.services import counters
from volunteer_site.signups.services.refusals import (
    OthersFirst,
    ReasonMissing,
    ShiftFull,
    TooLate,
)
from volunteer_site.signups.services.rules import full_words, others_first, refuse_clash

withdrawing = Signal()  # sent with signup=(Signup) before it is withdrawn; a listener may refuse

_one = Shift.id == sa.bindparam("shift_id")
_take = Change(
    sa.update(Shift)
    .where(_one, Shift.taken < Shift.places)
    .values(taken=Shift.taken + 1)
    .returning(Shift.id)
)
_take_of_plenty = Change(
    sa.update(Shift)
    .where(_one, Shift.taken < Shift.places, counters.enough(sa.bindparam("percent")))
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


def take_place(
    offer: Offer, person_id: int, activity_id: int, *, now: datetime, behind: Behind | None = None
) -> int:
    """Give the person one of the places and return the sign-up's id; or TimesClash, ShiftFull.

    Who is `behind` gets one only of plenty (R16). Sent twice, it gives the sign-up of the first
    time.
    """
    counters.locked(person_id)
    standing = queries.standing_id(person_id, activity_id)
    if standing is not None:
        return standing
    refuse_clash(offer, person_id, activity_id)
    if not _taken(offer, behind):
        raise OthersFirst(others_first(offer, behind)) if behind else ShiftFull(full_words(offer))
    return _sign_up(offer, activity_id, person_id, signed_up_at=now, confirmed_at=now)


def join_waitlist(
    offer: Offer, person_id: int, activity_id: int, *, now: datetime, behind: Behind | None = None
) -> int:
    """Let the person wait for a place; if one has come free meanwhile, they get it at once."""
    counters.locked(person_id)
    standing = queries.standing_id(person_id, activity_id)
    if standing is not None:
        return standing
    refuse_clash(offer, person_id, activity_id)
    confirmed_at = now if _taken(offer, behind) else None
    if confirmed_at is None:
        _wait(shift_id=offer.shift_id)
    return _sign_up(offer, activity_id, person_id, signed_up_at=now, confirmed_at=confirmed_at)


def withdraw(
    signup: Signup,
    reason: str | None,
    *,
    free_until: datetime,
    now: datetime,
    terms: Terms = USUAL,
) -> None:
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
        counters.count(signup.shift_id, waiting=-1)
    else:
        counters.count(signup.shift_id, taken=-1)
        promote(signup.shift_id, now=now, terms=terms)


def promote(shift_id: int, *, now: datetime, terms: Terms = USUAL) -> list[Signup]:
    """Give free places to the first who wait and have no clash, until the shift begins.

    Who has stayed away too often comes after all others, and gets a place only of plenty (R16).
    """
    promoted = []
    waiting = _waiting(shift_id)
    last = _behind(waiting, now, terms)
    for signup in sorted(waiting, key=lambda one: (one.person_id in last, one.id)):
        if signup.starts_at <= now:
            break
        plenty = terms.scarce_percent if signup.person_id in last else 0
        if not counters.locked(signup.person_id, wait=False) or queries.clash(
            signup.person_id, signup.starts_at, signup.ends_at, signup.activity_id
        ):
            continue
        if not counters.count(shift_id, taken=1, waiting=-1, plenty=plenty):
            break
        signup.confirmed_at = now
        promoted.append(signup)
    db.session.flush()
    return promoted


def follow_shift(shift_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """Keep the sign-ups' own copy of the time when a shift is moved."""
    standing = sa.update(Signup).where(Signup.shift_id == shift_id, Signup.withdrawn_at.is_(None))
    db.session.execute(standing.values(starts_at=starts_at, ends_at=ends_at))


def _sign_up(offer: Offer, activity_id: int, person_id: int, **moments: datetime | None) -> int:
    facts = {"source": "self", "withdrawal_reason": ""}
    shift = {"shift_id": offer.shift_id, "starts_at": offer.starts_at, "ends_at": offer.ends_at}
    rows = _insert(activity_id=activity_id, person_id=person_id, **shift, **facts, **moments)
    return int(rows[0][0])


def _taken(offer: Offer, behind: Behind | None) -> bool:
    """Take a place by the one guarded write; who is behind only while there are plenty."""
    if behind is None:
        return bool(_take(shift_id=offer.shift_id))
    percent = behind.terms.scarce_percent
    return bool(_take_of_plenty(shift_id=offer.shift_id, percent=percent))


def _behind(waiting: list[Signup], now: datetime, terms: Terms) -> set[int]:
    """Return who comes last; nobody once whatever is free is free for all."""
    if not waiting or now >= terms.free_from(waiting[0].starts_at):
        return set()
    return absences.all_behind({signup.person_id for signup in waiting}, now, terms)


def _waiting(shift_id: int) -> list[Signup]:
    asked = sa.select(Signup).where(
        Signup.shift_id == shift_id, Signup.confirmed_at.is_(None), Signup.withdrawn_at.is_(None)
    )
    return list(db.session.scalars(asked.order_by(Signup.id).with_for_update(skip_locked=True)))


def _said(moment: datetime) -> str:
    return dates.show_moment(moment)
