"""What changes when entries of the ledger are taken back, as pages tell it and findings keep it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from volunteer_site.recognition.badges import queries as recognition
from volunteer_site.recognition.badges.queries import Pin
from volunteer_site.recognition.certificates import numbers
from volunteer_site.recognition.rolls.models import MONTHLY
from volunteer_site.recognition.stars import queries as stars
from volunteer_site.recognition.stars import scale


class Line(NamedTuple):
    """One of the entries: whose it is, for what, and since when it is taken back, if it is."""

    number: int
    person_id: int
    person: str
    title: str
    service_date: date
    month: str
    minutes: int
    recorder_path: str
    unit_id: int | None
    recorded_at: datetime
    taken_back_at: datetime | None
    instead: int  # minutes that a correction put in its place

    @property
    def difference(self) -> int:
        """Return the minutes that go, or are gone, with it."""
        return self.minutes - self.instead


class Sum(NamedTuple):
    """Somebody's hours in all, and the stars they are enough for: with the entries and without."""

    person_id: int
    person: str
    before: int  # minutes
    after: int

    @property
    def stars_before(self) -> int:
        """Return the star that the hours were enough for; 0 for none."""
        return reachable(self.before)

    @property
    def stars_after(self) -> int:
        """Return the star that the hours are enough for without the entries."""
        return reachable(self.after)


class Lost(NamedTuple):
    """A badge that is withdrawn, or was: nothing it could rest on is left."""

    award_id: int
    badge_id: int
    person_id: int
    person: str
    period: str
    withdrawn_at: datetime | None

    @property
    def pin(self) -> Pin:
        """Return the badge as pages show it."""
        return recognition.catalogue()[self.badge_id]


class Touched(NamedTuple):
    """A month's roll that counted entries of these people."""

    roll_id: int
    organisation: str
    slug: str
    month: str
    number: str | None  # None for a draft
    people: int  # of those on it whose hours would differ
    kind: str = MONTHLY
    title: str = ""  # of another kind than the monthly one

    @property
    def published(self) -> bool:
        """Tell whether it is frozen; a draft is simply made again."""
        return self.number is not None

    @property
    def withdrawal(self) -> str:
        """Return the address where it can be withdrawn."""
        tail = "" if self.kind == MONTHLY else f"/kinds/{self.kind}"
        return f"/desk/honor-rolls/{self.month}/{self.slug}{tail}/withdrawal"


class Voided(NamedTuple):
    """A certificate that becomes void, or became so, because it rests on the entries."""

    number: str
    person_id: int
    person: str

    @property
    def spaced(self) -> str:
        """Return the number as it is printed and read aloud."""
        return numbers.spaced(self.number)


@dataclass(frozen=True)
class Consequences:
    """Everything that rests on some entries."""

    lines: list[Line]
    sums: list[Sum]
    badges: list[Lost]
    rolls: list[Touched]
    certificates: tuple[Voided, ...] = ()

    @property
    def minutes(self) -> int:
        """Return the minutes that go, or are gone, in all."""
        return sum(line.difference for line in self.lines)

    @property
    def stars(self) -> list[Sum]:
        """Return whose hours are no longer enough for a star they were enough for."""
        return [one for one in self.sums if one.stars_after < one.stars_before]

    @property
    def happened(self) -> bool:
        """Tell whether all of the entries are taken back already."""
        return all(line.taken_back_at is not None for line in self.lines)


def reachable(minutes: int) -> int:
    """Return the highest star that so many minutes are enough for; 0 for none."""
    return scale.reachable(minutes, stars.levels())
