"""Monthly totals beside the ledger, so that no page adds up years of entries."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from volunteer_site.core.db import db, insert_into
from volunteer_site.hours.models import HourEntry, MonthlyTotal
from volunteer_site.hours.queries import occasions_of

COLUMNS = (HourEntry.person_id, HourEntry.recorder_id, HourEntry.month, HourEntry.minutes)
KEY = ("person_id", "recorder_id", "month")


def add(lines: Iterable[Sequence[Any]]) -> None:
    """Add lines of the ledger (`COLUMNS`) to the totals, or take reversals away from them."""
    sums: dict[tuple[int, int, str], list[int]] = {}
    for person, recorder, month, minutes in lines:
        total = sums.setdefault((person, recorder, month), [0, 0])
        total[0] += minutes
        total[1] += (minutes > 0) - (minutes < 0)
    for key, (minutes, occasions) in sorted(sums.items()):
        if minutes < 0:
            _take(key, minutes, occasions)
    more = [
        dict(zip(KEY, key, strict=True)) | {"minutes": minutes, "occasions": occasions}
        for key, (minutes, occasions) in sorted(sums.items())
        if minutes >= 0
    ]
    if more:
        _give(more)


def rebuild_totals() -> int:
    """Count all totals anew from the ledger; return how many there are."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(sa.text("LOCK TABLE monthly_totals IN SHARE ROW EXCLUSIVE MODE"))
    db.session.execute(sa.delete(MonthlyTotal))
    person, recorder, month, minutes = COLUMNS
    counted = sa.select(
        person, recorder, month, sa.func.sum(minutes), sa.func.sum(occasions_of(minutes))
    ).group_by(person, recorder, month)
    names = [*KEY, "minutes", "occasions"]
    db.session.execute(sa.insert(MonthlyTotal).from_select(names, counted))
    return db.session.scalar(sa.select(sa.func.count()).select_from(MonthlyTotal)) or 0


def _give(rows: list[dict[str, Any]]) -> None:
    added = insert_into(MonthlyTotal)
    raised = {
        name: getattr(MonthlyTotal, name) + getattr(added.excluded, name)
        for name in ("minutes", "occasions")
    }
    db.session.execute(added.on_conflict_do_update(index_elements=list(KEY), set_=raised), rows)


def _take(key: tuple[int, int, str], minutes: int, occasions: int) -> None:
    """Lower a total; an insert with a negative number would break its check before it is added."""
    lowered = (
        sa.update(MonthlyTotal)
        .where(*(getattr(MonthlyTotal, n) == v for n, v in zip(KEY, key, strict=True)))
        .values(
            minutes=MonthlyTotal.minutes + minutes, occasions=MonthlyTotal.occasions + occasions
        )
    )
    outcome = db.session.execute(lowered, execution_options={"synchronize_session": False})
    if not outcome.rowcount:  # type: ignore[attr-defined]
        raise LookupError(f"No monthly total for {key}: run `flask ledger rebuild-totals`.")
