"""After the panel: public notice, the board, refusing, taking back, taking down."""

from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import dates, turns, versions
from volunteer_site.core.db import db
from volunteer_site.core.text import mask_name
from volunteer_site.core.words import for_everybody
from volunteer_site.core.words import gettext as _
from volunteer_site.recognition.deeds.models import GoodDeed
from volunteer_site.recognition.deeds.services.common import (
    NotNow,
    locked,
    record,
    refuse_own,
    require,
)
from volunteer_site.recognition.deeds.words import KINDS
from volunteer_site.recognition.notices import services as notices
from volunteer_site.recognition.notices.models import Subject

BEFORE_THE_BOARD = ("nominated", "weighing", "agreed", "noticed")


def put_on_notice(deed_id: int, *, by_id: int, now: datetime) -> int:
    """Show what the panel agreed to to everybody, for five working days or more (R42).

    Returns the number of the notice, whose title tells no whole name. Raises NotNow, Concerned
    and calendar.UnknownYear.
    """
    deed = locked(deed_id)
    require(deed, "agreed")
    refuse_own(deed, by_id)
    with for_everybody():
        title = f"{KINDS[deed.kind]} · {mask_name(deed.nominee_name)}"
    notice = notices.open_notice(Subject.DEED, deed.organisation_id, title, now=now, by_id=by_id)
    deed.notice_id, deed.noticed_at = notice.id, now
    record("deed.notice", by_id, deed_id)
    return notice.id


def publish(deed_id: int, *, by_id: int, now: datetime) -> str:
    """Put a deed on the board after its notice; return its number. A second time changes nothing.

    Raises notices.StillOnNotice, notices.OpenObjections, NotNow and Concerned.
    """
    turns.wait_for("numbers of good deeds")
    deed = locked(deed_id)
    if deed.published_at is not None:
        return str(deed.number)
    require(deed, "noticed")
    refuse_own(deed, by_id)
    notices.settle(deed.notice_id or 0, now)
    deed.number = _number(now)
    deed.published_at, deed.published_by_id, deed.contact = now, by_id, ""
    versions.bump("deeds")
    record("deed.publish", by_id, deed_id, deed.number)
    return deed.number


def refuse(deed_id: int, reason: str, *, by_id: int, now: datetime) -> None:
    """Do not take a deed up, saying why; a notice about it is called off for the same reason.

    Raises NotNow once it is on the board, and Concerned.
    """
    deed = locked(deed_id)
    require(deed, *BEFORE_THE_BOARD)
    refuse_own(deed, by_id)
    if deed.notice_id is not None:
        notices.call_off(deed.notice_id, reason, by_id=by_id, now=now)
    deed.refused_at, deed.refusal_reason, deed.contact = now, reason, ""
    record("deed.refuse", by_id, deed_id, reason)


def take_back(deed_id: int, reason: str, *, by_id: int, now: datetime) -> None:
    """Take a deed back from panel or notice so that its words can be put right.

    It is weighed anew afterwards. Raises NotNow and Concerned.
    """
    deed = locked(deed_id)
    require(deed, *BEFORE_THE_BOARD[1:])
    refuse_own(deed, by_id)
    if deed.notice_id is not None:
        notices.call_off(deed.notice_id, reason, by_id=by_id, now=now)
    deed.notice_id = deed.noticed_at = None
    deed.weighing_at = deed.decided_at = deed.verdict = None
    deed.round += 1
    record("deed.take_back", by_id, deed_id, reason)


def take_down(deed_id: int, reason: str, *, by_id: int, now: datetime) -> None:
    """Take a disproved deed off the board at once; its address says why. Twice is once.

    Raises NotNow if it never was on the board, and Concerned.
    """
    deed = locked(deed_id)
    if deed.taken_down_at is not None:
        return
    if deed.published_at is None:
        raise NotNow(_("This good deed is not on the board, so there is nothing to take down."))
    refuse_own(deed, by_id)
    deed.taken_down_at, deed.takedown_reason = now, reason
    versions.bump("deeds")
    record("deed.take_down", by_id, deed_id, reason)


def _number(now: datetime) -> str:
    """Return the year's next number: 2026-00017."""
    year = dates.today(now).year
    given = sa.select(sa.func.count(GoodDeed.id)).where(GoodDeed.number.startswith(f"{year}-"))
    return f"{year}-{(db.session.scalar(given) or 0) + 1:05}"
