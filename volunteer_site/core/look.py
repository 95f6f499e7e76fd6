"""Plain reads that every request makes, past the session: 14 µs instead of 63 to 145.

The statement is compiled once and sent on a pooled connection. While the session has a
transaction open, its connection is used, so that what was just written is seen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from volunteer_site.core.db import db

Turn = Callable[[Any], Any]
Statement = (
    sa.Select[*tuple[Any, ...]]
    | ReturningInsert[*tuple[Any, ...]]
    | ReturningUpdate[*tuple[Any, ...]]
)


@dataclass(frozen=True)
class _Ready:
    """The statement as one kind of database wants it."""

    sql: str
    order: list[str] | None  # names of the values by position; None if they go by name
    usual: dict[str, Any]
    given: dict[str, Turn]  # how to write a value for the database, where it must be turned
    found: list[tuple[int, Turn]]  # and how to read one back, by column

    def values(self, given: Mapping[str, Any]) -> Any:
        values = {**self.usual, **given}
        for name, turn in self.given.items():
            values[name] = turn(values[name])
        return values if self.order is None else [values[name] for name in self.order]

    def read(self, row: Any) -> tuple[Any, ...]:
        if not self.found:
            return tuple(row)
        cells = list(row)
        for column, turn in self.found:
            cells[column] = turn(cells[column])
        return tuple(cells)


class Look:
    """A question asked so often that its way must be short; it selects columns, not objects.

    A statement that the databases say differently is given as a function of the dialect's name.
    """

    def __init__(self, statement: Statement | Callable[[str], Statement]) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def __call__(self, **given: Any) -> list[tuple[Any, ...]]:
        """Return the rows for these values."""
        engine = db.engine
        ready = self._ready.get(engine.dialect.name) or self._prepare(engine.dialect)
        values = ready.values(given)
        session = db.session() if db.session.registry.has() else None
        if session is not None and session.in_transaction():
            rows = _ask(engine, session.connection().connection, ready.sql, values)
        else:
            connection = engine.raw_connection()
            try:
                rows = _ask(engine, connection, ready.sql, values)
            finally:
                connection.close()
        return [ready.read(row) for row in rows]

    def _prepare(self, dialect: sa.Dialect) -> _Ready:
        asked = self._statement
        statement: Statement = asked(dialect.name) if callable(asked) else asked
        compiled = statement.compile(dialect=dialect)
        types = {name: bound.type.dialect_impl(dialect) for name, bound in compiled.binds.items()}
        writing = {name: kind.bind_processor(dialect) for name, kind in types.items()}
        reading = [
            column.type.dialect_impl(dialect).result_processor(dialect, None)
            for column in statement.exported_columns
        ]
        ready = _Ready(
            compiled.string,
            list(compiled.positiontup or ()) if compiled.positional else None,
            dict(compiled.params),
            {name: turn for name, turn in writing.items() if turn},
            [(column, turn) for column, turn in enumerate(reading) if turn],
        )
        self._ready[dialect.name] = ready
        return ready


class Change(Look):
    """A change made so often that its way must be short; it says what it returns.

    No rows mean that its condition did not hold. Only inside a `write_transaction`.
    """

    def __call__(self, **given: Any) -> list[tuple[Any, ...]]:
        """Make the change and return the rows it returns."""
        if not db.session.info.get("writing"):
            raise RuntimeError("A change needs a write_transaction.")
        return super().__call__(**given)


def one_of(column: Any, name: str, most: int) -> sa.ColumnElement[bool]:
    """Compare with at most so many numbers, to be given by `numbers`; 0 is nobody's."""
    asked = [sa.bindparam(f"{name}{at}", type_=sa.Integer) for at in range(most)]
    return column.in_(asked)  # type: ignore[no-any-return]


def numbers(name: str, given: Sequence[int], most: int) -> dict[str, int]:
    """Return the values that go with `one_of`."""
    return {f"{name}{at}": given[at] if at < len(given) else 0 for at in range(most)}


def _ask(engine: sa.Engine, connection: DBAPIConnection, sql: str, values: Any) -> Any:
    cursor = connection.cursor()
    for listener in engine.dispatch.before_cursor_execute:
        listener(None, cursor, sql, values, None, False)  # tests count what is sent
    cursor.execute(sql, values)
    return cursor.fetchall()
