"""Asking for a certificate, at once or of a coordinator; and how a community wants it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import audit
from volunteer_site.core.db import db
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.services import take_turns
from volunteer_site.recognition.certificates import drafts, places
from volunteer_site.recognition.certificates.documents import Document
from volunteer_site.recognition.certificates.drafts import Days
from volunteer_site.recognition.certificates.models import (
    Certificate,
    CertificateRequest,
    CertificateTerms,
)
from volunteer_site.recognition.certificates.places import Place
from volunteer_site.recognition.certificates.queries import Found
from volunteer_site.recognition.certificates.services import issuing
from volunteer_site.recognition.certificates.services.refusals import AlreadyDecided
from volunteer_site.recognition.certificates.signing import Key


@dataclass(frozen=True)
class Wish:
    """How a community wants it: a coordinator looks first or not, who answers, how to ask."""

    approval: bool
    responsible: str
    contact: str


def ask(days: Days, document: Document, key: Key, *, now: datetime) -> Certificate | None:
    """Ask for a certificate of one's own hours: it is issued at once, or None: it waits.

    The same asked twice is asked once. Raises NotFound (R32) and NotEnough (R31).
    """
    take_turns([days.person_id])
    draft = drafts.of(days)
    if places.of(days.recorder_id).at_once:
        return issuing.issue(days, document, key, by_id=None, now=now)
    issuing.refuse_incomplete(issuing.sheet_of(draft, [], by_id=None, now=now))
    if _open(days) is None:
        made = CertificateRequest(
            person_id=days.person_id,
            recorder_id=days.recorder_id,
            first_day=days.first,
            last_day=days.last,
            document=document.words,
            document_digest=document.digest,
            asked_at=now,
        )
        db.session.add(made)
        db.session.flush()
        _record("certificate.ask", days.person_id, made)
    return None


def renew(found: Found, key: Key, *, now: datetime) -> Certificate | None:
    """Ask for a new one in place of a void one, about the same days, with one tap (R34)."""
    if found.void is None:
        return found.certificate
    words, digest = found.whose.get("document", ""), ""
    if found.holder is not None:
        digest = found.holder.document_digest
    return ask(found.days, Document(words, digest), key, now=now)


def refuse(request_id: int, reason: str, *, by_id: int, now: datetime) -> None:
    """Refuse a certificate, saying why; the person reads it. Raises as `approve` does."""
    asked = issuing.open_request(request_id, by_id)
    if asked.certificate_id is not None:
        raise AlreadyDecided(_("This certificate is issued; it can only be voided."))
    asked.decided_at, asked.decided_by_id, asked.refusal = now, by_id, reason
    _record("certificate.refuse", by_id, asked)


def withdraw(request_id: int, person_id: int, *, now: datetime) -> None:
    """Take back what one asked for, as long as nobody has decided; twice changes nothing."""
    asked = (
        sa.update(CertificateRequest)
        .where(
            CertificateRequest.id == request_id,
            CertificateRequest.person_id == person_id,
            CertificateRequest.decided_at.is_(None),
            CertificateRequest.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
    )
    db.session.execute(asked)


def set_terms(place: Place, wish: Wish, *, by_id: int, now: datetime) -> None:
    """Keep how a community wants its certificates; what is issued stays as it is."""
    terms = db.session.get(CertificateTerms, place.organisation.id)
    if terms is None:
        terms = CertificateTerms(organisation_id=place.organisation.id)
        db.session.add(terms)
    if not wish.approval:
        terms.approval_since = None
    elif terms.approval_since is None:
        terms.approval_since = now
    terms.responsible, terms.contact = wish.responsible, wish.contact
    terms.changed_at, terms.changed_by_id = now, by_id
    db.session.flush()
    number = place.organisation.id
    audit.record("certificate.terms", by_id, object_kind="organisation", object_id=number)


def _open(days: Days) -> CertificateRequest | None:
    asked = sa.select(CertificateRequest).where(
        CertificateRequest.person_id == days.person_id,
        CertificateRequest.recorder_id == days.recorder_id,
        CertificateRequest.first_day == days.first,
        CertificateRequest.last_day == days.last,
        CertificateRequest.decided_at.is_(None),
        CertificateRequest.withdrawn_at.is_(None),
    )
    return db.session.scalar(asked)


def _record(kind: str, by_id: int, asked: CertificateRequest) -> None:
    audit.record(kind, by_id, object_kind="certificate_request", object_id=asked.id)
