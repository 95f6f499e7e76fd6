"""Who stands on a month's roll, at which place and under which name: the one rule for it.

Nothing is read or written here, so that the service and the demo cannot differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from volunteer_site.core import dates
from volunteer_site.core.names import Order, StrokeKey, stroke_key
from volunteer_site.core.numbers import UNIT
from volunteer_site.core.text import mask_name
from volunteer_site.hours.proofs import ON_SITE
from volunteer_site.organisations.models import Kind
from volunteer_site.people.queries import is_minor
from volunteer_site.recognition.models import NameShown

LEAST = 60  # minutes a month
DISTRICT_TIMES = 5  # the district asks for so many times as much
CUTOFF = timedelta(days=3)  # after the month; hours that are entered later count no more


@dataclass(frozen=True)
class Terms:
    """By which terms a roll is made; it prints them (R39)."""

    cutoff_at: datetime
    minimum_minutes: int = LEAST
    name_order: Order = "surname"
    unit: int = UNIT  # minutes in which hours are shown; who shows the same has the same rank


class Entry(Protocol):
    """A line of the ledger that stands at the cut-off."""

    @property
    def id(self) -> int:
        """Return its number, which tells lines of the same moment apart."""

    @property
    def person_id(self) -> int:
        """Return who served."""

    @property
    def unit_id(self) -> int | None:
        """Return the unit they served for."""

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
    """Somebody's month at one organisation."""

    minutes: int
    occasions: int
    unit: int | None  # the one they served for last
    on_site: int  # minutes that were scanned or ticked at the door


class Candidate(NamedTuple):
    """What a roll has to know about somebody."""

    name: str
    birth_date: date | None
    agrees: bool  # that their name is published (R40)


class Line(NamedTuple):
    """A person on the roll; the columns of `HonorRollLine`, with more of the unit and the proof."""

    position: int
    rank: int
    person_id: int
    name: str
    name_shown: NameShown
    minutes: int
    occasions: int
    unit_id: int | None
    on_site: int  # added up in the roll itself


def usual_minimum(kind: str, least: int = LEAST) -> int:
    """Return how many minutes put somebody on the roll of such an organisation."""
    return least * DISTRICT_TIMES if kind == Kind.DISTRICT else least


def usual_cutoff(month: str) -> datetime:
    """Return the moment until which hours count: three days after the month (R39)."""
    return dates.month_bounds(month)[1] + CUTOFF


def number_of(organisation_id: int, month: str, earlier: int = 0) -> str:
    """Return a roll's number: 202611-00007; one that replaces a withdrawn one, 202611-00007-2."""
    number = f"{month.replace('-', '')}-{organisation_id:05}"
    return f"{number}-{earlier + 1}" if earlier else number


def standings(entries: Iterable[Entry]) -> dict[int, Standing]:
    """Add up what each person served; entries of no minutes count for nothing."""
    of_person: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.minutes > 0:
            of_person.setdefault(entry.person_id, []).append(entry)
    return {person: _standing(served) for person, served in of_person.items()}


def lines(
    month: str, terms: Terms, served: Mapping[int, Standing], known: Mapping[int, Candidate]
) -> list[Line]:
    """Return the roll: most hours first, same hours same rank, inside it by strokes (R66, R69).

    Who is not `known`, having deleted their data, is left out; who does not agree or is a minor
    at the end of the month stands with a masked name (R40, R41).
    """
    last_day = dates.month_dates(month)[1]
    on_it = [one for one in known if _reaches(served.get(one), terms)]
    keys: dict[int, tuple[int, StrokeKey, int]] = {
        one: (
            -(served[one].minutes // terms.unit),
            stroke_key(known[one].name, terms.name_order),
            one,
        )
        for one in on_it
    }
    made: list[Line] = []
    for position, one in enumerate(sorted(on_it, key=keys.__getitem__), start=1):
        before = made[-1] if made else None
        same = before is not None and keys[before.person_id][0] == keys[one][0]
        rank = before.rank if before is not None and same else position
        name, whole = shown(known[one], last_day)
        made.append(Line(position, rank, one, name, whole, *served[one]))
    return made


def shown(candidate: Candidate, on: date) -> tuple[str, NameShown]:
    """Return the name as it may be published, and whether that is the whole name."""
    if candidate.agrees and not is_minor(candidate.birth_date, on):
        return candidate.name, NameShown.FULL
    return mask_name(candidate.name), NameShown.MASKED


def _standing(served: list[Entry]) -> Standing:
    last = max(served, key=lambda entry: (entry.started_at, entry.id))
    on_site = sum(entry.minutes for entry in served if entry.proof in ON_SITE)
    return Standing(sum(entry.minutes for entry in served), len(served), last.unit_id, on_site)


def _reaches(standing: Standing | None, terms: Terms) -> bool:
    return standing is not None and standing.minutes >= max(terms.minimum_minutes, 1)
