"""A community's month to sign off, with what is still open; and all communities' for the office."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from volunteer_site.activities import weeks
from volunteer_site.activities.weeks import Line
from volunteer_site.attendance.late import queries as late
from volunteer_site.core import dates
from volunteer_site.core.names import stroke_key
from volunteer_site.hours.books import contents, queries
from volunteer_site.hours.books.contents import Book, Held, Late
from volunteer_site.hours.books.queries import Signed, Standing
from volunteer_site.hours.held import queries as held
from volunteer_site.organisations.models import Organisation

NEEDS = ("changed", "open", "signed", "sealed", "empty")  # the neediest first


@dataclass(frozen=True)
class Open:
    """What of a month may still bring hours: look at it before signing."""

    unclosed: list[Line]
    late: int  # entries that wait for a second person
    held: int  # hours over a cap that wait

    @property
    def any(self) -> bool:
        """Tell whether something is open."""
        return bool(self.unclosed or self.late or self.held)


@dataclass(frozen=True)
class Month:
    """A community's month as the coordinator, the office and the paper show it."""

    organisation: Organisation
    month: str
    book: Book
    people: list[Held]
    from_earlier: list[Late]
    signed: Signed | None
    due_on: date | None
    over: bool

    @property
    def state(self) -> str:
        """Return running, or as `Standing.state`."""
        if not self.over:
            return "running"
        place = self.organisation
        standing = (place.id, place.slug, place.name, self.month)
        return Standing(*standing, self.book, self.signed, self.due_on).state


@dataclass(frozen=True)
class District:
    """The books of a month of all communities; their sums are the ledger's (gap idea 21)."""

    rows: list[Standing]
    book: Book
    counts: dict[str, int]  # how many communities are how far
    ready: int  # that this officer may seal now


def month_of(organisation: Organisation, month: str, now: datetime) -> Month:
    """Return everything in a community's book of a month, people by the strokes of their names."""
    known = queries.signed([organisation.id], [month])
    people = contents.people(organisation.id, month)
    return Month(
        organisation,
        month,
        contents.book(organisation.id, month),
        sorted(people, key=lambda one: (stroke_key(one.name, "surname"), one.person_id)),
        contents.from_earlier(organisation.id, month),
        known.get((organisation.id, month)),
        queries.deadline(month),
        over=now >= dates.month_bounds(month)[1],
    )


def still_open(path: str, month: str, now: datetime) -> Open:
    """Return what of a community's month has not become hours yet."""

    def of_month(moment: datetime) -> bool:
        return dates.month_of(dates.local_date(moment)) == month

    return Open(
        [line for line in weeks.unclosed([path], now) if of_month(line.starts_at)],
        sum(of_month(line.starts_at) for line in late.waiting([path])),
        sum(of_month(line.started_at) for line in held.waiting([path])),
    )


def district(paths: Sequence[str], month: str, officer_id: int, now: datetime) -> District:
    """Return how far each community is with a month, the neediest first."""
    rows = queries.standings(paths, month)
    counts = {need: sum(row.state == need for row in rows) for need in NEEDS}
    ready = sum(row.ready_for(officer_id, now) for row in rows)
    ordered = sorted(rows, key=lambda row: NEEDS.index(row.state))
    return District(ordered, contents.all_of(row.book for row in rows), counts, ready)


def to_sign(paths: Sequence[str], now: datetime) -> Iterator[Standing]:
    """Yield the months that coordinators of these places have to sign off, oldest first."""
    return (one for one in queries.open_books(paths, now) if one.state in {"open", "changed"})


def to_seal(paths: Sequence[str], now: datetime) -> Iterator[Standing]:
    """Yield the books that wait for the office's seal, oldest first."""
    return (one for one in queries.open_books(paths, now) if one.state == "signed")
