"""Roles, the audit log, and what staff see of their own people."""

import re
from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import NOW, PASSWORD
from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db
from volunteer_site.people import passwords
from volunteer_site.people.models import Person, Role

PHONE = "13800138000"


@pytest.fixture
def district(make):
    return make.organisation(kind="district", name="迎泽区", slug="yingze")


@pytest.fixture
def elsewhere(make):
    return make.organisation(kind="district", name="晋源区", slug="jinyuan")


@pytest.fixture
def office(client_for, make, district):
    return client_for(make.officer(district, name="钱主任"))


def roles(app):
    with app.app_context():
        return db.session.scalars(sa.select(Role).where(Role.name != "officer")).all()


def test_a_new_coordinator_is_found_by_phone_and_gets_the_role(app, office, make, client_for):
    community, person = make.community(), make.person(name="李桂兰", phone=PHONE)

    found = office.get("/office/roles?q=138 0013 8000").get_data(as_text=True)
    said = {"person": person.id, "q": PHONE, "role": "coordinator"}
    answer = office.post("/office/roles", data=said | {"organisation_id": community.id})
    office.post("/office/roles", data=said | {"organisation_id": community.id})

    assert "李桂兰" in found and "138****8000" in found
    assert answer.status_code == 303
    [role] = roles(app)
    assert (role.person_id, role.name) == (person.id, "coordinator")
    assert client_for(person).get("/desk/people").status_code == 200


def test_a_role_that_has_ended_opens_nothing(app, office, make, client_for):
    coordinator = make.coordinator()
    client = client_for(coordinator)
    [role] = roles(app)

    before = client.get("/desk/people").status_code
    office.post(f"/office/roles/{role.id}/ending")
    office.post(f"/office/roles/{role.id}/ending")

    assert (before, client.get("/desk/people").status_code) == (200, 403)


def test_nobody_ends_their_own_role(app, make, client_for, district):
    officer = make.officer(district)
    client = client_for(officer)
    with app.app_context():
        role_id = db.session.scalar(sa.select(Role.id))

    assert client.post(f"/office/roles/{role_id}/ending").status_code == 409


@pytest.mark.parametrize(
    ("role", "kind"),
    [("liaison", "community"), ("officer", "unit"), ("coordinator", "unit"), ("boss", "community")],
)
def test_a_role_has_to_fit_the_organisation(app, office, make, role, kind):
    place, person = make.organisation(kind=kind), make.person(phone=PHONE)

    answer = office.post(
        "/office/roles",
        data={"person": person.id, "q": PHONE, "role": role, "organisation_id": place.id},
    )

    assert answer.status_code == 422
    assert not roles(app)


def test_an_officer_reaches_only_the_own_district(app, make, client_for, elsewhere, district):
    community = make.community(parent_id=district.id)
    make.coordinator(community, name="孙协调", community_id=community.id)
    [role] = roles(app)
    stranger = client_for(make.officer(elsewhere))

    assert "孙协调" not in stranger.get("/office/roles?q=孙").get_data(as_text=True)
    assert stranger.get(f"/office/roles/new?person={role.person_id}&q=孙").status_code == 404
    assert stranger.post(f"/office/roles/{role.id}/ending").status_code == 404
    assert stranger.get(f"/office/roles?at={community.id}").status_code == 404
    assert stranger.get(f"/desk/people/{role.person_id}").status_code == 404


def test_a_liaison_sees_only_the_people_of_the_own_unit(make, client_for):
    unit, other = make.unit(), make.unit(name="区残联", slug="canlian")
    mine = make.person(name="赵一", unit_id=unit.id)
    theirs = make.person(name="周二", unit_id=other.id)
    client = client_for(make.liaison(unit))

    page = client.get("/desk/people").get_data(as_text=True)

    assert "赵一" in page and "周二" not in page
    assert client.get(f"/desk/people/{mine.id}").status_code == 200
    assert client.get(f"/desk/people/{theirs.id}").status_code == 404
    assert client.post(f"/desk/people/{theirs.id}/password").status_code == 404


def test_staff_see_phones_only_in_part(make, client_for):
    community = make.community()
    person = make.person(phone=PHONE, community_id=community.id)

    page = client_for(make.coordinator(community)).get(f"/desk/people/{person.id}")

    assert "138****8000" in page.get_data(as_text=True) and PHONE not in page.get_data(as_text=True)


def test_looking_at_the_phone_of_a_child_takes_a_reason_that_is_kept(app, make, client_for):
    community = make.community()
    child = make.person(phone=PHONE, birth_date=date(2015, 1, 1), community_id=community.id)
    coordinator = client_for(make.coordinator(community))
    address = f"/desk/people/{child.id}/disclosure"

    without = coordinator.post(address, data={"reason": " "})
    shown = coordinator.post(address, data={"reason": "活动改期，通知监护人"})

    assert without.status_code == 422 and PHONE not in without.get_data(as_text=True)
    assert PHONE in shown.get_data(as_text=True)
    with app.app_context():
        [event] = db.session.scalars(sa.select(AuditEvent))
        assert (event.kind, event.object_id) == ("person.disclose", child.id)
        assert event.note == "活动改期，通知监护人"


def test_a_forgotten_password_is_replaced_on_the_spot(app, make, client_for, visitor_client):
    community = make.community()
    person = make.person(phone=PHONE, community_id=community.id)
    coordinator = client_for(make.coordinator(community))

    page = coordinator.post(f"/desk/people/{person.id}/password").get_data(as_text=True)
    given = re.search(r'class="number">([^<]+)<', page)[1]
    visitor_client.post("/login", data={"phone": PHONE, "password": given})

    assert visitor_client.get("/me/data").location.startswith("/me/password")
    assert given not in coordinator.get(f"/desk/people/{person.id}").get_data(as_text=True)


def test_a_coordinator_cannot_take_over_the_account_of_an_officer(app, make, client_for, district):
    community = make.community(parent_id=district.id)
    with app.app_context():
        kept = passwords.hashed(PASSWORD)
    officer = make.officer(district, phone=PHONE, community_id=community.id, password_hash=kept)

    answer = client_for(make.coordinator(community)).post(f"/desk/people/{officer.id}/password")

    assert answer.status_code == 409
    with app.app_context():
        assert db.session.get(Person, officer.id).password_hash == kept


def test_the_audit_log_says_who_did_what(app, office, make):
    community = make.community()
    office.post(f"/office/organisations/{community.id}", data={"name": "柳巷社区"})

    page = office.get("/office/audit?kind=organisation.update").get_data(as_text=True)
    other = office.get("/office/audit?kind=role.grant").get_data(as_text=True)

    assert "钱主任" in page and f"组织机构 {community.id} 号" in page
    assert "钱主任" not in other.split("<main")[1].split("</main")[0]


def test_the_audit_log_of_another_district_stays_there(app, office, make, client_for, elsewhere):
    community = make.community()
    office.post(f"/office/organisations/{community.id}", data={"name": "柳巷社区"})

    page = client_for(make.officer(elsewhere)).get("/office/audit").get_data(as_text=True)

    assert "钱主任" not in page


def test_a_long_audit_log_comes_in_pages(app, office):
    with app.app_context():
        events = [AuditEvent(at=NOW, kind="session.create", succeeded=False) for _ in range(60)]
        db.session.add_all(events)
        db.session.commit()

    first = office.get("/office/audit").get_data(as_text=True)
    older = re.search(r"before=(\d+)", first)[1]
    second = office.get(f"/office/audit?before={older}").get_data(as_text=True)

    assert (first.count("<tr>"), second.count("<tr>")) == (51, 11)


@pytest.mark.parametrize("query", ["at=%s", "person=%s&q=x", "q=%s", "before=%s", "kind=%s"])
@pytest.mark.parametrize("value", ["9" * 30, "-1", "x", "%00", "%ff%27--", "好" * 500])
def test_odd_questions_get_a_page_and_never_a_breakdown(office, query, value):
    for address in ("/office/roles", "/office/roles/new", "/office/audit"):
        assert office.get(f"{address}?{query % value}").status_code in {200, 400, 404}
