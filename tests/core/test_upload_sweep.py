"""Photos that nothing names any more are removed, from the site and in time from its backups."""

import ast
import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

import volunteer_site
from tests import database
from volunteer_site.core import clock, upload_copies, upload_sweep, uploads
from volunteer_site.core.db import Model, db, write_transaction
from volunteer_site.recognition.designs.models import DesignPicture

A_WEEK = 7 * 24 * 60 * 60


def take(colour="red"):
    written = BytesIO()
    Image.new("RGB", (20, 20), colour).save(written, "PNG")
    written.seek(0)
    return uploads.take(FileStorage(written, "photo.png"))


def kept(name):
    return uploads.folder() / name[:2] / name


def grow_old(path):
    """Let a file be a week old; return when it was written then."""
    then = path.stat().st_mtime - A_WEEK
    os.utime(path, (then, then))
    return then


@pytest.fixture
def old(in_app):
    name = take()
    grow_old(kept(name))
    return name


def test_what_nothing_names_goes_after_a_day(old):
    young = take("blue")

    removed = upload_sweep.forget(clock.now())

    assert removed == 1
    assert not kept(old).exists() and kept(young).exists()


def test_what_a_row_names_stays(old, make):
    person = make.person()
    with write_transaction():
        db.session.add(DesignPicture(person_id=person.id, file=old, taken_at=clock.now()))

    assert upload_sweep.forget(clock.now()) == 0
    assert kept(old).exists()


def test_handing_the_same_in_again_makes_it_young(old):
    assert take() == old

    assert upload_sweep.forget(clock.now()) == 0
    assert kept(old).exists()


def test_handed_in_again_while_the_night_looks_it_stays(old, monkeypatch):
    columns = list(upload_sweep.columns())
    monkeypatch.setattr(upload_sweep, "columns", lambda: columns if take() else [])

    assert upload_sweep.forget(clock.now()) == 0
    assert kept(old).exists()


def test_half_a_file_of_a_broken_hour_goes_too(old):
    draft = kept(old).with_name(".tmp1234")
    draft.write_bytes(b"half")
    grow_old(draft)

    assert upload_sweep.forget(clock.now()) == 2
    assert not draft.exists()


def test_the_command_says_how_many_and_notes_that_it_ran(app, old):
    result = app.test_cli_runner().invoke(args=["uploads", "forget"])

    assert result.output == "1 files removed.\n"


def test_whoever_takes_uploads_has_a_column_that_names_them():
    site = Path(volunteer_site.__file__).parent
    takers = {path.parts[-4:-2] for path in site.rglob("views/*.py") if _takes(path)}

    owners = {
        tuple(mapper.class_.__module__.split(".")[-3:-1])
        for mapper in Model.registry.mappers
        if any(column.table is mapper.local_table for column in upload_sweep.columns())
    }
    assert takers == owners


def _takes(path):
    calls = (one for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.Call))
    return any(ast.unparse(one.func) in {"uploads.take", "uploads.take_square"} for one in calls)


def test_a_copy_goes_with_the_last_backup_that_has_it(old, tmp_path):
    first, second = tmp_path / "1.backup", tmp_path / "2.backup"
    copy = tmp_path / "uploads" / old[:2] / old
    first.touch()
    upload_copies.save(uploads.folder(), first)
    then = grow_old(first)
    os.utime(copy, (then, then))
    kept(old).unlink()
    second.touch()

    upload_copies.save(uploads.folder(), second)
    with_the_first = copy.exists()
    first.unlink()
    upload_copies.save(uploads.folder(), second)

    assert with_the_first and not copy.exists()


def test_copies_brought_from_another_machine_before_their_backup_stay(old, tmp_path):
    brought = tmp_path / "1.backup"
    copy = tmp_path / "uploads" / old[:2] / old
    brought.touch()
    upload_copies.save(uploads.folder(), brought)
    an_hour_before = brought.stat().st_mtime - 3600
    os.utime(copy, (an_hour_before, an_hour_before))
    kept(old).unlink()

    upload_copies.save(uploads.folder(), tmp_path / "2.backup")

    assert copy.exists()


def test_each_database_of_a_test_has_uploads_of_its_own(old, tmp_path):
    """A night in one test, a year from now, must not clear away the photos of another test."""
    with database.app_with(f"sqlite:///{tmp_path}/other.sqlite").app_context():
        assert not kept(old).exists()
