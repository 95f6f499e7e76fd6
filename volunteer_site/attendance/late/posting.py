"""What a granted late entry becomes: two marks, and a line of the ledger marked late for ever."""

from datetime import datetime

from volunteer_site.activities.models import Activity
from volunteer_site.attendance import reckoning
from volunteer_site.attendance.late.models import LateEntry
from volunteer_site.attendance.late.queries import Line
from volunteer_site.attendance.late.refusals import NothingCounts
from volunteer_site.attendance.models import Direction, Method
from volunteer_site.attendance.services import closing, marks
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import facts as kept_facts
from volunteer_site.hours import services as hours


def mark(late: LateEntry, now: datetime) -> None:
    """Let the person have come and gone, as written down by who asked."""
    both = ((Direction.IN, late.came_at), (Direction.OUT, late.left_at))
    marks.enter([_mark(late, way, at, now) for way, at in both])


def post(activity: Activity, line: Line, now: datetime) -> None:
    """Post the hours as closing would have, with the facts as they stood then (R4-R7, R11).

    Raises NothingCounts if not a minute is left, and what `hours.services.post` raises.
    """
    hours.take_turns([line.person_id])
    found = reckoning.reckon_one(activity, line.person_id, now)
    if found is None or not found.counts.minutes:
        raise NothingCounts(_why_nothing(found.why if found else ""))
    facts = kept_facts.of("activity", activity.id)
    facts = facts or closing.facts_of(activity, activity.closed_by_id or line.asked_by_id)
    hours.post(facts, [closing.credit_of(activity, found, line.asked_by_id)], now=now)


def _mark(late: LateEntry, way: str, at: datetime, now: datetime) -> dict[str, object]:
    return {
        "activity_id": late.activity_id,
        "shift_id": late.shift_id,
        "person_id": late.person_id,
        "direction": way,
        "method": Method.LATE,
        "happened_at": at,
        "recorded_at": now,
        "recorded_by_id": late.asked_by_id,
    }


def _why_nothing(why: str) -> str:
    if why == "staff":
        return _(
            "They are staff of this community and that time is within their working hours, so "
            "not a minute would count. Refuse it with that reason."
        )
    return _(
        "All of that time is credited to them elsewhere, so not a minute would count. Refuse it "
        "with that reason."
    )
