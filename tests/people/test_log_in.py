"""Logging in: by phone and password, several people on one phone, limits on guessing."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import sqlalchemy as sa
import time_machine

from tests import database
from tests.client import logged_in
from tests.factories import NOW, PASSWORD
from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db, write_transaction
from volunteer_site.people import passwords, services
from volunteer_site.people.models import LoginAttempt

PHONE = "13800138000"
WRONG = "Not-this-1"


@pytest.fixture
def member(app, make):
    """Make people who can log in with `PASSWORD`."""

    def make_one(**given):
        with app.app_context():
            kept = passwords.hashed(given.pop("password", PASSWORD))
        usual = {"phone": PHONE, "password_hash": kept, "session_stamp": "first"}
        return make.person(**usual | given)

    return make_one


def log_in(client, phone=PHONE, password=PASSWORD, **more):
    return client.post("/login", data={"phone": phone, "password": password} | more)


def who_is(client):
    with client.session_transaction() as session:
        return session.get("_user_id", "").partition(".")[0]


def test_the_right_phone_and_password_let_one_in(visitor_client, member):
    ann = member()

    answer = log_in(visitor_client, phone="138 0013-8000")

    assert (answer.status_code, answer.location) == (303, "/")
    assert who_is(visitor_client) == str(ann.id)


def test_a_wrong_password_and_an_unknown_phone_get_the_same_answer(app, member):
    member()

    wrong = log_in(app.test_client(), password=WRONG)
    unknown = log_in(app.test_client(), phone="13900139000")

    assert wrong.status_code == unknown.status_code == 422
    assert _alert(wrong) == _alert(unknown) != ""


def test_what_was_typed_comes_back_but_never_the_password(visitor_client, member):
    member()

    page = log_in(visitor_client, password=WRONG).get_data(as_text=True)

    assert PHONE in page and WRONG not in page


def test_the_place_at_the_door_survives_logging_in(visitor_client, member):
    member()
    door = "/activities/7/check-in?code=48312297&at=1763632800"

    page = visitor_client.get(f"/login?next={quote(door, safe='')}").get_data(as_text=True)
    answer = log_in(visitor_client, next=door)

    assert f'name="next" value="{door.replace("&", "&amp;")}"' in page
    to_register = re.search(r'href="(/register\?next=[^"]*)"', page)[1]
    assert parse_qs(urlsplit(to_register).query)["next"] == [door]
    assert answer.location == door


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_nobody_is_sent_to_another_site(visitor_client, member, address):
    member()

    assert log_in(visitor_client, next=address).location == "/"


def test_who_has_logged_in_is_not_asked_again(client_for, make):
    answer = client_for(make.person()).get("/login?next=/privacy")

    assert (answer.status_code, answer.location) == (303, "/privacy")


def test_of_several_people_on_a_phone_the_password_tells_who(visitor_client, member):
    member(name="王建国")
    grandchild = member(name="王小宝", password="Another-2026")

    log_in(visitor_client, password="Another-2026")

    assert who_is(visitor_client) == str(grandchild.id)


def test_people_who_share_phone_and_password_are_asked_who_they_are(visitor_client, member):
    member(name="王建国")
    second = member(name="李桂兰")

    page = log_in(visitor_client, next="/me?a=1").get_data(as_text=True)
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    answer = visitor_client.post(
        "/login/choice", data={"token": token, "person": second.id, "next": "/me?a=1"}
    )

    assert "王*国" in page and "李桂兰" not in page
    assert answer.location == "/me?a=1"
    assert who_is(visitor_client) == str(second.id)


def test_nobody_can_choose_a_person_whose_password_they_did_not_give(visitor_client, member):
    member(name="王建国")
    member(name="李桂兰")
    other = member(phone="13900139000")
    page = log_in(visitor_client).get_data(as_text=True)
    token = re.search(r'name="token" value="([^"]+)"', page)[1]

    answer = visitor_client.post("/login/choice", data={"token": token, "person": other.id})
    forged = visitor_client.post("/login/choice", data={"token": "forged", "person": other.id})

    assert (answer.status_code, forged.status_code) == (422, 422)
    assert who_is(visitor_client) == ""


def test_the_choice_of_who_one_is_ends_after_five_minutes(visitor_client, member):
    first = member(name="王建国")
    member(name="李桂兰")
    with time_machine.travel(NOW, tick=False) as clock:
        page = log_in(visitor_client).get_data(as_text=True)
        token = re.search(r'name="token" value="([^"]+)"', page)[1]
        clock.shift(301)

        answer = visitor_client.post("/login/choice", data={"token": token, "person": first.id})

    assert answer.status_code == 422
    assert who_is(visitor_client) == ""


def test_five_wrong_tries_lock_a_quarter_of_an_hour_in_every_worker(app, database_uri, member):
    member()
    other_worker = database.app_with(database_uri)
    with time_machine.travel(NOW, tick=False) as clock:
        for worker in (app, other_worker, app, other_worker, app):
            assert log_in(worker.test_client(), password=WRONG).status_code == 422
            clock.shift(60)

        locked = log_in(other_worker.test_client())
        clock.shift(timedelta(minutes=13, seconds=59))
        still = log_in(app.test_client())
        clock.shift(1)
        free = log_in(app.test_client())

    assert (locked.status_code, still.status_code, free.status_code) == (429, 429, 303)
    assert "12:19" in locked.get_data(as_text=True)
    with other_worker.app_context():
        db.session.remove()
        db.engine.dispose()


def test_many_guesses_at_once_do_not_slip_past_the_lock(app, member):
    member()

    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(
            lambda _: log_in(app.test_client(), password=WRONG).status_code, range(16)
        )

    assert sorted(answers) == [422] * 5 + [429] * 11


def test_a_lock_does_not_tell_whether_the_phone_is_known(visitor_client):
    with time_machine.travel(NOW, tick=False):
        codes = [log_in(visitor_client, password=WRONG).status_code for _try in range(6)]

    assert codes == [422] * 5 + [429]


def test_a_right_password_ends_the_count_of_wrong_ones(app, member):
    member()
    with time_machine.travel(NOW, tick=False):
        for _round in range(3):
            for _try in range(4):
                log_in(app.test_client(), password=WRONG)
            assert log_in(app.test_client()).status_code == 303


def test_tries_are_kept_without_phone_or_address(app, member, visitor_client):
    member()

    log_in(visitor_client, password=WRONG)

    with app.app_context():
        tried = db.session.scalars(sa.select(LoginAttempt)).one()
        assert PHONE not in tried.phone_digest and "127.0.0.1" not in tried.address_digest


def test_a_failed_log_in_is_in_the_audit_log(app, visitor_client, member):
    member()

    log_in(visitor_client, password=WRONG)

    with app.app_context():
        event = db.session.scalars(sa.select(AuditEvent)).one()
        assert (event.kind, event.succeeded) == ("session.create", False)
        assert PHONE not in event.note


def test_logging_in_begins_a_new_session_and_keeps_language_and_size(visitor_client, member):
    member()
    with visitor_client.session_transaction() as session:
        session.update({"planted": "by somebody else", "locale": "en", "large_text": True})

    log_in(visitor_client)
    page = visitor_client.get("/privacy").get_data(as_text=True)

    with visitor_client.session_transaction() as session:
        assert "planted" not in session
    assert 'lang="en"' in page and 'class="large"' in page


def test_logging_out_ends_the_session(client_for, make):
    client = client_for(make.person())

    answer = client.post("/logout")

    assert answer.status_code == 303
    assert who_is(client) == ""


def test_a_new_password_ends_every_other_session(app, make, member):
    ann = member()
    client = logged_in(app, ann)
    with app.app_context(), write_transaction():
        services.set_password(ann.id, "Another-2026", now=NOW)

    assert client.post("/logout").headers["Location"].startswith("/login")


def test_staff_are_logged_out_after_half_an_hour_and_volunteers_are_not(app, client_for, make):
    with time_machine.travel(NOW, tick=False) as clock:
        staff, volunteer = client_for(make.coordinator()), client_for(make.person())
        staff.get("/privacy")
        volunteer.get("/privacy")
        clock.shift(timedelta(minutes=29))
        staff.get("/privacy")
        clock.shift(timedelta(minutes=29))
        before = staff.get("/login").status_code
        clock.shift(timedelta(minutes=31))

        asked = staff.get("/login")

        assert (before, asked.status_code) == (303, 200)
        assert "30" in _main(asked)
        assert volunteer.get("/login").status_code == 303


def test_somebody_without_a_password_cannot_log_in(visitor_client, make):
    make.person(phone=PHONE)

    assert log_in(visitor_client, password="").status_code == 422
    assert log_in(visitor_client, password=PASSWORD).status_code == 422


@pytest.mark.parametrize(
    "data", [{}, {"phone": "1" * 5000, "password": "x"}, {"phone": PHONE, "password": "x" * 5000}]
)
def test_bad_input_gets_a_sentence(visitor_client, data):
    answer = visitor_client.post("/login", data=data)

    assert answer.status_code == 422
    assert 'class="error"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("cookie", ["", "x", "eyJ4Ijo=.x.y", "." * 4000])
def test_a_broken_cookie_is_nobodys(visitor_client, cookie):
    visitor_client.set_cookie("session", cookie)

    assert visitor_client.get("/login").status_code == 200
    assert visitor_client.get("/me/data").location.startswith("/login")


def test_a_body_too_large_is_refused(visitor_client):
    answer = visitor_client.post("/login", data={"phone": "1" * 10_000_000})

    assert answer.status_code == 413


def _main(answer):
    return answer.get_data(as_text=True).partition("<main")[2]


def _alert(answer):
    found = re.search(r'role="alert">(.*?)</div>', answer.get_data(as_text=True), re.DOTALL)
    return found[1] if found else ""
