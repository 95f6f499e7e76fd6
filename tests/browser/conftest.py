"""The demo subdistrict on a Thursday noon, served by a site that believes it is then."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa
import time_machine

from tests import database, live
from tests.factories import NOW
from volunteer_site.core.db import db
from volunteer_site.people.models import Person


@pytest.fixture(scope="session")
def district(tmp_path_factory):
    """Load the demo once for a test run; return its address and who can log in, by role."""
    folder = tmp_path_factory.mktemp("demo")
    uri = database.sqlite_copy(folder / "site.sqlite")
    app = database.app_with(uri, INSTANCE_PATH=str(folder))
    with time_machine.travel(NOW):
        loaded = app.test_cli_runner().invoke(args=["demo", "load", "--scale", "small"])
    assert loaded.exit_code == 0, loaded.output
    lines = (folder / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
    phones = {row[0]: row[1] for row in (line.split("\t") for line in reversed(lines))}
    with app.app_context():
        people = {role: _person(phone) for role, phone in phones.items()}
        db.session.remove()
        db.engine.dispose()
    return SimpleNamespace(uri=uri, people={"nobody": None, **people})


@pytest.fixture(scope="module")
def live_server(district):
    """Serve the demo; every `open_page` of this folder looks at it."""
    server = live.LiveServer(district.uri, at=NOW)
    yield server
    server.stop()


def _person(phone):
    person = db.session.scalar(sa.select(Person).where(Person.phone == phone))
    db.session.expunge(person)
    return person
