"""One after the other, where a rule counts rows before it adds one."""

import sqlalchemy as sa

from volunteer_site.core.db import db

_lock = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")


def wait_for(key: str) -> None:
    """Wait until no other transaction works on `key`; SQLite's only writer waited already."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(_lock, {"key": key})
