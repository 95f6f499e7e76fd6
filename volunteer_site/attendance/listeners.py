"""What the door says when somebody wants to take back what has begun; connected at the start."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from volunteer_site.activities.services import signals
from volunteer_site.attendance import queries
from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.attendance.offline import services as offline
from volunteer_site.attendance.services import marks
from volunteer_site.attendance.services.closing import about_to_close
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import ngettext
from volunteer_site.people import services as people
from volunteer_site.signups import services as signups
from volunteer_site.signups.models import Signup


class AlreadyThere(Refusal):
    """Somebody has checked in, so it takes place."""


def connect() -> None:
    """Listen to withdrawals, and to activities being called off or closed."""
    signups.withdrawing.connect(_refuse_withdrawal)
    signals.cancelling.connect(_refuse_cancelling)
    about_to_close.connect(_count_check_outs_that_waited)
    people.erasing.connect(_forget_phones)


def _refuse_withdrawal(signup: Signup) -> None:
    came = marks.standing(signup.activity_id, signup.person_id, Direction.IN)
    if came is None:
        return
    raise AlreadyThere(
        _(
            "You checked in at %(time)s, so there is nothing to withdraw from. If you have to "
            "leave early, check out.",
            time=dates.show_time(came.happened_at),
        )
    )


def _refuse_cancelling(_sender: Any, activity_id: int, now: datetime) -> None:
    number = queries.anybody_in(activity_id)
    if not number:
        return
    raise AlreadyThere(
        ngettext(
            "%(num)d person has checked in. Close the activity instead, so that their time counts.",
            "%(num)d people have checked in. Close the activity instead, so that their time "
            "counts.",
            number,
        ),
        link=(f"/desk/activities/{activity_id}/closing", _("To the closing")),
    )


def _count_check_outs_that_waited(activity_id: int, now: datetime) -> None:
    offline.settle_waiting(activity_id, now=now)


def _forget_phones(_sender: Any, person_id: int, now: datetime) -> None:
    """Forget which phone somebody had who leaves, and whether it was at the place (R45)."""
    theirs = sa.update(Attendance).where(Attendance.person_id == person_id)
    db.session.execute(theirs.values(device=None, nearness=None, distance=None))
