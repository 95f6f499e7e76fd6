"""Which check-in and which check-out stand, from everything anybody said about one person.

Plain functions of a set of facts, so the order in which phones send makes no difference:
the earliest sighting stands and names who made it (W28). What a coordinator took back at the site
counts only if it is said again later; an event that its phone took back never counts. Who was seen
going out is out once they are known to have come in, and not before that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from volunteer_site.attendance.models import Direction

NEVER = datetime.fromisoformat("1900-01-01")


@dataclass(frozen=True)
class Sighting:
    """Somebody was seen at the door: by a phone's event, or as a mark made at the site."""

    direction: str
    happened_at: datetime  # what counts
    said_at: datetime  # when whoever saw them said so
    method: str
    by_id: int | None
    event_id: str = ""
    mark_id: int = 0  # of a mark made at the site, not of an event

    @property
    def place(self) -> tuple[datetime, datetime, bool, str, int]:
        """Return what decides which of several is the first."""
        return self.happened_at, self.said_at, not self.event_id, self.event_id, self.mark_id


@dataclass
class Facts:
    """Everything that was said about one person at one activity."""

    seen: list[Sighting] = field(default_factory=list)
    taken_back: set[tuple[str, int]] = field(default_factory=set)  # events, by whom
    undone: dict[str, datetime] = field(default_factory=dict)  # at the site, by direction

    def undo(self, direction: str, moment: datetime) -> None:
        """Note that a coordinator undid a mark at the site; with coming in, going out too."""
        ways = (Direction.IN, Direction.OUT) if direction == Direction.IN else (Direction.OUT,)
        for way in ways:
            self.undone[way] = max(moment, self.undone.get(way, NEVER))

    def counts(self, one: Sighting) -> bool:
        """Tell whether nobody took this sighting back."""
        if one.mark_id:
            return True  # it was left out if it was undone
        late = one.said_at > self.undone.get(one.direction, NEVER)
        return late and not self.is_taken_back(one)

    def is_taken_back(self, one: Sighting) -> bool:
        """Tell whether the phone that made the event took it back."""
        return one.by_id is not None and (one.event_id, one.by_id) in self.taken_back


@dataclass(frozen=True)
class Record:
    """The sightings that stand."""

    came: Sighting | None
    left: Sighting | None

    def of(self, direction: str) -> Sighting | None:
        """Return the one that stands in that direction."""
        return self.came if direction == Direction.IN else self.left


def settle(facts: Facts) -> Record:
    """Return what stands, whatever the order in which the facts came."""
    live = [one for one in facts.seen if facts.counts(one)]
    came = _first(one for one in live if one.direction == Direction.IN)
    if came is None:
        return Record(None, None)
    out = (one for one in live if one.direction == Direction.OUT)
    return Record(came, _first(one for one in out if one.happened_at >= came.happened_at))


def _first(sightings: Iterable[Sighting]) -> Sighting | None:
    return min(sightings, key=lambda one: one.place, default=None)
