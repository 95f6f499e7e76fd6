"""Who would have a badge today, and why: for whoever writes its rule, before anybody is told."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from typing import Final, NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours import queries as hours
from volunteer_site.hours.queries import Entry
from volunteer_site.people.models import Person
from volunteer_site.recognition.badges import lives, pins
from volunteer_site.recognition.badges.rules import Earned, Rule, Rulebook
from volunteer_site.recognition.badges.shortlists import is_exact, shortlist

AT_ONCE: Final = 1000  # people in one statement
ENOUGH: Final = 20  # people looked at for each one named


class Would(NamedTuple):
    """Somebody who would have the badge: since which service, and what it rests on."""

    person_id: int
    name: str
    number: str
    earned_on: date
    entries: int  # lines of the ledger that count
    since: date  # day of the first of them
    minutes: int  # given in them


class Reached(NamedTuple):
    """A person's badge, and all their entries."""

    got: Earned
    history: list[Entry]


@dataclass(frozen=True)
class Preview:
    """How many people would have the badge today, and some of them: who reached it last first."""

    count: int
    people: list[Would]


def preview(rule: Rule, paths: Collection[str] = ("/",), limit: int = 12) -> Preview:
    """Return who would have a badge with this rule today, and why.

    Counted from all standing hours of people who served at or below `paths`; `badge_id` of the
    rule may be 0. Nobody is given anything.
    """
    book = pins.book_of([rule])
    people = shortlist(rule, book, paths)
    if is_exact(rule):
        found = list(_reached(book, people[: ENOUGH * limit]))
        return Preview(len(people), _told(nlargest(limit, found, key=_when)))
    count, latest = 0, list[Reached]()
    for one in _reached(book, people):
        count += 1
        latest.append(one)
        if len(latest) > AT_ONCE:
            latest = nlargest(limit, latest, key=_when)
    return Preview(count, _told(nlargest(limit, latest, key=_when)))


def histories(people: Sequence[int]) -> Iterator[dict[int, list[Entry]]]:
    """Yield the standing entries of these people, some people at a time."""
    for start in range(0, len(people), AT_ONCE):
        found: dict[int, list[Entry]] = defaultdict(list)
        for entry in hours.standing_entries(people[start : start + AT_ONCE]):
            found[entry.person_id].append(entry)
        yield found


def _reached(book: Rulebook, people: Sequence[int]) -> Iterator[Reached]:
    for some in histories(people):
        around = lives.around(book, some)
        for person, history in some.items():
            if earned := book.earned(history, around[person]):
                yield Reached(earned[-1], history)


def _when(one: Reached) -> tuple[date, int]:
    return one.got.entry.service_date, one.got.person_id


def _told(found: Sequence[Reached]) -> list[Would]:
    asked = sa.select(Person.id, Person.name, Person.number)
    asked = asked.where(Person.id.in_([one.got.person_id for one in found]))
    names: dict[int, tuple[str, str]] = {
        row[0]: (row[1], row[2]) for row in db.session.execute(asked)
    }
    return [_would(names.get(one.got.person_id, ("", "")), one) for one in found]


def _would(named: tuple[str, str], one: Reached) -> Would:
    counted = [entry for entry in one.history if entry.id in one.got.entries]
    days, minutes = [entry.service_date for entry in counted], sum(e.minutes for e in counted)
    reached = one.got.entry.service_date
    return Would(one.got.person_id, *named, reached, len(counted), min(days), minutes)
