"""Telling a good deed, and putting its words right before anybody weighs it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from volunteer_site.core import dates, turns
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.people import queries as people
from volunteer_site.people.models import Person
from volunteer_site.recognition.deeds.models import GoodDeed
from volunteer_site.recognition.deeds.services.common import locked, record, refuse_own, require
from volunteer_site.recognition.notices.services import Sender

AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)


class TooManyNominations(Refusal):
    """One network address nominates too often; the message says when to go on."""

    status = 429


class NoSuchPerson(Refusal):
    """Nobody of this name has this volunteer number."""

    status = 422


@dataclass(frozen=True)
class Told:
    """A good deed as somebody tells it."""

    organisation_id: int
    kind: str
    proposer: str
    nominee_name: str
    words: str
    minor: bool = False
    photo: str = ""
    contact: str = ""
    nominator_id: int | None = None


def allow_another(sender: Sender, now: datetime) -> None:
    """Raise TooManyNominations if this network has told as many within the hour as it may."""
    asked = sa.select(sa.func.count(GoodDeed.id)).where(
        GoodDeed.address_digest == sender.digest, GoodDeed.nominated_at > now - AN_HOUR
    )
    if (db.session.scalar(asked) or 0) >= sender.per_hour:
        raise TooManyNominations(
            _(
                "%(number)s nominations came from your network within an hour. Try again after "
                "%(time)s, or tell it at your community's service window.",
                number=sender.per_hour,
                time=dates.show_time(now + AN_HOUR),
            )
        )


def nominate(told: Told, sender: Sender, *, now: datetime) -> int:
    """Hand a good deed to its community; return its id. Twice is once.

    Of the network only a digest is kept, for a day; the contact goes when the case ends. Raises
    TooManyNominations.
    """
    turns.wait_for("nominations")
    _forget_networks(now)
    if there := _told_before(told, sender):
        return there
    allow_another(sender, now)
    deed = GoodDeed(**vars(told), nominated_at=now, address_digest=sender.digest)
    db.session.add(deed)
    db.session.flush()
    record("deed.nominate", told.nominator_id, deed.id)
    return deed.id


def _told_before(told: Told, sender: Sender) -> int | None:
    """Return the deed if the same was told from the same network within a day: a second tap."""
    same = {"organisation_id", "nominee_name", "words", "nominator_id"}
    facts = {name: its for name, its in vars(told).items() if name in same}
    facts |= {"address_digest": sender.digest, "weighing_at": None, "refused_at": None}
    asked = sa.select(GoodDeed.id).filter_by(**facts)
    return db.session.scalar(asked.order_by(GoodDeed.id).limit(1))


def rewrite(deed_id: int, told: Told, *, number: str = "", by_id: int, now: datetime) -> None:
    """Put class, name and words right, and say which account is the nominee's, by its number.

    Only before it is weighed. A photo that is told no more is left out for good; nominator and
    contact stay as they are. Raises NoSuchPerson unless number and name fit, NotNow and Concerned.
    """
    deed = locked(deed_id)
    require(deed, "nominated")
    refuse_own(deed, by_id)
    person = _with_account(number, told.nominee_name) if number else None
    deed.kind, deed.proposer, deed.words = told.kind, told.proposer, told.words
    deed.nominee_name, deed.minor = told.nominee_name, told.minor
    deed.photo = deed.photo if told.photo else ""
    deed.nominee_id = person.id if person else None
    if person is not None and people.is_minor(person.birth_date, dates.today(now)):
        deed.minor = True
    refuse_own(deed, by_id)
    record("deed.rewrite", by_id, deed_id)


def _with_account(number: str, name: str) -> Person:
    """Return whose number this is; that it fits the name keeps numbers from telling names."""
    person = people.by_number(number.upper())
    if person is None or person.name != name:
        raise NoSuchPerson(
            _(
                "No volunteer of the name “%(name)s” has this number. It is on their own page; "
                "leave it empty if they have no account.",
                name=name,
            )
        )
    return person


def _forget_networks(now: datetime) -> None:
    old = sa.update(GoodDeed).where(GoodDeed.nominated_at < now - A_DAY)
    db.session.execute(old.where(GoodDeed.address_digest.is_not(None)).values(address_digest=None))
