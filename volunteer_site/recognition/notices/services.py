"""Opening a public notice, objecting to it, answering, settling it or calling it off (R42)."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from volunteer_site.core import audit, calendar, dates, turns
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound, Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.recognition.notices import parts, queries
from volunteer_site.recognition.notices.models import NoticeObjection, PublicNotice

AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)


class StillOnNotice(Refusal):
    """The working days of the notice are not over."""


class OpenObjections(Refusal):
    """Somebody objected and has no answer yet, or was found right."""


class CalledOff(Refusal):
    """The notice was ended without result."""


class NoticeOver(Refusal):
    """Objections are no longer taken."""


class TooManyObjections(Refusal):
    """One network address objects too often; the message says when to go on."""

    status = 429


class Concerned(Refusal):
    """Who is proposed, or proposed it, does not answer objections to it."""


@dataclass(frozen=True)
class Sender:
    """The network address an objection came from, and how many it may send within an hour."""

    address: str
    secret: str
    per_hour: int

    @property
    def digest(self) -> str:
        """Return what is kept of the address for a day."""
        words = f"notice {self.address}".encode()
        return hmac.new(self.secret.encode(), words, hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True)
class Answer:
    """What is answered to an objection, and whether it was found right."""

    words: str
    upheld: bool


def open_notice(
    subject: str, organisation_id: int, title: str, *, now: datetime, by_id: int | None
) -> PublicNotice:
    """Show what is proposed to everybody for so many working days as is set, five or more (R42).

    Today is not counted. Raises calendar.UnknownYear (R9).
    """
    last_day = calendar.end_of_notice(dates.today(now))
    notice = PublicNotice(
        subject=subject,
        title=title,
        organisation_id=organisation_id,
        opened_at=now,
        opened_by_id=by_id,
        last_day=last_day,
    )
    db.session.add(notice)
    db.session.flush()
    _record("notice.open", by_id, notice.id, title)
    return notice


def object_to(notice_id: int, text: str, sender: Sender, *, now: datetime) -> int:
    """Write down an objection, from anybody; return its number on this notice. Twice is once.

    Nothing is kept that says who objected; a digest of the network is, for a day. Raises
    NoticeOver and TooManyObjections.
    """
    turns.wait_for("notice objections")
    notice = queries.get(notice_id)
    if notice.closed_at is not None or queries.is_over(notice, dates.today(now)):
        raise NoticeOver(
            _(
                "This notice ended on %(day)s and takes no more objections. What is untrue can be "
                "reported at any time.",
                day=dates.show_day(notice.last_day),
            ),
            link=("/complaints/new", _("Report an untrue record")),
        )
    _forget_networks(now)
    before = queries.objections(notice_id)
    for number, one in enumerate(before, 1):
        if (one.text, one.address_digest) == (text, sender.digest):
            return number
    _refuse_many(sender, now)
    objection = NoticeObjection(
        notice_id=notice_id, text=text, filed_at=now, address_digest=sender.digest
    )
    db.session.add(objection)
    db.session.flush()
    _record("notice.object", None, notice_id)
    return len(before) + 1


def answer(
    notice_id: int, objection_id: int, answered: Answer, *, by_id: int, now: datetime
) -> None:
    """Answer an objection; everybody can read it. The same objection is answered once.

    Raises NotFound, and Concerned for who is proposed or opened the notice.
    """
    _refuse_concerned(notice_id, by_id)
    asked = sa.select(NoticeObjection).where(
        NoticeObjection.id == objection_id, NoticeObjection.notice_id == notice_id
    )
    objection = db.session.scalar(asked.with_for_update())
    if objection is None:
        raise NotFound(_("There is no such objection."))
    if objection.answered_at is not None:
        return
    objection.answer, objection.upheld = answered.words, answered.upheld
    objection.answered_at, objection.answered_by_id = now, by_id
    _record("notice.answer", by_id, notice_id)


def settle(notice_id: int, now: datetime) -> None:
    """Close a notice whose days are over and whose objections are answered; twice is once.

    Raises StillOnNotice, OpenObjections and CalledOff.
    """
    notice = _locked(notice_id)
    if notice.called_off_because:
        raise CalledOff(
            _("This public notice was called off. Open a new one."),
            link=(f"/notices/{notice_id}", _("To the notice")),
        )
    if notice.closed_at is not None:
        return
    _refuse_unsettled(notice, now)
    notice.closed_at = now
    _record("notice.settle", None, notice_id)


def call_off(notice_id: int, reason: str, *, by_id: int | None, now: datetime) -> None:
    """End a notice without result, saying why; one that is closed stays as it is."""
    notice = _locked(notice_id)
    if notice.closed_at is None:
        notice.closed_at, notice.called_off_because = now, reason
        _record("notice.call_off", by_id, notice_id, reason)


def concerned(notice: PublicNotice, proposal: parts.Proposal | None) -> frozenset[int]:
    """Return who is proposed, or has opened the notice, and so may not answer."""
    opener = {notice.opened_by_id} if notice.opened_by_id else set()
    return frozenset(opener | proposal.people if proposal else opener)


def _refuse_concerned(notice_id: int, person_id: int) -> None:
    notice = queries.get(notice_id)
    if person_id in concerned(notice, parts.of(notice)):
        raise Concerned(
            _(
                "You are on this proposal or have made it, so somebody else has to answer. Ask a "
                "colleague or the district office."
            ),
            link=("/desk/notices", _("Public notices")),
        )


def _refuse_unsettled(notice: PublicNotice, now: datetime) -> None:
    here = (f"/desk/notices/{notice.id}", _("To the notice"))
    if not queries.is_over(notice, dates.today(now)):
        raise StillOnNotice(
            _(
                "It is on public notice until %(day)s; objections are taken until then. Come back "
                "the day after.",
                day=dates.show_day(notice.last_day),
            ),
            link=here,
        )
    if count := queries.unanswered(notice.id):
        raise OpenObjections(
            _("%(count)d objections have no answer yet. Answer them first.", count=count),
            link=here,
        )
    if queries.upheld(notice.id):
        raise OpenObjections(
            _("An objection was found right. Put it right and open a new notice."), link=here
        )


def _locked(notice_id: int) -> PublicNotice:
    asked = sa.select(PublicNotice).where(PublicNotice.id == notice_id).with_for_update()
    return db.session.scalars(asked.execution_options(populate_existing=True)).one()


def _refuse_many(sender: Sender, now: datetime) -> None:
    asked = sa.select(sa.func.count(NoticeObjection.id)).where(
        NoticeObjection.address_digest == sender.digest, NoticeObjection.filed_at > now - AN_HOUR
    )
    if (db.session.scalar(asked) or 0) >= sender.per_hour:
        raise TooManyObjections(
            _(
                "%(number)s objections came from your network within an hour. Try again after "
                "%(time)s.",
                number=sender.per_hour,
                time=dates.show_time(now + AN_HOUR),
            )
        )


def _forget_networks(now: datetime) -> None:
    old = sa.update(NoticeObjection).where(NoticeObjection.filed_at < now - A_DAY)
    db.session.execute(
        old.where(NoticeObjection.address_digest.is_not(None)).values(address_digest=None)
    )


def _record(kind: str, by_id: int | None, notice_id: int, note: str = "") -> None:
    audit.record(kind, by_id, object_kind="notice", object_id=notice_id, note=note)
