"""Many rows at once: inserts by the thousand on SQLite, COPY on PostgreSQL."""

from typing import Any

import sqlalchemy as sa

from volunteer_site.core.db import Model

ENOUGH = 20_000  # rows of one table kept in memory


class Writer:
    """Collects rows and writes them in bulk, in the order in which tables were first named.

    Name the tables that others point at first; ids are given out here, one after the other.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._rows: dict[type[Model], list[dict[str, Any]]] = {}
        self._blank: dict[type[Model], dict[str, Any]] = {}
        self._last: dict[type[Model], int] = {}
        self._waiting = 0

    def add(self, model: type[Model], row: dict[str, Any]) -> int:
        """Keep a row to be written, and return the id it will have (0 where there is none)."""
        number = 0
        if "id" in self._columns(model):
            number = row.get("id") or self.next_id(model)
            row["id"] = self._last[model] = number
        self._rows.setdefault(model, []).append(self._blank[model] | row)
        self._waiting += 1
        if self._waiting >= ENOUGH:
            self.flush()
        return number

    def next_id(self, model: type[Model]) -> int:
        """Return the id that the next row of a table will have."""
        if model not in self._last:
            highest: sa.Select[tuple[int | None]] = sa.select(
                sa.func.max(sa.column("id"))
            ).select_from(model.__table__)
            self._last[model] = self.connection.scalar(highest) or 0
        return self._last[model] + 1

    def flush(self) -> None:
        """Write all that is waiting."""
        for model, rows in self._rows.items():
            if rows:
                self._write(model, rows)
                rows.clear()
        self._waiting = 0

    def finish(self) -> None:
        """Write the rest, and let PostgreSQL count on from the last id."""
        self.flush()
        if self.connection.dialect.name == "postgresql":
            for model, number in self._last.items():
                sequence = sa.func.pg_get_serial_sequence(model.__tablename__, "id")
                self.connection.execute(sa.select(sa.func.setval(sequence, number)))

    def _columns(self, model: type[Model]) -> dict[str, Any]:
        """Return the columns of a table with what stands in them if nobody says otherwise."""
        if model not in self._blank:
            columns = sa.inspect(model).columns
            self._blank[model] = {column.name: _default(column) for column in columns}
        return self._blank[model]

    def _write(self, model: type[Model], rows: list[dict[str, Any]]) -> None:
        if self.connection.dialect.name != "postgresql":
            self.connection.execute(sa.insert(model), rows)
            return
        cursor = self.connection.connection.cursor()
        names = ", ".join(f'"{name}"' for name in rows[0])
        with cursor.copy(f"COPY {model.__tablename__} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(tuple(row.values()))


def _default(column: sa.Column[Any]) -> Any:
    default = column.default
    return default.arg if isinstance(default, sa.ColumnDefault) and default.is_scalar else None
