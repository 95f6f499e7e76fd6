"""Signing a month off and sealing it. Call inside a `write_transaction`."""

from datetime import datetime

from volunteer_site.core import audit, dates, turns
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.books import queries
from volunteer_site.hours.books.checks import SEALED
from volunteer_site.hours.books.digests import Contents, Who, contents
from volunteer_site.hours.books.models import BookSeal, BookSignOff
from volunteer_site.hours.books.queries import SETTLED


class MonthNotOver(Refusal):
    """A month is signed off when it is over."""


class BookSealed(Refusal):
    """A sealed book never changes."""


class BookChanged(Refusal):
    """Entries were added that whoever signed, or wants to sign, has not seen."""


class NotSignedOff(Refusal):
    """The coordinator has not signed the month off yet."""


class SameHands(Refusal):
    """Nobody seals what they have signed off themselves."""


class JustSignedOff(Refusal):
    """What was under way at the sign-off may still be written."""


def sign_off(
    recorder_id: int, month: str, *, by_id: int, now: datetime, seen: int | None = None
) -> int:
    """Say that a month is complete, as it stands; return the number of the sign-off.

    Signing the same state twice changes nothing. `seen` is how many lines the page showed. Raises
    MonthNotOver, BookSealed and BookChanged.
    """
    turns.wait_for(_turn(recorder_id, month))
    if now < dates.month_bounds(month)[1]:
        raise MonthNotOver(
            _(
                "%(month)s is not over yet. Sign it off from the first day of the next month.",
                month=dates.show_month(month),
            )
        )
    _refuse_sealed(recorder_id, month)
    found = contents(recorder_id, month)
    if seen is not None and seen != found.hashed.entries:
        raise BookChanged(
            _(
                "The page showed %(seen)d entries, the book has %(now)d now. Look at them, then "
                "sign off.",
                seen=seen,
                now=found.hashed.entries,
            )
        )
    return _signed(found, by_id, now)


def seal(recorder_id: int, month: str, *, by_id: int, now: datetime) -> None:
    """Close a book that was signed off, for ever; a second time changes nothing.

    Raises NotSignedOff, BookChanged, SameHands and JustSignedOff.
    """
    turns.wait_for(_turn(recorder_id, month))
    if db.session.get(BookSeal, (recorder_id, month)) is not None:
        return
    signed_off = _last_sign_off(recorder_id, month)
    found = contents(recorder_id, month)
    refuse_unready(signed_off, found, by_id=by_id, now=now)
    who = Who(signed_off.signed_off_at, signed_off.signed_off_by_id)
    digest = found.sealed(who, Who(now, by_id))
    db.session.add(
        BookSeal(
            recorder_id=recorder_id,
            month=month,
            sign_off_id=signed_off.id,
            until_at=signed_off.signed_off_at,
            digest=digest,
            sealed_at=now,
            sealed_by_id=by_id,
        )
    )
    note = f"{month} #{recorder_id} {digest}"
    audit.record(SEALED, by_id, at=now, object_kind="book", object_id=recorder_id, note=note)


def refuse_unready(signed_off: BookSignOff, found: Contents, *, by_id: int, now: datetime) -> None:
    """Raise what keeps a book from being sealed by this person now."""
    if signed_off.digest != found.signed:
        raise BookChanged(
            _(
                "%(signed)d entries were signed off, the book has %(now)d now. The coordinator "
                "looks at them and signs off again.",
                signed=signed_off.entries,
                now=found.hashed.entries,
            )
        )
    if signed_off.signed_off_by_id == by_id:
        raise SameHands(
            _("You signed this month off yourself. Another officer seals it, not the same person.")
        )
    if now - signed_off.signed_off_at < SETTLED:
        raise JustSignedOff(
            _(
                "Signed off just now. It can be sealed from %(time)s, when everything that was "
                "under way is written.",
                time=dates.show_time(signed_off.signed_off_at + 2 * SETTLED),
            )
        )


def _signed(found: Contents, by_id: int, now: datetime) -> int:
    last = queries.last_sign_off(found.recorder_id, found.month)
    if last is not None and last.digest == found.signed:
        return last.id
    made = BookSignOff(
        recorder_id=found.recorder_id,
        month=found.month,
        entries=found.hashed.entries,
        minutes=found.hashed.minutes,
        digest=found.signed,
        signed_off_at=now,
        signed_off_by_id=by_id,
    )
    db.session.add(made)
    db.session.flush()
    note = f"{found.month} {made.digest}"
    audit.record(
        "book.sign_off", by_id, at=now, object_kind="book", object_id=found.recorder_id, note=note
    )
    return made.id


def _last_sign_off(recorder_id: int, month: str) -> BookSignOff:
    last = queries.last_sign_off(recorder_id, month)
    if last is None:
        raise NotSignedOff(
            _("This month is not signed off yet. The community's coordinator does that first.")
        )
    return last


def _refuse_sealed(recorder_id: int, month: str) -> None:
    if db.session.get(BookSeal, (recorder_id, month)) is not None:
        raise BookSealed(
            _(
                "The book of %(month)s is sealed and does not change any more. What is corrected "
                "or entered now is in the book of the month in which it is recorded.",
                month=dates.show_month(month),
            )
        )


def _turn(recorder_id: int, month: str) -> str:
    return f"book {recorder_id} {month}"
