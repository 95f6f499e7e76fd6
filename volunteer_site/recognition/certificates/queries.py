"""Which certificates there are, whose, how they stand, and what rests on which hours."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import numbers
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.models import EntryKind, HourEntry
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people import queries as people
from volunteer_site.people.models import Person
from volunteer_site.recognition.certificates.drafts import Days
from volunteer_site.recognition.certificates.models import (
    Certificate,
    CertificateEntry,
    CertificateHolder,
    CertificateVoid,
)

AT_ONCE = 50  # certificates on a page of the register


@dataclass(frozen=True)
class Found:
    """A certificate with whose it is, whether it is void, and the number of what replaces it."""

    certificate: Certificate
    holder: CertificateHolder | None
    void: CertificateVoid | None
    successor: str | None

    @property
    def number(self) -> str:
        """Return its number."""
        return self.certificate.number

    @property
    def words(self) -> dict[str, Any]:
        """Return what stands on it."""
        return dict(json.loads(self.certificate.sheet))

    @property
    def whose(self) -> dict[str, str]:
        """Return whose it is, as printed; nothing of somebody who left the site (R45)."""
        return dict(json.loads(self.holder.words)) if self.holder else {}

    @property
    def days(self) -> Days:
        """Return which hours it is about."""
        one = self.certificate
        return Days(one.person_id, one.recorder_id, one.first_day, one.last_day)


class Register(NamedTuple):
    """A page of the certificates that were issued."""

    found: list[Found]
    page: int
    pages: int


def by_number(number: str) -> Found | None:
    """Return the certificate with this number."""
    return next(iter(_found(Certificate.number == number)), None)


def of_person(person_id: int) -> list[Found]:
    """Return somebody's certificates, the latest first."""
    return _found(Certificate.person_id == person_id)


def mine(person_id: int, number: str) -> Found:
    """Return one of somebody's own certificates; NotFound if it is not theirs."""
    found = _found(Certificate.person_id == person_id, Certificate.number == number)
    if not found:
        raise NotFound(
            _("You have no certificate with this number."),
            link=("/me/certificates", _("My certificates")),
        )
    return found[0]


def register(paths: Iterable[str], words: str = "", page: int = 1) -> Register:
    """Return a page of what communities at or below these paths have issued, the latest first.

    All, or what has this number, or whose volunteer is found by these words.
    """
    which = [at_or_below(paths)]
    if words:
        theirs = sa.select(Person.id).where(people.fits(words), Person.erased_at.is_(None))
        digits = "".join(words.split())
        which.append(sa.or_(Certificate.number == digits, Certificate.person_id.in_(theirs)))
    counted = sa.select(sa.func.count(Certificate.id)).join(
        Organisation, Organisation.id == Certificate.recorder_id
    )
    pages = numbers.pages(db.session.scalar(counted.where(*which)) or 0, AT_ONCE)
    page = min(max(page, 1), pages)
    return Register(_found(*which, limit=AT_ONCE, after=(page - 1) * AT_ONCE), page, pages)


def issued_to(paths: Iterable[str], person_id: int) -> list[Found]:
    """Return what communities at or below these paths have issued to one person."""
    return _found(at_or_below(paths), Certificate.person_id == person_id)


def through(paths: Iterable[str], number: str) -> Found:
    """Return a certificate of a recorder at or below these paths; NotFound otherwise (R56)."""
    found = _found(at_or_below(paths), Certificate.number == number)
    if not found:
        raise NotFound(_("There is no such certificate, or it is not one of your community's."))
    return found[0]


def editions(days: Days) -> list[Found]:
    """Return what was issued about the same hours, the latest first."""
    return _found(
        Certificate.person_id == days.person_id,
        Certificate.recorder_id == days.recorder_id,
        Certificate.first_day == days.first,
        Certificate.last_day == days.last,
    )


def entries_of(certificate_id: int) -> set[int]:
    """Return the lines of the ledger that a certificate rests on."""
    asked = sa.select(CertificateEntry.entry_id)
    return set(db.session.scalars(asked.where(CertificateEntry.certificate_id == certificate_id)))


def resting_on(entry_ids: Collection[int]) -> list[tuple[str, int, datetime | None]]:
    """Return (number, person, void since) of the certificates that rest on these entries (R30)."""
    asked = (
        sa.select(Certificate.number, Certificate.person_id, CertificateVoid.voided_at)
        .join(CertificateEntry, CertificateEntry.certificate_id == Certificate.id)
        .outerjoin(CertificateVoid, CertificateVoid.certificate_id == Certificate.id)
        .where(CertificateEntry.entry_id.in_(entry_ids))
        .distinct()
        .order_by(Certificate.number)
    )
    return [(number, person, since) for number, person, since in db.session.execute(asked)]


def shaken(person_ids: Collection[int]) -> list[tuple[int, str]]:
    """Return the certificates of these people that hold, though an entry was taken back; why."""
    back = orm.aliased(HourEntry)
    asked = (
        sa.select(Certificate.id, sa.func.max(back.reason))
        .join(CertificateEntry, CertificateEntry.certificate_id == Certificate.id)
        .join(
            back,
            sa.and_(
                back.source == "entry",
                back.source_id == CertificateEntry.entry_id,
                back.kind == EntryKind.REVERSAL,
            ),
        )
        .outerjoin(CertificateVoid, CertificateVoid.certificate_id == Certificate.id)
        .where(Certificate.person_id.in_(person_ids), CertificateVoid.certificate_id.is_(None))
        .group_by(Certificate.id)
        .order_by(Certificate.id)
    )
    return [(number, reason) for number, reason in db.session.execute(asked)]


def _found(
    *conditions: sa.ColumnElement[bool], limit: int | None = None, after: int = 0
) -> list[Found]:
    later, its_void = orm.aliased(Certificate), orm.aliased(CertificateVoid)
    successor = (
        sa.select(later.number)
        .outerjoin(its_void, its_void.certificate_id == later.id)
        .where(
            later.person_id == Certificate.person_id,
            later.recorder_id == Certificate.recorder_id,
            later.first_day == Certificate.first_day,
            later.last_day == Certificate.last_day,
            later.edition > Certificate.edition,
            its_void.certificate_id.is_(None),
        )
        .order_by(later.edition.desc())
        .limit(1)
        .scalar_subquery()
    )
    asked = (
        sa.select(Certificate, CertificateHolder, CertificateVoid, successor)
        .join(Organisation, Organisation.id == Certificate.recorder_id)
        .outerjoin(CertificateHolder, CertificateHolder.certificate_id == Certificate.id)
        .outerjoin(CertificateVoid, CertificateVoid.certificate_id == Certificate.id)
        .where(*conditions)
        .order_by(Certificate.id.desc())
        .limit(limit)
        .offset(after)
    )
    return [Found(*row) for row in db.session.execute(asked)]
