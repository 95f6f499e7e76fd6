"""The office defines kinds of rolls; a coordinator makes one of her own community."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.factories import NOW
from tests.recognition.rolls import serve
from volunteer_site.core.db import db
from volunteer_site.recognition.rolls.models import HonorRoll

FORM = {
    "title": "爱心单位榜", "title_en": "Kind units", "whose": "units", "counts": "minutes",
    "minimum": "60", "most": "3", "edge": "all", "scope": "district",
}  # fmt: skip


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def kind(make, community):
    return make.roll_kind(community.parent_id)


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(NOW, tick=False):
        yield


def test_an_office_takes_over_a_ready_made_kind_changes_it_and_takes_it_out(
    make, client_for, community
):
    officer = client_for(make.officer())
    assert "志愿新人榜" in officer.get("/office/roll-kinds").text
    assert 'value="志愿新人榜"' in officer.get("/office/roll-kinds/new?pattern=newcomers").text
    made = officer.post("/office/roll-kinds?pattern=newcomers", data=FORM | {
        "title": "十月新人", "whose": "people", "counts": "newcomers", "scope": "all"})  # fmt: skip
    here = made.location.removesuffix("/edit")
    assert officer.get(made.location).status_code == 200

    assert officer.post(here, data=FORM | {"title": "换名"}).status_code == 303
    listed = officer.get("/office/roll-kinds").text
    assert "换名" in listed and '"最低要求">1小时</td>' in listed
    officer.post(f"{here}/retirement")
    assert "换名" not in officer.get("/office/roll-kinds").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "先进表彰榜"},
        {"minimum": "0"},
        {"whose": "people", "counts": "per_head"},
        {"counts": "newcomers"},
        {"counts": "weeks", "minimum": "7"},
        {"scope": "all"},
        {"most": "0"},
        {"edge": "some"},
    ],
)
def test_a_kind_that_makes_no_sense_is_sent_back(make, client_for, community, wrong):
    officer = client_for(make.officer())

    assert officer.post("/office/roll-kinds", data=FORM | wrong).status_code == 422


def test_another_districts_office_does_not_find_it(make, client_for, kind):
    other = make.organisation(kind="district", name="晋源区", slug="jinyuan")
    stranger = client_for(make.officer(other))

    for address in ("edit", "retirement", ""):
        here = f"/office/roll-kinds/{kind.id}/{address}".rstrip("/")
        call = stranger.get if address == "edit" else stranger.post
        assert call(here, data=FORM).status_code == 404


@pytest.fixture
def newcomer(app, make, community, kind):
    person = make.person(name="王小二")
    make.consent(person)
    with app.app_context():
        serve(person, community, 90, started_at=NOW - timedelta(days=3))


HERE = "/desk/honor-rolls/2026-11/liuxiang/kinds/newcomers"
PAGE = "/honor-rolls/2026-11/liuxiang/newcomers"


@pytest.fixture
def coordinator(make, community, newcomer):
    return make.coordinator(community)


def test_a_roll_of_a_kind_goes_from_the_draft_over_the_notice_to_its_page(
    app, client_for, visitor_client, coordinator
):
    mine = client_for(coordinator)

    assert mine.post(HERE, data={"cutoff": "now"}).location == HERE
    proof = "/print/papers/roll-a4/liuxiang/2026-11-newcomers"
    assert f'href="{proof}"' in mine.get(HERE).text
    assert "志愿新人榜" in mine.get(proof).text
    assert mine.post(f"{HERE}/notice").status_code == 303
    notice = mine.get(HERE).text.split('href="/notices/')[1].split('"')[0]
    assert "王小二" in visitor_client.get(f"/notices/{notice}").text
    assert f"/notices/{notice}" in visitor_client.get(PAGE).text
    assert mine.post(f"{HERE}/publication").status_code == 409
    with time_machine.travel(NOW + timedelta(days=14), tick=False):
        assert client_for(coordinator).post(f"{HERE}/publication").status_code == 303
    assert "志愿新人榜" in visitor_client.get(PAGE).text
    assert visitor_client.get(f"{PAGE}.png").mimetype == "image/png"
    assert _kept(app) == {"newcomers"}
    assert f'href="{PAGE}"' in visitor_client.get(f"/notices/{notice}").text


def test_what_is_withdrawn_is_gone_from_its_notice_too(client_for, visitor_client, coordinator):
    notice = _published(client_for, coordinator)
    assert "王小二" in visitor_client.get(f"/notices/{notice}").text

    client_for(coordinator).post(f"{HERE}/withdrawal", data={"reason": "名字有误"})

    page = visitor_client.get(f"/notices/{notice}").text
    assert "王小二" not in page and "已撤回" in page


def test_a_roll_on_notice_goes_on_when_its_kind_is_taken_out(
    make, client_for, visitor_client, coordinator, kind
):
    mine, officer = client_for(coordinator), client_for(make.officer())
    mine.post(HERE, data={"cutoff": "now"})
    mine.post(f"{HERE}/notice")

    officer.post(f"/office/roll-kinds/{kind.id}/retirement")

    assert mine.get(HERE).status_code == 200
    assert mine.post(HERE, data={"cutoff": "now"}).status_code == 303
    mine.post(f"{HERE}/notice")
    with time_machine.travel(NOW + timedelta(days=14), tick=False):
        later = client_for(coordinator)
        assert later.post(f"{HERE}/publication").status_code == 303
        assert "志愿新人榜" in visitor_client.get(PAGE).text
        gone = later.post(f"{HERE}/withdrawal", data={"reason": "名字有误"}).location
        assert later.get(gone).status_code == 200


def test_a_notice_is_called_the_same_for_everybody(client_for, visitor_client, coordinator):
    english = client_for(coordinator)
    english.post("/preferences", data={"locale": "en", "next": "/"})
    english.post(HERE, data={"cutoff": "now"})

    english.post(f"{HERE}/notice")

    assert "柳巷社区2026年11月志愿新人榜" in visitor_client.get("/notices").text


def test_all_rolls_of_a_month_hang_together(make, client_for, visitor_client, coordinator):
    assert "还没有光荣榜" in visitor_client.get("/honor-rolls").text
    _published(client_for, coordinator)

    page = visitor_client.get("/honor-rolls").text

    assert f'href="{PAGE}"' in page and "志愿新人榜" in page and "共1人" in page
    assert PAGE in visitor_client.get("/honor-rolls/2026-11").text
    assert visitor_client.get("/honor-rolls/2026-10").status_code == 404
    client_for(coordinator).post(f"{HERE}/withdrawal", data={"reason": "名字有误"})
    assert PAGE not in visitor_client.get("/honor-rolls").text


def _published(client_for, coordinator):
    """Publish November's roll of newcomers; return the number of its notice."""
    mine = client_for(coordinator)
    mine.post(HERE, data={"cutoff": "now"})
    mine.post(f"{HERE}/notice")
    notice = mine.get(HERE).text.split('href="/notices/')[1].split('"')[0]
    with time_machine.travel(NOW + timedelta(days=14), tick=False):
        assert client_for(coordinator).post(f"{HERE}/publication").status_code == 303
    return notice


def test_another_communitys_coordinator_does_not_find_it(make, client_for, newcomer):
    neighbour = client_for(make.coordinator(make.community()))

    for address in (HERE, f"{HERE}/notice", f"{HERE}/publication", f"{HERE}/withdrawal"):
        assert neighbour.post(address, data={"cutoff": "now"}).status_code == 404


def test_a_kind_that_a_place_does_not_have_is_not_found(make, client_for, community):
    mine = client_for(make.coordinator(community))
    make.roll_kind(community.parent_id, scope="unit")

    assert mine.get(HERE).status_code == 404


def _kept(app):
    with app.app_context():
        asked = sa.select(HonorRoll.kind).where(HonorRoll.published_at.is_not(None))
        return set(db.session.scalars(asked))


@pytest.mark.usefixtures("community")
def test_a_kind_is_looked_at_before_it_is_there(make, client_for):
    officer = client_for(make.officer())
    data = FORM | {"whose": "people", "minimum": "30"}

    seen = officer.post("/office/roll-kinds/preview", data=data)

    assert seen.status_code == 200 and "谁会上榜" in seen.text and 'value="30"' in seen.text
    assert "爱心单位榜" not in officer.get("/office/roll-kinds").text
    wrong = officer.post("/office/roll-kinds/preview", data=data | {"minimum": ""})
    assert wrong.status_code == 422
