"""Complaining, looking into it, asking a community, closing, forgetting who it was (R28)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from volunteer_site.core import audit, dates, turns
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.oversight.complaints import codes, queries, subjects
from volunteer_site.oversight.complaints.codes import Codes
from volunteer_site.oversight.complaints.models import (
    Complaint,
    ComplaintNote,
    ComplaintParty,
    ComplaintQuestion,
    Outcome,
)
from volunteer_site.oversight.complaints.subjects import Subject
from volunteer_site.oversight.questions import services as questions
from volunteer_site.oversight.questions.services import About

AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
MOST_WORDS_A_DAY = 20  # times that a complainant adds something


class TooManyComplaints(Refusal):
    """One network address complains too often; the message says when to go on."""

    status = 429


class Closed(Refusal):
    """The case is closed, or there is nobody to ask."""


@dataclass(frozen=True)
class Told:
    """What a complainant writes: about what, in which words, and perhaps how to reach them."""

    subject: Subject
    words: str
    contact: str
    district_id: int


def complain(told: Told, address: str, key: Codes, *, per_hour: int, now: datetime) -> str:
    """Take a complaint; return the secret code to follow it with, which is told only once.

    Raises TooManyComplaints. Nothing is kept that says who complained but the contact.
    """
    digest = key.digest(f"address {address}")
    turns.wait_for("complaints")
    _refuse_many(digest, per_hour, now)
    code, subject = codes.new(), told.subject
    complaint = Complaint(
        number=_number(now),
        code_digest=key.of(code),
        address_digest=digest,
        district_id=subjects.district_of(subject.organisation_id) or told.district_id,
        about=subject.about,
        about_words=subject.words,
        organisation_id=subject.organisation_id,
        activity_id=subject.activity_id,
        entry_id=subject.entry_id,
        roll_id=subject.roll_id,
        words=told.words,
        contact=told.contact,
        opened_at=now,
    )
    db.session.add(complaint)
    db.session.flush()
    for person in sorted(subjects.accused(subject)):
        db.session.add(ComplaintParty(complaint_id=complaint.id, accused_id=person))
    _note(complaint.id, "opened", None, now, told.words)
    audit.record("complaint.create", None, object_kind="complaint", object_id=complaint.id)
    return code


def add_words(complaint_id: int, words: str, *, now: datetime) -> None:
    """Let the complainant add something, also after it is closed; raises TooManyComplaints."""
    turns.wait_for(f"complaint {complaint_id}")
    since = sa.select(sa.func.count(ComplaintNote.id)).where(
        ComplaintNote.complaint_id == complaint_id,
        ComplaintNote.step == "said",
        ComplaintNote.at > now - A_DAY,
    )
    if (db.session.scalar(since) or 0) >= MOST_WORDS_A_DAY:
        raise TooManyComplaints(
            _("You have added a lot today. Please put the rest into one text tomorrow.")
        )
    _note(complaint_id, "said", None, now, words)


def note(complaint_id: int, words: str, *, by_id: int, now: datetime, told: bool = False) -> None:
    """Write something into the case; with `told` the complainant reads it."""
    _note(complaint_id, "told" if told else "noted", by_id, now, words)
    audit.record("complaint.note", by_id, object_kind="complaint", object_id=complaint_id)


def ask(complaint: Complaint, words: str, *, by_id: int, days: int, now: datetime) -> None:
    """Ask the community behind the record to explain it, without a word about a complaint."""
    if complaint.organisation_id is None:
        raise Closed(_("No community is known behind this complaint, so nobody can be asked."))
    about = About(complaint.organisation_id, complaint.activity_id, complaint.entry_id)
    number = questions.ask(about, words, by_id=by_id, days=days, now=now)
    db.session.add(ComplaintQuestion(complaint_id=complaint.id, question_id=number))
    _note(complaint.id, "asked", by_id, now, words)


def hear(question_id: int, words: str, *, by_id: int, now: datetime) -> None:
    """Write a community's answer into the case that its question came from, if one did."""
    complaint_id = db.session.scalar(
        sa.select(ComplaintQuestion.complaint_id).where(
            ComplaintQuestion.question_id == question_id
        )
    )
    if complaint_id is not None:
        _note(complaint_id, "replied", by_id, now, words)


def close(complaint_id: int, outcome: Outcome, words: str, *, by_id: int, now: datetime) -> None:
    """Say how it ended, in words for the complainant; no question of it waits any more.

    Raises Closed if it is closed already.
    """
    asked = sa.select(Complaint).where(Complaint.id == complaint_id).with_for_update()
    complaint = db.session.scalars(asked.execution_options(populate_existing=True)).one()
    if complaint.closed_at is not None:
        raise Closed(_("This complaint was closed before."))
    complaint.closed_at, complaint.closed_by_id = now, by_id
    complaint.outcome, complaint.outcome_words = outcome, words
    questions.close(queries.questions_of(complaint_id), now)
    _note(complaint_id, "closed", by_id, now, words)
    audit.record("complaint.close", by_id, object_kind="complaint", object_id=complaint_id)


def forget(days: int, now: datetime) -> int:
    """Erase the contacts of cases closed so many days ago, and digests of networks after a day.

    Returns how many contacts were erased; twice changes nothing.
    """
    old = sa.update(Complaint).where(
        Complaint.closed_at < now - timedelta(days=days), Complaint.contact != ""
    )
    erased = db.session.execute(old.values(contact="", contact_erased_at=now))
    networks = sa.update(Complaint).where(Complaint.opened_at < now - A_DAY)
    db.session.execute(networks.values(address_digest=None))
    count = int(erased.rowcount)  # type: ignore[attr-defined]
    if count:
        audit.record("complaint.forget", None, note=str(count))
    return count


def names_in(complaint_id: int, words: str) -> list[str]:
    """Return the names of people the complaint is about that a text would tell."""
    return [name for name in queries.names_of_accused(complaint_id) if name in words]


def _refuse_many(digest: str, per_hour: int, now: datetime) -> None:
    asked = sa.select(sa.func.count(Complaint.id)).where(
        Complaint.address_digest == digest, Complaint.opened_at > now - AN_HOUR
    )
    if (db.session.scalar(asked) or 0) >= per_hour:
        raise TooManyComplaints(
            _(
                "%(number)s complaints came from your network within an hour. Try again after "
                "%(time)s, or add to one of them with its code.",
                number=per_hour,
                time=dates.show_time(now + AN_HOUR),
            ),
            link=("/complaints", _("Add to a complaint")),
        )


def _number(now: datetime) -> str:
    last = db.session.scalar(sa.select(sa.func.max(Complaint.id))) or 0
    return f"J{dates.today(now).year}-{last + 1:05}"


def _note(complaint_id: int, step: str, by_id: int | None, now: datetime, words: str = "") -> None:
    db.session.add(
        ComplaintNote(complaint_id=complaint_id, step=step, by_id=by_id, at=now, words=words)
    )
    db.session.flush()
