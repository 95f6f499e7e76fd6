"""Whoever has the database's password can rewrite everything in it, but not what was printed.

Each story tampers so thoroughly that the database by itself looks sound: rows, totals, seals,
books and the audit log's notes all fit again. Only the seals kept outside tell.
"""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.hours import test_books as tale
from tests.hours.test_sealing import tamper
from volunteer_site.core.db import db
from volunteer_site.hours import published, services
from volunteer_site.hours.models import HourEntry

SATURDAY = datetime(2026, 11, 7, 4)
FORGET = ("DELETE FROM seals", "DELETE FROM audit_events WHERE kind = 'ledger.seal'")
COUNT_ANEW = "UPDATE monthly_totals SET minutes = 10 WHERE person_id = {}"

place, coordinator, officer = tale.place, tale.coordinator, tale.officer
entries, sealed = tale.entries, tale.sealed


@pytest.fixture
def printed(sealed):
    """All seals of days and books, as they were saved from the site on Saturday."""
    services.seal(SATURDAY)
    return list(published.everything())


def faults(printed):
    assert services.verify().sound, "it was not tampered with thoroughly enough"
    return services.verify(printed).faults


def person_of(entry_id):
    return db.session.scalar(sa.select(HourEntry.person_id).where(HourEntry.id == entry_id))


def test_what_nobody_touched_is_as_it_was_printed(printed):
    report = services.verify(printed)

    assert report.sound
    assert report.compared == len(printed) == 9  # eight days and a book


def test_a_past_that_was_rewritten_and_sealed_anew_is_noticed(printed, sealed):
    tamper(
        *FORGET,
        f"UPDATE hour_entries SET minutes = 10 WHERE id = {sealed[0]}",
        COUNT_ANEW.format(person_of(sealed[0])),
        "DELETE FROM book_seals",
        "DELETE FROM book_sign_offs",
        "DELETE FROM audit_events WHERE kind LIKE 'book.%'",
    )
    services.seal(SATURDAY)

    first, *_rest, last = faults(printed)
    assert first == "The seal of 2026-10-30 is not the one that was made then."
    assert last.startswith("The seal of the book of 2026-10 of organisation")


def test_a_last_day_that_was_removed_with_its_seal_is_noticed(printed, place, make, sealed):
    tale.post(place, 77, 3, starts_at=datetime(2026, 11, 7, 10))
    services.seal(SATURDAY + timedelta(days=1))
    printed = list(published.everything())
    tamper(
        "DELETE FROM seals WHERE day = '2026-11-07'",
        "DELETE FROM hour_entries WHERE person_id = 77",
        "DELETE FROM monthly_totals WHERE person_id = 77",
        "DELETE FROM audit_events WHERE kind = 'ledger.seal'",
    )

    assert faults(printed) == ("The seal of 2026-11-07 is missing.",)


def test_a_seal_typed_from_paper_is_enough(printed, sealed):
    typed = [f"{line[:10]} {published.short(line[11:])}" for line in printed if "#" not in line]
    assert services.verify(typed[-1:]).sound
    tamper(*FORGET, f"UPDATE hour_entries SET proof = 'ticked' WHERE id = {sealed[0]}")
    tamper("DELETE FROM book_seals", "DELETE FROM audit_events WHERE kind = 'book.seal'")
    services.seal(SATURDAY)

    assert faults(typed[-1:]) == ("The seal of 2026-11-06 is not the one that was made then.",)


def test_a_book_whose_seal_was_taken_off_is_noticed(printed):
    tamper("DELETE FROM book_seals", "DELETE FROM audit_events WHERE kind = 'book.seal'")

    (fault,) = faults(printed)
    assert fault.startswith("The seal of the book of 2026-10 of organisation")
    assert fault.endswith("is missing.")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE book_sign_offs SET minutes = 60", "was sealed with 2 lines and 60 minutes"),
        ("UPDATE book_sign_offs SET signed_off_by_id = 1", "is not the one that was sealed"),
        ("UPDATE book_seals SET sealed_at = '2026-11-03 04:00:00'", "is not the one that was seal"),
        (
            "UPDATE book_seals SET until_at = '2026-10-30 10:00:00'",
            "its sign-off is missing",
        ),
        ("DELETE FROM book_seals", "is missing"),
    ],
)
def test_a_book_that_was_changed_is_named(sealed, change, words):
    tamper(change)

    assert any("book of 2026-10" in one and words in one for one in services.verify().faults)


def test_an_entry_that_was_changed_breaks_its_book_too(sealed):
    tamper(f"UPDATE hour_entries SET minutes = 10 WHERE id = {sealed[0]}")

    assert any("sealed with 2 lines and 120 minutes" in one for one in services.verify().faults)


def test_an_entry_removed_before_it_was_sealed_leaves_a_gap(entries, place):
    tale.post(place, 77, 3)
    tamper(f"DELETE FROM hour_entries WHERE id = {entries[1]}",
           "DELETE FROM monthly_totals WHERE person_id = "
           f"{person_of(entries[1])}")  # fmt: skip

    report = services.verify()
    assert report.sound
    assert report.notes == (f"Number {entries[1]} is not in the ledger.",)


def test_an_audit_note_that_was_changed_is_noticed(printed):
    tamper("UPDATE audit_events SET note = 'nothing' WHERE kind = 'ledger.seal'")

    assert services.verify().faults[0].startswith("The audit log's own note of a seal was changed")


@pytest.mark.parametrize("line", ["2026-11-20", "2026-11-20 5e88 48ab", "2026-13-40 " + "a" * 64,
                                  "2026-10 12 " + "a" * 64, "hello"])  # fmt: skip
def test_what_is_not_a_seal_is_not_taken_for_one(line):
    with pytest.raises(published.Unreadable, match="Line 2 is not a seal"):
        published.read(["# comment", line])


def test_seals_are_read_as_people_type_them():
    digest = "5e8848ab91c277f0"

    read = published.read(["", "2026-11-20 5E88-48AB 91c2.77f0\n", "2026-10  #12 " + digest])
    assert read == [("2026-11-20", digest), ("2026-10 #12", digest)]
