"""Seals as they stand on paper and in files outside the site: written, and read again.

A line is a day and its digest, or a month, the number of an organisation and the digest of its
book: "2026-11-20 5e88…" and "2026-10 #12 9f3c…". What was typed from paper may be shorter and in
groups: "2026-11-20 5e88 48ab 91c2 77f0 a2b4 c6d8". Empty lines and those that begin with # are
not read.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours.books.models import BookSeal
from volunteer_site.hours.models import Seal

GROUP, GROUPS = 4, 6  # how a digest is printed, to be compared by eye
LEAST = 16  # digits by which a seal is known again
_LINE = re.compile(r"([0-9]{4}-[0-9]{2}(?:-[0-9]{2}| +#[0-9]+))\s+([0-9a-fA-F .-]+)")
_DIGEST = re.compile(f"[0-9a-f]{{{LEAST},64}}")


class Unreadable(ValueError):
    """A line is not a seal; the message says which and what one looks like."""


class Known(NamedTuple):
    """A seal as it was published: what it is of, and its digest or the beginning of it."""

    of: str  # "2026-11-20", or "2026-10 #12"
    digest: str

    @property
    def words(self) -> str:
        """Return what it is the seal of, in words."""
        month, _, number = self.of.partition(" #")
        return f"the book of {month} of organisation {number}" if number else self.of


def read(lines: Iterable[str]) -> list[Known]:
    """Return the seals of a file or of a sheet that was typed in; raises Unreadable."""
    told = ((number, line.strip()) for number, line in enumerate(lines, start=1))
    return [_read(number, line) for number, line in told if line and not line.startswith("#")]


def short(digest: str) -> str:
    """Return the beginning of a digest in groups, to be compared by eye."""
    return " ".join(digest[at : at + GROUP] for at in range(0, GROUP * GROUPS, GROUP))


def everything() -> Iterator[str]:
    """Yield a line for every day and every book that is sealed, oldest first."""
    for day, digest in db.session.execute(sa.select(Seal.day, Seal.digest).order_by(Seal.day)):
        yield f"{day} {digest}"
    asked = sa.select(BookSeal.month, BookSeal.recorder_id, BookSeal.digest)
    for month, number, digest in db.session.execute(asked.order_by(*asked.selected_columns[:2])):
        yield f"{month} #{number} {digest}"


def digest_now(of: str) -> str | None:
    """Return the digest that the site has for this day or book now; None if there is none."""
    month, _, number = of.partition(" #")
    if number:
        asked = sa.select(BookSeal.digest).where(
            BookSeal.month == month, BookSeal.recorder_id == int(number)
        )
        return db.session.scalar(asked)
    return db.session.scalar(sa.select(Seal.digest).where(Seal.day == date.fromisoformat(of)))


def _read(number: int, line: str) -> Known:
    found = _LINE.fullmatch(line)
    digest = re.sub("[ .-]", "", found[2]).lower() if found else ""
    if found is None or not _DIGEST.fullmatch(digest) or not _is_day(found[1]):
        raise Unreadable(
            f"Line {number} is not a seal: {line[:60]!r}. A seal is a day and at least {LEAST} "
            "digits, such as '2026-11-20 5e88 48ab 91c2 77f0', or '2026-10 #12 …' for a book."
        )
    return Known(re.sub(" +", " ", found[1]), digest)


def _is_day(of: str) -> bool:
    try:
        date.fromisoformat(of if "#" not in of else f"{of[:7]}-01")
    except ValueError:
        return False
    return True
