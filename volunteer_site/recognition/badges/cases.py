"""The wall in show cases: badges by family, those of other places left out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Final, NamedTuple

import sqlalchemy as sa
from flask_babel import LazyString

from volunteer_site.core.db import db
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.session import Visitor
from volunteer_site.recognition.badges import wording
from volunteer_site.recognition.badges.pins import Pin
from volunteer_site.recognition.badges.queries import Held, Wall

FAMILIES: Final[dict[str, LazyString]] = {
    "special": _l("Special badges"),
    "basic": _l("Basic badges"),
}


class Case(NamedTuple):
    """A family of badges: what somebody has of it, and what is still to discover."""

    name: str
    earned: list[Held]  # the latest award of each badge
    times: Mapping[int, int]  # badge: how often, for those of a year
    all: int
    locked: dict[str, list[Pin]]  # by heading

    @property
    def got(self) -> int:
        """Return how many different badges of the family somebody has."""
        return len(self.earned)


def nearby(wall: Wall, visitor: Visitor) -> Wall:
    """Return the wall without the badges of places that the person has nothing to do with."""
    places = {one.pin.organisation_id for one in wall.ahead} - {None}
    ours = _around(visitor) if places else set()
    ahead = [
        one
        for one in wall.ahead
        if one.pin.organisation_id is None or one.pin.organisation_id in ours or one.value
    ]
    return wall._replace(ahead=ahead)


def of(wall: Wall, near: int) -> list[Case]:
    """Return the show cases; the `near` nearest badges are shown elsewhere, so not locked."""
    rest = sorted((one.pin for one in wall.ahead[near:]), key=attrgetter("position"))
    return [_case(wall, rest, family) for family in FAMILIES]


def by_place(pins: Iterable[Pin]) -> dict[str, list[Pin]]:
    """Return the badges of single places under the names of these places."""
    found: dict[str, list[Pin]] = {}
    for pin in sorted(pins, key=attrgetter("place")):
        if pin.place:
            found.setdefault(pin.place, []).append(pin)
    return found


def _case(wall: Wall, rest: list[Pin], family: str) -> Case:
    earned = [one for one in wall.earned if one.pin.family == family]
    latest = {one.pin.id: one for one in reversed(earned)}  # the newest come first
    times = Counter(one.pin.id for one in earned)
    missing = {one.pin.id for one in wall.ahead if one.pin.family == family} - latest.keys()
    locked = wording.grouped(pin for pin in rest if pin.family == family)
    shown = [one for one in earned if latest[one.pin.id] is one]
    return Case(str(FAMILIES[family]), shown, times, len(shown) + len(missing), locked)


def _around(visitor: Visitor) -> set[int]:
    """Return the person's community and unit, and everything above these."""
    own = [one for one in (visitor.community_id, visitor.unit_id) if one is not None]
    paths = db.session.scalars(sa.select(Organisation.path).where(Organisation.id.in_(own)))
    return {int(number) for path in paths for number in path.strip("/").split("/")}
