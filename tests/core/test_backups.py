"""`flask backup create` and `restore`, on SQLite files and with PostgreSQL's own programs."""

import os
import sqlite3
from contextlib import closing
from functools import partial

import pytest
import sqlalchemy as sa

from tests import database
from tests.factories import Factory
from volunteer_site.core import jobs
from volunteer_site.core.db import db, revisions
from volunteer_site.people.models import Person


@pytest.fixture(autouse=True)
def _programs(request, monkeypatch):
    """Let the site find pg_dump where the tests' PostgreSQL has it, with nobody else connected."""
    if "postgresql" in request.node.name:
        server = request.getfixturevalue("postgresql")
        request.getfixturevalue("app")
        server.forget_copies()
        monkeypatch.setenv("PATH", str(server.programs), prepend=os.pathsep)


def run(app, command, file):
    """Run a command of `flask backup` with nobody else connected."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return app.test_cli_runner().invoke(args=["backup", command, str(file)])


@pytest.fixture
def backup(app):
    return partial(run, app)


def names(app):
    with app.app_context():
        return set(db.session.scalars(sa.select(Person.name)))


def rename_revision(app, name):
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE alembic_version SET version_num = :name"), {"name": name}
        )


def test_restoring_brings_back_what_was_there(app, make, backup, tmp_path):
    file = tmp_path / "site.backup"
    make.person(name="王小梅")
    assert backup("create", file).exit_code == 0
    make.person(name="后来者")

    result = backup("restore", file)

    assert result.exit_code == 0, result.output
    assert names(app) == {"王小梅"}


def test_restoring_twice_is_the_same_as_once(app, make, backup, tmp_path):
    file = tmp_path / "site.backup"
    make.person(name="王小梅")
    backup("create", file)
    backup("restore", file)

    result = backup("restore", file)

    assert result.exit_code == 0, result.output
    assert names(app) == {"王小梅"}


def test_the_rules_of_the_ledger_come_back_too(app, make, backup, tmp_path):
    file = tmp_path / "site.backup"
    backup("create", file)
    backup("restore", file)
    make.person(name="新来者")

    with app.app_context(), pytest.raises(sa.exc.DBAPIError), db.engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO audit_events (happened_at, kind, object_kind, detail)"
                " VALUES ('2026-11-20', 'tried', '', '{}')"
            )
        )
        connection.execute(sa.text("DELETE FROM audit_events"))


def test_only_its_owner_may_read_a_backup(backup, tmp_path):
    file = tmp_path / "site.backup"

    backup("create", file)

    assert file.stat().st_mode & 0o077 == 0
    assert list(tmp_path.glob("*.partial")) == []


def test_a_new_backup_replaces_the_old_one_of_that_name(app, make, backup, tmp_path):
    file = tmp_path / "site.backup"
    backup("create", file)
    make.person(name="王小梅")

    assert backup("create", file).exit_code == 0
    make.person(name="后来者")
    backup("restore", file)

    assert names(app) == {"王小梅"}


def test_the_desk_can_see_when_it_last_ran(app, backup, tmp_path):
    backup("create", tmp_path / "site.backup")

    with app.app_context():
        [run] = jobs.last_runs()
        assert run.job == "backup create"
        assert run.finished_at is not None
        assert jobs.said(run.outcome).startswith("site.backup，")


def test_a_folder_that_is_not_there_is_named(app, backup, tmp_path):
    result = backup("create", tmp_path / "nowhere" / "site.backup")

    assert result.exit_code == 1
    assert f"There is no folder {tmp_path}/nowhere" in result.output
    with app.app_context():
        assert jobs.last_runs()[0].failed_at is not None


@pytest.mark.parametrize("content", [b"", b"not a backup", b"\x00" * 4096])
def test_what_is_no_backup_changes_nothing(app, make, backup, tmp_path, content):
    file = tmp_path / "site.backup"
    file.write_bytes(content)
    make.person(name="王小梅")

    result = backup("restore", file)

    assert result.exit_code == 1
    assert "is not a backup of a" in result.output
    assert names(app) == {"王小梅"}


def test_a_file_that_is_not_there_is_named(backup, tmp_path):
    result = backup("restore", tmp_path / "nothing.backup")

    assert result.exit_code == 1
    assert "nothing.backup cannot be read: No such file" in result.output


def test_a_damaged_backup_changes_nothing(app, make, backup, tmp_path):
    file = tmp_path / "site.backup"
    backup("create", file)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 3])
    make.person(name="王小梅")

    result = backup("restore", file)

    assert result.exit_code == 1
    assert names(app) == {"王小梅"}


def test_a_backup_of_a_later_version_is_refused(app, make, backup, tmp_path):
    file = tmp_path / "site.backup"
    rename_revision(app, "later")
    backup("create", file)
    rename_revision(app, revisions()[0])
    make.person(name="王小梅")

    result = backup("restore", file)

    assert result.exit_code == 1
    assert "was made by another version of the site" in result.output
    assert names(app) == {"王小梅"}


def test_nothing_is_restored_while_the_site_runs(app, make, backup, tmp_path):
    file = tmp_path / "site.backup"
    backup("create", file)
    make.person(name="王小梅")
    with app.app_context():
        other = sa.create_engine(db.engine.url)
    with closing(other.connect()) as somebody:
        somebody.execute(sa.text("SELECT count(*) FROM people"))

        result = backup("restore", file)

    other.dispose()
    assert result.exit_code == 1
    assert "The site is running; stop it" in result.output
    assert names(app) == {"王小梅"}


def test_the_sqlite_file_that_stood_there_before_is_kept(tmp_path):
    app = database.app_with(database.sqlite_copy(tmp_path / "site.sqlite"))
    file = tmp_path / "saved.backup"
    run(app, "create", file)
    Factory(app).person(name="王小梅")

    run(app, "restore", file)

    [kept] = tmp_path.glob("site.sqlite.before-saved.backup")
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT name FROM people").fetchall() == [("王小梅",)]
