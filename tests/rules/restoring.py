"""A database that can be put back as it was, on SQLite and on PostgreSQL."""

import sqlite3
from contextlib import closing

import sqlalchemy as sa
from sqlalchemy import event

from volunteer_site.core.db import db


class Kept:
    """What the database holds now; says whether it was written to, and puts everything back."""

    def __init__(self, app, path, besides):
        self._app, self._copy, self._besides = app, path, besides
        self._wrote = False
        with app.app_context():
            self._engine = db.engine
        self._is_file = self._engine.dialect.name == "sqlite"
        self._rows = self._all()
        if self._is_file:
            self._between(self._engine.url.database, path)
        event.listen(self._engine, "before_cursor_execute", self._notice)

    def changed(self):
        """Return the tables that are not as they were; asks only if something was written."""
        if not self._wrote:
            return []
        self._wrote = False
        now = self._all()
        return [name for name, rows in self._rows.items() if now[name] != rows]

    def restore(self):
        """Put every row back, past the rules that let nobody change or delete some of them."""
        if self._is_file:
            self._between(self._copy, self._engine.url.database)
        else:
            self._write_all_anew()
        self._wrote = False

    def _notice(self, _connection, _cursor, statement, *_more):
        self._wrote |= statement.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}

    def _tables(self):
        return [table for table in db.metadata.sorted_tables if table.name not in self._besides]

    def _all(self):
        with self._engine.connect() as connection:
            return {
                table.name: sorted(connection.execute(sa.select(table)).all(), key=repr)
                for table in self._tables()
            }

    @staticmethod
    def _between(source, target):
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
            one.backup(other)

    def _write_all_anew(self):
        with self._engine.begin() as connection:
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
            for table in self._tables():
                connection.execute(sa.delete(table))
                rows = [row._asdict() for row in self._rows[table.name]]
                if rows:
                    connection.execute(sa.insert(table), rows)
