"""What the parts of the door's page show, put together for the page and for each answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import request

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance import queries, services, settings, states
from volunteer_site.attendance.codes import Door, Shown
from volunteer_site.attendance.models import Direction
from volunteer_site.attendance.queries import Line, Mark, Roster
from volunteer_site.core.addresses import number
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ORDERS = ("pinyin", "strokes")
SOON = timedelta(hours=1)


@dataclass(frozen=True)
class Wish:
    """How the coordinator wants to see the door: which way, in which order, whom, since when."""

    direction: str
    order: str
    words: str
    start: bool  # ticks count from the beginning of the shift

    def query(self, **other: Any) -> str:
        """Return it as the query of an address, some of it changed."""
        said = {"direction": self.direction, "order": self.order, "q": self.words}
        said |= {"since": "start"} if self.start else {}
        return urlencode({name: value for name, value in (said | other).items() if value})


@dataclass(frozen=True)
class Panel:
    """Everything on the door's page."""

    activity: Activity
    wish: Wish
    roster: Roster
    lines: list[Line]  # of the roster, those that were looked for
    state: str  # early, open, roster (only ticks), closed, cancelled
    opening: tuple[datetime, datetime]
    code: Shown | None
    now: datetime

    @property
    def here(self) -> str:
        """Return the address of the activity's desk page."""
        return f"/desk/activities/{self.activity.id}"

    @property
    def may_tick(self) -> bool:
        """Tell whether people can be ticked now."""
        return self.state in {"open", "roster"}

    def state_of(self, line: Line) -> states.State:
        """Return whether somebody is here, came late, is excused, and so on."""
        over = self.activity.closed_at is not None or self.now >= line.coming.ends_at
        return states.of_line(line, over=over, tolerance=settings.tolerance())

    def fresh(self, mark: Mark) -> bool:
        """Tell whether a tick was made just now, so that taking it back is what one looks for."""
        return mark.by is not None and self.now - mark.recorded_at < services.UNDO

    @property
    def missing(self) -> int:
        """Return how many are neither in nor excused."""
        return sum(not line.came and not line.coming.excused_at for line in self.roster.lines)

    @property
    def excused(self) -> int:
        """Return how many are excused and did not come all the same."""
        return sum(not line.came and bool(line.coming.excused_at) for line in self.roster.lines)

    @property
    def last_call(self) -> tuple[int, int] | None:
        """Return a mark of the tap for all that was made just now, and how many it let in."""
        fresh = [line.came for line in self.roster.lines if line.came and self.fresh(line.came)]
        return services.last_call(fresh)

    @property
    def renews(self) -> str:
        """Return when the page asks for the code again; never while nothing can change soon."""
        if self.state == "open":
            return "every 4s, renew"
        wait = self.opening[0] - self.now
        return f"load delay:{wait.seconds + 1}s" if timedelta(0) < wait <= SOON else ""

    @property
    def drawing(self) -> str:
        """Return the code as an SVG drawing, or nothing while the door is shut."""
        if self.code is None:
            return ""
        address = f"{request.host_url}activities/{self.activity.id}/check-{self.wish.direction}"
        return qr(f"{address}?code={self.code.code}")


def theirs(activity_id: int) -> Activity:
    """Return the activity if it is at one of the visitor's communities; raises NotFound (R56)."""
    return activities.theirs(current_person(), activity_id, RoleName.COORDINATOR)


def shift_chosen(activity_id: int, field: str) -> Shift:
    """Return the shift that a field of the form names, or the first."""
    shifts = activities.shifts(activity_id)
    chosen = request.form.get(field, type=number)
    return next((shift for shift in shifts if shift.id == chosen), shifts[0])


def wish() -> Wish:
    """Read from the address or the form how the door is to be shown."""
    given = request.values
    order = given.get("order", "")
    return Wish(
        Direction.OUT if given.get("direction") == Direction.OUT else Direction.IN,
        order if order in ORDERS else ORDERS[0],
        given.get("q", "").strip()[:50],
        given.get("since") == "start",
    )


def panel(activity: Activity, now: datetime) -> Panel:
    """Return everything the door's page shows now."""
    chosen, hours = wish(), settings.hours()
    roster = queries.roster(activity.id, chosen.order)
    opening = hours.span(activity.starts_at, activity.ends_at)
    state = _state(activity, opening, services.roster_hours(activity, hours)[1], now)
    code = settings.codes().shown(Door(activity.id, chosen.direction), now)
    lines = [line for line in roster.lines if not chosen.words or line.fits(chosen.words)]
    shown = code if state == "open" else None
    return Panel(activity, chosen, roster, lines, state, opening, shown, now)


@lru_cache(maxsize=128)
def qr(words: str) -> str:
    """Return a QR code of an address or a personal code as an SVG drawing, black on white."""
    import segno  # noqa: PLC0415 -- 2 MiB, for those at the door

    return segno.make(words, error="m", micro=False).svg_inline(
        scale=8, border=4, light="#fff", dark="#000", unit="px"
    )


def _state(
    activity: Activity, opening: tuple[datetime, datetime], until: datetime, now: datetime
) -> str:
    facts = (
        (activity.cancelled_at is not None, "cancelled"),
        (activity.closed_at is not None, "closed"),
        (activity.published_at is None, "draft"),
        (now < opening[0], "early"),
        (now <= opening[1], "open"),
        (now < until, "roster"),
    )
    return next((name for holds, name in facts if holds), "over")
