"""Issuing: what the ledger says now is frozen, numbered and signed."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from volunteer_site.core import audit, dates
from volunteer_site.core.db import db
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.services import take_turns
from volunteer_site.people import queries as people
from volunteer_site.recognition.certificates import drafts, numbers, places, queries, wording
from volunteer_site.recognition.certificates.documents import Document
from volunteer_site.recognition.certificates.drafts import Days, Draft
from volunteer_site.recognition.certificates.models import (
    Certificate,
    CertificateEntry,
    CertificateHolder,
    CertificateRequest,
)
from volunteer_site.recognition.certificates.queries import Found
from volunteer_site.recognition.certificates.services.refusals import (
    AlreadyDecided,
    NotEnough,
    NotForOneself,
)
from volunteer_site.recognition.certificates.signing import Key, new_salt, whose_digest, written

NONE = Document()


def issue(
    days: Days, document: Document, key: Key, *, by_id: int | None, now: datetime
) -> Certificate:
    """Issue a certificate over what the ledger says now; the same once more is the same one.

    Raises NotFound if the recorder has no hours of theirs (R32), NotEnough (R31).
    """
    take_turns([days.person_id])
    draft, before = drafts.of(days), queries.editions(days)
    words = sheet_of(draft, before, by_id=by_id, now=now)
    refuse_incomplete(words)
    whose = whose_words(days.person_id, document)
    if before and _says_the_same(before[0], draft, whose, document):
        return before[0].certificate
    made = _certificate(draft, words, before, by_id=by_id, now=now)
    holder = CertificateHolder(
        person_id=days.person_id, words=whose, salt=new_salt(), document_digest=document.digest
    )
    made.whose_digest = whose_digest(whose, holder.salt, document.digest)
    made.signature = key.sign(made)
    _keep(made, holder, draft)
    audit.record("certificate.issue", by_id, object_kind="certificate", object_id=made.id)
    return made


def issue_for(
    days: Days, document: Document, key: Key, *, by_id: int, now: datetime
) -> Certificate:
    """Issue one at the service window, for somebody who asks there; not for oneself (R22).

    Raises NotForOneself, and what `issue` does.
    """
    _refuse_own(days.person_id, by_id)
    return issue(days, document, key, by_id=by_id, now=now)


def approve(request_id: int, key: Key, *, by_id: int, now: datetime) -> Certificate:
    """Issue what somebody asked for; by somebody else (R22). A second time changes nothing.

    Raises NotForOneself, AlreadyDecided, and what `issue` does.
    """
    asked = open_request(request_id, by_id)
    if asked.certificate_id is not None:
        return db.session.get_one(Certificate, asked.certificate_id)
    days = Days(asked.person_id, asked.recorder_id, asked.first_day, asked.last_day)
    document = Document(asked.document, asked.document_digest)
    made = issue(days, document, key, by_id=by_id, now=now)
    asked.decided_at, asked.decided_by_id, asked.certificate_id = now, by_id, made.id
    return made


def open_request(request_id: int, by_id: int) -> CertificateRequest:
    """Return what somebody asked for, nobody else deciding meanwhile; or one that was issued."""
    found = sa.select(CertificateRequest).where(CertificateRequest.id == request_id)
    fresh = found.with_for_update().execution_options(populate_existing=True)
    asked: CertificateRequest = db.session.scalars(fresh).one()
    _refuse_own(asked.person_id, by_id)
    if asked.refusal or asked.withdrawn_at is not None:
        raise AlreadyDecided(_("This was refused or withdrawn before; the person can ask again."))
    return asked


def sheet_of(
    draft: Draft, before: list[Found], *, by_id: int | None, now: datetime
) -> dict[str, Any]:
    """Return what would be printed today; the number is only there once it is issued."""
    handler = people.get(by_id).name if by_id is not None else wording.AT_ONCE
    issuer = places.issuer(places.of(draft.recorder.id), handler)
    replaces = before[0].number if before and before[0].void else ""
    return wording.sheet(draft, issuer, "", replaces, dates.today(now))


def whose_words(person_id: int, document: Document) -> str:
    """Return whose it is, as it is kept."""
    return written(whose_now(person_id, document))


def whose_now(person_id: int, document: Document = NONE) -> dict[str, str]:
    """Return whose it would be, as printed today."""
    person = people.get(person_id)
    return wording.whose(person.name, person.number, document.words)


def refuse_incomplete(words: dict[str, Any]) -> None:
    """Raise NotEnough if one of the three musts is missing (R31)."""
    if lacking := wording.missing(words):
        raise NotEnough(
            _(
                "A certificate needs hours, what was done and who recorded it; for %(period)s it "
                "lacks: %(what)s. Choose other days.",
                period=words["period"],
                what=_(", ").join(lacking),
            ),
            link=("/me/certificates/new", _("Choose other days")),
        )


def _refuse_own(person_id: int, by_id: int) -> None:
    if person_id == by_id:
        raise NotForOneself(
            _("Nobody approves their own certificate. Another coordinator or the office has to.")
        )


def _says_the_same(last: Found, draft: Draft, whose: str, document: Document) -> bool:
    """Tell whether the last certificate holds and nothing would differ but number and day."""
    if last.void is not None or last.holder is None:
        return False
    same = (last.holder.words, last.holder.document_digest) == (whose, document.digest)
    return same and queries.entries_of(last.certificate.id) == set(draft.entries)


def _certificate(
    draft: Draft, words: dict[str, Any], before: list[Found], *, by_id: int | None, now: datetime
) -> Certificate:
    number = _free_number(now)
    return Certificate(
        number=number,
        person_id=draft.days.person_id,
        recorder_id=draft.days.recorder_id,
        first_day=draft.days.first,
        last_day=draft.days.last,
        edition=before[0].certificate.edition + 1 if before else 1,
        minutes=draft.minutes,
        sheet=written(words | {"number": number}),
        issued_at=now,
        issued_by_id=by_id,
    )


def _keep(made: Certificate, holder: CertificateHolder, draft: Draft) -> None:
    db.session.add(made)
    db.session.flush()
    holder.certificate_id = made.id
    db.session.add(holder)
    rows = [{"certificate_id": made.id, "entry_id": entry} for entry in draft.entries]
    db.session.execute(sa.insert(CertificateEntry), rows)
    db.session.flush()


def _free_number(now: datetime) -> str:
    """Return a number that nobody has; a second try is all but unheard of."""
    while True:
        number = numbers.new(dates.today(now))
        taken = sa.select(Certificate.id).where(Certificate.number == number)
        if db.session.scalar(taken) is None:
            return number
