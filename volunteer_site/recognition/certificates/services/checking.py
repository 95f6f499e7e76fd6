"""Checking a certificate: with its number and something that whoever holds the paper knows (R33).

A try is written down before it is looked at and counts as wrong until it was right, as with
logging in; who guesses is stopped, whichever worker the tries reach.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from volunteer_site.core import dates, turns
from volunteer_site.core.db import db
from volunteer_site.core.words import gettext as _
from volunteer_site.recognition.certificates import documents, queries
from volunteer_site.recognition.certificates.models import CertificateTry
from volunteer_site.recognition.certificates.queries import Found
from volunteer_site.recognition.certificates.services.refusals import TooManyTries
from volunteer_site.recognition.certificates.signing import Key

KEPT = timedelta(days=1)
TRIES_PER_ADDRESS = 30  # wrong ones in the time of a lock


class Fit(StrEnum):
    """How far what was typed is what the paper says; only a whole name shows a changed one."""

    NOT = ""
    PART = "part"  # the first sign, or the last four of the document
    NAME = "name"


@dataclass(frozen=True)
class Gate:
    """How many wrong tries lock for how many minutes, and the key of the digests."""

    key: Key
    tries: int
    minutes: int

    @property
    def span(self) -> timedelta:
        """Return how long it locks."""
        return timedelta(minutes=self.minutes)


def begin(gate: Gate, number: str, address: str, *, now: datetime) -> int:
    """Write a try down and return its number; raises TooManyTries.

    Of a network nothing is kept but a digest, until somebody tries after a day.
    """
    mark = gate.key.digest(f"number {number}")
    turns.wait_for(f"certificate {mark}")
    network = gate.key.digest(f"address {address}")
    db.session.execute(sa.delete(CertificateTry).where(CertificateTry.at < now - KEPT))
    _check_number(gate, mark, now)
    _check_address(gate, network, now)
    tried = CertificateTry(at=now, number_digest=mark, address_digest=network)
    db.session.add(tried)
    db.session.flush()
    return tried.id


def check(gate: Gate, number: str, said: str, address: str, *, now: datetime) -> Fit:
    """Tell how far what was said fits a certificate of this number; raises TooManyTries.

    `said` is the first sign of the name, the name, or the last four signs of the document.
    """
    tried = begin(gate, number, address, now=now)
    found = queries.by_number(number)
    fit = how_far(found, said, gate.key) if found else Fit.NOT
    if not fit:
        return fit
    right = sa.update(CertificateTry).where(CertificateTry.id == tried)
    db.session.execute(right.values(succeeded_at=now))
    return fit


def how_far(found: Found, said: str, key: Key) -> Fit:
    """Tell how far what was said fits whose it is; of who left the number is enough (R45)."""
    if found.holder is None:
        return Fit.PART
    said = unicodedata.normalize("NFKC", said).strip().casefold()
    name = found.whose["name"].casefold()
    if said == name:
        return Fit.NAME
    words = f"document {documents.last_signs(said).casefold()}"
    if said == name[:1] or (
        len(said) >= documents.LAST and key.is_digest(found.holder.document_digest, words)
    ):
        return Fit.PART
    return Fit.NOT


def _check_number(gate: Gate, mark: str, now: datetime) -> None:
    """So many wrong ones within the time lock the number for that time after the last."""
    asked = sa.select(CertificateTry.at, CertificateTry.succeeded_at)
    asked = asked.where(CertificateTry.number_digest == mark)
    order = (CertificateTry.at.desc(), CertificateTry.id.desc())
    latest = db.session.execute(asked.order_by(*order).limit(gate.tries)).all()
    if len(latest) < gate.tries or any(one.succeeded_at for one in latest):
        return
    until = latest[0].at + gate.span
    if latest[0].at - latest[-1].at <= gate.span and now < until:
        raise TooManyTries(
            _(
                "There were %(tries)s wrong tries, so this number is locked. Try again at "
                "%(time)s, or call the recorder.",
                tries=gate.tries,
                time=dates.show_time(until + timedelta(seconds=59)),
            )
        )


def _check_address(gate: Gate, network: str, now: datetime) -> None:
    wrong = sa.select(sa.func.count()).where(
        CertificateTry.address_digest == network,
        CertificateTry.at > now - gate.span,
        CertificateTry.succeeded_at.is_(None),
    )
    if (db.session.scalar(wrong) or 0) >= TRIES_PER_ADDRESS:
        raise TooManyTries(
            _(
                "There were too many wrong tries from your network. Try again in %(number)s "
                "minutes, or use another network.",
                number=gate.minutes,
            )
        )
