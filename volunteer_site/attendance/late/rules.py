"""When something may be entered late, by whom, for whom, and who may grant it (R21, R22)."""

from dataclasses import dataclass
from datetime import datetime

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance.late import deadlines
from volunteer_site.attendance.late.models import REASON_LENGTH
from volunteer_site.attendance.late.queries import Heads, Line
from volunteer_site.attendance.late.refusals import (
    NoRoom,
    NotForYourself,
    NotLateYet,
    NotYours,
    TooLate,
    Unbelievable,
)
from volunteer_site.attendance.queries import Hours
from volunteer_site.attendance.services.rules import refuse_over, roster_hours
from volunteer_site.core import dates
from volunteer_site.core.access import Actor
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.held.rules import reaches
from volunteer_site.people.models import RoleName

LEAST_REASON = 6  # characters
LEAST_DIFFERENT = 4  # of them; one repeated says nothing


@dataclass(frozen=True)
class Wish:
    """What a coordinator says afterwards: who was there, from when to when, why so late."""

    person_id: int
    shift: Shift
    came_at: datetime
    left_at: datetime
    reason: str
    evidence: str


def allow(activity: Activity, now: datetime, hours: Hours) -> None:
    """Raise the rule that stands against entering anything late for this activity now."""
    refuse_over(activity.id, activity.cancelled_at, None)
    if activity.closed_at is None and now < roster_hours(activity, hours)[1]:
        raise NotLateYet(
            _(
                "Until %(time)s people are ticked at the door. That needs nobody's approval.",
                time=dates.show_moment(roster_hours(activity, hours)[1]),
            ),
            link=(f"/desk/activities/{activity.id}/door", _("To the door")),
        )
    if not deadlines.in_time(activity.ends_at, now):
        raise TooLate(_too_late(activity))


def check(activity: Activity, wish: Wish, by_id: int) -> None:
    """Raise the rule against this wish: one's own hours, times outside, a reason that says nothing.

    That there is evidence is for `core.uploads.take` to see.
    """
    if wish.person_id == by_id:
        raise NotForYourself(
            _(
                "Nobody enters their own hours. Ask another coordinator of your community to do "
                "it; the office then decides, or a third coordinator."
            )
        )
    _check_times(wish)
    _check_reason(wish.reason)


def check_room(heads: Heads, more: int = 1) -> None:
    """Raise NoRoom if so many more people would be more than there were places."""
    if heads.came + more <= heads.places:
        return
    raise NoRoom(
        _(
            "The activity had %(places)d places and %(came)d people are on the record or asked "
            "for; nobody can be added beyond the places. If somebody is on the record wrongly, "
            "take them back first.",
            places=heads.places,
            came=heads.came + more - 1,
        )
    )


def allow_decision(line: Line, by: Actor) -> None:
    """Raise NotYours with the reason if this person may not decide about it."""
    words = why_not(line, by)
    if words:
        raise NotYours(words)


def why_not(line: Line, by: Actor) -> str:
    """Say why somebody may not decide about a late entry; blank if they may."""
    if line.person_id == by.id:
        return _("These are your own hours; somebody else decides.")
    if line.asked_by_id == by.id:
        return _(
            "You asked for this yourself. Another coordinator of %(place)s or the office decides.",
            place=line.community,
        )
    if reaches(line.path, by.paths(RoleName.COORDINATOR, RoleName.OFFICER)):
        return ""
    return _("Only a coordinator of %(place)s or the office decides.", place=line.community)


def allow_grant(line: Line, now: datetime) -> None:
    """Raise TooLate if more than ten working days have passed since it was asked for."""
    if deadlines.in_time(line.asked_at, now):
        return
    raise TooLate(
        _(
            "It was asked for on %(day)s, more than ten working days ago, and cannot be granted "
            "any more. Refuse it with that reason; the volunteer can object.",
            day=dates.show_day(line.asked_at),
        )
    )


def _check_times(wish: Wish) -> None:
    shift = wish.shift
    if shift.starts_at <= wish.came_at < wish.left_at <= shift.ends_at:
        return
    raise Unbelievable(
        _(
            "The times must lie within %(span)s, the first before the second.",
            span=dates.show_span(shift.starts_at, shift.ends_at),
        ),
        "came" if not shift.starts_at <= wish.came_at < shift.ends_at else "left",
    )


def _check_reason(reason: str) -> None:
    letters = [letter for letter in reason if letter.isalnum()]
    if len(letters) < LEAST_REASON or len(set(letters)) < LEAST_DIFFERENT:
        raise Unbelievable(
            _(
                "Say in at least %(least)d characters what happened, such as: her phone was empty "
                "and I forgot to tick her.",
                least=LEAST_REASON,
            ),
            "reason",
        )
    if len(reason) > REASON_LENGTH:
        raise Unbelievable(_("At most %(most)d characters.", most=REASON_LENGTH), "reason")


def _too_late(activity: Activity) -> str:
    last = deadlines.last_day(activity.ends_at)
    if last is None:
        return _("More than ten working days have passed since the end; nothing can be entered.")
    return _(
        "Entering late was possible until %(day)s, ten working days after the end. The volunteer "
        "can object; the office looks into it.",
        day=dates.show_day(last),
    )
