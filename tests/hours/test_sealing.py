"""What is sealed cannot be changed without being noticed, and the one that was is named."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.hours.ledger import CLOSED, credit, facts
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services
from volunteer_site.hours.models import HourEntry, Seal

DAYS = [date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)]
MONDAY = datetime(2026, 11, 23, 4)
SUNDAY = datetime(2026, 11, 22, 9)


@pytest.fixture
def posted(in_app, make):
    """Three entries on Friday, none on Saturday, one on Sunday; returns their numbers."""
    community = make.community()
    with write_transaction():
        numbers = services.post(facts(), [credit(n, community, n) for n in (1, 2, 3)], now=CLOSED)
        numbers += services.post(facts(), [credit(4, community, 4)], now=SUNDAY)
    return numbers


@pytest.fixture
def sealed(posted):
    assert services.seal(MONDAY) == 3
    return posted


def tamper(*statements):
    """Change what may not be changed, as somebody with the database's password could."""
    with write_transaction():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(sa.text("SET LOCAL session_replication_role = replica"))
        else:
            for name in db.session.scalars(
                sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).all():
                db.session.execute(sa.text(f"DROP TRIGGER {name}"))
        for statement in statements:
            db.session.execute(sa.text(statement))


def first_fault():
    report = services.verify()
    assert not report.sound
    return report.faults[0]


def test_each_day_that_is_over_is_sealed_also_an_empty_one(sealed):
    seals = db.session.execute(sa.select(Seal.day, Seal.entries, Seal.minutes)).all()

    assert sorted(map(tuple, seals)) == list(zip(DAYS, (3, 0, 1), (180, 0, 60), strict=True))
    report = services.verify()
    assert report.sound
    assert (report.days, report.entries, report.minutes) == (3, 4, 240)


def test_sealing_twice_changes_nothing(sealed):
    before = db.session.execute(sa.select(Seal.__table__)).all()

    assert services.seal(MONDAY) == 0
    assert services.seal(MONDAY + timedelta(hours=3)) == 0
    assert db.session.execute(sa.select(Seal.__table__)).all() == before


def test_a_day_is_sealed_when_it_is_over_and_not_before(posted):
    midnight = datetime(2026, 11, 22)

    assert services.seal(midnight) == 1, "postings of the last hour may still be under way"
    assert services.seal(midnight + timedelta(hours=2)) == 1
    assert services.days_due(midnight + timedelta(hours=2)) == []


def test_an_empty_ledger_has_nothing_to_seal(in_app):
    assert services.seal(MONDAY) == 0
    assert services.verify().sound


@pytest.mark.parametrize(
    "change",
    [
        "minutes = 59",
        "person_id = 99",
        "proof = 'ticked'",
        "started_at = '2026-11-20 10:00:01'",
        "recorded_by_id = 12",
        "recorded_at = '2026-11-20 12:00:00'",
    ],
)
def test_an_entry_that_was_changed_is_named(sealed, change):
    tamper(f"UPDATE hour_entries SET {change} WHERE id = {sealed[1]}")

    assert f"Entry {sealed[1]}, recorded on 2026-11-20, was changed" in first_fault()


def test_a_service_that_was_renamed_is_noticed(sealed):
    tamper("UPDATE service_records SET title = '联欢会'")

    assert "or its service record" in first_fault()


def test_an_entry_that_was_removed_is_named(sealed):
    tamper(f"DELETE FROM hour_entries WHERE id = {sealed[2]}")

    assert f"Entry {sealed[2]}, recorded and sealed on 2026-11-20, is missing" in first_fault()


@pytest.mark.parametrize("moment", ["2026-11-21 12:00:00", "2026-11-18 12:00:00"])
def test_an_entry_dated_back_is_named(sealed, posted, moment):
    columns = [c.name for c in HourEntry.__table__.c if c.name not in {"id", "source_id"}]
    copied = ", ".join(f"'{moment}'" if name == "recorded_at" else name for name in columns)
    tamper(
        f"INSERT INTO hour_entries ({', '.join(columns)}, id, source_id) "
        f"SELECT {copied}, 77, 77 FROM hour_entries WHERE id = {posted[0]}"
    )

    assert first_fault().startswith("Entry 77 ")


@pytest.mark.parametrize("day", DAYS)
def test_a_seal_that_was_removed_is_named(sealed, day):
    tamper(f"DELETE FROM seals WHERE day = '{day}'")

    assert str(day if day != DAYS[0] else DAYS[1]) in first_fault()


def test_a_last_day_that_was_removed_with_all_its_entries_is_noticed(sealed):
    tamper("DELETE FROM seals WHERE day = '2026-11-22'",
           f"DELETE FROM hour_entries WHERE id = {sealed[3]}",
           "DELETE FROM monthly_totals WHERE person_id = 4")  # fmt: skip

    assert first_fault() == "The seal of 2026-11-22 is missing."


def test_a_ledger_that_was_sealed_anew_is_noticed(sealed):
    tamper(f"UPDATE hour_entries SET minutes = 10 WHERE id = {sealed[0]}", "DELETE FROM seals",
           "UPDATE monthly_totals SET minutes = 10 WHERE person_id = 1")  # fmt: skip
    services.seal(MONDAY + timedelta(hours=1))

    assert first_fault() == "The seal of 2026-11-22 is not the one that was made then."


@pytest.mark.parametrize(
    "change",
    [
        "minutes = 1",
        "entries = 1",
        "sealed_at = '2026-11-23 05:00:00'",
        "digest = 'abc'",
        "previous_digest = 'abc'",
        "trail = '1:5e88f2a1'",
    ],
)
def test_a_seal_that_was_changed_is_named(sealed, change):
    tamper(f"UPDATE seals SET {change} WHERE day = '2026-11-21'")

    assert "2026-11-21" in first_fault()


def test_a_total_that_was_changed_is_named_and_can_be_counted_anew(sealed):
    tamper("UPDATE monthly_totals SET minutes = 999 WHERE person_id = 2",
           "DELETE FROM monthly_totals WHERE person_id = 3")  # fmt: skip
    report = services.verify()
    assert [fault.split()[4] for fault in report.faults] == ["2", "3"]

    with write_transaction():
        assert services.rebuild_totals() == 4

    assert services.verify().sound


def test_what_was_written_down_is_compared(sealed):
    last = services.verify().last
    assert last.startswith("2026-11-22 ")

    assert services.verify([last]).sound
    assert not services.verify([last[:-1] + ("1" if last[-1] == "0" else "0")]).sound
    assert services.verify([last[:35]]).sound, "the first digits are enough"


def test_days_sealed_one_by_one_verify_like_those_sealed_together(posted):
    for hours in (24, 48, 72):
        services.seal(datetime(2026, 11, 20, 4) + timedelta(hours=hours))

    assert services.verify().days == 3
    assert services.verify().sound
