"""请假 on the roster: in one tap, and back again. Call inside a `write_transaction`."""

from datetime import datetime

from volunteer_site.activities.models import Activity
from volunteer_site.attendance.models import Direction
from volunteer_site.attendance.services import closing, marks, rules
from volunteer_site.attendance.services.refusals import IsHere
from volunteer_site.core import dates
from volunteer_site.core.words import gettext as _
from volunteer_site.signups import services as signups


def excuse(activity_id: int, person_id: int, reason: str, *, by_id: int, now: datetime) -> bool:
    """Excuse somebody who has not come; tell whether they were not excused before.

    Raises IsHere, NotFound, DoorClosed if it was called off, and after the closing
    `signups.services.ReasonNeeded`.
    """
    activity = _locked(activity_id)
    came = marks.standing(activity_id, person_id, Direction.IN)
    if came is not None:
        raise IsHere(
            _(
                "They were entered at %(time)s. Take that back first if it is wrong.",
                time=dates.show_time(came.happened_at),
            ),
            link=(f"/desk/activities/{activity_id}/door", _("To the door")),
        )
    return signups.excuse(activity, person_id, reason, by_id=by_id, now=now)


def take_back(activity_id: int, person_id: int, *, by_id: int, now: datetime) -> None:
    """Take an excuse back; after the closing whoever did not come is a no-show then."""
    activity = _locked(activity_id)
    signups.withdraw_excuse(activity, person_id, by_id=by_id, now=now)
    absent = marks.standing(activity_id, person_id, Direction.IN) is None
    if absent and activity.closed_at is not None:
        signups.note_no_shows(activity, [person_id], now=now)


def _locked(activity_id: int) -> Activity:
    activity = closing.locked(activity_id)
    rules.refuse_over(activity.id, activity.cancelled_at, None)
    return activity
