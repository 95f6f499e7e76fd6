"""Posting: what somebody gave becomes lines of the ledger, once, however often it is sent."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db, insert_into
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.hours import queries
from volunteer_site.hours.held.models import HeldHours
from volunteer_site.hours.models import EntryKind, HourEntry, ServiceRecord
from volunteer_site.hours.services import holding, totals
from volunteer_site.hours.services.credits import Credit, Facts
from volunteer_site.hours.services.refusals import CountedTwice, MinutesWrong, RecordIncomplete
from volunteer_site.hours.services.turns import posted, take_turns

MINUTE = timedelta(minutes=1)
NEEDED = {
    "title": _l("title"),
    "place": _l("place"),
    "content": _l("what is done"),
    "organiser": _l("organiser"),
    "leader": _l("person in charge"),
}


def post(facts: Facts, given: Sequence[Credit], *, now: datetime) -> list[int]:
    """Enter the hours of one service; return the numbers of the entries that are new.

    Sent again it adds only who was missing. What was reversed is not posted again: correct it.
    What goes beyond a person's day is held until a second person has agreed (R7).
    Raises RecordIncomplete (R1), MinutesWrong (R5) and CountedTwice (R6); then nothing is entered.
    """
    _check(facts, given)
    take_turns(credit.person_id for credit in given)
    fresh = _not_posted(given)
    if not fresh:
        return []
    refuse_double(fresh)
    service_id = _service(facts, now)
    counting, beyond = holding.divide(fresh, facts.service_date)
    holding.hold(facts.service_date, service_id, beyond, now)
    rows = [line_of(facts.service_date, credit, service_id, now) for credit in counting]
    numbers = enter(rows) if rows else []
    posted.send(None, person_ids=frozenset(credit.person_id for credit in fresh), now=now)
    return numbers


def enter(rows: list[dict[str, Any]]) -> list[int]:
    """Write lines of the ledger and keep the monthly totals; return their numbers."""
    added = insert_into(HourEntry).on_conflict_do_nothing(
        index_elements=["source", "source_id", "kind"]
    )
    columns = (HourEntry.id, *totals.COLUMNS)
    found = db.session.execute(added.returning(*columns), rows).all()
    totals.add([tuple(row[1:]) for row in found])
    return sorted(row[0] for row in found)


def refuse_double(given: Sequence[Credit]) -> None:
    """Raise CountedTwice if a minute of these is already credited to the same person (R6)."""
    counting = [credit for credit in given if credit.minutes]
    if not counting:
        return
    first = min(credit.started_at for credit in counting)
    last = max(credit.ended_at for credit in counting)
    taken = queries.busy({credit.person_id for credit in counting}, first, last)
    for credit in counting:
        theirs = taken.setdefault(credit.person_id, [])
        for start, end in theirs:
            if credit.started_at < end and start < credit.ended_at:
                raise CountedTwice(_double_words(credit.person_id, start, end))
        theirs.append((credit.started_at, credit.ended_at))


def line_of(service_date: date, credit: Credit, service_id: int, now: datetime) -> dict[str, Any]:
    """Return the line of the ledger that a credit becomes."""
    return asdict(credit) | {
        "service_id": service_id,
        "kind": EntryKind.CREDIT.value,
        "service_date": service_date,
        "month": dates.month_of(service_date),
        "recorded_at": now,
        "reason": "",
        "reverses_id": None,
    }


def _check(facts: Facts, given: Iterable[Credit]) -> None:
    missing = [str(words) for name, words in NEEDED.items() if not getattr(facts, name).strip()]
    if missing:
        raise RecordIncomplete(
            _(
                "A service record must name: %(what)s. Complete the activity, then enter the "
                "hours.",
                what=_(", ").join(missing),
            )
        )
    for credit in given:
        _check_minutes(facts, credit)


def _check_minutes(facts: Facts, credit: Credit) -> None:
    inside = facts.starts_at <= credit.started_at <= credit.ended_at <= facts.ends_at
    if not inside or not 0 <= credit.minutes <= (credit.ended_at - credit.started_at) // MINUTE:
        raise MinutesWrong(
            _(
                "%(minutes)d minutes, %(span)s, were to be entered for person %(person)d, but the "
                "service was %(service)s. Enter only what lies within it.",
                minutes=credit.minutes,
                person=credit.person_id,
                span=dates.show_span(credit.started_at, credit.ended_at),
                service=dates.show_span(facts.starts_at, facts.ends_at),
            )
        )


def _not_posted(given: Sequence[Credit]) -> list[Credit]:
    """Leave out what the ledger has already or holds back, and what was given twice."""
    known: set[tuple[str, int]] = set()
    for source in {credit.source for credit in given}:
        numbers = {credit.source_id for credit in given if credit.source == source}
        entered = sa.select(HourEntry.source_id).where(
            HourEntry.source == source,
            HourEntry.source_id.in_(numbers),
            HourEntry.kind == EntryKind.CREDIT,
        )
        held = sa.select(HeldHours.source_id).where(
            HeldHours.source == source, HeldHours.source_id.in_(numbers)
        )
        rows = db.session.scalars(entered.union_all(held))
        known.update((source, number) for number in rows)
    fresh = {(credit.source, credit.source_id): credit for credit in reversed(given)}
    return [credit for key, credit in reversed(fresh.items()) if key not in known]


def _service(facts: Facts, now: datetime) -> int:
    """Return the number of the record, written the first time only; it never changes."""
    row = asdict(facts) | {"recorded_at": now}
    written = insert_into(ServiceRecord).values(**row)
    db.session.execute(written.on_conflict_do_nothing(index_elements=["source", "source_id"]))
    asked = sa.select(ServiceRecord.id).where(
        ServiceRecord.source == facts.source, ServiceRecord.source_id == facts.source_id
    )
    return db.session.scalars(asked).one()


def _double_words(person_id: int, start: datetime, end: datetime) -> str:
    return _(
        "Person %(person)d already has hours for %(span)s, and nobody is credited twice for the "
        "same minutes. Enter only the time outside it.",
        person=person_id,
        span=dates.show_span(start, end),
    )
