"""Services and credits to post in tests; say only what matters."""

from datetime import timedelta

import sqlalchemy as sa

from tests.factories import FRIDAY_18, WORDS
from volunteer_site.core.db import db
from volunteer_site.hours.models import HourEntry, MonthlyTotal
from volunteer_site.hours.services import Credit, Facts

CLOSED = FRIDAY_18 + timedelta(minutes=75)


def facts(source_id=1, **given):
    """The weekly hour on Friday 18:00–19:00."""
    usual = {name: WORDS[name] for name in ("category", "place", "content")}
    usual |= {"title": "公益一小时", "starts_at": FRIDAY_18, "leader": "李楠",
              "ends_at": FRIDAY_18 + timedelta(hours=1), "organiser": "青年路一社区"}  # fmt: skip
    made = usual | given
    made.setdefault("service_date", (made["starts_at"] + timedelta(hours=8)).date())
    return Facts(source_id=source_id, **made)


def credit(person, recorder, source_id=1, *, minutes=60, started_at=FRIDAY_18, **given):
    """An hour of one person, from Friday 18:00, scanned at the door."""
    usual = {"unit_id": None, "proof": "scanned", "recorded_by_id": None, "minutes": minutes,
             "started_at": started_at,
             "ended_at": started_at + timedelta(minutes=minutes)}  # fmt: skip
    numbers = {"person_id": getattr(person, "id", person), "source_id": source_id}
    return Credit(recorder_id=getattr(recorder, "id", recorder), **numbers, **usual | given)


def lines():
    """Everything in the ledger, oldest first: who, kind, minutes."""
    asked = sa.select(HourEntry.person_id, HourEntry.kind, HourEntry.minutes)
    return [tuple(row) for row in db.session.execute(asked.order_by(HourEntry.id))]


def totals():
    """The monthly totals: (person, recorder, month) to (minutes, occasions)."""
    table = MonthlyTotal.__table__.c
    asked = sa.select(table.person_id, table.recorder_id, table.month, table.minutes,
                      table.occasions)  # fmt: skip
    return {tuple(row[:3]): tuple(row[3:]) for row in db.session.execute(asked)}
