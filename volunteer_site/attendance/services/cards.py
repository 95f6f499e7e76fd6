"""Checking in and out by a person's own code, read by the coordinator's phone or a scanner.

Like a tick, but of higher proof: the person was there with their code. Call inside a
`write_transaction`.
"""

from dataclasses import replace
from datetime import datetime

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance import queries
from volunteer_site.attendance.models import Direction, Method
from volunteer_site.attendance.queries import Promise
from volunteer_site.attendance.services import marks, walk_ins
from volunteer_site.attendance.services.marks import Outcome, Seen
from volunteer_site.attendance.services.refusals import NotOnTheList
from volunteer_site.core.words import gettext as _


def read(activity_id: int, person_id: int, direction: str, by_id: int, *, now: datetime) -> Outcome:
    """Check in or out somebody whose code was read; raises NotOnTheList, NotIn or DoorClosed."""
    if direction == Direction.OUT:
        return marks.check_out(activity_id, person_id, Seen(Method.CARD, now, by_id), now=now)
    promise = queries.promise(activity_id, person_id)
    if promise is None or promise.confirmed_at is None:
        raise NotOnTheList(_("They have no place here yet."))
    return marks.check_in(activity_id, person_id, _seen(promise, by_id, now), now=now)


def let_in(
    activity: Activity, shift: Shift, person_id: int, by_id: int, *, now: datetime
) -> Outcome:
    """Give a place to somebody whose code was read, and check them in.

    Raises DoorClosed and TooYoung.
    """
    return walk_ins.walk_in(activity, shift, person_id, _seen(shift, by_id, now), now=now)


def _seen(time: Shift | Promise, by_id: int, now: datetime) -> Seen:
    return replace(marks.ticked(time, by_id, now=now, start=False), method=Method.CARD)
