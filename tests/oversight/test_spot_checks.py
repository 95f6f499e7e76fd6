"""A draw that nobody can choose and everybody can repeat, and what was found."""

import hashlib
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
import time_machine

from tests.factories import FRIDAY_18
from tests.oversight.odd import Afternoons
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services as hours
from volunteer_site.hours.models import HourEntry, Seal
from volunteer_site.oversight.anomalies.models import Anomaly
from volunteer_site.oversight.spot_checks import draw
from volunteer_site.oversight.spot_checks.models import SpotCheck, SpotCheckLine

DESK = "/office/spot-checks"
DECEMBER = datetime(2026, 12, 5, 4)


def test_the_same_seed_draws_the_same_entries():
    entries = {1: range(1, 41), 2: range(50, 60)}

    assert draw.drawn("seed", entries, 10) == draw.drawn("seed", entries, 10)
    assert draw.drawn("seed", entries, 10) != draw.drawn("other", entries, 10)


def test_each_community_gives_its_share_and_at_least_one():
    chosen = draw.drawn("seed", {1: range(1, 41), 2: range(50, 53)}, 10)

    assert len([entry for entry in chosen if entry <= 40]) == 4
    assert len([entry for entry in chosen if entry >= 50]) == 1


def test_a_larger_share_draws_the_same_entries_and_more():
    few, many = (set(draw.drawn("seed", {1: range(1, 101)}, share)) for share in (5, 20))

    assert few < many and len(many) == 20


def test_anybody_can_draw_again_with_what_the_page_says():
    seed = hashlib.sha256(b"ab12 2026-11 yingze V00000017").hexdigest()
    ranked = sorted(
        range(1, 21), key=lambda entry: hashlib.sha256(f"{seed} {entry}".encode()).hexdigest()
    )

    assert draw.seed("ab12", "2026-11", "yingze", "V00000017") == seed
    assert draw.drawn(seed, {1: range(1, 21)}, 10) == sorted(ranked[:2])


@pytest.fixture
def scene(app, make, client_for):
    """A sealed November with twelve entries at two communities, and an officer in December."""
    with app.app_context():
        day = Afternoons(make)
        day.crowd(day.activity(title="清扫楼道"), 10)
        day.crowd(day.activity(at=day.neighbour), 2)
        hours.seal(DECEMBER)
        db.session.rollback()
    officer = make.officer(name="陈佩")
    with time_machine.travel(DECEMBER, tick=False):
        yield SimpleNamespace(
            app=app, make=make, day=day, officer=officer, client_for=client_for,
            at_office=client_for(officer),
        )  # fmt: skip


def rows(scene, model):
    with scene.app.app_context():
        asked = sa.select(model.__table__).order_by(model.id)
        return list(db.session.execute(asked).mappings())


def drawn(scene, **given):
    return scene.at_office.post(DESK, data={"month": "2026-11", "percent": "20"} | given)


def results(scene, *found):
    lines = [row["id"] for row in rows(scene, SpotCheckLine)]
    return {
        f"line-{number}-{name}": value
        for number, finding in zip(lines, found, strict=False)
        for name, value in zip(("result", "words"), finding, strict=False)
    }


def test_a_draw_keeps_its_seed_and_the_seal_it_comes_from(scene):
    assert drawn(scene).status_code == 303

    (check,), lines = rows(scene, SpotCheck), rows(scene, SpotCheckLine)
    assert (check["population"], len(lines), check["seal_day"]) == (12, 3, date(2026, 11, 30))
    with scene.app.app_context():
        seal = db.session.get(Seal, date(2026, 11, 30))
        assert check["seed"] == draw.seed(seal.digest, "2026-11", "yingze", scene.officer.number)


def test_drawing_again_gives_the_same_draw(scene):
    first, again = drawn(scene), drawn(scene, percent="50")

    assert first.location == again.location
    assert len(rows(scene, SpotCheck)) == 1


def test_an_entry_taken_back_since_is_still_drawn(scene):
    with scene.app.app_context():
        district = scene.day.community.path[:3]
        before = draw.strata(district, "2026-11")
        with write_transaction():
            hours.reverse(1, "不在场", by_id=None, now=DECEMBER)
        assert draw.strata(district, "2026-11") == before


def test_a_month_that_is_not_sealed_is_not_offered_and_not_drawn(scene):
    assert drawn(scene, month="2026-12").status_code == 422
    assert rows(scene, SpotCheck) == []


@pytest.mark.parametrize("percent", ["0", "101", "viel", ""])
def test_a_share_that_makes_no_sense_comes_back(scene, percent):
    assert drawn(scene, percent=percent).status_code == 422


def test_what_was_found_is_kept_line_by_line(scene):
    address = drawn(scene).location
    some = results(scene, ("right", ""), ("unknown", "电话打不通"))
    scene.at_office.post(f"{address}/results", data=some)

    assert [row["result"] for row in rows(scene, SpotCheckLine)] == ["right", "unknown", None]
    assert "2/3" in scene.at_office.get(address).text


def test_wrong_needs_words_and_what_was_typed_comes_back(scene):
    address = drawn(scene).location
    answer = scene.at_office.post(f"{address}/results", data=results(scene, ("wrong", "")))

    assert answer.status_code == 422 and "请写明哪里不实" in answer.text
    found = rows(scene, SpotCheckLine)
    assert [row["result"] for row in found] == [None] * 3
    assert f'<a href="#line-{found[0]["id"]}-words">1. ' in answer.text  # above all rows


def test_nothing_is_published_before_all_were_looked_at(scene):
    address = drawn(scene).location

    assert scene.at_office.post(f"{address}/publication").status_code == 409


def test_the_shares_are_published_in_the_district_only(scene):
    address = drawn(scene).location
    found = results(scene, ("right", ""), ("right", ""), ("wrong", "本人说没有参加"))
    scene.at_office.post(f"{address}/results", data=found)
    published = scene.at_office.post(f"{address}/publication", data={"remark": "总体可靠"})
    resident = scene.client_for(scene.make.person(name="李雷", community_id=scene.day.neighbour.id))
    other = scene.make.organisation(kind="district", name="晋源区", slug="jinyuan")
    stranger = scene.client_for(scene.make.officer(other))

    page = resident.get(published.location).text
    assert "66.7 %" in page and "总体可靠" in page and "王小梅" not in page
    assert published.location in resident.get("/spot-checks").text
    assert stranger.get(published.location).status_code == 404
    assert published.location not in stranger.get("/spot-checks").text


def test_what_was_found_wrong_is_on_the_desk_to_decide_about(scene):
    address = drawn(scene).location
    wrong = [("wrong", "本人说没有参加")]
    found = results(scene, *wrong, ("right", ""), ("right", ""))
    scene.at_office.post(f"{address}/results", data=found)
    scene.at_office.post(f"{address}/publication")
    scene.at_office.post(f"{address}/publication")

    (finding,) = rows(scene, Anomaly)
    page = scene.at_office.get(f"/office/anomalies/{finding['id']}").text
    assert "本人说没有参加" in page
    assert scene.at_office.get(f"/office/anomalies/{finding['id']}/reversal").text.count(
        'name="entries"'
    ) == 1  # fmt: skip


def test_what_is_published_does_not_change(scene):
    address = drawn(scene).location
    scene.at_office.post(f"{address}/results", data=results(scene, *[("right", "")] * 3))
    scene.at_office.post(f"{address}/publication")
    later = scene.at_office.post(f"{address}/results", data=results(scene, ("unknown", "忘了")))

    assert later.status_code == 409
    assert [row["result"] for row in rows(scene, SpotCheckLine)] == ["right"] * 3


def test_nobody_checks_their_own_hours(scene):
    address = drawn(scene, percent="100").location
    entry = rows(scene, SpotCheckLine)[0]["entry_id"]
    with scene.app.app_context():
        person = db.session.get(HourEntry, entry).person_id
    scene.make.role(SimpleNamespace(id=person), district_of(scene), "officer")
    own = scene.client_for(SimpleNamespace(id=person, session_stamp=""))

    answer = own.post(f"{address}/results", data=results(scene, ("right", "")))

    assert answer.status_code == 422
    assert rows(scene, SpotCheckLine)[0]["result"] is None


def district_of(scene):
    return SimpleNamespace(id=scene.day.community.parent_id)


def test_the_sheet_has_a_row_for_each_entry_and_room_to_sign(scene):
    page = scene.at_office.get(f"{drawn(scene).location}/sheet").text

    assert page.count("<tr>") == 4  # with the head
    assert "复核人" in page


def test_an_officer_of_another_district_finds_no_draw(scene):
    address = drawn(scene).location
    other = scene.make.organisation(kind="district", name="晋源区", slug="jinyuan")
    stranger = scene.client_for(scene.make.officer(other))

    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}/sheet").status_code == 404
    assert stranger.post(f"{address}/results").status_code == 404
    assert stranger.post(f"{address}/publication").status_code == 404


def test_the_month_counts_by_the_day_of_recording(scene):
    with scene.app.app_context():
        late = scene.day.activity(starts_at=FRIDAY_18 + timedelta(days=13))
        scene.day.goes(late)
        district = scene.day.community.path[:3]
        assert sum(map(len, draw.strata(district, "2026-11").values())) == 12
