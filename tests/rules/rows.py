"""A row for every table, made from what the database itself says about the table."""

import re
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
# What checks and meaning ask for, where the usual value is none of it.
WANTED = {
    "path": "/1/",
    "month": "2026-11",
    "week": "2026-W47",
    "places": 20,
    "latitude": 37.87,
    "longitude": 112.55,
    "lasts_minutes": 60,
    "ends_at": datetime(2026, 11, 20, 5),
    "ended_at": datetime(2026, 11, 20, 5),
    "left_at": datetime(2026, 11, 20, 5),
}
# What one table asks for; nothing: the column stays empty.
OF_TABLE = {
    "badges": {"first_day": "", "last_day": ""},
    "designs": {
        "picture_id": None, "zoom": 100, "approved_by_id": None, "refused_by_id": None,
    },
    "good_deeds": {"notice_id": None, "published_by_id": None},
}  # fmt: skip
# Who may not be the first person, because that is whom it is about.
OTHERS = {
    "asked_by_id": 1,
    "given_by_id": 1,
    "noticed_by_id": 1,
    "refused_by_id": 1,
    "awarded_by_id": 2,
    "decided_by_id": 2,
}
# `kind IN ('credit', …)` as SQLite tells it, and as PostgreSQL does
ONE_OF = re.compile(r"(\w+) (?:IN \(|= ANY \(\(?ARRAY\[)'([^']+)'")


def fill(connection):
    """Put a row into every table that has none, parents first; return how many there are now."""
    known = sa.MetaData()
    known.reflect(connection)
    for table in known.sorted_tables:
        if table.name != "alembic_version" and not _count(connection, table):
            row = _row(connection, table)
            further = [row | {"number": f"x{n}"} for n in sorted(set(OTHERS.values()))]
            people = [row, *further] if table.name == "people" else [row]
            connection.execute(sa.insert(table), people)
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
    checks = sa.inspect(connection).get_check_constraints(table.name)
    one_of = dict(pair for check in checks for pair in ONE_OF.findall(check["sqltext"]))
    row = {
        column.name: _value(connection, column, WANTED | one_of)
        for column in table.columns
        if column.name != "id" and (not column.nullable or _points_elsewhere(column))
    }
    own = OF_TABLE.get(table.name, {})
    return row | {name: value for name, value in own.items() if name in table.columns}


def _value(connection, column, wanted):
    for key in column.foreign_keys:
        found = sa.select(key.column).order_by(key.column).offset(OTHERS.get(column.name, 0))
        return connection.scalar(found.limit(1))
    usual = (value for kind, value in USUAL.items() if isinstance(column.type, kind))
    return wanted.get(column.name) or next(usual)


def _points_elsewhere(column):
    return any(key.column.table is not column.table for key in column.foreign_keys)
