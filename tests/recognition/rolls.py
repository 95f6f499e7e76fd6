"""Lines of the ledger to make rolls from, and rolls made of them."""

import itertools
from datetime import datetime, timedelta

from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.recognition.rolls import rule, services
from volunteer_site.recognition.rolls.models import MONTHLY, HonorRoll, HonorRollLine
from volunteer_site.recognition.rolls.queries import Edition
from volunteer_site.recognition.rolls.rule import Terms

MONTH = "2026-10"
FIRST_DAY = datetime(2026, 10, 2, 10)
PUBLISHED = datetime(2026, 11, 5, 1)
NOTICE = timedelta(days=10)  # five working days and more, with the days off around them
_numbers = itertools.count(1)


def serve(person, community, minutes, *, unit=None, **given):
    """Add a line to the ledger in October; return its number."""
    number = next(_numbers)
    started_at = given.pop("started_at", FIRST_DAY + timedelta(hours=number % 100))
    day = (started_at + timedelta(hours=8)).date()
    ended_at = started_at + timedelta(minutes=abs(minutes))
    recorded_at = given.pop("recorded_at", ended_at)
    record = ServiceRecord(
        source="activity", source_id=number, title="清理楼道", category="clean-up", place="3号楼",
        content="清理", service_date=day, starts_at=started_at, ends_at=ended_at,
        organiser=community.name, leader="郑红", recorded_at=recorded_at,
    )  # fmt: skip
    db.session.rollback()
    db.session.add(record)
    db.session.flush()
    usual = {
        "source": "attendance", "source_id": number, "kind": "credit", "proof": "scanned",
        "month": f"{day:%Y-%m}",
    }  # fmt: skip
    entry = HourEntry(
        person_id=person.id, recorder_id=community.id, unit_id=unit.id if unit else None,
        service_id=record.id, service_date=day, started_at=started_at, ended_at=ended_at,
        minutes=minutes, recorded_at=recorded_at, **usual | given,
    )  # fmt: skip
    db.session.add(entry)
    db.session.flush()
    entry_id = entry.id
    db.session.commit()
    return entry_id


def take_back(entry_id, recorded_at):
    """Reverse a line of the ledger."""
    db.session.rollback()
    entry = db.session.get(HourEntry, entry_id)
    copied = {
        name: getattr(entry, name)
        for name in ("person_id", "recorder_id", "unit_id", "service_id", "service_date", "month",
                     "started_at", "ended_at", "proof")
    }  # fmt: skip
    db.session.add(
        HourEntry(source="entry", source_id=entry_id, kind="reversal", minutes=-entry.minutes,
                  recorded_at=recorded_at, reason="填错了", reverses_id=entry_id, **copied)
    )  # fmt: skip
    db.session.commit()


def terms(**given):
    return Terms(**{"cutoff_at": rule.usual_cutoff(MONTH)} | given)


def prepare(organisation, **given):
    """Prepare October's roll and return its number."""
    with write_transaction():
        roll = services.prepare_roll(organisation, MONTH, terms(**given), by_id=None, now=PUBLISHED)
        return roll.id


def announce(organisation, now=PUBLISHED - NOTICE, month=MONTH, kind=MONTHLY):
    """Put October's draft on public notice; return the number of the notice."""
    with write_transaction():
        edition = Edition(month, kind)
        return services.announce_roll(organisation, edition, by_id=None, now=now).notice_id


def publish(organisation, now=PUBLISHED, month=MONTH, kind=MONTHLY):
    """Publish October's roll after a public notice that nobody objected to."""
    announce(organisation, now - NOTICE, month, kind)
    with write_transaction():
        edition = Edition(month, kind)
        return services.publish_roll(organisation, edition, by_id=None, now=now).number


def withdraw(organisation, reason="名字有误", now=PUBLISHED, kind=MONTHLY):
    with write_transaction():
        edition = Edition(MONTH, kind)
        services.withdraw_roll(organisation, edition, reason, by_id=None, now=now)


def lines_of(roll_id):
    """Return (rank, name, minutes, occasions) of a roll, in its order."""
    db.session.rollback()
    found = db.session.query(HonorRollLine).filter_by(roll_id=roll_id).order_by("position")
    return [(line.rank, line.name, line.minutes, line.occasions) for line in found]


def names_of(roll_id):
    return [name for _rank, name, *_more in lines_of(roll_id)]


def roll(roll_id):
    db.session.rollback()
    return db.session.get(HonorRoll, roll_id)
