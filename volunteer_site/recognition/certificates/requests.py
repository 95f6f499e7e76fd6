"""Certificates that were asked for and not issued: what waits, and what was refused."""

from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Person
from volunteer_site.recognition.certificates.drafts import Days
from volunteer_site.recognition.certificates.models import CertificateRequest


class Waiting(NamedTuple):
    """A certificate that somebody asked for, with who and where."""

    request: CertificateRequest
    person: str
    recorder: str

    @property
    def days(self) -> Days:
        """Return which hours it is to be about."""
        one = self.request
        return Days(one.person_id, one.recorder_id, one.first_day, one.last_day)


def waiting(paths: Iterable[str]) -> list[Waiting]:
    """Return what waits for somebody of these places, the oldest first."""
    open_ones = (CertificateRequest.decided_at.is_(None), CertificateRequest.withdrawn_at.is_(None))
    return _waiting(at_or_below(paths), *open_ones)


def through(paths: Iterable[str], request_id: int) -> Waiting:
    """Return what was asked of a place at or below these paths; NotFound otherwise (R56)."""
    found = _waiting(at_or_below(paths), CertificateRequest.id == request_id)
    if not found:
        raise NotFound(_("Nobody has asked for such a certificate, or not at your community."))
    return found[0]


def of_person(person_id: int) -> list[Waiting]:
    """Return what somebody asked for and has not got: what waits, and what was refused."""
    return _waiting(
        CertificateRequest.person_id == person_id,
        CertificateRequest.certificate_id.is_(None),
        CertificateRequest.withdrawn_at.is_(None),
    )


def _waiting(*conditions: sa.ColumnElement[bool]) -> list[Waiting]:
    asked = (
        sa.select(CertificateRequest, Person.name, Organisation.name)
        .join(Person, Person.id == CertificateRequest.person_id)
        .join(Organisation, Organisation.id == CertificateRequest.recorder_id)
        .where(*conditions)
        .order_by(CertificateRequest.id)
    )
    return [Waiting(*row) for row in db.session.execute(asked)]
