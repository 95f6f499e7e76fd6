"""Closing an activity: everybody is checked out, and what they gave goes into the book.

Twice is once: the activity's row is locked, so two coordinators who close at the same moment are
one after the other, and the second finds it closed. Call inside a `write_transaction`.
"""

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from blinker import Signal

from volunteer_site.activities.models import Activity
from volunteer_site.attendance import queries, reckoning
from volunteer_site.attendance.models import Direction, Method
from volunteer_site.attendance.reckoning import Present, Reckoning
from volunteer_site.attendance.services import marks, rules
from volunteer_site.attendance.services.refusals import NotBegun
from volunteer_site.core import audit, dates, versions
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import services as hours
from volunteer_site.hours.models import Proof
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Person
from volunteer_site.signups import services as signups

PROOFS: Final = {
    Method.SCAN: Proof.SCANNED,
    Method.CARD: Proof.SCANNED,
    Method.TICK: Proof.TICKED,
    Method.PAPER: Proof.PAPER,
    Method.LATE: Proof.LATE,
}

about_to_close = Signal()  # sent with the activity's id and now=, before it is counted who came


def close(activity_id: int, *, by_id: int, now: datetime) -> bool:
    """Check out who is still in, post the hours and close; tell whether it was this time.

    Raises NotBegun, DoorClosed if it was called off, and what `hours.services.post` raises.
    """
    activity = locked(activity_id)
    if activity.closed_at is not None:
        return False
    check_closable(activity, now)
    about_to_close.send(activity_id, now=now)
    hours.take_turns(mark.person_id for mark in queries.marks(activity_id))
    reckoned = reckoning.reckon(activity, now)
    _check_out(activity, reckoned, by_id, now)
    given = [credit_of(activity, one, by_id) for one in reckoned.present if one.counts.minutes]
    if given:
        hours.post(facts_of(activity, by_id), given, now=now)
    _note_no_shows(activity, reckoned, now)
    activity.closed_at, activity.closed_by_id = now, by_id
    versions.bump("board")
    audit.record("activity.close", by_id, object_kind="activity", object_id=activity_id)
    return True


def check_closable(activity: Activity, now: datetime) -> None:
    """Raise the reason why an activity that is not closed cannot be closed now."""
    rules.refuse_over(activity.id, activity.cancelled_at, None)
    if now < activity.starts_at:
        raise NotBegun(
            _(
                "It begins at %(time)s; it can be closed once people have been there.",
                time=dates.show_moment(activity.starts_at),
            ),
            link=(f"/desk/activities/{activity.id}/door", _("To the door")),
        )


def locked(activity_id: int) -> Activity:
    """Return a published activity, nobody else changing it meanwhile; raises NotFound."""
    asked = sa.select(Activity).where(
        Activity.id == activity_id, Activity.published_at.is_not(None)
    )
    again = asked.with_for_update().execution_options(populate_existing=True)
    activity = db.session.scalar(again)
    if activity is None:
        raise NotFound(_("There is no such activity. It may have been taken back."))
    return activity


def _note_no_shows(activity: Activity, reckoned: Reckoning, now: datetime) -> None:
    """Note who stayed away (R16); nobody if nobody was entered at all, for then it was not done."""
    if reckoned.present:
        absent = [one.person_id for one in reckoned.absent]
        signups.note_no_shows(activity, absent, now=now)


def _check_out(activity: Activity, reckoned: Reckoning, by_id: int, now: datetime) -> None:
    marks.enter(
        [
            {
                "activity_id": activity.id,
                "shift_id": one.shift.id,
                "person_id": one.who.id,
                "direction": Direction.OUT,
                "method": Method.CLOSING,
                "happened_at": one.until,
                "recorded_at": now,
                "recorded_by_id": by_id,
            }
            for one in reckoned.present
            if one.left is None
        ]
    )


def credit_of(activity: Activity, one: Present, by_id: int) -> hours.Credit:
    """Return what somebody who was there is to be credited; its proof is how they came in."""
    return hours.Credit(
        person_id=one.who.id,
        recorder_id=activity.organisation_id,
        unit_id=one.who.unit_id,
        source_id=one.came.id,
        proof=PROOFS[Method(one.came.method)],
        started_at=one.counts.started_at,
        ended_at=one.counts.ended_at,
        minutes=one.counts.minutes,
        recorded_by_id=by_id,
    )


def facts_of(activity: Activity, by_id: int) -> hours.Facts:
    """Copy what the record keeps (R1); the recorder is the community, never the site (R12)."""
    return hours.Facts(
        source_id=activity.id,
        title=activity.title,
        category=activity.category,
        place=activity.place,
        content=activity.content,
        service_date=activity.service_date,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        organiser=db.session.get_one(Organisation, activity.organisation_id).name,
        leader=db.session.get_one(Person, activity.leader_id or by_id).name,
    )
