"""Logging in: who it is, and how often one may try (R54).

A try is written down before the password is looked at and counts as wrong until it was right, so
that many tries at once cannot slip past the limit, whichever worker they reach.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from volunteer_site.core import audit, dates, turns
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.people import passwords, queries
from volunteer_site.people.models import ConsentKind, LoginAttempt, Person

KEPT = timedelta(days=1)
TRIES_PER_ADDRESS = 100  # wrong ones in the time of a lock; many share an address


class NotLetIn(Refusal):
    """Nobody with this phone has this password. Which of the two is wrong is not told."""

    status = 422


class TooManyTries(Refusal):
    """Somebody guessed too often; the message says when to try again."""

    status = 429


@dataclass(frozen=True)
class Gate:
    """How many wrong tries lock for how many minutes, and the key of the digests."""

    secret: str
    tries: int
    minutes: int

    def digest(self, words: str) -> str:
        """Return what is kept instead of a phone or an address."""
        return hmac.new(self.secret.encode(), words.encode(), hashlib.sha256).hexdigest()[:32]


def begin(gate: Gate, phone: str, address: str, *, now: datetime) -> int:
    """Write a try down and return its number; raises TooManyTries while the phone is locked."""
    phone_digest, address_digest = gate.digest(phone), gate.digest(address)
    turns.wait_for(phone_digest)
    _forget_old_tries(phone_digest, now)
    _check_phone(gate, phone_digest, now)
    _check_address(gate, address_digest, now)
    attempt = LoginAttempt(at=now, phone_digest=phone_digest, address_digest=address_digest)
    db.session.add(attempt)
    db.session.flush()
    return attempt.id


def fitting(phone: str, password: str) -> list[int]:
    """Return the ids of those with this phone whose password it is. Slow on purpose."""
    known = [person for person in queries.by_phone(phone) if person.password_hash]
    if not known:
        passwords.fits(None, password)
    return [one.id for one in known if passwords.fits(one.password_hash, password)]


def conclude(attempt_id: int, people: Sequence[int], address: str, *, now: datetime) -> None:
    """Write down whether the try was right; a right one ends the count of wrong ones."""
    if people:
        tried = sa.update(LoginAttempt).where(LoginAttempt.id == attempt_id)
        db.session.execute(tried.values(succeeded_at=now))
    audit.record(
        "session.create",
        people[0] if len(people) == 1 else None,
        object_kind="login_attempt",
        object_id=attempt_id,
        address=address,
        succeeded=bool(people),
    )


def remember(person_id: int, *, locale: str | None, large_text: bool, now: datetime) -> str:
    """Keep what a visitor chose before logging in, and return the person's language."""
    person = db.session.get_one(Person, person_id)
    person.locale = locale or person.locale
    if large_text and person.large_text_since is None:
        person.large_text_since = now
    return person.locale


def still_to_do(person_id: int, version: str) -> list[str]:
    """Return the pages to go through first: another password (R54), the notice (R46).

    The notice is shown again when it has changed, and to those whom somebody else added.
    """
    agreed = queries.agreed(person_id, ConsentKind.NOTICE)
    was_given = queries.get(person_id).must_change_password_since is not None
    must_agree = agreed != version and (was_given or agreed is not None)
    return ["/me/password"] * was_given + ["/me/consents"] * must_agree


def _forget_old_tries(phone_digest: str, now: datetime) -> None:
    old = sa.delete(LoginAttempt).where(
        LoginAttempt.phone_digest == phone_digest, LoginAttempt.at < now - KEPT
    )
    db.session.execute(old)


def _check_phone(gate: Gate, digest: str, now: datetime) -> None:
    """Five wrong ones within a quarter of an hour lock for a quarter of an hour after the last."""
    asked = sa.select(LoginAttempt.at, LoginAttempt.succeeded_at)
    asked = asked.where(LoginAttempt.phone_digest == digest)
    latest = db.session.execute(
        asked.order_by(LoginAttempt.at.desc(), LoginAttempt.id.desc()).limit(gate.tries)
    ).all()
    if len(latest) < gate.tries or any(one.succeeded_at for one in latest):
        return
    span = timedelta(minutes=gate.minutes)
    until = latest[0].at + span
    if latest[0].at - latest[-1].at <= span and now < until:
        raise TooManyTries(
            _(
                "There were %(number)s wrong tries, so logging in with this phone is locked. "
                "Try again at %(time)s, or ask your community for a new password.",
                number=gate.tries,
                time=_next_minute(until),
            )
        )


def _check_address(gate: Gate, digest: str, now: datetime) -> None:
    since = now - timedelta(minutes=gate.minutes)
    wrong = sa.select(sa.func.count()).where(
        LoginAttempt.address_digest == digest,
        LoginAttempt.at > since,
        LoginAttempt.succeeded_at.is_(None),
    )
    if (db.session.scalar(wrong) or 0) >= TRIES_PER_ADDRESS:
        raise TooManyTries(
            _(
                "There were too many wrong tries from your network. Try again in %(number)s "
                "minutes, or use another network.",
                number=gate.minutes,
            )
        )


def _next_minute(moment: datetime) -> str:
    return dates.show_time(moment + timedelta(seconds=59))
