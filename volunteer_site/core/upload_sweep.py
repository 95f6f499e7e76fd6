"""Removing uploads that nothing names any more: no photo is kept longer than there is a reason.

A module first takes the names out of its own rows, when it hears `forgetting`; then a file goes
that is older than a day and stands in no `uploads.name_column`. A backup keeps its own copy.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from blinker import Signal

from volunteer_site.core import uploads
from volunteer_site.core.db import Model, db, write_transaction

A_DAY: Final = timedelta(days=1)  # from handing in to the row that names it
ASKED_ABOUT: Final = timedelta(days=30)  # what was refused or withdrawn may be looked at so long

forgetting = Signal("inside a transaction: before, the end of what may be forgotten, and now")


def forget(now: datetime) -> int:
    """Let every module forget its old photos, then remove what nothing names; return how many."""
    with write_transaction():
        forgetting.send(before=now - ASKED_ABOUT, now=now)
    before = now - A_DAY
    old = list(_handed_in_before(before))
    named = _named() if old else set()  # asked later than the files: a row written now counts
    return sum(_remove(path, before) for path in old if path.name not in named)


def columns() -> Iterator[sa.Column[str]]:
    """Return every column of the site that names uploads."""
    for table in Model.metadata.sorted_tables:
        yield from (one for one in table.columns if one.info.get(uploads.NAMES_UPLOADS))


def _handed_in_before(moment: datetime) -> Iterator[Path]:
    for path in uploads.folder().glob("??/*"):
        with suppress(FileNotFoundError):  # a draft that has got its name meanwhile
            if _handed_in(path) < moment:
                yield path


def _named() -> set[str]:
    return {name for column in columns() for name in db.session.scalars(sa.select(column))}


def _remove(path: Path, before: datetime) -> bool:
    """Remove the file unless the same content is being handed in again at this moment."""
    aside = path.with_name(f".{path.name}.going")  # who hands it in now writes it anew
    path.rename(aside)
    if _handed_in(aside) < before:
        aside.unlink()
        return True
    aside.rename(path)
    return False


def _handed_in(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None)
