"""What of somebody's own hours waits for a second person or was refused, for their own page."""

from datetime import datetime, timedelta
from typing import NamedTuple

from volunteer_site.attendance.late import queries as late
from volunteer_site.hours.held import queries as held

SHOWN = timedelta(days=90)  # that a refusal stays on the page


class Mine(NamedTuple):
    """Hours that are in no sum; `answer` is the reason if they were refused."""

    title: str
    community: str
    started_at: datetime
    ended_at: datetime
    minutes: int
    late: bool
    answer: str
    by: str | None


def not_counted(person_id: int, now: datetime) -> list[Mine]:
    """Return what waits, and what was refused in the last 90 days, the latest first; 2 queries."""
    found = [
        Mine(one.title, one.community, one.came_at, one.left_at, one.minutes, True, one.answer,
             one.decided_by)
        for one in late.of_person(person_id, now - SHOWN)
    ]  # fmt: skip
    found += [
        Mine(one.title, one.recorder, one.started_at, one.ended_at, one.minutes, False, one.answer,
             one.decided_by)
        for one in held.of_person(person_id)
        if one.decided_at is None or one.decided_at >= now - SHOWN
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.started_at, reverse=True)
