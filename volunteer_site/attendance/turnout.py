"""How many signed up and how many came, week by week."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.core import dates
from volunteer_site.core.charts import Chart, Row, bars
from volunteer_site.core.db import db
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below

WEEKS: Final = 10  # as many as a phone has room for
FRIDAY: Final = 4


def by_week(paths: Sequence[str], now: datetime) -> Chart:
    """Return a chart of the last ten weeks, this one included: signed up, and came.

    Of activities below these paths that have ended; each week goes by its Friday.
    """
    return until(dates.week_of(dates.today(now)), paths, now)


def until(week: str, paths: Sequence[str], now: datetime) -> Chart:
    """Return the chart of a week like 2026-W47 and the nine before it, as `by_week`."""
    weeks = [dates.add_weeks(week, -back) for back in range(WEEKS - 1, -1, -1)]
    over = (
        Activity.week.in_(weeks),
        Activity.published_at.is_not(None),
        Activity.cancelled_at.is_(None),
        Activity.ends_at <= now,
        at_or_below(paths),
    )
    promised, came = _promised(over), _came(over)
    return bars([Row(_label(week), promised.get(week, 0), came.get(week, 0)) for week in weeks])


def _promised(over: Sequence[sa.ColumnElement[bool]]) -> dict[str, int]:
    asked = (
        sa.select(Activity.week, sa.func.sum(Shift.taken))
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .join(Shift, Shift.activity_id == Activity.id)
        .where(*over)
        .group_by(Activity.week)
    )
    return {week: int(number) for week, number in db.session.execute(asked)}


def _came(over: Sequence[sa.ColumnElement[bool]]) -> dict[str, int]:
    asked = (
        sa.select(Activity.week, sa.func.count())
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .join(Attendance, Attendance.activity_id == Activity.id)
        .where(*over, Attendance.direction == Direction.IN, Attendance.undone_at.is_(None))
        .group_by(Activity.week)
    )
    return {week: number for week, number in db.session.execute(asked)}  # noqa: C416 -- typed


def _label(week: str) -> str:
    friday = dates.week_days(week)[FRIDAY]
    return f"{friday.month}/{friday.day}"
