"""A whole copy of the database in one file, and the way back from it.

On SQLite the file is a SQLite database; on PostgreSQL it is what `pg_dump` makes. Photos and papers
that were handed in are copied into the folder `uploads` beside it.
"""

import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

import sqlalchemy as sa

from volunteer_site.core import upload_copies, uploads
from volunteer_site.core.db import db, revisions

Progress: TypeAlias = Callable[[int, int], None]  # pages still to copy, pages in all
PAGES_A_STEP = 2000
WIPE = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
ALL_OR_NOTHING = ("--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1")
SQLITE_FILE, POSTGRESQL_FILE = b"SQLite format 3\x00", b"PGDMP"


class BackupError(Exception):
    """A backup cannot be made or used; the sentence says why and what to do."""


def create(file: Path, progress: Progress) -> None:
    """Copy the whole database to `file` while the site runs; a file of that name is replaced.

    The copy shows one moment, only its owner may read it, and it appears when it is complete.
    Raises BackupError if it cannot be written.
    """
    if not file.parent.is_dir():
        raise BackupError(f"There is no folder {file.parent}; make it, or choose another.")
    draft = file.with_name(f"{file.name}.partial")
    draft.unlink(missing_ok=True)
    try:
        draft.touch(mode=0o600)
        if _is_sqlite():
            _copy(_sqlite_path(), draft, progress)
        else:
            _run("pg_dump", "--format=custom", "--no-owner", f"--file={draft}")
        _keep(draft, file)
        upload_copies.save(uploads.folder(), file)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{file} cannot be written: {error}.") from error
    finally:
        draft.unlink(missing_ok=True)


def restore(file: Path, progress: Progress) -> Path | None:
    """Put the database back to what `file` holds, whole or not at all; the site must be stopped.

    Returns where the SQLite file that stood there before is kept. Raises BackupError if the file
    is no backup of this site, is damaged, comes from a later version, or the site is running.
    """
    _check_kind(file)
    if _is_sqlite():
        kept = _restore_sqlite(file, progress)
    else:
        kept = None
        _restore_postgresql(file)
    try:
        upload_copies.bring_back(file, uploads.folder())
    except OSError as error:
        raise BackupError(f"The database is back, but not all uploads: {error}.") from error
    return kept


def _is_sqlite() -> bool:
    return bool(db.engine.dialect.name == "sqlite")


def _sqlite_path() -> Path:
    return Path(str(db.engine.url.database)).absolute()


def _check_kind(file: Path) -> None:
    """Raise BackupError unless the file begins as a backup of this kind of database does."""
    wanted = SQLITE_FILE if _is_sqlite() else POSTGRESQL_FILE
    try:
        with file.open("rb") as opened:
            beginning = opened.read(len(wanted))
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror}.") from error
    if beginning != wanted:
        kind = "SQLite" if _is_sqlite() else "PostgreSQL"
        raise BackupError(f"{file} is not a backup of a {kind} database; nothing was changed.")


def _check_revision(found: str | None, file: Path) -> None:
    if found not in revisions():
        raise BackupError(
            f"{file} was made by another version of the site (its tables are {found or 'unknown'}"
            f", this version knows {revisions()[0]}). Install that version; nothing was changed."
        )


# SQLite


def _restore_sqlite(file: Path, progress: Progress) -> Path | None:
    with _reading_sqlite(file) as backup:
        _check_revision(_revision_in(backup), file)
    db.engine.dispose()
    here = _sqlite_path()
    kept = _set_aside(here, file) if here.exists() else None
    draft = here.with_name(f"{here.name}.partial")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    _copy(file, draft, progress)
    _keep(draft, here)
    return kept


@contextmanager
def _reading_sqlite(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            faults = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            faults = str(error)
        if faults != "ok":
            raise BackupError(f"{file} is damaged ({faults}); use an older one.")
        yield connection


def _revision_in(connection: sqlite3.Connection) -> str | None:
    with suppress(sqlite3.OperationalError):
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None
    return None


def _copy(source: Path, target: Path, progress: Progress) -> None:
    """Copy a database as it stands at this moment; those who write to it go on."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.execute("BEGIN")
        read.execute("SELECT count(*) FROM sqlite_master")  # from here on it sees one moment
        read.backup(
            written, pages=PAGES_A_STEP, progress=lambda _, left, pages: progress(left, pages)
        )
        written.execute("PRAGMA journal_mode = DELETE")  # so that the copy is one file


def _set_aside(here: Path, backup: Path) -> Path:
    """Make sure that nobody uses the database, and keep it under another name."""
    with closing(sqlite3.connect(here, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")  # only if nobody has it open
        except sqlite3.OperationalError as error:
            raise BackupError("The site is running; stop it, then restore again.") from error
    kept = here.with_name(f"{here.name}.before-{backup.name}")
    number = 2
    while kept.exists():
        kept = here.with_name(f"{here.name}.before-{backup.name}-{number}")
        number += 1
    os.link(here, kept)
    return kept


def _keep(draft: Path, file: Path) -> None:
    """Give a complete file its name, so that it survives a power cut."""
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


# PostgreSQL


def _restore_postgresql(file: Path) -> None:
    _check_revision(_revision_in_dump(file), file)
    _check_nobody_is_connected()
    db.engine.dispose()
    with tempfile.TemporaryDirectory() as folder:
        sql = f"{folder}/backup.sql"  # a file of its own: a dump that breaks off is not run
        _run("pg_restore", "--no-owner", f"--file={sql}", str(file))
        _run("psql", "--quiet", *ALL_OR_NOTHING, f"--command={WIPE}", f"--file={sql}")


def _revision_in_dump(file: Path) -> str | None:
    rows = _run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(file))
    return next((name for name in revisions() if name in rows.splitlines()), None)


def _check_nobody_is_connected() -> None:
    others = sa.text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with db.engine.connect() as connection:
        if connection.scalar(others):
            raise BackupError("The site is running; stop it, then restore again.")


def _run(program: str, *arguments: str) -> str:
    """Run a program of PostgreSQL on the site's database; the password is not on its command."""
    url = db.engine.url
    connect = {
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    environment = os.environ | {name: str(value) for name, value in connect.items() if value}
    try:
        done = subprocess.run(  # noqa: S603 -- our own programs and arguments
            [program, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise BackupError(f"{program} was not found; install PostgreSQL's client.") from error
    if done.returncode:
        raise BackupError(f"{program} did not work: {done.stderr.strip()}")
    return done.stdout
