"""A database that can be put back as it was, on SQLite and on PostgreSQL."""

import re
import sqlite3
from contextlib import closing

import sqlalchemy as sa
from sqlalchemy import event

from volunteer_site.core.db import db

WRITTEN = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


class Kept:
    """What the database holds now; says whether it was written to, and puts everything back."""

    def __init__(self, app, path, besides):
        self._app, self._copy = app, path
        self._written = set()
        with app.app_context():
            self._engine = db.engine
        self._is_file = self._engine.dialect.name == "sqlite"
        self._tables = {
            table.name: table for table in db.metadata.sorted_tables if table.name not in besides
        }
        self._rows = self._held(self._tables)
        if self._is_file:
            self._between(self._engine.url.database, path)
        event.listen(self._engine, "before_cursor_execute", self._notice)

    def changed(self):
        """Return the tables that are not as they were; looks only at those that were written to."""
        written, self._written = self._written & self._tables.keys(), set()
        now = self._held(written)
        return [name for name in now if now[name] != self._rows[name]]

    def restore(self, changed):
        """Put the rows of these tables back, past the rules that let nobody change some of them."""
        if self._is_file:
            self._between(self._copy, self._engine.url.database)
        else:
            self._write_anew(changed)

    def _notice(self, _connection, _cursor, statement, *_more):
        self._written.update(WRITTEN.findall(statement))

    def _held(self, names):
        with self._engine.connect() as connection:
            return {
                name: sorted(connection.execute(sa.select(self._tables[name])).all(), key=repr)
                for name in names
            }

    @staticmethod
    def _between(source, target):
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
            other.execute("PRAGMA synchronous = OFF")
            one.backup(other)

    def _write_anew(self, names):
        with self._engine.begin() as connection:
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
            for name in names:
                connection.execute(sa.delete(self._tables[name]))
                rows = [row._asdict() for row in self._rows[name]]
                if rows:
                    connection.execute(sa.insert(self._tables[name]), rows)
        self._written = set()
