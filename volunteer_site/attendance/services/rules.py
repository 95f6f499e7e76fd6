"""When the door is open, and for whom. Each refusal says the rule, the value and what to do."""

from datetime import datetime

from volunteer_site.activities.models import Activity
from volunteer_site.attendance.models import Direction
from volunteer_site.attendance.queries import Entrance, Hours
from volunteer_site.attendance.services.refusals import DoorClosed, NotIn, NotOnTheList
from volunteer_site.core import dates
from volunteer_site.core.words import gettext as _
from volunteer_site.signups.queries import Offer, State


def allow_scan(entrance: Entrance, direction: str, moment: datetime, hours: Hours) -> None:
    """Raise the rule that stands against somebody who scanned the code at that moment (R18)."""
    found = entrance.found
    refuse_over(found.activity_id, found.cancelled_at, None)
    if found.closed_at is not None:
        raise DoorClosed(_closed_words(found.closed_at), link=("/me/hours", _("My hours")))
    if entrance.shift is None:
        words, link = _not_on_the_list(entrance, moment)
        raise NotOnTheList(words, link=link)
    _refuse_outside(entrance.shift, moment, hours)
    if direction == Direction.OUT and entrance.came is None:
        raise NotIn(_("You have not checked in yet. Ask the coordinator to enter you."))


def allow_tick(activity: Activity, now: datetime, hours: Hours) -> None:
    """Raise the rule that stands against the coordinator entering people now.

    The roster is open as long as the code, and on to the end of that day: who is entered then
    is still entered by somebody who was there (R23), which is not entering later (R21).
    """
    refuse_over(activity.id, activity.cancelled_at, activity.closed_at)
    opens, closes = roster_hours(activity, hours)
    if now < opens:
        raise DoorClosed(
            _("The door opens at %(time)s. Then tick whoever comes.", time=_said(opens))
        )
    if now >= closes:
        raise DoorClosed(
            _(
                "People could be ticked until %(time)s. Close the activity now with those who "
                "are ticked; what is missing needs a correction by the office.",
                time=_said(closes),
            ),
            link=(f"/desk/activities/{activity.id}/closing", _("To the closing")),
        )


def roster_hours(activity: Activity, hours: Hours) -> tuple[datetime, datetime]:
    """Return from when until when people may be ticked."""
    opens, closes = hours.span(activity.starts_at, activity.ends_at)
    day_ends = dates.day_bounds(dates.local_date(activity.ends_at))[1]
    return opens, max(closes, day_ends)


def refuse_over(
    activity_id: int, cancelled_at: datetime | None, closed_at: datetime | None
) -> None:
    """Raise DoorClosed if the activity was called off or closed."""
    if cancelled_at is not None:
        raise DoorClosed(_("This activity was called off, so nobody checks in or out."))
    if closed_at is not None:
        raise DoorClosed(
            _(
                "This activity was closed at %(time)s and its hours are in the book. A wrong one "
                "is put right by a correction, with a reason.",
                time=_said(closed_at),
            ),
            link=(f"/desk/activities/{activity_id}/closing", _("Who was there")),
        )


def _closed_words(closed_at: datetime) -> str:
    return _(
        "The coordinator closed this activity at %(time)s and its hours are in the book. Is "
        "something missing? Tell them, they can correct it.",
        time=_said(closed_at),
    )


def _refuse_outside(shift: Offer, moment: datetime, hours: Hours) -> None:
    opens, closes = hours.span(shift.starts_at, shift.ends_at)
    if moment < opens:
        raise DoorClosed(
            _(
                "The code works from %(time)s on, %(minutes)d minutes before the start. Scan it "
                "again then.",
                time=_said(opens),
                minutes=hours.before.seconds // 60,
            )
        )
    if moment > closes:
        raise DoorClosed(
            _(
                "The code worked until %(time)s. Ask the coordinator to enter you before they "
                "close the activity.",
                time=_said(closes),
            )
        )


def _not_on_the_list(entrance: Entrance, now: datetime) -> tuple[str, tuple[str, str]]:
    found = entrance.found
    address = f"/activities/{found.activity_id}"
    left = sum(shift.left for shift in found.shifts)
    if found.state is State.WAITLISTED:
        words = _(
            "You are number %(position)d on the waiting list. Ask the coordinator; they can let "
            "you in at once.",
            position=found.position,
        )
    elif left and found.open_at(now):
        words = _(
            "You have not signed up, but there are %(left)d places left. Sign up first, then "
            "scan the code again.",
            left=left,
        )
        return words, (address, _("Sign up now"))
    else:
        words = _(
            "You have not signed up and sign-up is closed. Go to the coordinator; they can add "
            "you at once."
        )
    return words, (address, _("To the activity"))


def _said(moment: datetime) -> str:
    return dates.show_moment(moment)
