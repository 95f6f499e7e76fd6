"""What each person, unit or team served, added up from lines of the ledger.

Nothing is read or written here, so that the service and the demo cannot differ.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple, Protocol

from volunteer_site.hours.proofs import ON_SITE
from volunteer_site.recognition.rolls.models import Whose


class Entry(Protocol):
    """A line of the ledger that stands at the cut-off."""

    @property
    def id(self) -> int:
        """Return its number, which tells lines of the same moment apart."""

    @property
    def person_id(self) -> int:
        """Return who served."""

    @property
    def recorder_id(self) -> int:
        """Return who recorded it."""

    @property
    def unit_id(self) -> int | None:
        """Return the unit they served for."""

    @property
    def service_date(self) -> date:
        """Return the day of the service."""

    @property
    def started_at(self) -> datetime:
        """Return when the service began."""

    @property
    def minutes(self) -> int:
        """Return how long it was."""

    @property
    def proof(self) -> str:
        """Return how it is known."""


class Standing(NamedTuple):
    """What somebody, or a unit's or team's people, served at one organisation."""

    minutes: int
    occasions: int
    unit: int | None  # the one they served for last
    on_site: int  # minutes that were scanned or ticked at the door
    weeks: int = 0  # in which they served


def standings(entries: Iterable[Entry], whose: str = Whose.PEOPLE) -> dict[int, Standing]:
    """Add up what each person, unit or team served; entries of no minutes count for nothing."""
    theirs: dict[int, list[Entry]] = {}
    for entry in entries:
        one = _served_by(entry, whose)
        if entry.minutes > 0 and one is not None:
            theirs.setdefault(one, []).append(entry)
    return {one: _standing(served) for one, served in theirs.items()}


def _served_by(entry: Entry, whose: str) -> int | None:
    if whose == Whose.PEOPLE:
        return entry.person_id
    return entry.unit_id if whose == Whose.UNITS else entry.recorder_id


def _standing(served: list[Entry]) -> Standing:
    last = max(served, key=lambda entry: (entry.started_at, entry.id))
    on_site = sum(entry.minutes for entry in served if entry.proof in ON_SITE)
    weeks = len({entry.service_date.isocalendar()[:2] for entry in served})
    return Standing(
        sum(entry.minutes for entry in served), len(served), last.unit_id, on_site, weeks
    )
