"""The person's side: objecting, adding words, withdrawing, taking a refusal to the office (R27)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from volunteer_site.core import audit, dates, turns
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound, Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.oversight import evidence
from volunteer_site.oversight.deadlines import due_on
from volunteer_site.oversight.objections import queries
from volunteer_site.oversight.objections.missing import Candidate
from volunteer_site.oversight.objections.models import (
    Objection,
    ObjectionNote,
    Wish,
)
from volunteer_site.oversight.objections.queries import state_of


class AlreadyObjected(Refusal):
    """There is an objection about this already, open or decided."""


class NotOpen(Refusal):
    """The objection was answered, decided or withdrawn meanwhile."""


@dataclass(frozen=True)
class Said:
    """What the person says is wrong."""

    wish: str
    minutes: int | None
    words: str


def object_to(entry_id: int, person_id: int, said: Said, *, days: int, now: datetime) -> Objection:
    """Say that one of one's own entries is wrong; raises NotFound and AlreadyObjected (R27)."""
    about = evidence.service(entry_id)
    if about is None or about.person_id != person_id:
        raise NotFound(_("There is no such entry of yours."))
    _refuse_second(person_id, entry_id, about.activity_id, now)
    return _opened(
        Objection(
            person_id=person_id,
            organisation_id=about.recorder_id,
            entry_id=entry_id,
            activity_id=about.activity_id,
            title=about.title,
            service_date=about.service_date,
        ),
        said,
        due_on(now, days),
        now,
    )


def report_missing(
    missing: Candidate, person_id: int, said: Said, *, days: int, now: datetime
) -> Objection:
    """Say that there are no hours for an activity one served in; raises AlreadyObjected."""
    _refuse_second(person_id, None, missing.activity_id, now)
    return _opened(
        Objection(
            person_id=person_id,
            organisation_id=missing.organisation_id,
            activity_id=missing.activity_id,
            title=missing.title,
            service_date=dates.local_date(missing.starts_at),
        ),
        said,
        due_on(now, days),
        now,
    )


def add_words(objection_id: int, words: str, *, by_id: int, now: datetime) -> None:
    """Add to what was said, while it is open; raises NotOpen."""
    objection = locked(objection_id)
    _refuse_over(objection, now)
    note(objection, "said", by_id, now, words)


def withdraw(objection_id: int, *, by_id: int, now: datetime) -> None:
    """Take one's objection back; a second time changes nothing."""
    objection = locked(objection_id)
    if objection.withdrawn_at is not None:
        return
    _refuse_over(objection, now)
    objection.withdrawn_at = now
    note(objection, "withdrawn", by_id, now)


def escalate(objection_id: int, words: str, *, by_id: int, now: datetime) -> None:
    """Take a refusal to the office; a second time changes nothing. Raises NotOpen when too late."""
    objection = locked(objection_id)
    if objection.escalated_at is not None:
        return
    if not queries.may_escalate(objection, now):
        raise NotOpen(
            _(
                "Only a refusal can be taken to the office, until the day it names. Ask the "
                "district office by phone."
            ),
            link=(f"/me/objections/{objection_id}", _("Back to the objection")),
        )
    objection.escalated_at = now
    note(objection, "escalated", by_id, now, words)


def forget_person(person_id: int, now: datetime) -> None:
    """Withdraw what somebody who deletes their data has open, and forget their words (R45)."""
    theirs = sa.select(Objection).where(Objection.person_id == person_id)
    for objection in db.session.scalars(theirs).all():
        objection.words = ""
        if not state_of(objection, now).over:
            objection.withdrawn_at = now
    said = sa.update(ObjectionNote).where(ObjectionNote.by_id == person_id)
    db.session.execute(said.values(words=""))


def _refuse_second(
    person_id: int, entry_id: int | None, activity_id: int | None, now: datetime
) -> None:
    turns.wait_for(f"objections of {person_id}")
    before = queries.latest(person_id, entry_id, activity_id)
    if before is None or queries.may_object_again(before, now):
        return
    link = (f"/me/objections/{before.id}", _("To that objection"))
    if state_of(before, now).name == "rejected":
        raise AlreadyObjected(
            _("The office has decided about this already, and gave its reason."), link=link
        )
    raise AlreadyObjected(
        _("You have said already that this is wrong. You can add to it there."), link=link
    )


def _opened(objection: Objection, said: Said, due: date | None, now: datetime) -> Objection:
    objection.wish, objection.words = said.wish, said.words
    objection.minutes_wanted = 0 if said.wish == Wish.ABSENT else said.minutes
    objection.opened_at, objection.due_on = now, due
    db.session.add(objection)
    db.session.flush()
    note(objection, "opened", objection.person_id, now, said.words)
    return objection


def locked(objection_id: int) -> Objection:
    """Return the objection as it stands, nobody else changing it until the transaction ends."""
    asked = sa.select(Objection).where(Objection.id == objection_id).with_for_update()
    return db.session.scalars(asked.execution_options(populate_existing=True)).one()


def _refuse_over(objection: Objection, now: datetime) -> None:
    if state_of(objection, now).over:
        raise NotOpen(
            _("This objection is closed; nothing can be added to it."),
            link=(f"/me/objections/{objection.id}", _("Back to the objection")),
        )


def note(objection: Objection, step: str, by_id: int, now: datetime, words: str = "") -> None:
    """Write a step down, in the log of the case and in the audit log."""
    about: dict[str, Any] = {"objection_id": objection.id, "at": now, "by_id": by_id}
    db.session.add(ObjectionNote(**about, step=step, words=words))
    db.session.flush()
    audit.record(f"objection.{step}", by_id, object_kind="objection", object_id=objection.id)
