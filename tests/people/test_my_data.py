"""What people see and change about themselves, and how they leave."""

from datetime import date, datetime

import pytest
import sqlalchemy as sa

from tests.client import HTMX, logged_in
from tests.factories import NOW, PASSWORD
from volunteer_site.core import versions
from volunteer_site.core.db import db, write_transaction
from volunteer_site.people import copies, passwords, queries, services
from volunteer_site.people.models import Consent, Person

PHONE = "13800138000"


@pytest.fixture
def ann(app, make):
    with app.app_context():
        kept = passwords.hashed(PASSWORD)
    return make.person(phone=PHONE, password_hash=kept, session_stamp="first")


@pytest.fixture
def client(client_for, ann):
    return client_for(ann)


def stored(app, ann):
    with app.app_context():
        return db.session.get(Person, ann.id)


def test_everything_kept_about_me_can_be_seen_and_downloaded(client, make, ann):
    make.consent(ann, "publish_name")
    make.signup(make.activity(), ann)

    page = client.get("/me/data").get_data(as_text=True)
    copy = client.get("/me/data.json")

    assert ann.number in page and PHONE in page
    assert "attachment" in copy.headers["Content-Disposition"]
    assert copy.json["people"][0]["phone"] == PHONE
    assert len(copy.json["signups"]) == len(copy.json["consents"]) == 1
    assert not {"password_hash", "session_stamp"} & set(copy.json["people"][0])


def test_my_copy_holds_nothing_of_others(client, make):
    other = make.person(name="李桂兰")
    make.signup(make.activity(), other)

    assert client.get("/me/data.json").json["signups"] == []


def test_a_child_reads_that_a_guardian_decides_and_others_do_not(client_for, make, client):
    child = client_for(make.person(birth_date=date(2013, 5, 1)))

    assert "请由监护人来选择" in child.get("/me/data").text
    assert "请由监护人来选择" in child.get("/me/consents").text
    assert "监护人" not in client.get("/me/consents").text.partition('id="consents"')[2]


def test_a_consent_is_taken_back_as_easily_as_it_is_given(app, client, ann):
    def agrees():
        with app.app_context():
            return queries.consenting([ann.id], "publish_name") == {ann.id}

    client.post("/me/consents", data={"kind": "publish_name"})
    given = agrees()
    client.post("/me/consents", data={"kind": "publish_name"})
    client.post("/me/consents/publish_name/withdrawal")
    client.post("/me/consents/publish_name/withdrawal")

    assert given and not agrees()
    with app.app_context():
        [kept] = db.session.scalars(sa.select(Consent))
        assert kept.withdrawn_at is not None
        assert versions.current("names") == 2


def test_the_list_of_consents_answers_htmx_with_itself(client):
    answer = client.post("/me/consents", data={"kind": "publish_photo"}, headers=HTMX)

    assert answer.status_code == 200
    assert 'id="consents"' in answer.get_data(as_text=True)


def test_the_notice_cannot_be_taken_back_without_leaving(client, make, ann):
    make.consent(ann, "notice")

    assert client.post("/me/consents/notice/withdrawal").status_code == 409


@pytest.mark.parametrize("kind", ["", "under_14", "anything"])
def test_only_what_the_site_asks_for_can_be_agreed_to(client, kind):
    assert client.post("/me/consents", data={"kind": kind}).status_code == 422


def test_an_older_notice_is_shown_again_at_the_next_log_in(app, make, ann, visitor_client):
    make.consent(ann, "notice", version="2020-01")
    visitor_client.post("/login", data={"phone": PHONE, "password": PASSWORD})

    asked = visitor_client.get("/me/data?from=door")
    page = visitor_client.get(asked.location).get_data(as_text=True)
    agreed = visitor_client.post(
        "/me/consents", data={"kind": "notice", "next": "/me/data?from=door"}
    )

    assert asked.location == "/me/consents?next=%2Fme%2Fdata%3Ffrom%3Ddoor"
    assert 'value="/me/data?from=door"' in page
    assert agreed.location == "/me/data?from=door"
    assert visitor_client.get("/me/data").status_code == 200


def test_a_password_from_somebody_else_is_changed_first(app, ann, visitor_client):
    with app.app_context(), write_transaction():
        services.set_password(ann.id, "Given-2026", now=NOW, must_change=True)
    visitor_client.post("/login", data={"phone": PHONE, "password": "Given-2026"})

    asked = visitor_client.get("/me/data")
    same = visitor_client.post("/me/password", data={"password": "Given-2026"})
    changed = visitor_client.post(
        "/me/password", data={"password": "My-own-2026", "next": "/me/data"}
    )

    assert asked.location.startswith("/me/password?")
    assert same.status_code == 422
    assert (changed.status_code, changed.location) == (303, "/me/data")
    assert visitor_client.get("/me/data").location == "/me/consents?next=%2Fme%2Fdata"
    visitor_client.post("/me/consents", data={"kind": "notice"})
    assert visitor_client.get("/me/data").status_code == 200


def test_changing_the_password_ends_my_other_sessions_and_not_this_one(app, client, ann):
    other_phone = logged_in(app, ann)

    wrong = client.post("/me/password", data={"current": "Wrong-2026", "password": "My-own-2026"})
    client.post("/me/password", data={"current": PASSWORD, "password": "My-own-2026"})

    assert wrong.status_code == 422
    assert client.get("/me/data").status_code == 200
    assert other_phone.get("/me/data").location.startswith("/login")


def test_phone_community_and_unit_can_be_changed(app, client, make, ann):
    community = make.community()

    page = client.get("/me/profile").get_data(as_text=True)
    answer = client.post(
        "/me/profile", data={"phone": "139 0013 9000", "community_id": community.id, "unit_id": ""}
    )

    assert PHONE in page
    assert answer.status_code == 303
    assert (stored(app, ann).phone, stored(app, ann).community_id) == ("13900139000", community.id)


def test_nobody_moves_to_a_phone_on_which_they_are_registered_already(app, client, make, ann):
    make.person(phone="13900139000")  # of the same name and birth date

    answer = client.post("/me/profile", data={"phone": "13900139000"})

    assert answer.status_code == 409
    assert stored(app, ann).phone == PHONE


def test_leaving_removes_who_i_am_and_keeps_the_number_of_my_rows(app, client, make, ann):
    make.consent(ann, "publish_name")
    make.signup(make.activity(), ann)

    answer = client.post("/me/data/erasure", data={"password": PASSWORD})

    left = stored(app, ann)
    assert answer.status_code == 303
    assert (left.name, left.phone, left.birth_date, left.pinyin) == ("*", None, None, "")
    assert left.password_hash is None and left.number != ann.number and left.erased_at
    with app.app_context():
        assert queries.consenting([ann.id], "publish_name") == set()
        assert len(copies.everything_about(ann.id)["signups"]) == 1


def test_who_has_left_cannot_log_in_and_their_sessions_are_over(app, client, ann):
    other_phone = logged_in(app, ann)
    client.post("/me/data/erasure", data={"password": PASSWORD})

    answer = app.test_client().post("/login", data={"phone": PHONE, "password": PASSWORD})

    assert answer.status_code == 422
    assert other_phone.get("/me/data").location.startswith("/login")


def test_leaving_asks_for_the_password(app, client, ann):
    assert client.post("/me/data/erasure", data={"password": "Wrong-2026"}).status_code == 422
    assert client.post("/me/data/erasure").status_code == 422
    assert stored(app, ann).erased_at is None


def test_who_has_a_role_hands_it_over_before_leaving(app, client, make, ann):
    make.role(ann, make.community(), "coordinator")

    answer = client.post("/me/data/erasure", data={"password": PASSWORD})

    assert answer.status_code == 409
    assert stored(app, ann).erased_at is None


def test_other_modules_hear_that_somebody_leaves(app, client, ann):
    heard = []

    def listen(_sender, person_id, now):
        heard.append((person_id, type(now)))

    with services.erasing.connected_to(listen):
        client.post("/me/data/erasure", data={"password": PASSWORD})

    assert heard == [(ann.id, datetime)]


def test_language_and_large_text_are_kept_with_the_person(app, client, ann):
    client.post("/preferences", data={"large_text": "1", "next": "/privacy?"})
    answer = client.post("/preferences", data={"locale": "en", "next": "/privacy?"})

    assert answer.location == "/privacy"
    assert stored(app, ann).locale == "en"
    page = logged_in(app, stored(app, ann)).get("/privacy").get_data(as_text=True)
    assert 'class="large"' in page


def test_visitors_keep_language_and_large_text_in_their_browser(visitor_client):
    visitor_client.post("/preferences", data={"large_text": "1"})
    visitor_client.post("/preferences", data={"locale": "en"})
    both = visitor_client.get("/privacy").get_data(as_text=True)
    visitor_client.post("/preferences", data={"large_text": "", "locale": "xx"})
    normal = visitor_client.get("/privacy").get_data(as_text=True)

    assert 'lang="en"' in both and 'class="large"' in both
    assert 'lang="en"' in normal and 'class="large"' not in normal


def test_the_notice_says_who_answers_and_its_version(app, visitor_client):
    page = visitor_client.get("/privacy").get_data(as_text=True)

    assert app.config["CONTROLLER"] in page and app.config["CONSENT_VERSION"] in page
