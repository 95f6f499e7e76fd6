"""Taking a line back, and putting a right one in its place. The wrong one stays readable (R13)."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import queries, settings
from volunteer_site.hours.held.caps import Day
from volunteer_site.hours.held.queries import days_of
from volunteer_site.hours.models import EntryKind, HourEntry, ServiceRecord
from volunteer_site.hours.services.credits import Credit
from volunteer_site.hours.services.posting import MINUTE, enter, refuse_double
from volunteer_site.hours.services.refusals import (
    AlreadyReversed,
    DayFull,
    MinutesWrong,
    NotCorrectable,
)
from volunteer_site.hours.services.turns import posted, take_turns

SAME = ("person_id", "recorder_id", "unit_id", "service_id", "proof", "service_date", "month")


def reverse(entry_id: int, reason: str, *, by_id: int | None, now: datetime) -> int:
    """Take an entry back; return the number of the line that does so.

    It is recorded now, so a roll whose cut-off is past stays as it is (R39). Raises NotFound,
    AlreadyReversed and NotCorrectable.
    """
    entry = _correctable(entry_id, reason)
    number = _take_back(entry, reason, by_id, now)
    posted.send(None, person_ids=frozenset({entry.person_id}), now=now)
    return number


def correct(entry_id: int, minutes: int, reason: str, *, by_id: int | None, now: datetime) -> int:
    """Take an entry back and enter the right minutes instead; return the new entry's number.

    Raises what `reverse` does, MinutesWrong beyond the service's length, CountedTwice (R6), and
    DayFull if more minutes would go beyond what one day gives (R7).
    """
    entry = _correctable(entry_id, reason)
    if by_id == entry.person_id:
        raise NotCorrectable(
            _("Nobody corrects their own hours. Ask another coordinator or the office.")
        )
    started_at, ended_at = _interval(entry, minutes)
    _check_day(entry, minutes)
    _take_back(entry, reason, by_id, now)
    credit = Credit(
        entry.person_id, entry.recorder_id, entry.unit_id, entry.id, entry.proof,
        started_at, ended_at, minutes, by_id, source="entry",
    )  # fmt: skip
    refuse_double([credit])
    span = {"started_at": started_at, "ended_at": ended_at, "minutes": minutes}
    (number,) = enter([_line(entry, EntryKind.CORRECTION, span, (reason, by_id, now))])
    posted.send(None, person_ids=frozenset({entry.person_id}), now=now)
    return number


def _correctable(entry_id: int, reason: str) -> HourEntry:
    """Return an entry that stands, nobody else touching the person's hours meanwhile."""
    entry = queries.get(entry_id)
    take_turns([entry.person_id])
    if entry.kind == EntryKind.REVERSAL:
        raise NotCorrectable(
            _("Line %(number)d takes another one back. Correct that one.", number=entry_id)
        )
    if not queries.stands(entry_id):
        raise AlreadyReversed(
            _(
                "Entry %(number)d was taken back before. If its correction is wrong too, "
                "correct the correction.",
                number=entry_id,
            )
        )
    if not reason.strip():
        raise NotCorrectable(_("A correction says why. Write the reason."))
    return entry


def _check_day(entry: HourEntry, minutes: int) -> None:
    """Raise DayFull if a correction would give more than counts without a second person (R7)."""
    more, most = minutes - entry.minutes, settings.caps().automatic
    if more <= 0:
        return
    day = days_of([entry.person_id], entry.service_date).get(entry.person_id, Day())
    if day.counted + more <= most:
        return
    raise DayFull(
        _(
            "With %(minutes)d minutes that day would have %(day)d; a correction may give at most "
            "%(most)d. Enter no more than %(room)d.",
            minutes=minutes,
            day=day.counted + more,
            most=most,
            room=max(entry.minutes, entry.minutes + most - day.counted),
        )
    )


def _take_back(entry: HourEntry, reason: str, by_id: int | None, now: datetime) -> int:
    span = {
        "started_at": entry.started_at,
        "ended_at": entry.ended_at,
        "minutes": -entry.minutes,
    }
    (number,) = enter([_line(entry, EntryKind.REVERSAL, span, (reason, by_id, now))])
    return number


def _line(
    entry: HourEntry,
    kind: EntryKind,
    span: dict[str, Any],
    told: tuple[str, int | None, datetime],
) -> dict[str, Any]:
    reason, by_id, now = told
    same = {name: getattr(entry, name) for name in SAME}
    sources = {"source": "entry", "source_id": entry.id, "reverses_id": entry.id}
    facts = {"kind": kind.value, "recorded_at": now, "recorded_by_id": by_id}
    return same | span | sources | facts | {"reason": reason.strip()}


def _interval(entry: HourEntry, minutes: int) -> tuple[datetime, datetime]:
    """Return from when to when the corrected minutes count, within the service (R5).

    The end moves by the difference; what would go beyond the service's end moves the start.
    """
    starts_at, ends_at = _service_span(entry.service_id)
    if not 0 <= minutes <= (ends_at - starts_at) // MINUTE:
        raise MinutesWrong(
            _(
                "%(minutes)d minutes cannot be: the service was %(service)s. Enter minutes from 0 "
                "to its length.",
                minutes=minutes,
                service=dates.show_span(starts_at, ends_at),
            )
        )
    ended_at = entry.ended_at + timedelta(minutes=minutes - entry.minutes)
    over = max(ended_at - ends_at, timedelta())
    started_at = max(entry.started_at - over, starts_at)
    return started_at, max(min(ended_at, ends_at), started_at)


def _service_span(service_id: int) -> tuple[datetime, datetime]:
    asked = sa.select(ServiceRecord.starts_at, ServiceRecord.ends_at)
    row = db.session.execute(asked.where(ServiceRecord.id == service_id)).one()
    return row[0], row[1]
