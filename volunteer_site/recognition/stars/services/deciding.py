"""The desk's side: a first person puts it on public notice, a second one awards it (R37, R42)."""

from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import dates, turns, versions
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import for_everybody
from volunteer_site.core.words import gettext as _
from volunteer_site.recognition.notices import services as notices
from volunteer_site.recognition.notices.models import Subject
from volunteer_site.recognition.stars.models import StarApplication
from volunteer_site.recognition.stars.services import applying


class OwnApplication(Refusal):
    """Nobody decides about their own star (R22)."""


class SamePerson(Refusal):
    """Whoever put it on public notice does not award it as well."""


class NotOnNotice(Refusal):
    """A star is awarded only after the public notice (R42)."""


def put_on_notice(application_id: int, *, by_id: int, now: datetime) -> int:
    """Show an application to everybody for some working days; return the notice's number.

    Twice is once. Raises OwnApplication, Decided, what `applying.check` does, and
    calendar.UnknownYear.
    """
    one = _to_decide(application_id, by_id)
    if one.notice_id is not None:
        return one.notice_id
    applying.check(one.person_id, one.level, now)
    with for_everybody():
        title = _("Star %(level)s of a volunteer", level=one.level)  # names: see proposals
    notice = notices.open_notice(Subject.STAR, one.organisation_id, title, now=now, by_id=by_id)
    one.notice_id, one.noticed_at, one.noticed_by_id = notice.id, now, by_id
    db.session.flush()
    applying.record("star.notice", by_id, one)
    return notice.id


def award(application_id: int, *, by_id: int, now: datetime) -> str:
    """Award the star after its public notice and return its number; twice is once.

    Raises OwnApplication, SamePerson, NotOnNotice, notices.StillOnNotice, notices.OpenObjections,
    Decided, and what `applying.check` does: hours may have been taken back meanwhile.
    """
    one = _to_decide(application_id, by_id)
    if one.number is not None:
        return one.number
    if one.notice_id is None:
        raise NotOnNotice(_("Put it on public notice first; then a second person awards it."))
    if by_id == one.noticed_by_id:
        raise SamePerson(
            _(
                "You have put it on public notice yourself, so somebody else has to award it: "
                "another coordinator or the district office."
            )
        )
    star = applying.check(one.person_id, one.level, now)
    notices.settle(one.notice_id, now)
    number = _number(now)
    one.minutes, one.number, one.awarded_at, one.awarded_by_id = star.minutes, number, now, by_id
    db.session.flush()
    versions.bump("stars")
    applying.record("star.award", by_id, one, number)
    return number


def refuse(application_id: int, reason: str, *, by_id: int, now: datetime) -> None:
    """Refuse an application with a reason that the volunteer reads; its notice ends.

    Raises OwnApplication and Decided.
    """
    one = _to_decide(application_id, by_id)
    applying.still_open(one)
    one.refused_at, one.refused_by_id, one.refusal_reason = now, by_id, reason
    if one.notice_id is not None:
        with for_everybody():
            because = _("The application was refused.")
        notices.call_off(one.notice_id, because, by_id=by_id, now=now)
    applying.record("star.refuse", by_id, one)


def _to_decide(application_id: int, by_id: int) -> StarApplication:
    one = applying.locked(application_id)
    applying.wait_for(one.person_id)
    if by_id == one.person_id:
        raise OwnApplication(
            _(
                "Nobody decides about their own star. Another coordinator or the district office "
                "has to."
            )
        )
    if one.awarded_at is None:
        applying.still_open(one)
    return one


def _number(now: datetime) -> str:
    """Return the next number of the year; called inside the transaction that uses it."""
    year = dates.today(now).year
    turns.wait_for(f"star numbers {year}")
    asked = sa.select(sa.func.max(StarApplication.number))
    last = db.session.scalar(asked.where(StarApplication.number.startswith(f"S{year}-")))
    following = int(last.rpartition("-")[2]) + 1 if last else 1
    return f"S{year}-{following:05}"
