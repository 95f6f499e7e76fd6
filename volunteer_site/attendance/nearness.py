"""Whether a phone was at the place: told by who agreed to it, kept only as inside or outside (R19).

The coordinator says once where the door is. Coordinates of a person are compared with it and
forgotten: what is kept is inside or outside, and the distance to the nearest 50 metres.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from volunteer_site.attendance.models import Attendance, Direction, DoorPlace, Nearness
from volunteer_site.core import audit
from volunteer_site.core.db import db, insert_into
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _

EARTH = 6_371_000  # metres
RADIUS = 200  # metres that count as inside
STEP = 50  # metres to which a distance is rounded
MOST_BLUR = 100  # metres of a phone's own doubt that are given to it
FURTHEST = 20_000_000  # metres; half way round


class NoPosition(Refusal):
    """The phone gave no position that can be used."""

    status = 422


@dataclass(frozen=True)
class Point:
    """A position on the earth in degrees, and how many metres it may be wrong."""

    latitude: float
    longitude: float
    blur: float = 0


@dataclass(frozen=True)
class Near:
    """What is kept of where somebody was."""

    nearness: str
    distance: int  # metres, a multiple of 50


def point(said: Mapping[str, str]) -> Point | None:
    """Read a position from a form; None if there is none, or one that is not on the earth."""
    try:
        latitude, longitude = float(said["latitude"]), float(said["longitude"])
        blur = float(said.get("accuracy") or 0)
    except (KeyError, ValueError):
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180 and math.isfinite(blur)):  # noqa: PLR2004
        return None
    return Point(latitude, longitude, min(max(blur, 0), MOST_BLUR))


def metres(one: Point, other: Point) -> float:
    """Return how far two points are apart, along the earth (haversine formula)."""
    here, there = math.radians(one.latitude), math.radians(other.latitude)
    up = math.sin((there - here) / 2) ** 2
    aside = math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    half = min(1.0, up + math.cos(here) * math.cos(there) * aside)
    return 2 * EARTH * math.asin(math.sqrt(half))


def near(place: DoorPlace, position: Point) -> Near:
    """Return whether a position is at the place, with the benefit of its own doubt."""
    away = metres(Point(place.latitude, place.longitude), position)
    inside = away - position.blur <= place.radius
    kept = Nearness.INSIDE if inside else Nearness.OUTSIDE
    return Near(kept, min(STEP * round(away / STEP), FURTHEST))


def place_of(activity_id: int) -> DoorPlace | None:
    """Return where the door of an activity is, if its coordinator has said so."""
    return db.session.get(DoorPlace, activity_id)


def outside(activity_id: int) -> dict[int, int]:
    """Return who came in with a phone that was not at the place, and how many metres away."""
    asked = sa.select(Attendance.person_id, Attendance.distance).where(
        Attendance.activity_id == activity_id,
        Attendance.direction == Direction.IN,
        Attendance.nearness == Nearness.OUTSIDE,
        Attendance.undone_at.is_(None),
    )
    return {person_id: away or 0 for person_id, away in db.session.execute(asked)}


def set_place(activity_id: int, position: Point | None, *, by_id: int, now: datetime) -> None:
    """Keep where the door is, in place of what was said before; raises NoPosition."""
    if position is None:
        raise NoPosition(_("Your phone gave no position. Allow it for this site and try again."))
    facts: dict[str, Any] = {"radius": RADIUS, "set_by_id": by_id, "set_at": now}
    facts |= {"latitude": position.latitude, "longitude": position.longitude}
    row = insert_into(DoorPlace).values(activity_id=activity_id, **facts)
    db.session.execute(row.on_conflict_do_update(index_elements=["activity_id"], set_=facts))
    audit.record("door.place", by_id, object_kind="activity", object_id=activity_id)


def forget_place(activity_id: int, *, by_id: int) -> None:
    """Forget where the door is; nobody is asked for their position any more."""
    place = place_of(activity_id)
    if place is not None:
        db.session.delete(place)
        audit.record("door.forget", by_id, object_kind="activity", object_id=activity_id)
