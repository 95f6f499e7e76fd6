"""A published roll stays as it was; the desk says when it would now differ (R30, R39)."""

from datetime import timedelta

import pytest
import time_machine

from tests.factories import NOW
from tests.recognition.rolls import serve
from volunteer_site.core.db import write_transaction
from volunteer_site.hours import services as hours

HERE = "/desk/honor-rolls/2026-11/liuxiang"
TERMS = {"minimum_minutes": "60", "name_order": "surname", "cutoff": "usual"}
LATER = NOW + timedelta(days=16)
DIFFERS = "现已不符"


@pytest.fixture
def december():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def entry(app, make):
    mei, community = make.person(name="王小梅"), make.community(name="柳巷社区", slug="liuxiang")
    with app.app_context():
        return serve(mei, community, 90, started_at=NOW - timedelta(days=3))


@pytest.fixture
def officer(december, entry, client_for, make):
    return client_for(make.officer(name="陈佩"))


def take_back(app, number):
    with app.app_context():
        with write_transaction():
            hours.rebuild_totals()
        with write_transaction():
            hours.reverse(number, "查实不在现场", by_id=99, now=LATER)


def page(client):
    return client.get(HERE).get_data(as_text=True)


def test_a_roll_whose_hours_fell_says_so_and_leads_to_its_withdrawal(app, officer, entry):
    officer.post(HERE, data=TERMS)
    with time_machine.travel(LATER - timedelta(days=14), tick=False):
        officer.post(f"{HERE}/notice")
    officer.post(f"{HERE}/publication")
    before = page(officer)

    take_back(app, entry)

    assert DIFFERS not in before
    assert DIFFERS in page(officer) and f'href="{HERE}/withdrawal"' in page(officer)
    assert "王*梅" in officer.get("/honor-rolls/2026-11/liuxiang").text


def test_a_draft_is_simply_prepared_again(app, officer, entry):
    officer.post(HERE, data=TERMS)

    take_back(app, entry)

    assert DIFFERS not in page(officer)
