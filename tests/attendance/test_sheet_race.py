"""Two people who enter the same sheet at the same moment, on both databases."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.attendance.paper import MONDAY, PaperScene
from tests.attendance.scene import MINUTE
from tests.factories import FRIDAY_18
from volunteer_site.activities import queries as activities
from volunteer_site.attendance.sheets import queries, services
from volunteer_site.attendance.sheets.models import Sheet, SheetEntry, SheetEntryRow, SheetMark
from volunteer_site.attendance.sheets.services import EnteredAlready, Read
from volunteer_site.core.db import db, write_transaction


@pytest.fixture
def scene(app, make, client_for, time_machine):
    time_machine.move_to(FRIDAY_18 - 60 * MINUTE, tick=False)
    return PaperScene(app, make, client_for, time_machine)


def reads(sheet, later):
    """Return what somebody reads who thinks that everybody came so much later."""
    shift = activities.shifts(sheet.activity_id)[0]
    said = Read(0, 0, 0, shift, FRIDAY_18 + later, shift.ends_at)
    return [
        replace(said, row_id=row.id, number=row.number, person_id=row.person_id)
        for row in queries.rows(sheet.id)
        if row.person_id
    ]


def at_once(scene, *people):
    """Let each enter the sheet in a thread of their own; return what each got or raised."""
    gate, results = threading.Barrier(len(people)), [None] * len(people)

    def one(place, by_id):
        with scene.app.app_context():
            gate.wait()
            try:
                with write_transaction():
                    sheet = db.session.scalar(sa.select(Sheet))
                    activity = activities.get(sheet.activity_id)
                    read = reads(sheet, timedelta(minutes=place))
                    results[place] = services.enter(sheet, activity, read, by_id=by_id, now=MONDAY)
            except Exception as error:
                results[place] = error

    threads = [threading.Thread(target=one, args=task) for task in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_one_becomes_the_first_and_the_other_checks(scene):
    scene.printed()
    scene.monday()

    results = at_once(scene, scene.ann.id, scene.bob.id)

    assert sorted(one.turn for one in results) == [1, 2], results
    first = next(place for place, one in enumerate(results) if one.turn == 1)
    marks = scene.standing()
    assert len(marks) == 10 and len(scene.rows()) == 10
    came = {mark.happened_at for (_who, way), mark in marks.items() if way == "in"}
    assert came == {FRIDAY_18 + first * MINUTE}
    assert len(scene.rows(SheetEntryRow)) == len(scene.rows(SheetMark)) == 10


def test_one_person_in_two_windows_enters_it_once(scene):
    scene.printed()
    scene.monday()

    results = at_once(scene, scene.ann.id, scene.ann.id, scene.ann.id)

    assert sum(isinstance(one, EnteredAlready) for one in results) == 2, results
    assert len(scene.rows(SheetEntry)) == 1
    assert len(scene.rows()) == 10


def test_of_many_only_two_enter_it(scene):
    scene.printed()
    scene.monday()
    others = [scene.make.coordinator(scene.community).id for _ in range(2)]

    results = at_once(scene, scene.ann.id, scene.bob.id, *others)

    turns = [one.turn for one in results if not isinstance(one, Exception)]
    assert sorted(turns) == [1, 2], results
    assert sum(isinstance(one, EnteredAlready) for one in results) == 2, results
