"""The draw: by chance that nobody can choose and everybody can repeat (R29)."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.hours.models import EntryKind, HourEntry, Seal
from volunteer_site.organisations.models import Organisation

Strata = Mapping[int, Iterable[int]]  # entries by the community that recorded them


def seed(digest: str, month: str, slug: str, officer: str) -> str:
    """Return the seed: from the month's last seal, the district and the officer's own number.

    The seal is there before the draw and covers every entry, so nobody can try seeds out.
    """
    return _hash(f"{digest} {month} {slug} {officer}")


def drawn(begin: str, strata: Strata, percent: int) -> list[int]:
    """Return the entries that are drawn: of each community so many of a hundred, at least one.

    Each entry gets sha256("<seed> <entry>"); the smallest are drawn. So a larger share draws the
    same entries and more.
    """
    chosen: list[int] = []
    for _community, entries in sorted(strata.items()):
        ranked = sorted(entries, key=lambda entry: _hash(f"{begin} {entry}"))
        chosen += ranked[: -(-len(ranked) * percent // 100)]
    return sorted(chosen)


def strata(path: str, month: str) -> dict[int, list[int]]:
    """Return what can be drawn: a district's entries recorded in a month, by community.

    The month is that of the seals, by UTC days. Later corrections do not change it: an entry that
    was taken back since is drawn all the same.
    """
    first, after = _moments(month)
    asked = (
        sa.select(HourEntry.recorder_id, HourEntry.id)
        .join(Organisation, Organisation.id == HourEntry.recorder_id)
        .where(
            Organisation.path.startswith(path),
            HourEntry.recorded_at >= first,
            HourEntry.recorded_at < after,
            HourEntry.kind != EntryKind.REVERSAL,
            HourEntry.minutes > 0,
        )
        .order_by(HourEntry.id)
    )
    found: dict[int, list[int]] = {}
    for recorder, entry in db.session.execute(asked):
        found.setdefault(recorder, []).append(entry)
    return found


def last_seal_of(month: str) -> Seal | None:
    """Return the seal of a month's last day (UTC); None while the month is not sealed."""
    return db.session.get(Seal, _last_day(month))


def months_sealed(number: int = 12) -> list[str]:
    """Return the months that are sealed to their end, the latest first."""
    last: date | None = db.session.scalar(sa.select(sa.func.max(Seal.day)))
    first: date | None = db.session.scalar(sa.select(sa.func.min(Seal.day)))
    if last is None or first is None:
        return []
    month = dates.month_of(last + timedelta(days=1))
    months = [dates.add_months(month, -one) for one in range(1, number + 1)]
    return [one for one in months if _last_day(one) >= first]


def _last_day(month: str) -> date:
    return dates.month_dates(month)[1]


def _moments(month: str) -> tuple[datetime, datetime]:
    first, last = dates.month_dates(month)
    return datetime.combine(first, time()), datetime.combine(last + timedelta(days=1), time())


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
