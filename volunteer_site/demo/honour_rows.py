"""Badges, awards and published honor rolls of the demo as rows of their tables."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

import volunteer_site.recognition
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.names import StrokeKey, stroke_key
from volunteer_site.core.text import mask_name
from volunteer_site.demo.bulk import Writer
from volunteer_site.demo.honours import Credit, earned
from volunteer_site.demo.people_rows import Numbers
from volunteer_site.people.models import Consent, ConsentKind, Person
from volunteer_site.recognition.models import (
    Award,
    AwardEntry,
    Badge,
    HonorRoll,
    HonorRollLine,
    NameShown,
)

CATALOGUE = Path(volunteer_site.recognition.__file__).with_name("catalogue.json")
LEAST = 60  # minutes a month, for communities and units
LEAST_IN_DISTRICT = 300
CUTOFF = timedelta(days=3)  # after the month
PUBLISHED = timedelta(days=5)


class Standing(NamedTuple):
    """Somebody's month at one organisation."""

    minutes: int
    occasions: int
    unit: int | None


class Known(NamedTuple):
    """A person as a roll shows them."""

    name: str
    shown: str
    order: StrokeKey


ByPerson = dict[int, list[Credit]]
Everybody = dict[int, Known]


@dataclass(slots=True)
class Honours:
    """Collects the hours of a district; in the end writes what they are honoured with."""

    writer: Writer
    ids: Numbers
    district: int
    now: datetime
    of_person: ByPerson = field(default_factory=lambda: defaultdict(list))

    def add(self, credit: Credit) -> None:
        """Remember one entry of the ledger."""
        self.of_person[credit.person].append(credit)

    def write(self) -> None:
        """Write awards and the rolls of the months that are over."""
        self._write_awards(badges(self.now))
        known = _known(self.of_person)
        for month, standings in sorted(self._months().items()):
            published = dates.month_bounds(month)[1] + PUBLISHED
            if published <= self.now:
                for organisation, people in standings.items():
                    self._write_roll(organisation, month, people, known)

    def _write_awards(self, rules: list[Badge]) -> None:
        for history in self.of_person.values():
            for got in earned(history, rules):
                row = {
                    "badge_id": got.badge, "person_id": got.person, "period": got.period,
                    "earned_on": got.credit.day, "awarded_at": got.credit.recorded_at,
                }  # fmt: skip
                award = self.writer.add(Award, row)
                for entry in got.entries:
                    self.writer.add(AwardEntry, {"award_id": award, "entry_id": entry})

    def _months(self) -> dict[str, dict[int, ByPerson]]:
        """Sort the entries by month, by whose roll they count for, and by person."""
        months: dict[str, dict[int, ByPerson]] = {}
        for history in self.of_person.values():
            for credit in history:
                month = months.setdefault(dates.month_of(credit.day), {})
                for organisation in {credit.recorder, credit.unit, self.district} - {None}:
                    people = month.setdefault(organisation or 0, {})
                    people.setdefault(credit.person, []).append(credit)
        return months

    def _write_roll(
        self,
        organisation: int,
        month: str,
        people: dict[int, list[Credit]],
        known: Everybody,
    ) -> None:
        least = LEAST_IN_DISTRICT if organisation == self.district else LEAST
        on_it = [(p, s) for p, s in _standings(people) if s.minutes >= least]
        if not on_it:
            return
        ended = dates.month_bounds(month)[1]
        officer = self.ids.officer
        row = {
            "organisation_id": organisation, "month": month, "cutoff_at": ended + CUTOFF,
            "minimum_minutes": least, "name_order": "surname", "people": len(on_it),
            "minutes": sum(standing.minutes for _, standing in on_it),
            "prepared_at": ended + CUTOFF, "prepared_by_id": officer,
            "published_at": ended + PUBLISHED, "published_by_id": officer,
            "number": f"{month.replace('-', '')}-{organisation:05}",
        }  # fmt: skip
        roll = self.writer.add(HonorRoll, row)
        for line in self._lines(on_it, known):
            self.writer.add(HonorRollLine, line | {"roll_id": roll})

    def _lines(
        self, on_it: list[tuple[int, Standing]], known: Everybody
    ) -> Iterator[dict[str, object]]:
        """Yield the lines in order: most minutes first, the same rank for the same (R69)."""
        units = dict(zip(self.ids.units, self.ids.unit_names, strict=True))
        on_it.sort(key=lambda one: (-one[1].minutes, known[one[0]].order))
        rank, before = 0, -1
        for position, (person, standing) in enumerate(on_it, start=1):
            rank = rank if standing.minutes == before else position
            before = standing.minutes
            yield {
                "position": position, "rank": rank, "person_id": person,
                "name": known[person].name, "name_shown": known[person].shown,
                "minutes": standing.minutes, "occasions": standing.occasions,
                "unit_name": units.get(standing.unit or 0, ""),
            }  # fmt: skip


def badges(now: datetime) -> list[Badge]:
    """Return the badges there are; put the first catalogue in if there are none."""
    if not db.session.scalar(sa.select(sa.func.count()).select_from(Badge)):
        for told in json.loads(CATALOGUE.read_text(encoding="utf-8")):
            db.session.add(Badge(over_period=told.pop("over"), created_at=now, **told))
        db.session.flush()
    return list(db.session.scalars(sa.select(Badge).order_by(Badge.position)))


def _standings(people: ByPerson) -> Iterator[tuple[int, Standing]]:
    for person, history in people.items():
        minutes = sum(credit.minutes for credit in history)
        yield person, Standing(minutes, len(history), history[-1].unit)


def _known(people: Iterable[int]) -> Everybody:
    """Read names, and who agrees that theirs is published (R40); minors do not (R41)."""
    agreed = sa.exists().where(
        Consent.person_id == Person.id,
        Consent.kind == ConsentKind.PUBLISH_NAME,
        Consent.withdrawn_at.is_(None),
    )
    wanted = set(people)
    return {
        number: _as_shown(name, whole=bool(whole))
        for number, name, whole in db.session.execute(sa.select(Person.id, Person.name, agreed))
        if number in wanted
    }


def _as_shown(name: str, *, whole: bool) -> Known:
    shown = NameShown.FULL if whole else NameShown.MASKED
    return Known(name if whole else mask_name(name), shown, stroke_key(name))
