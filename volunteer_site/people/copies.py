"""Everything kept about one person, whatever module keeps it (R48)."""

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.people.models import Person

SECRETS = {"password_hash", "session_stamp", "calendar_token"}


def everything_about(person_id: int) -> dict[str, list[dict[str, object]]]:
    """Return every row that is about a person, by table, but no secrets (R48)."""
    tables = [table for table in db.metadata.sorted_tables if "person_id" in table.c]
    about = {table.name: _rows(table, table.c.person_id == person_id) for table in tables}
    return {"people": _rows(Person.metadata.tables["people"], Person.id == person_id), **about}


def _rows(table: sa.Table, condition: sa.ColumnElement[bool]) -> list[dict[str, object]]:
    columns = [column for column in table.c if column.name not in SECRETS]
    return [
        dict(row) for row in db.session.execute(sa.select(*columns).where(condition)).mappings()
    ]
