"""The migrations go up and down, with rows in every table, on SQLite and PostgreSQL."""

import shutil

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests import database
from tests.rules import rows
from volunteer_site.core.db import MIGRATIONS, db
from volunteer_site.core.db import revisions as known_revisions

REBUILD = """
from alembic import op
import sqlalchemy as sa

revision, down_revision = "rebuild", "{head}"

def upgrade():
    for table in sa.inspect(op.get_bind()).get_table_names():
        if not table.startswith("alembic"):
            with op.batch_alter_table(table, recreate="always"):
                pass
"""


@pytest.fixture
def empty(empty_database_uri):
    """The site on a database without a table."""
    app = database.app_with(empty_database_uri)
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def revisions():
    """Return the names of all migrations, the first one first."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(settings).walk_revisions()
    return [script.revision for script in reversed(list(scripts))]


def tables():
    return set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_they_make_what_the_models_say(empty):
    flask_migrate.upgrade()

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_they_leave_every_table_empty(empty):
    """What a site starts with is put in by commands; the tests rely on empty tables."""
    flask_migrate.upgrade()

    with db.engine.connect() as connection:
        assert not any(rows.counts(connection).values())


def test_each_goes_up_with_rows_in_every_table_and_down_and_up_again(empty):
    for revision in revisions():
        flask_migrate.upgrade(revision=revision)
        with db.engine.begin() as connection:
            assert all(rows.fill(connection).values())

    for _revision in revisions():
        flask_migrate.downgrade()
    assert tables() == set()

    flask_migrate.upgrade()
    assert tables() == set(db.metadata.tables)


def test_running_them_twice_changes_nothing(empty):
    flask_migrate.upgrade()
    with db.engine.begin() as connection:
        before = rows.fill(connection)

    flask_migrate.upgrade()

    with db.engine.connect() as connection:
        assert rows.counts(connection) == before


def test_a_migration_just_generated_is_known_as_the_newest(tmp_path):
    """The site reads the names by itself, also as Alembic writes them, in single quotes."""
    shutil.copytree(MIGRATIONS, tmp_path / "migrations")
    with database.app_with(database.IN_MEMORY).app_context():
        flask_migrate.revision(str(tmp_path / "migrations"), "Something new", rev_id="newer")

    assert known_revisions(tmp_path / "migrations") == ("newer", *reversed(revisions()))


def test_the_database_refuses_to_change_what_is_only_added_to(app, in_app):
    with db.engine.begin() as connection:
        rows.fill(connection)

    guarded = {name for name, found in db.metadata.tables.items() if found.info}
    assert guarded >= {"audit_events", "hour_entries", "seals", "service_records"}
    for table in guarded:
        column = next(iter(db.metadata.tables[table].primary_key.columns)).name
        for change in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.engine.begin() as it:
                it.exec_driver_sql(change)


def test_rebuilding_a_sqlite_table_keeps_the_rows_that_point_at_it(tmp_path):
    """To change a table on SQLite, Alembic makes it anew; foreign keys must sleep meanwhile."""
    shutil.copytree(MIGRATIONS, tmp_path / "migrations")
    rebuild = REBUILD.format(head=revisions()[-1])
    (tmp_path / "migrations" / "versions" / "rebuild.py").write_text(rebuild)
    app = database.app_with(database.sqlite_copy(tmp_path / "site.sqlite"))

    with app.app_context():
        with db.engine.begin() as connection:
            before = rows.fill(connection)
        flask_migrate.upgrade(directory=str(tmp_path / "migrations"))

        with db.engine.connect() as connection:
            assert rows.counts(connection) == before
            assert not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        db.engine.dispose()
