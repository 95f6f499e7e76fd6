"""Stars in the browser: who sees which button, and that nobody decides elsewhere or alone."""

from datetime import date, datetime

import pytest
import time_machine

from tests.factories import NOW
from tests.recognition.stars import AFTER_NOTICE, DAY, gave, noticed, star, took_back
from tests.recognition.stars import applied as apply_for
from volunteer_site.core.db import write_transaction
from volunteer_site.people import services as people
from volunteer_site.recognition.stars import queries
from volunteer_site.recognition.stars.views import public

pytestmark = pytest.mark.time_machine(NOW, tick=False)


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def ann(make, community):
    return make.person(name="王小梅", community_id=community.id, created_at=datetime(2024, 1, 1))


@pytest.fixture
def first(make, community):
    return make.coordinator(community, name="郑红")


@pytest.fixture
def second(make, community):
    return make.coordinator(community, name="冯梅")


@pytest.fixture
def serve_and_star(do, community, first, second):
    def give(person):
        do(gave, person, community, 100)
        do(star, person, 1, first, second)

    return give


@pytest.fixture
def starred(do, ann, hundred, first, second):
    """Let Ann have her first star; return the entry that it rests on."""
    do(star, ann, 1, first, second)
    return hundred


@pytest.fixture
def hundred(app, ann, community):
    with app.app_context():
        return gave(ann, community, 100)


@pytest.fixture
def do(app):
    """Call something with the site at hand."""

    def call(what, *given, **more):
        with app.app_context():
            return what(*given, **more)

    return call


@pytest.mark.usefixtures("hundred")
def test_from_the_application_to_the_star_by_plain_forms(ann, first, second, client_for):
    volunteer = client_for(ann)
    assert "可申请" in volunteer.get("/me/stars").text
    assert volunteer.post("/me/stars", data={"level": "1"}).status_code == 303
    assert "社区受理中" in volunteer.get("/me/stars").text

    desk = client_for(first)
    assert "王小梅" in desk.get("/desk/stars").text
    assert desk.post("/desk/stars/1/notice").status_code == 303
    with time_machine.travel(AFTER_NOTICE, tick=False):
        assert "请由其他协调员" in client_for(first).get("/desk/stars/1").text
        other = client_for(second)
        assert "评定为1星" in other.get("/desk/stars/1").text
        assert other.post("/desk/stars/1/award").status_code == 303
        mine = volunteer.get("/me/stars").text

    assert "S2026-00001" in mine and "11月27日" in mine


@pytest.mark.usefixtures("hundred")
def test_the_notice_shows_the_name_only_by_consent_and_no_longer_when_it_ends(
    make, ann, first, do, visitor_client
):
    notice = do(lambda: noticed(apply_for(ann), first))
    masked = visitor_client.get(f"/notices/{notice}").text
    make.consent(ann)
    whole = visitor_client.get(f"/notices/{notice}").text

    def take_back():
        with write_transaction():
            people.withdraw_consent(ann.id, "publish_name", now=NOW)

    do(take_back)
    again = visitor_client.get(f"/notices/{notice}").text

    assert "王*梅" in masked and "王小梅" not in masked
    assert "王小梅" in whole
    assert "王小梅" not in again


@pytest.mark.usefixtures("hundred")
def test_another_communitys_coordinator_finds_nothing(make, ann, do, client_for):
    do(apply_for, ann)
    stranger = client_for(make.coordinator(make.community(name="别处社区"), name="韩梅"))

    assert "王小梅" not in stranger.get("/desk/stars").text
    assert stranger.get("/desk/stars/1").status_code == 404
    for act in ("notice", "award", "refusal"):
        answer = stranger.post(f"/desk/stars/1/{act}", data={"reason": "不合适不合适"})
        assert answer.status_code == 404


@pytest.mark.usefixtures("hundred")
def test_the_volunteer_reads_why_it_was_refused(ann, first, do, client_for):
    do(apply_for, ann)
    desk = client_for(first)

    assert desk.post("/desk/stars/1/refusal", data={"reason": ""}).status_code == 422
    desk.post("/desk/stars/1/refusal", data={"reason": "有两场记录待核实"})

    page = client_for(ann).get("/me/stars").text
    assert "有两场记录待核实" in page and "可申请" in page


@pytest.mark.usefixtures("hundred")
def test_a_level_out_of_turn_is_refused_with_the_rule(ann, client_for):
    answer = client_for(ann).post("/me/stars", data={"level": "3"})

    assert answer.status_code == 409
    assert "下一级是1星" in answer.text


@pytest.mark.usefixtures("hundred")
def test_a_volunteer_who_is_coordinator_gets_no_button_for_their_own(
    make, community, do, client_for
):
    own = make.coordinator(community, name="周正", community_id=community.id)
    do(gave, own, community, 100)
    do(apply_for, own)
    client = client_for(own)

    page = client.get("/desk/stars/1").text

    assert "本人不能审自己的星级" in page and 'action="/desk/stars/1/notice"' not in page
    assert client.post("/desk/stars/1/notice").status_code == 409


@pytest.mark.time_machine(AFTER_NOTICE + DAY, tick=False)
def test_what_fell_is_decided_by_the_office_with_a_reason(make, ann, starred, do, client_for):
    officer = make.officer(name="陈佩")
    do(took_back, starred, officer)
    office = client_for(officer)
    assert "王小梅" in office.get("/office/stars").text

    empty = office.post("/office/stars/1/reviews", data={"outcome": "revoked", "reason": ""})
    office.post("/office/stars/1/reviews", data={"outcome": "revoked", "reason": "时长查实不实"})

    assert empty.status_code == 422
    assert do(queries.held, ann.id) is None
    assert "时长查实不实" in client_for(ann).get("/me/stars").text
    assert "S2026-00001" not in office.get("/office/stars").text


@pytest.mark.usefixtures("hundred")
def test_the_office_bars_and_lifts(make, ann, client_for):
    office, volunteer = client_for(make.officer()), client_for(ann)
    here = f"/office/stars/people/{ann.id}"
    assert 'value="365"' in office.get(here).text

    office.post(f"{here}/bars", data={"days": "365", "reason": "查实虚假时长"})
    barred = volunteer.get("/me/stars").text
    refused = volunteer.post("/me/stars", data={"level": "1"})
    office.post(f"{here}/bars/1/lifting", data={"reason": "复核后撤销"})

    assert "查实虚假时长" in barred and 'action="/me/stars"' not in barred
    assert refused.status_code == 409
    assert volunteer.post("/me/stars", data={"level": "1"}).status_code == 303


def test_the_scale_is_changed_by_the_office_and_shown_to_everybody(
    make, client_for, visitor_client
):
    make.community()
    office = client_for(make.officer())
    usual = {"hours": (100, 300, 600, 1000, 1500), "days": (0, 180, 180, 365, 365)}
    typed = {
        f"{what}_{number}": str(one)
        for what, column in usual.items()
        for number, one in enumerate(column, 1)
    }
    assert "1500小时" in visitor_client.get("/stars").text

    wrong = office.post("/office/stars/scale", data=typed | {"hours_2": "90"})
    office.post("/office/stars/scale", data=typed | {"hours_5": "2000"})

    page = visitor_client.get("/stars").text
    beside = wrong.text.split('name="hours_2"')[1].split('name="hours_3"')[0]
    assert wrong.status_code == 422 and "高于前一级" in beside
    assert "2000小时" in page and "获评1星满180天" in page


def test_holders_are_named_by_consent_and_counted_otherwise(
    make, community, serve_and_star, visitor_client
):
    for name, agrees, born in (
        ("欧阳兰", True, 1990),
        ("李雷", False, 1990),
        ("白俊阳", True, 2012),
    ):
        person = make.person(name=name, community_id=community.id, birth_date=date(born, 6, 1))
        if agrees:
            make.consent(person)
        serve_and_star(person)

    with time_machine.travel(AFTER_NOTICE + DAY, tick=False):
        page = visitor_client.get("/stars").text

    assert "欧阳兰" in page and "李雷" not in page and "白俊阳" not in page
    assert "另有2位" in page


def test_of_very_many_holders_the_highest_and_latest_are_named_and_the_others_counted(
    make, community, serve_and_star, visitor_client, monkeypatch
):
    monkeypatch.setattr(public, "NAMED", 1)
    for name in ("欧阳兰", "李雷"):
        person = make.person(name=name, community_id=community.id, birth_date=date(1990, 6, 1))
        make.consent(person)
        serve_and_star(person)

    with time_machine.travel(AFTER_NOTICE + DAY, tick=False):
        page = visitor_client.get("/stars").text

    assert "另有1位星级志愿者" in page and "不公开" not in page
    assert page.count("<small>柳巷社区</small>") == 1
