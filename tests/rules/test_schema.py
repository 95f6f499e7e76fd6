"""Rules that hold for every table, read from the database that the migrations made."""

import pytest
import sqlalchemy as sa

from volunteer_site.core.db import db


@pytest.fixture
def tables(app, in_app):
    found = sa.inspect(db.engine)
    return {name: found for name in found.get_table_names() if name != "alembic_version"}


def test_the_migrations_made_every_table_of_the_models(tables):
    assert set(tables) == set(db.metadata.tables)


def test_every_table_has_a_primary_key(tables):
    assert not [
        n for n, found in tables.items() if not found.get_pk_constraint(n)["constrained_columns"]
    ]


def test_every_foreign_key_has_an_index_that_begins_with_it(tables):
    without = [
        f"{name}.{key['constrained_columns'][0]}"
        for name, found in tables.items()
        for key in found.get_foreign_keys(name)
        if key["constrained_columns"] not in _beginnings(found, name, key)
    ]

    assert not without


def _beginnings(found, name, key):
    length = len(key["constrained_columns"])
    indexes = [index["column_names"] for index in found.get_indexes(name)]
    uniques = [unique["column_names"] for unique in found.get_unique_constraints(name)]
    primary = found.get_pk_constraint(name)["constrained_columns"]
    return [columns[:length] for columns in [*indexes, *uniques, primary]]


def test_every_constraint_has_a_name(tables):
    unnamed = [
        name
        for name, found in tables.items()
        for rule in [
            *found.get_foreign_keys(name),
            *found.get_unique_constraints(name),
            *found.get_check_constraints(name),
        ]
        if not rule["name"]
    ]

    assert not unnamed


def test_foreign_keys_and_checks_are_the_same_in_models_and_migrations(tables):
    for name, table in db.metadata.tables.items():
        meant = {str(c.name) for c in table.constraints if isinstance(c, sa.CheckConstraint)}
        there = {rule["name"] for rule in tables[name].get_check_constraints(name)}

        assert there == meant, name


def test_money_appears_nowhere(tables):
    words = ("price", "amount", "fee", "money", "payment", "currency")
    columns = [c["name"] for name, found in tables.items() for c in found.get_columns(name)]

    assert not [column for column in columns if any(word in column for word in words)]
