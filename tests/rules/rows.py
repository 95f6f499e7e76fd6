"""A row for every table, made from what the database itself says about the table."""

from datetime import date, datetime

import sqlalchemy as sa

NOON = datetime(2026, 11, 20, 4)
USUAL = {
    sa.Boolean: True,
    sa.DateTime: NOON,
    sa.Date: date(2026, 11, 20),
    sa.Integer: 1,
    sa.JSON: {},
    sa.String: "x",
    sa.LargeBinary: b"x",
}
# What a check asks for: by table and column, or by column wherever it stands.
WANTED = {
    ("hour_entries", "kind"): "credit",
    ("consents", "kind"): "notice",
    ("organisations", "kind"): "district",
    ("organisations", "path"): "/1/",
    ("roles", "name"): "officer",
    "direction": "in",
    "family": "basic",
    "holiday_rule": "skip",
    "method": "scan",
    "month": "2026-11",
    "name_order": "full",
    "name_shown": "full",
    "over_period": "ever",
    "places": 20,
    "proof": "scanned",
    "week": "2026-W47",
    "lasts_minutes": 60,
    "ends_at": datetime(2026, 11, 20, 5),
    "ended_at": datetime(2026, 11, 20, 5),
    "ends_on": date(2026, 11, 21),
}


def fill(connection):
    """Put a row into every table that has none, parents first; return how many there are now."""
    known = sa.MetaData()
    known.reflect(connection)
    for table in known.sorted_tables:
        if table.name != "alembic_version" and not _count(connection, table):
            connection.execute(sa.insert(table).values(_row(connection, table)))
    return counts(connection)


def counts(connection):
    known = sa.MetaData()
    known.reflect(connection)
    return {
        table.name: _count(connection, table)
        for table in known.sorted_tables
        if table.name != "alembic_version"
    }


def _count(connection, table):
    return connection.scalar(sa.select(sa.func.count()).select_from(table))


def _row(connection, table):
    return {
        column.name: _value(connection, table, column)
        for column in table.columns
        if not _is_numbered(column) and (not column.nullable or _points_elsewhere(column))
    }


def _value(connection, table, column):
    for key in column.foreign_keys:
        return connection.scalar(sa.select(key.column).limit(1))
    for name in ((table.name, column.name), column.name):
        if name in WANTED:
            return WANTED[name]
    return next(value for kind, value in USUAL.items() if isinstance(column.type, kind))


def _is_numbered(column):
    only_key = list(column.table.primary_key.columns) == [column]
    return only_key and isinstance(column.type, sa.Integer) and not column.foreign_keys


def _points_elsewhere(column):
    return any(key.column.table is not column.table for key in column.foreign_keys)
