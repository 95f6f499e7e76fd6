"""`flask people add`: the password comes from standard input, and twice changes nothing."""

import pytest
import sqlalchemy as sa

from tests.factories import PASSWORD
from volunteer_site.core.db import db
from volunteer_site.people.models import Person, Role

PHONE = "13800138000"


@pytest.fixture
def add(app):
    def run(*more, password=PASSWORD, role="volunteer"):
        command = ["people", "add", "--phone", PHONE, "--name", "王小梅", "--role", role, *more]
        return app.test_cli_runner().invoke(args=command, input=password + "\n")

    return run


def kept(app, model):
    with app.app_context():
        return db.session.scalars(sa.select(model)).all()


def test_the_person_can_log_in_and_holds_the_role(app, add, make, visitor_client):
    community = make.community(slug="liuxiang-1")

    result = add("--at", "liuxiang-1", role="coordinator")
    answer = visitor_client.post("/login", data={"phone": PHONE, "password": PASSWORD})

    assert result.exit_code == 0, result.output
    assert answer.status_code == 303
    [role] = kept(app, Role)
    assert (role.name, role.organisation_id) == ("coordinator", community.id)


def test_running_it_twice_changes_nothing(app, add, make):
    make.community(slug="liuxiang-1")
    add("--at", "liuxiang-1", role="coordinator")
    [before] = kept(app, Person)

    result = add("--at", "liuxiang-1", role="coordinator")

    [after] = kept(app, Person)
    assert result.exit_code == 0
    assert (after.session_stamp, after.password_hash) == (
        before.session_stamp,
        before.password_hash,
    )
    assert len(kept(app, Role)) == 1


def test_another_password_replaces_the_forgotten_one(add, visitor_client):
    add()
    add(password="Another-2026")

    answer = visitor_client.post("/login", data={"phone": PHONE, "password": "Another-2026"})

    assert answer.status_code == 303


def test_what_cannot_be_is_refused_with_a_sentence_and_changes_nothing(app, add, make):
    make.unit(slug="shuiwuju")

    results = [
        add(role="coordinator"),
        add("--at", "nowhere"),
        add("--at", "shuiwuju", role="coordinator"),
        add(password="weak"),
        add("--phone", "12345"),
    ]

    assert all(result.exit_code in {1, 2} for result in results)
    assert all("Error" in result.output for result in results)
    assert not kept(app, Person)
