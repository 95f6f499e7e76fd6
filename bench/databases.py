"""The demo databases that are measured: made once, kept, and copied for each run.

A kept database is made anew when the migrations change, or after a week, as its activities would
all be over. They lie in `instance/bench/`, or where the environment variable BENCH_FOLDER says.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from flask import Flask

from volunteer_site import create_app

ROOT: Final = Path(__file__).parents[1]
SECRET: Final = "only the measurements know this secret"
FILE: Final = "site.sqlite"
A_WEEK: Final = 7 * 24 * 3600


def folder() -> Path:
    """Return where the databases and tools of the measurements are kept."""
    found = Path(os.environ.get("BENCH_FOLDER") or ROOT / "instance" / "bench")
    found.mkdir(parents=True, exist_ok=True)
    return found


def copy(scale: str, name: str) -> Path:
    """Return a fresh copy of the demo database of that size; makes the original if need be."""
    original = _kept(scale)
    target = folder() / name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    shutil.copyfile(original, target / FILE)
    return target / FILE


def site(path: Path) -> Flask:
    """Return the site on that database, to look things up in."""
    settings = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{path}", "SECRET_KEY": SECRET}
    return create_app({"INSTANCE_PATH": str(path.parent)} | settings)


@contextmanager
def changing(path: Path) -> Iterator[sqlite3.Connection]:
    """Change the database beside the running site, for instance to make an activity full."""
    with closing(sqlite3.connect(path, timeout=30)) as connection, connection:
        yield connection


def _kept(scale: str) -> Path:
    kept = folder() / f"{scale}-{_migrations()}" / FILE
    if kept.exists() and time.time() - kept.stat().st_mtime < A_WEEK:
        return kept
    for old in folder().glob(f"{scale}-*"):
        shutil.rmtree(old)  # of other migrations, or stopped half-way
    draft = folder() / f"{scale}-draft"
    draft.mkdir()
    print(f"Making the {scale} database; it is kept for a week.", flush=True)
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "bench.databases", scale, draft / FILE], check=True)
    print(f"Made in {time.monotonic() - began:.0f} s.", flush=True)
    draft.rename(kept.parent)
    return kept


def _migrations() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "volunteer_site" / "migrations" / "versions").glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def _load(scale: str, path: Path) -> None:
    """Run `flask db upgrade` and `flask demo load`, with their progress bars."""
    import flask_migrate  # noqa: F401, PLC0415 -- as the `flask` command does, before the site
    from flask.cli import FlaskGroup  # noqa: PLC0415 -- only the process that loads needs it

    app = site(path)
    commands = FlaskGroup(create_app=lambda: app)
    commands.main(["db", "upgrade"], standalone_mode=False)
    commands.main(["demo", "load", "--scale", scale], standalone_mode=False)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    _load(sys.argv[1], Path(sys.argv[2]))
