"""What a rule looks through, and what it finds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.organisations.models import Organisation

MINUTE, HOUR, DAY = 60, 3600, 86400  # seconds


@dataclass(frozen=True)
class Window:
    """A district and a stretch of time in which its hours were recorded.

    `ahead` is how many seconds the clocks on the wall are ahead of UTC; `cap` how many minutes
    of a day count without an approval (R7).
    """

    path: str
    since: datetime
    until: datetime
    ahead: int
    cap: int


@dataclass(frozen=True)
class Finding:
    """One thing that looks odd; `key` finds it once, `pattern` is what may be called fine.

    `marks` are the check-ins it rests on (`attendance.id`), `numbers` what the rule counted.
    """

    key: str
    organisation_id: int
    marks: tuple[int, ...]
    numbers: Mapping[str, Any] = field(default_factory=dict)
    pattern: str = ""
    activity_id: int | None = None
    person_id: int | None = None
    coordinator_id: int | None = None

    @property
    def alike(self) -> str:
        """Return the pattern, or the key of a finding that has none."""
        return self.pattern or self.key


class seconds(FunctionElement[float]):  # noqa: N801 -- reads like the SQL it is
    """A stored moment as seconds since 1970, on both databases."""

    type = sa.Float()
    inherit_cache = True


@compiles(seconds, "sqlite")
def _in_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    moment = compiler.process(element.clauses, **more)
    return f"ROUND((julianday({moment}) - 2440587.5) * 86400.0, 3)"


@compiles(seconds, "postgresql")
def _in_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"EXTRACT(EPOCH FROM {compiler.process(element.clauses, **more)})::float8"


def on_the_wall(moment: Any, window: Window) -> sa.ColumnElement[int]:
    """Return a stored moment as whole seconds of the clock on the wall."""
    return sa.cast(sa.func.floor(seconds(moment)), sa.BigInteger) + window.ahead


def came() -> type[Attendance]:
    """Return `attendance` as check-ins, to be joined."""
    return orm.aliased(Attendance, name="came")


def left() -> type[Attendance]:
    """Return `attendance` as check-outs, to be joined."""
    return orm.aliased(Attendance, name="left_at")


def stands(mark: Any, direction: str = Direction.IN) -> sa.ColumnElement[bool]:
    """Return the condition that a mark is of this direction and was not undone."""
    return sa.and_(mark.direction == direction, mark.undone_at.is_(None))


def touched(window: Window) -> sa.Select[Any]:
    """Return the activities of the district for which hours were recorded in the window."""
    return (
        sa.select(ServiceRecord.source_id)
        .join(HourEntry, HourEntry.service_id == ServiceRecord.id)
        .join(Organisation, Organisation.id == HourEntry.recorder_id)
        .where(
            ServiceRecord.source == "activity",
            Organisation.path.startswith(window.path),
            recorded(window),
        )
        .distinct()
    )


def recorded(window: Window) -> sa.ColumnElement[bool]:
    """Return the condition that an entry was recorded in the window."""
    return sa.and_(HourEntry.recorded_at >= window.since, HourEntry.recorded_at < window.until)


def grouped(rows: Iterable[Any], *names: str) -> dict[Any, list[Any]]:
    """Return rows by the values of these columns, in their order."""
    found: dict[Any, list[Any]] = {}
    for row in rows:
        values = tuple(getattr(row, name) for name in names)
        found.setdefault(values if len(values) > 1 else values[0], []).append(row)
    return found
