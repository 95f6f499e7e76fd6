"""What somebody means to hold: the words of the notice and its shifts, before they are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from volunteer_site.activities.models import Activity, Programme, Shift

DESCRIBED: Final = (
    "title",
    "category",
    "place",
    "content",
    "conditions",
    "how_to_sign_up",
    "risks",
    "provided",
    "contact",
    "minimum_age",
    "break_minutes",
)


@dataclass(frozen=True)
class ShiftPlan:
    """A shift as it is meant to be; `id` names the one it changes, None is a further one."""

    starts_at: datetime
    ends_at: datetime
    places: int
    name: str = ""
    id: int | None = None


@dataclass(frozen=True)
class Plan:
    """An activity as it is meant to be; times are UTC."""

    words: Mapping[str, Any]  # the columns DESCRIBED
    shifts: tuple[ShiftPlan, ...]
    signup_closes_at: datetime | None = None  # None: when it starts
    leader_id: int | None = None
    note: str = ""

    @property
    def starts_at(self) -> datetime:
        """Return when the first shift begins."""
        return min(shift.starts_at for shift in self.shifts)

    @property
    def ends_at(self) -> datetime:
        """Return when the last shift ends."""
        return max(shift.ends_at for shift in self.shifts)

    @property
    def closes_at(self) -> datetime:
        """Return until when people can sign up."""
        return self.signup_closes_at or self.starts_at

    @property
    def places(self) -> int:
        """Return the places of all shifts together."""
        return sum(shift.places for shift in self.shifts)


def words_of(described: Programme | Activity) -> dict[str, Any]:
    """Return what the notice says, from a programme or an activity."""
    return {name: getattr(described, name) for name in DESCRIBED}


def plan_of(activity: Activity, shifts: Sequence[Shift]) -> Plan:
    """Return the plan that an activity was made from."""
    return Plan(
        words_of(activity),
        tuple(ShiftPlan(s.starts_at, s.ends_at, s.places, s.name, s.id) for s in shifts),
        activity.signup_closes_at,
        activity.leader_id,
        activity.note,
    )
