"""Why somebody is on a roll, or is not: told to themselves and to nobody else (gap idea 10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.hours.models import EntryKind, HourEntry, ServiceRecord
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.queries import is_minor
from volunteer_site.recognition.rolls import choices, queries, rule, sources
from volunteer_site.recognition.rolls.choices import NameChoice
from volunteer_site.recognition.rolls.models import Counts, HonorRoll
from volunteer_site.recognition.rolls.queries import Named
from volunteer_site.recognition.rolls.standings import standings


class Service(NamedTuple):
    """One service that the roll is about, with when it was recorded and taken back."""

    id: int
    person_id: int
    recorder_id: int
    unit_id: int | None
    service_date: date
    started_at: datetime
    minutes: int
    proof: str
    title: str
    place: str
    recorded_at: datetime
    taken_back_at: datetime | None


@dataclass(frozen=True)
class Why:
    """What a roll knows about somebody, with every reason that can keep them off it."""

    line: Named | None  # where they stand
    value: int  # what counted, until the cut-off
    minimum: int
    choice: NameChoice
    minor: bool
    known_before: bool  # on a roll of newcomers: they had served before
    counted: list[Service]
    later: list[Service]  # recorded after the cut-off
    taken_back: list[Service]  # before the cut-off
    changed: list[Service]  # counted, and taken back since

    @property
    def missing(self) -> int:
        """Return how much was missing; nothing if the minimum was reached."""
        return max(self.minimum - self.value, 0)


def why(organisation: Organisation, roll: HonorRoll, person_id: int) -> Why:
    """Return why somebody is on a roll of people, or is not."""
    terms, until = queries.terms_of(roll), roll.cutoff_at
    all_of_it = list(_services(organisation, roll, person_id))
    entered = [one for one in all_of_it if one.recorded_at <= until]
    counted = [one for one in entered if _stood(one, until)]
    candidate = sources.candidates([person_id])[person_id]
    standing = standings(counted).get(person_id)
    lines = queries.named(roll.id)
    return Why(
        line=next((line for line in lines if line.person_id == person_id), None),
        value=rule.worth(standing, candidate, roll.counts) if standing else 0,
        minimum=terms.minimum,
        choice=choices.of(person_id),
        minor=is_minor(candidate.birth_date, dates.month_dates(roll.month)[1]),
        known_before=bool(counted) and _known_before(roll, person_id),
        counted=counted,
        later=[one for one in all_of_it if one.recorded_at > until and not one.taken_back_at],
        taken_back=[one for one in entered if not _stood(one, until)],
        changed=[one for one in counted if one.taken_back_at],
    )


def _stood(one: Service, until: datetime) -> bool:
    return one.taken_back_at is None or one.taken_back_at > until


def _known_before(roll: HonorRoll, person_id: int) -> bool:
    if roll.counts != Counts.NEWCOMERS:
        return False
    begun = sources.first_days([person_id], roll.cutoff_at)[person_id]
    return begun < dates.month_dates(roll.month)[0]


def _services(organisation: Organisation, roll: HonorRoll, person_id: int) -> Iterable[Service]:
    back = orm.aliased(HourEntry)
    asked = (
        sa.select(
            HourEntry.id, HourEntry.person_id, HourEntry.recorder_id, HourEntry.unit_id,
            HourEntry.service_date, HourEntry.started_at, HourEntry.minutes, HourEntry.proof,
            ServiceRecord.title, ServiceRecord.place, HourEntry.recorded_at, back.recorded_at,
        )
        .join(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .outerjoin(
            back,
            sa.and_(
                back.source == "entry",
                back.source_id == HourEntry.id,
                back.kind == EntryKind.REVERSAL,
            ),
        )
        .where(
            *sources.counting(organisation, roll.month, queries.terms_of(roll).what),
            HourEntry.kind != EntryKind.REVERSAL,
            HourEntry.person_id == person_id,
        )
        .order_by(HourEntry.started_at, HourEntry.id)
    )  # fmt: skip
    rows: Iterable[Any] = db.session.execute(asked)
    return [Service(*row) for row in rows]
