"""Do the sealed books still say what was sealed? Reads only."""

from collections.abc import Iterator

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours.books.digests import Contents, Who, contents
from volunteer_site.hours.books.models import BookSeal, BookSignOff

SEALED = "book.seal"  # how the audit log calls it; the note is "2026-10 #12 <digest>"


def count() -> int:
    """Return how many books are sealed."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(BookSeal)) or 0


def faults() -> Iterator[str]:
    """Yield a sentence for each sealed book that does not fit, oldest first."""
    order = (BookSeal.month, BookSeal.recorder_id)
    keys = db.session.execute(sa.select(*order).order_by(*order)).all()
    for month, recorder_id in keys:
        seal = db.session.get_one(BookSeal, (recorder_id, month), populate_existing=True)
        if words := _fault(seal):
            yield words


def _fault(seal: BookSeal) -> str:
    """Compare a book with what was signed off and sealed; nothing if it fits."""
    which = f"The book of {seal.month} of organisation {seal.recorder_id}"
    signed = db.session.get(BookSignOff, seal.sign_off_id, populate_existing=True)
    if signed is None or signed.signed_off_at != seal.until_at:
        return f"{which} is sealed, but its sign-off is missing or was changed."
    try:
        found = contents(seal.recorder_id, seal.month)
    except (KeyError, TypeError, ValueError) as error:
        return f"{which} cannot be read: {error}."
    if (found.hashed.entries, found.hashed.minutes) != (signed.entries, signed.minutes):
        return (
            f"{which} was sealed with {signed.entries} lines and {signed.minutes} minutes, and has "
            f"{found.hashed.entries} lines and {found.hashed.minutes} minutes now."
        )
    return "" if _same(seal, signed, found) else f"{which} is not the one that was sealed."


def _same(seal: BookSeal, signed: BookSignOff, found: Contents) -> bool:
    who = Who(signed.signed_off_at, signed.signed_off_by_id)
    digest = found.sealed(who, Who(seal.sealed_at, seal.sealed_by_id))
    return (seal.digest, signed.digest) == (digest, found.signed)
