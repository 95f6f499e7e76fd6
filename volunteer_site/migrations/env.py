"""Runs the migrations on whichever database the site is connected to."""

import sqlalchemy as sa
from alembic import context
from flask import current_app

extension = current_app.extensions["migrate"]
engine = extension.db.engine
more = extension.configure_args


def run() -> None:
    """Migrate; on SQLite with foreign keys off, as rebuilding a table would delete its children."""
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        raw = connection.connection.driver_connection
        if sqlite:
            raw.execute("PRAGMA foreign_keys = OFF")
        try:
            _run(connection)
        finally:
            if sqlite:
                raw.execute("PRAGMA foreign_keys = ON")


def _run(connection: sa.Connection) -> None:
    context.configure(connection=connection, target_metadata=extension.db.metadata, **more)
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"the migration would break foreign keys: {broken[:5]}")


run()
