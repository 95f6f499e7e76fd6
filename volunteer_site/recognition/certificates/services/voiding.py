"""作废: by itself when an entry is taken back after the issue, or by hand (R30, R34)."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import audit
from volunteer_site.core.db import db, insert_into
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.services import take_turns
from volunteer_site.recognition.certificates import queries
from volunteer_site.recognition.certificates.models import (
    REASON_LENGTH,
    Cause,
    CertificateHolder,
    CertificateRequest,
    CertificateVoid,
)
from volunteer_site.recognition.certificates.queries import Found
from volunteer_site.recognition.certificates.services.refusals import NotForOneself


def void(found: Found, reason: str, *, by_id: int, now: datetime) -> None:
    """Declare a certificate void; everybody who checks it reads the reason. Twice: as once.

    Raises NotForOneself (R22).
    """
    if found.certificate.person_id == by_id:
        raise NotForOneself(
            _(
                "Nobody decides about their own certificate. Another coordinator or the office "
                "has to."
            )
        )
    _void(found.certificate.id, Cause.HAND, reason, by_id, now)


def void_after(person_ids: Collection[int], now: datetime) -> None:
    """Void what these people have that rests on an entry taken back since (R30)."""
    for number, reason in queries.shaken(person_ids):
        _void(number, Cause.ENTRIES, reason, None, now)


def forget_person(person_id: int, now: datetime) -> None:
    """Erase whose certificates they are; by their numbers they can still be checked (R45)."""
    take_turns([person_id])  # nothing is issued meanwhile
    theirs = sa.delete(CertificateHolder).where(CertificateHolder.person_id == person_id)
    db.session.execute(theirs)
    asked = sa.update(CertificateRequest).where(CertificateRequest.person_id == person_id)
    db.session.execute(asked.values(document="", document_digest=""))
    still_open = asked.where(
        CertificateRequest.decided_at.is_(None), CertificateRequest.withdrawn_at.is_(None)
    )
    db.session.execute(still_open.values(withdrawn_at=now))


def _void(number: int, cause: Cause, reason: str, by_id: int | None, now: datetime) -> None:
    row = {
        "certificate_id": number,
        "cause": cause.value,
        "reason": reason[:REASON_LENGTH],
        "voided_at": now,
        "voided_by_id": by_id,
    }
    added = insert_into(CertificateVoid).on_conflict_do_nothing(index_elements=["certificate_id"])
    done = db.session.execute(added.values(**row).returning(CertificateVoid.certificate_id))
    if done.first() is not None:
        audit.record("certificate.void", by_id, object_kind="certificate", object_id=number)
