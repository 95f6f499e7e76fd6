"""What the tests of the door's pages share."""

from datetime import date

import pytest

from tests.attendance.scene import Scene
from tests.factories import FRIDAY_18
from volunteer_site.core.db import db
from volunteer_site.people.models import Guardian


@pytest.fixture
def scene(app, make, client_for, time_machine):
    time_machine.move_to(FRIDAY_18, tick=False)
    return Scene(app, make, client_for)


@pytest.fixture
def child(scene):
    """Somebody of twelve whose guardian is the scene's volunteer."""
    child = scene.make.person(name="孙小宝", birth_date=date(2014, 5, 1), password_hash="kept")
    scene.make.consent(child, "notice")
    with scene.app.app_context():
        guardian = {"name": scene.person.name, "phone": scene.person.phone}
        words = {"version": "2026-11", "consented_at": FRIDAY_18}
        db.session.add(Guardian(person_id=child.id, **guardian, **words))
        db.session.commit()
    return child
