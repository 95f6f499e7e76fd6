"""Who would have a badge today, and why: for whoever writes its rule, before anybody is told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest
from typing import Final, NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.hours.queries import Entry
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Person
from volunteer_site.recognition import lives, pins
from volunteer_site.recognition.measures import MEASURES
from volunteer_site.recognition.rules import Earned, Rule, Rulebook

AT_ONCE: Final = 1000  # people in one statement


class Would(NamedTuple):
    """Somebody who would have the badge: since which service, and what it rests on."""

    person_id: int
    name: str
    number: str
    earned_on: date
    entries: int  # lines of the ledger that count
    since: date  # day of the first of them
    minutes: int  # given in them


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
    book, count = pins.book_of([rule]), 0
    latest: list[tuple[date, int, Earned, list[Entry]]] = []
    for person, history, earned in _reached(book, _may_have(rule, paths)):
        count += 1
        last = earned[-1]
        latest.append((last.entry.service_date, person, last, history))
        if len(latest) > 100 * limit:
            latest = nlargest(limit, latest, key=lambda one: one[:2])
    return Preview(count, _told(nlargest(limit, latest, key=lambda one: one[:2])))


def histories(people: Sequence[int]) -> Iterator[dict[int, list[Entry]]]:
    """Yield the standing entries of these people, some people at a time."""
    for start in range(0, len(people), AT_ONCE):
        found: dict[int, list[Entry]] = defaultdict(list)
        for entry in hours.standing_entries(people[start : start + AT_ONCE]):
            found[entry.person_id].append(entry)
        yield found


def _reached(
    book: Rulebook, people: Sequence[int]
) -> Iterator[tuple[int, list[Entry], list[Earned]]]:
    for some in histories(people):
        around = lives.around(book, some)
        for person, history in some.items():
            if earned := book.earned(history, around[person]):
                yield person, history, earned


def _may_have(rule: Rule, paths: Collection[str]) -> Sequence[int]:
    """Return who has enough entries for the rule, by a first rough count in the database."""
    fewest = rule.threshold if MEASURES[rule.measure].single else 1
    asked = (
        sa.select(HourEntry.person_id)
        .where(hours.standing(), HourEntry.minutes > 0, *_narrowed(rule, paths))
        .group_by(HourEntry.person_id)
        .having(sa.func.count() >= fewest)
        .order_by(HourEntry.person_id)
    )
    if rule.category or rule.programme:
        asked = asked.join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
    if rule.measure in {"minutes", "category_minutes"}:
        asked = asked.having(sa.func.sum(HourEntry.minutes) >= rule.threshold)
    return db.session.scalars(asked).all()


def _narrowed(rule: Rule, paths: Collection[str]) -> Iterator[sa.ColumnElement[bool]]:
    if tuple(paths) != ("/",):
        yield HourEntry.recorder_id.in_(sa.select(Organisation.id).where(at_or_below(paths)))
    if rule.category:
        yield ServiceRecord.category == rule.category
    if rule.programme:
        yield ServiceRecord.title.contains(rule.programme, autoescape=True)
    if rule.over_period == "dates":
        yield HourEntry.service_date.between(
            date.fromisoformat(rule.first_day), date.fromisoformat(rule.last_day)
        )


def _told(found: Iterable[tuple[date, int, Earned, list[Entry]]]) -> list[Would]:
    ones = list(found)
    asked = sa.select(Person.id, Person.name, Person.number)
    asked = asked.where(Person.id.in_([person for _day, person, *_more in ones]))
    names: dict[int, tuple[str, str]] = {
        row[0]: (row[1], row[2]) for row in db.session.execute(asked)
    }
    return [_would(names.get(person, ("", "")), got, history) for _d, person, got, history in ones]


def _would(named: tuple[str, str], got: Earned, history: Iterable[Entry]) -> Would:
    counted = [entry for entry in history if entry.id in got.entries]
    days, minutes = [one.service_date for one in counted], sum(one.minutes for one in counted)
    return Would(got.person_id, *named, got.entry.service_date, len(counted), min(days), minutes)
