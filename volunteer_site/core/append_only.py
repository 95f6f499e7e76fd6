"""Tables that may only be added to: the database itself refuses to change or delete a row (R13)."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def statements(table: str, dialect: str) -> list[str]:
    """Return the SQL that makes `table` append-only, for migrations."""
    if dialect == "sqlite":
        return [SQLITE.format(table=table, verb=verb) for verb in ("UPDATE", "DELETE")]
    verbs = ("UPDATE", "DELETE", "TRUNCATE")
    return [POSTGRESQL_FUNCTION, *(POSTGRESQL.format(table=table, verb=verb) for verb in verbs)]


def guard(table: Any) -> None:
    """Make `table` append-only wherever it is created straight from the models."""
    table.info["append_only"] = True

    @event.listens_for(table, "after_create")
    def _guard(_table: sa.Table, connection: sa.Connection, **_more: Any) -> None:
        for statement in statements(table.name, connection.dialect.name):
            connection.execute(sa.text(statement))
