"""The week's board of the district: one line a community (gap idea 1)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from volunteer_site.activities import weeks
from volunteer_site.activities.weeks import Line
from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.core.db import db
from volunteer_site.hours.models import Seal
from volunteer_site.organisations.models import Kind
from volunteer_site.pages.desk import places_of

SHORT = 2  # short of people: less than a half of the places taken
COUNTED = ("published", "running", "over", "closed")
NEEDS = ("unposted", "unclosed", "short", "open", "closed", "final")  # the neediest first


@dataclass
class Row:
    """What a community has done this week."""

    id: int
    name: str
    slug: str = ""
    lines: list[Line] = field(default_factory=list)
    places: int = 0
    taken: int = 0
    waiting: int = 0
    present: int = 0
    posted: int = 0
    closed: int = 0
    need: str = "unposted"


@dataclass(frozen=True)
class Week:
    """The board of a week: every community, and all of them together."""

    rows: list[Row]
    total: Row
    needs: dict[str, int]  # how many communities stand where


def board(paths: Sequence[str], week: str, now: datetime, *, by_name: bool = False) -> Week:
    """Return the week of all communities below these paths, the neediest first; four queries."""
    places = places_of(paths, [Kind.COMMUNITY])
    rows = {number: Row(number, name, slug) for number, name, slug in places}
    lines = [line for line in weeks.of_weeks(paths, [week]) if line.organisation_id in rows]
    present, sealed = _present([line.id for line in lines]), _sealed_until()
    for line in lines:
        _count(rows[line.organisation_id], line, line.state(now), present.get(line.id, 0))
    for row in rows.values():
        row.need = _need(row, now, sealed)
    ordered = list(rows.values())
    if not by_name:
        ordered.sort(key=lambda row: NEEDS.index(row.need))
    return Week(ordered, _total(ordered), {n: _how_many(ordered, n) for n in NEEDS})


def _count(row: Row, line: Line, state: str, present: int) -> None:
    row.lines.append(line)
    if state not in COUNTED:
        return
    row.posted += 1
    row.closed += state == "closed"
    row.places += line.places
    row.taken += line.taken
    row.waiting += line.waiting
    row.present += present


def _need(row: Row, now: datetime, sealed: datetime | None) -> str:
    """Return the first thing that stands out about a community's week."""
    held = [line for line in row.lines if line.state(now) in COUNTED]
    if not held:
        return "unposted"
    states = {line.state(now) for line in held}
    if "over" in states:
        return "unclosed"
    if states == {"closed"}:
        last = max(line.closed_at for line in held if line.closed_at)
        return "final" if sealed is not None and last < sealed else "closed"
    ahead = [line for line in held if line.state(now) == "published"]
    return "short" if any(line.taken * SHORT < line.places for line in ahead) else "open"


def _total(rows: list[Row]) -> Row:
    total = Row(0, "")
    for name in ("places", "taken", "waiting", "present", "posted", "closed"):
        setattr(total, name, sum(getattr(row, name) for row in rows))
    return total


def _how_many(rows: list[Row], need: str) -> int:
    return sum(row.need == need for row in rows)


def _present(activity_ids: list[int]) -> dict[int, int]:
    asked = (
        sa.select(Attendance.activity_id, sa.func.count())
        .where(
            Attendance.activity_id.in_(activity_ids),
            Attendance.direction == Direction.IN,
            Attendance.undone_at.is_(None),
        )
        .group_by(Attendance.activity_id)
    )
    return {number: count for number, count in db.session.execute(asked)}  # noqa: C416 -- typed


def _sealed_until() -> datetime | None:
    """Return the moment before which every hour in the ledger is sealed."""
    day = db.session.scalar(sa.select(sa.func.max(Seal.day)))
    return datetime.combine(day + timedelta(days=1), time()) if day else None
