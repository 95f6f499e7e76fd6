"""The database, and the one way to change it: `write_transaction`."""

import fcntl
import os
import re
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask
from flask.cli import ScriptInfo
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


def init_app(app: Flask) -> None:
    """Connect the app to its database, SQLite or PostgreSQL."""
    # the connection used last is the one whose pages and statements are at hand
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {"pool_use_lifo": True})
    db.init_app(app)
    app.cli.add_command(_Migrations("db", help="Perform database migrations."))
    if "flask_migrate" in sys.modules:
        _connect_migrations(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            synchronous = app.config["SQLITE_SYNCHRONOUS"]
            event.listen(db.engine, "connect", lambda c, _: _configure_sqlite(c, synchronous))
            event.listen(db.engine, "begin", _begin)


def _connect_migrations(app: Flask) -> None:
    from flask_migrate import Migrate  # noqa: PLC0415

    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)


class _Migrations(click.Command):
    """`flask db`: Flask-Migrate, loaded when it is called; a server does without its 12 MiB."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Hand over to the real command."""
        from flask_migrate import cli  # noqa: PLC0415

        app = (parent or click.get_current_context()).ensure_object(ScriptInfo).load_app()
        if "migrate" not in app.extensions:
            _connect_migrations(app)
        return cli.db.make_context(info_name, args, parent=parent, **extra)  # type: ignore[no-any-return]


def foreign_key(target: str, **more: Any) -> orm.MappedColumn[Any]:
    """Declare a column that points at another table, with the index every such column needs."""
    return orm.mapped_column(sa.ForeignKey(target), index=True, **more)


def insert_into(model: type[Model], dialect: str | None = None) -> Any:
    """Return an INSERT that knows ON CONFLICT, in the words of the database in use."""
    if (dialect or db.session.get_bind().dialect.name) == "postgresql":
        from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415 -- 4 MiB
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment] # noqa: PLC0415
    table: Any = model.__table__
    return insert(table)


def only_where(condition: str) -> dict[str, Any]:
    """Return the keywords that make an index partial on both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


@cache
def revisions(folder: Path = MIGRATIONS) -> tuple[str, ...]:
    """Return the names of all migrations that this version of the site knows, the newest first."""
    texts = [path.read_text(encoding="utf-8") for path in (folder / "versions").glob("*.py")]
    after = {_named(text, "down_revision"): _named(text, "revision") for text in texts}
    names: list[str] = []
    last = ""
    while last in after:
        last = after[last]
        names.insert(0, last)
    return tuple(names)


def _named(migration: str, variable: str) -> str:
    """Read a name from a migration without Alembic, which would take 12 MiB of every worker."""
    found = re.search(rf"^{variable}\b.*= ['\"]([^'\"]+)['\"]", migration, re.MULTILINE)
    return found[1] if found else ""


def _configure_sqlite(connection: sqlite3.Connection, synchronous: str) -> None:
    connection.isolation_level = None  # we emit BEGIN ourselves, see `_begin`
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("PRAGMA busy_timeout = 15000")
    connection.execute("PRAGMA cache_size = -2048")


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
