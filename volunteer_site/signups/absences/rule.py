"""What follows from no-shows: plain sums over days, no database (R16).

Three unexcused in 90 days lower somebody's priority for scarce places for 7 days, or until they
have come once. It never takes hours away and never refuses a place of which there are plenty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

TOLD = timedelta(days=1)  # who moves up later than this before the start may not know of it


@dataclass(frozen=True)
class Terms:
    """The rule's numbers, from the settings."""

    limit: int = 3
    days: int = 90
    priority_days: int = 7
    scarce_percent: int = 25
    free_hours: int = 2

    @property
    def on(self) -> bool:
        """Tell whether the rule applies at all."""
        return bool(self.limit and self.days and self.priority_days and self.scarce_percent)

    def free_from(self, starts_at: datetime) -> datetime:
        """Return from when on whatever is free is free for everybody."""
        return starts_at - timedelta(hours=self.free_hours)


USUAL = Terms()


@dataclass(frozen=True)
class Missed:
    """A no-show that counts: the day of the activity, and the day it was noted."""

    service_date: date
    noted_on: date


@dataclass(frozen=True)
class Behind:
    """Somebody whose turn comes after everybody else's: for how many no-shows, until which day."""

    count: int
    last: date  # the day of the no-show that did it
    until: date  # the first day on which all is as before
    terms: Terms = USUAL


def behind(missed: Sequence[Missed], today: date, terms: Terms = USUAL) -> Behind | None:
    """Return the lowered priority that these no-shows make today, if they do.

    The first of them lies less than `days` before the last; it lasts from the day on which the
    last was noted for `priority_days`.
    """
    if not terms.on:
        return None
    found = None
    ordered = sorted(missed, key=lambda one: one.service_date)
    for first, last in zip(ordered, ordered[terms.limit - 1 :], strict=False):
        until = last.noted_on + timedelta(days=terms.priority_days)
        if (last.service_date - first.service_date).days < terms.days and today < until:
            count = counted(missed, last.service_date, terms)
            found = Behind(count, last.service_date, until, terms)
    return found


def counted(missed: Sequence[Missed], today: date, terms: Terms = USUAL) -> int:
    """Return how many of the no-shows lie in the days that count."""
    first = first_day(today, terms)
    return sum(first <= one.service_date <= today for one in missed)


def first_day(today: date, terms: Terms = USUAL) -> date:
    """Return the first of the days that count; who stayed away earlier need not think of it."""
    return today - timedelta(days=terms.days - 1)


def scarce(places: int, taken: int, terms: Terms = USUAL) -> bool:
    """Tell whether so few places are free that those who come get them first."""
    return (places - taken) * 100 < terms.scarce_percent * places


def could_know(signed_up_at: datetime, confirmed_at: datetime, starts_at: datetime) -> bool:
    """Tell whether somebody could know that they had a place: they took it, or were told in time.

    Who moves up from the waiting list on the last day is not counted for staying away.
    """
    return confirmed_at <= max(signed_up_at, starts_at - TOLD)
