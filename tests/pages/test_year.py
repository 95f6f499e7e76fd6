"""A person's year: every week and kind of work, and a place that is hidden unless wanted."""

from datetime import datetime, timedelta

import pytest

from tests.factories import FRIDAY_18, NOW
from tests.hours.ledger import credit, facts
from volunteer_site.core.db import write_transaction
from volunteer_site.hours import services as ledger

WEEK = timedelta(days=7)
pytestmark = pytest.mark.time_machine(NOW, tick=False)


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区")


@pytest.fixture
def ann(make, community):
    return make.person(name="王小梅", community_id=community.id)


@pytest.fixture
def gave(app, community):
    count = iter(range(1, 100))

    def post(person, minutes, starts_at=FRIDAY_18 - WEEK):
        number, ends_at = next(count), starts_at + timedelta(minutes=minutes)
        told = facts(number, starts_at=starts_at, ends_at=ends_at)
        who = credit(person, community, number, minutes=minutes, started_at=starts_at)
        with app.app_context(), write_transaction():
            return ledger.post(told, [who], now=max(NOW, ends_at))[0]

    return post


def place_of(page):
    return page.split('aria-labelledby="place-title"')[1].split("</section>")[0]


def test_the_table_says_what_the_picture_shows(ann, client_for, gave):
    gave(ann, 60)
    gave(ann, 120, datetime(2026, 3, 6, 10))

    page = client_for(ann).get("/me/year/2026").text

    table = page.split('class="weeks-table"')[1].split("</table>")[0]
    assert table.count("<tr>") == 3
    assert "3月2日–3月8日" in table and "<td>2</td>" in table
    assert 'role="img"' in page and "2周有服务，共3小时" in page
    assert 'href="/me/year/2026.png"' in page and 'href="/me/year/2026.pdf"' in page


def test_the_year_it_is_comes_without_asking(ann, client_for):
    answer = client_for(ann).get("/me/year")

    assert (answer.status_code, answer.location) == (303, "/me/year/2026")


def test_a_year_without_hours_is_not_there_but_this_one_is(ann, client_for, gave):
    gave(ann, 60, datetime(2025, 3, 7, 10))
    client = client_for(ann)

    assert client.get("/me/year/2025").status_code == 200
    assert "这一年还是空白" in client.get("/me/year/2026").text
    for year in ("2024", "0", "99999999999"):
        assert client.get(f"/me/year/{year}").status_code == 404
        assert client.get(f"/me/year/{year}.png").status_code == 404


def test_the_place_is_hidden_until_the_person_wants_it_and_again_afterwards(
    make, ann, community, client_for, gave
):
    ben = make.person(community_id=community.id)
    gave(ben, 120)
    gave(ann, 60)
    client = client_for(ann)
    assert "<b>2</b>" not in place_of(client.get("/me/year/2026").text)

    client.post("/me/position", data={"shown": "1"})
    shown = place_of(client.get("/me/year/2026").text)
    client.post("/me/position", data={"shown": "0"})
    hidden = place_of(client.get("/me/year/2026").text)
    back = client.post("/me/position", data={"shown": "0", "year": "2025"})

    assert back.location == "/me/year/2025"  # the page on which it was asked
    assert "<b>2</b>" in shown and "共2人" in shown
    assert "<b>2</b>" not in hidden


def test_who_gives_the_same_has_the_same_place(make, ann, community, client_for, gave):
    for person in (ann, make.person(), make.person()):
        gave(person, 60)
    client = client_for(ann)

    client.post("/me/position", data={"shown": "1"})

    assert "<b>1</b>" in place_of(client.get("/me/year/2026").text)


def test_nobody_elses_switch_is_turned(make, ann, client_for, gave):
    ben = make.person()
    gave(ben, 60)
    client_for(ann).post("/me/position", data={"shown": "1", "person_id": str(ben.id)})

    assert "显示我的位次" in place_of(client_for(ben).get("/me/year/2026").text)
