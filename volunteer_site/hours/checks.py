"""Does the ledger still say what was sealed? Reads only; names what does not fit."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa

from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db
from volunteer_site.hours import published, queries
from volunteer_site.hours.books import checks as books
from volunteer_site.hours.digests import DAY, FIRST, Hashed, hash_day
from volunteer_site.hours.models import HourEntry, Seal
from volunteer_site.hours.published import Known

SEALED = "ledger.seal"  # how the audit log calls it; the note is "2026-11-20 <digest>"
GAPS = 20  # shown
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Report:
    """What verifying found; `faults` are sentences, the first about seals named first."""

    days: int
    entries: int
    minutes: int
    last: str  # "2026-11-20 <digest>", worth writing down outside the site; "" if never sealed
    faults: tuple[str, ...]
    books: int = 0  # sealed ones
    compared: int = 0  # seals that were known from outside
    notes: tuple[str, ...] = ()  # worth a look, but no proof of anything

    @property
    def sound(self) -> bool:
        """Tell whether everything fits."""
        return not self.faults


class Broken(Exception):
    """Something does not fit; the message names it."""


def verify(known: Iterable[str] = (), progress: Progress | None = None) -> Report:
    """Compute every seal again, of days and of books; compare the monthly totals with the entries.

    `known` are lines of seals as they were shown, saved or printed before (`published`); the audit
    log remembers others. `progress` is called with 1 for each sealed day. Raises Unreadable.
    """
    outside = published.read(known)
    days, entries, minutes, last, faults = 0, 0, 0, "", list[str]()
    try:
        for seal in _fitting(progress or _quiet):
            days, entries, minutes = days + 1, entries + seal.entries, minutes + seal.minutes
            last = f"{seal.day} {seal.digest}"
    except Broken as broken:
        faults.append(str(broken))
    faults += _unlike_remembered()
    faults += _unlike(outside)
    faults += books.faults()
    faults += map(_difference_words, queries.totals_that_differ())
    return Report(
        days, entries, minutes, last, tuple(faults), books.count(), len(outside), tuple(_notes())
    )


def _fitting(progress: Progress) -> Iterator[Seal]:
    """Yield the seals, oldest first; raises Broken at the first that does not fit."""
    previous: Seal | None = None
    for day in queries.sealed_days():
        seal = db.session.get_one(Seal, day, populate_existing=True)
        _check_place(seal, previous)
        _check_content(seal)
        progress(1)
        yield seal
        previous = seal


def _check_place(seal: Seal, previous: Seal | None) -> None:
    """Compare a seal with the one before it, and the first with what came before all seals."""
    if previous is None:
        begins = datetime.combine(seal.day, time())
        early = sa.select(sa.func.min(HourEntry.id)).where(HourEntry.recorded_at < begins)
        if (number := db.session.scalar(early)) is not None:
            raise Broken(f"Entry {number} was recorded before the first sealed day, {seal.day}.")
    elif seal.day != previous.day + DAY:
        raise Broken(f"The seal of {previous.day + DAY} is missing.")
    if seal.previous_digest != (previous.digest if previous else FIRST):
        raise Broken(f"The seal of {seal.day} does not follow the one of the day before.")


def _check_content(seal: Seal) -> None:
    """Compare a seal with the entries of its day; name the entry, or the seal itself."""
    try:
        found = hash_day(seal.day)
    except (KeyError, TypeError, ValueError) as error:
        raise Broken(f"The entries of {seal.day} cannot be read: {error}.") from error
    if found.trail != seal.trail:
        raise Broken(_trail_words(seal.day, _trail(seal.trail), _trail(found.trail)))
    if not _same(seal, found):
        raise Broken(f"The seal of {seal.day} does not fit: it was changed, or all entries were.")


def _same(seal: Seal, found: Hashed) -> bool:
    digest = found.digest(seal.day, seal.previous_digest, seal.sealed_at)
    told = (seal.entries, seal.minutes, seal.digest)
    return told == (found.entries, found.minutes, digest)


def _trail(text: str) -> dict[str, str]:
    """Return each entry's number with the beginning of its digest."""
    return dict(part.partition(":")[::2] for part in text.split())


def _trail_words(day: date, sealed: Mapping[str, str], found: Mapping[str, str]) -> str:
    for number in sorted(sealed.keys() | found.keys(), key=lambda text: (len(text), text)):
        if number not in found:
            return f"Entry {number}, recorded and sealed on {day}, is missing."
        if number not in sealed:
            return f"Entry {number} says it was recorded on {day}, but is not in that day's seal."
        if sealed[number] != found[number]:
            return f"Entry {number}, recorded on {day}, was changed, or its service record was."
    return f"The seal of {day} was changed."


def _remembered() -> list[str]:
    """Return the last seal of each sealing and each book's, as the audit log noted them."""
    kinds = (SEALED, books.SEALED)
    asked = sa.select(AuditEvent.note).where(AuditEvent.kind.in_(kinds)).order_by(AuditEvent.id)
    return list(db.session.scalars(asked))


def _unlike_remembered() -> Iterator[str]:
    """Compare the seals with what the audit log remembers of them."""
    try:
        yield from _unlike(published.read(_remembered()))
    except published.Unreadable as error:
        yield f"The audit log's own note of a seal was changed. {error}"


def _unlike(known: Iterable[Known]) -> Iterator[str]:
    """Compare the seals with what was known of them before, so that none can be removed."""
    for one in dict.fromkeys(known):
        digest = published.digest_now(one.of)
        if digest is None:
            yield f"The seal of {one.words} is missing."
        elif not digest.startswith(one.digest):
            yield f"The seal of {one.words} is not the one that was made then."


def _notes() -> Iterator[str]:
    """Yield which numbers of entries are missing: removed before sealing, or never given."""
    before = sa.func.lag(HourEntry.id, 1, 0).over(order_by=HourEntry.id)
    rows = sa.select(HourEntry.id.label("id"), before.label("before")).subquery().c
    gaps = sa.select(rows.before + 1, rows.id - 1).where(rows.id - rows.before > 1)
    for first, last in db.session.execute(gaps.order_by(rows.id).limit(GAPS)):
        which = f"Number {first} is" if first == last else f"Numbers {first} to {last} are"
        yield f"{which} not in the ledger."


def _difference_words(found: queries.Difference) -> str:
    return (
        f"The total of person {found.person_id} at organisation {found.recorder_id} for "
        f"{found.month} is {found.kept} minutes, the entries say {found.minutes}."
    )


def _quiet(_days: int) -> None:
    """Tell nobody."""
