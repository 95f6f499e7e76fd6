"""The short ways of every request: plain reads and known cookies are as right as the long ones."""

from datetime import datetime, timedelta

import sqlalchemy as sa
import time_machine

from volunteer_site.core import clock, versions
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.look import Look
from volunteer_site.people.models import Person

joined = Look(
    sa.select(Person.name, Person.created_at).where(Person.created_at <= sa.bindparam("by"))
)


def test_a_quick_read_gives_times_as_times_on_both_databases(make, in_app):
    ann = make.person(name="安安")
    moment = db.session.scalar(sa.select(Person.created_at).where(Person.id == ann.id))

    assert joined(by=moment) == [("安安", moment)]
    assert joined(by=datetime(1999, 1, 1)) == []


def test_a_quick_read_sees_what_the_transaction_has_written(in_app):
    with write_transaction():
        versions.bump("board")

        assert versions.current("board") == 1


def test_a_quick_read_sees_what_was_committed(in_app):
    with write_transaction():
        versions.bump("board")
    versions.current("board")
    with write_transaction():
        versions.bump("board")

    assert versions.current("board") == 2


def test_quick_reads_are_counted_as_well(in_app, statements):
    versions.current("board")

    assert len(statements) == 1


def test_a_known_cookie_with_one_letter_changed_is_nobodys(make, app, client_for):
    client = client_for(make.person())
    assert client.get("/me").status_code == 200
    cookie = client.get_cookie("session").value
    other = "A" if cookie[-9] != "A" else "B"  # of the signature; its last letter is half filling
    forged = cookie[:-9] + other + cookie[-8:]

    client.set_cookie("session", forged)

    assert client.get("/me").status_code == 303


def test_a_known_cookie_ends_after_its_days(make, app, client_for):
    client = client_for(make.person())
    cookie = client.get_cookie("session").value
    assert client.get("/me").status_code == 200

    with time_machine.travel(clock.now() + timedelta(days=61)):
        client.set_cookie("session", cookie)

        assert client.get("/me").status_code == 303


def test_what_one_request_puts_into_the_session_stays_out_of_the_next(app, make, client_for):
    client = client_for(make.person())
    with client.session_transaction() as session:
        session["first"] = ["/somewhere"]
    cookie = client.get_cookie("session").value
    asked = app.test_request_context(headers={"Cookie": f"session={cookie}"}).request
    app.session_interface.open_session(app, asked)["first"].append("/elsewhere")

    again = app.session_interface.open_session(app, asked)

    assert again["first"] == ["/somewhere"]
