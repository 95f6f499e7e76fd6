"""The database, and the one way to change it: `write_transaction`."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, orm

MIGRATIONS = Path(__file__).parents[1] / "migrations"
_queue = threading.Lock()


class Model(orm.DeclarativeBase):
    """Base of all models; every constraint gets a predictable name.

    Text is unlimited in the database and limited by checks and forms; times are UTC without a
    zone; days of service are local dates.
    """

    registry = orm.registry(
        type_annotation_map={
            str: sa.Text(),
            datetime: sa.DateTime(),
            date: sa.Date(),
            dict[str, Any]: sa.JSON(),
        },
        metadata=sa.MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
    )


db = SQLAlchemy(model_class=Model)
migrate = Migrate()


def init_app(app: Flask) -> None:
    """Connect the app to its database, SQLite or PostgreSQL."""
    db.init_app(app)
    migrate.init_app(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            synchronous = app.config["SQLITE_SYNCHRONOUS"]
            event.listen(db.engine, "connect", lambda c, _: _configure_sqlite(c, synchronous))
            event.listen(db.engine, "begin", _begin)


def foreign_key(target: str, **more: Any) -> orm.MappedColumn[Any]:
    """Declare a column that points at another table, with the index every such column needs."""
    return orm.mapped_column(sa.ForeignKey(target), index=True, **more)


def only_where(condition: str) -> dict[str, Any]:
    """Return the keywords that make an index partial on both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


@cache
def revisions() -> tuple[str, ...]:
    """Return the names of all migrations that this version of the site knows, the newest first."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    return tuple(script.revision for script in scripts.walk_revisions())


def _configure_sqlite(connection: sqlite3.Connection, synchronous: str) -> None:
    connection.isolation_level = None  # we emit BEGIN ourselves, see `_begin`
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("PRAGMA busy_timeout = 15000")
    connection.execute("PRAGMA cache_size = -8192")


def _begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def write_transaction() -> Iterator[None]:
    """Commit everything done inside, or nothing if it raises.

    On SQLite the write lock is taken at the start, so what the block reads cannot change before
    it commits; writers queue in order of arrival instead of trying again by chance. On PostgreSQL
    a rule that reads before it writes locks the row or uses one guarded statement.
    """
    session = db.session()
    if session.info.get("writing") or session.new or session.dirty or session.deleted:
        raise RuntimeError("A write_transaction must be the outermost and only writer.")

    session.rollback()  # end the read transaction that came before
    session.info["writing"] = True
    with ExitStack() as stack:
        stack.callback(session.info.__setitem__, "writing", False)
        stack.enter_context(_turn(session))
        try:
            session.connection(execution_options={"writing": True})
            yield
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def _turn(session: orm.Session | orm.scoped_session[orm.Session]) -> Iterator[None]:
    """Wait for this writer's turn: first among the threads, then among the processes."""
    path = session.get_bind().engine.url.database
    if session.get_bind().dialect.name != "sqlite" or not path or path == ":memory:":
        yield
        return
    with _queue:
        queue = os.open(f"{path}-queue", os.O_CREAT | os.O_WRONLY, 0o644)
        try:
            fcntl.flock(queue, fcntl.LOCK_EX)
            yield
        finally:
            os.close(queue)  # gives the lock back
