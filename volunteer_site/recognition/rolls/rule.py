"""Who stands on a month's roll, at which place and under which name: the one rule for it.

Nothing is read or written here, so that the service and the demo cannot differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from volunteer_site.core import dates
from volunteer_site.core.names import Order, StrokeKey, stroke_key
from volunteer_site.core.numbers import UNIT
from volunteer_site.core.text import mask_name
from volunteer_site.organisations.models import Kind
from volunteer_site.people.queries import is_minor
from volunteer_site.recognition.rolls.models import MONTHLY, Counts, Edge, NameShown, Whose
from volunteer_site.recognition.rolls.standings import Standing

LEAST = 60  # minutes a month
DISTRICT_TIMES = 5  # the district asks for so many times as much
CUTOFF = timedelta(days=3)  # after the month; hours that are entered later count no more
YEAR = timedelta(weeks=52)
A_DAY = timedelta(days=1)
IN_STEPS = {Counts.MINUTES, Counts.NEWCOMERS}  # hours are shown, and so compared, in steps
IN_WEEKS = {Counts.WEEKS, Counts.YEAR_WEEKS}


@dataclass(frozen=True)
class What:
    """Which kind of roll it is: whom it honours for what, and how many places it has."""

    slug: str = MONTHLY
    title: str = ""  # none: the honor roll of every place
    title_en: str = ""
    whose: str = Whose.PEOPLE
    counts: str = Counts.MINUTES
    minimum_weeks: int = 0
    most: int | None = None
    edge: str = Edge.ALL


VOLUNTEERS = What()  # of the month: what every place has


@dataclass(frozen=True)
class Terms:
    """By which terms a roll is made; it prints them (R39)."""

    cutoff_at: datetime
    minimum_minutes: int = LEAST
    name_order: Order = "surname"
    unit: int = UNIT  # minutes in which hours are shown; who shows the same has the same rank
    what: What = VOLUNTEERS

    @property
    def minimum(self) -> int:
        """Return what has to be reached, in what is counted; nobody is on a roll for nothing."""
        weeks = self.what.counts in IN_WEEKS
        return max(self.what.minimum_weeks if weeks else self.minimum_minutes, 1)

    @property
    def step(self) -> int:
        """Return in which steps is counted."""
        return self.unit if self.what.counts in IN_STEPS else 1


class Candidate(NamedTuple):
    """What a roll has to know about somebody, or about a unit or team."""

    name: str
    birth_date: date | None = None
    agrees: bool = True  # that their name is published (R40)
    left_out: bool = False  # wants to stand on no roll
    heads: int | None = None  # registered staff of a unit (R61)


class Line(NamedTuple):
    """A line of the roll; the columns of `HonorRollLine`, with more of the unit and the proof."""

    position: int
    rank: int
    person_id: int | None
    organisation_id: int | None
    name: str
    name_shown: NameShown
    minutes: int
    occasions: int
    unit_id: int | None
    on_site: int  # added up in the roll itself
    value: int  # what was counted: minutes, weeks, minutes a head


def usual_minimum(kind: str, least: int = LEAST) -> int:
    """Return how many minutes put somebody on the roll of such an organisation."""
    return least * DISTRICT_TIMES if kind == Kind.DISTRICT else least


def usual_cutoff(month: str) -> datetime:
    """Return the moment until which hours count: three days after the month (R39)."""
    return dates.month_bounds(month)[1] + CUTOFF


def span(month: str, counts: str) -> tuple[date, date]:
    """Return the days that count: the month, or the 52 whole weeks that end in it."""
    first, last = dates.month_dates(month)
    if counts == Counts.YEAR_WEEKS:
        last -= timedelta(days=last.isoweekday() % 7)  # its last Sunday
        first = last - YEAR + A_DAY
    return first, last


def number_of(organisation_id: int, month: str, earlier: int = 0, kind: str = MONTHLY) -> str:
    """Return a roll's number: 202611-00007; one that replaces a withdrawn one, 202611-00007-2.

    Other kinds have theirs in it: 202611-00007-NEWCOMERS.
    """
    number = f"{month.replace('-', '')}-{organisation_id:05}"
    if kind != MONTHLY:
        number = f"{number}-{kind.upper()}"
    return f"{number}-{earlier + 1}" if earlier else number


def worth(standing: Standing, candidate: Candidate, counts: str) -> int:
    """Return what is counted: minutes, weeks, or minutes for each of the unit's registered staff.

    A unit whose staff nobody has registered has nothing to show a head (R61).
    """
    if counts in IN_WEEKS:
        return standing.weeks
    if counts == Counts.PER_HEAD:
        return standing.minutes // candidate.heads if candidate.heads else 0
    return standing.minutes


def lines(
    month: str, terms: Terms, served: Mapping[int, Standing], known: Mapping[int, Candidate]
) -> list[Line]:
    """Return the roll: most first, the same value the same rank, inside it by strokes (R66, R69).

    Who is not `known`, having deleted their data, is left out, and so is who wants to be; who
    does not agree or is a minor at the end of the month stands with a masked name (R40, R41).
    """
    last_day, what = dates.month_dates(month)[1], terms.what
    values = _values(terms, served, known)
    keys: dict[int, tuple[int, StrokeKey, int]] = {
        one: (-(value // terms.step), stroke_key(known[one].name, terms.name_order), one)
        for one, value in values.items()
    }
    made: list[Line] = []
    before: int | None = None
    for position, one in enumerate(_within(sorted(values, key=keys.__getitem__), keys, what), 1):
        same = before is not None and keys[before][0] == keys[one][0]
        rank, before = made[-1].rank if same else position, one
        person, body = (one, None) if what.whose == Whose.PEOPLE else (None, one)
        minutes, occasions, unit, on_site, _weeks = served[one]
        name, whole = shown(known[one], last_day)
        made.append(
            Line(
                position, rank, person, body, name, whole, minutes, occasions, unit, on_site,
                values[one],
            )
        )  # fmt: skip
    return made


def shown(candidate: Candidate, on: date) -> tuple[str, NameShown]:
    """Return the name as it may be published, and whether that is the whole name."""
    if candidate.agrees and not is_minor(candidate.birth_date, on):
        return candidate.name, NameShown.FULL
    return mask_name(candidate.name), NameShown.MASKED


def _values(
    terms: Terms, served: Mapping[int, Standing], known: Mapping[int, Candidate]
) -> dict[int, int]:
    """Return what is counted of each who reaches the minimum and wants to be on a roll."""
    values = {
        one: worth(served[one], candidate, terms.what.counts)
        for one, candidate in known.items()
        if one in served and not candidate.left_out
    }
    return {one: value for one, value in values.items() if value >= terms.minimum}


def _within(
    ordered: list[int], keys: Mapping[int, tuple[int, StrokeKey, int]], what: What
) -> list[int]:
    """Keep as many as there are places; those who share the last place stay or go together."""
    if what.most is None or len(ordered) <= what.most:
        return ordered
    last, next_one = keys[ordered[what.most - 1]][0], keys[ordered[what.most]][0]
    if last != next_one:
        return ordered[: what.most]
    shares = what.edge == Edge.ALL
    return [one for one in ordered if keys[one][0] < last or (shares and keys[one][0] == last)]
