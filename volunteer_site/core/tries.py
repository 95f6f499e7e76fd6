"""What is kept of phones and networks to stop who guesses goes after a day (R54).

Who tries again clears what is older beside it at once; the rest goes at night.
"""

from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, db, write_transaction

A_DAY: Final = timedelta(days=1)
KEPT_SINCE: Final = "kept for a day since"


def digest_column(*, since: str) -> orm.MappedColumn[Any]:
    """Declare a column with a digest; the column `since` says when its row was written.

    One that may be empty is emptied after a day; a row that is nothing without it goes whole.
    """
    return orm.mapped_column(info={KEPT_SINCE: since})


def columns() -> list[sa.Column[Any]]:
    """Return every column of the site that is kept for a day."""
    tables = Model.metadata.sorted_tables
    return [one for table in tables for one in table.columns if KEPT_SINCE in one.info]


def forget(now: datetime) -> int:
    """Forget what is older than a day; return of how many tries. Twice is once."""
    with write_transaction():
        return sum(_forget(column, now - A_DAY) for column in columns())


def _forget(column: sa.Column[Any], before: datetime) -> int:
    table = column.table
    old = table.c[column.info[KEPT_SINCE]] < before
    forgotten: sa.Update | sa.Delete = sa.delete(table).where(old)
    if column.nullable:
        forgotten = sa.update(table).where(old, column.is_not(None)).values({column: None})
    return int(db.session.execute(forgotten).rowcount)  # type: ignore[attr-defined]
