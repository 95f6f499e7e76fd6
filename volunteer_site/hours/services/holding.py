"""Dividing a day's credits into what counts at once and what waits for a second person (R7)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours import settings
from volunteer_site.hours.held.caps import Day, Piece, cut
from volunteer_site.hours.held.models import HeldHours
from volunteer_site.hours.held.queries import days_of
from volunteer_site.hours.services.credits import Credit

Beyond = tuple[Credit, Piece]


def divide(fresh: Sequence[Credit], day: date) -> tuple[list[Credit], list[Beyond]]:
    """Cut credits where each person's day is full; return what counts, and what has to wait.

    Earliest first; the order in which services are closed changes no sum (see `held.caps`).
    Call it after `take_turns`, so that nobody else fills the same day meanwhile.
    """
    days, caps = days_of({credit.person_id for credit in fresh}, day), settings.caps()
    counting: list[Credit] = []
    beyond: list[Beyond] = []
    for credit in sorted(fresh, key=lambda one: (one.started_at, one.source_id)):
        had = days.get(credit.person_id, Day())
        pieces = cut((credit.started_at, credit.ended_at), credit.minutes, had, caps)
        for piece in pieces:
            if piece.level is None:
                counting.append(_counting(credit, piece))
            else:
                beyond.append((credit, piece))
        days[credit.person_id] = _with(had, pieces)
    return counting, beyond


def hold(day: date, service_id: int, beyond: Sequence[Beyond], now: datetime) -> None:
    """Keep what has to wait, with everything it needs to count later."""
    rows = [_row(day, service_id, credit, piece) | {"held_at": now} for credit, piece in beyond]
    if rows:
        db.session.execute(sa.insert(HeldHours), rows)


def _counting(credit: Credit, piece: Piece) -> Credit:
    return replace(credit, ended_at=piece.ended_at, minutes=piece.minutes)


def _with(had: Day, pieces: Sequence[Piece]) -> Day:
    counted = sum(piece.minutes for piece in pieces if piece.level is None)
    waiting = sum(piece.minutes for piece in pieces if piece.level is not None)
    return Day(had.counted + counted, had.waiting + waiting)


def _row(day: date, service_id: int, credit: Credit, piece: Piece) -> dict[str, object]:
    return {
        "person_id": credit.person_id,
        "recorder_id": credit.recorder_id,
        "unit_id": credit.unit_id,
        "service_id": service_id,
        "source": credit.source,
        "source_id": credit.source_id,
        "proof": credit.proof,
        "service_date": day,
        "started_at": piece.started_at,
        "ended_at": piece.ended_at,
        "minutes": piece.minutes,
        "level": piece.level,
        "recorded_by_id": credit.recorded_by_id,
    }
