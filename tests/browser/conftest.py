"""The demo subdistrict on a Thursday noon, served by a site that believes it is then."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa
import time_machine

from tests import database, live
from tests.factories import NOW
from volunteer_site.activities.models import Activity
from volunteer_site.core.db import db
from volunteer_site.organisations.models import Organisation
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
    accounts = {row[0]: row for row in (line.split("\t") for line in reversed(lines))}
    with app.app_context():
        people = {role: _person(row[1]) for role, row in accounts.items()}
        slug = accounts["coordinator"][3]
        places = {"slug": slug, "coming": _coming(slug)}
        db.session.remove()
        db.engine.dispose()
    return SimpleNamespace(uri=uri, people={"nobody": None, **people}, places=places)


@pytest.fixture(scope="module")
def live_server(district):
    """Serve the demo; every `open_page` of this folder looks at it."""
    server = live.LiveServer(district.uri, at=NOW)
    yield server
    server.stop()


def _coming(slug):
    """Return the number of the coordinator's next activity."""
    asked = (
        sa.select(Activity.id)
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .where(Organisation.slug == slug, Activity.starts_at > NOW)
        .where(Activity.published_at.is_not(None), Activity.cancelled_at.is_(None))
    )
    return db.session.scalar(asked.order_by(Activity.starts_at).limit(1))


def _person(phone):
    person = db.session.scalar(sa.select(Person).where(Person.phone == phone))
    db.session.expunge(person)
    return person
