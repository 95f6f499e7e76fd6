"""What every test may ask for. Browsers and a running site are in tests/live.py."""

import pytest
from sqlalchemy import event

from tests import database
from tests.client import SiteClient, logged_in
from tests.factories import Factory
from volunteer_site.core.db import db
from volunteer_site.translations import __main__ as catalogues

pytest_plugins = ["tests.live"]

DATABASES = ["sqlite", "postgresql"]


def pytest_addoption(parser):
    parser.addoption("--database", choices=DATABASES, help="use only this database")


def pytest_configure(config):
    if not hasattr(config, "workerinput"):  # the first process, not a worker it has started
        catalogues.compile_all.callback()
        database.make_folder()


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        database.remove_folder()


def pytest_generate_tests(metafunc):
    if "database_name" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        usual = (
            DATABASES[:1] if metafunc.definition.get_closest_marker("one_database") else DATABASES
        )
        metafunc.parametrize("database_name", [chosen] if chosen else usual, scope="session")


def pytest_collection_modifyitems(items):
    """Begin with the long ones, so that no worker is still at one when the others are done."""
    items.sort(key=lambda item: "tests/rules/" not in item.nodeid)


@pytest.fixture(scope="session")
def postgresql():
    """The PostgreSQL server, started by the first test that needs it."""
    server = database.Postgresql()
    yield server
    server.stop()


@pytest.fixture
def database_uri(database_name, request, worker_id):
    """A migrated database with nothing in it, once on SQLite and once on PostgreSQL."""
    if database_name == "sqlite":
        return database.sqlite_copy(database.folder() / f"{worker_id}.sqlite")
    return request.getfixturevalue("postgresql").copy(worker_id)


@pytest.fixture
def empty_database_uri(database_name, request, tmp_path, worker_id):
    """A database without a single table, for the tests of migrations."""
    if database_name == "sqlite":
        return f"sqlite:///{tmp_path}/empty.sqlite"
    return request.getfixturevalue("postgresql").empty(f"empty_{worker_id}")


@pytest.fixture
def app(database_uri):
    """The site on a database of its own; the test runs once for each kind of database."""
    with database.lent_app(database_uri) as app:
        app.test_client_class = SiteClient
        yield app


@pytest.fixture
def make(app):
    return Factory(app)


@pytest.fixture
def in_app(app):
    """For tests that call services and queries directly.

    Never combine it with a test client: Flask 3.1 reuses a pushed context, so
    the first request's `g` (and its logged-in user) would leak into the next.
    """
    with app.app_context():
        yield


@pytest.fixture
def client_for(app):
    """Return a client in which a person has logged in: `client_for(person).get("/me")`."""
    return lambda person: logged_in(app, person)


@pytest.fixture
def visitor_client(app):
    """A client in which nobody has logged in."""
    return app.test_client()


@pytest.fixture
def statements(app):
    """The SQL that the site has sent so far; a page may not send more for a longer list."""
    sent = []

    def keep(_connection, _cursor, statement, *_more):
        if statement.split(None, 1)[0].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", keep)
    yield sent
    event.remove(engine, "before_cursor_execute", keep)
