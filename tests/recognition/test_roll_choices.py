"""One's own name on rolls: in full, masked or not at all; and why one is on it, or not (R40)."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from tests.factories import NOW
from tests.recognition.rolls import (
    MONTH,
    PUBLISHED,
    announce,
    names_of,
    prepare,
    publish,
    roll,
    serve,
    take_back,
)
from volunteer_site.core.db import write_transaction
from volunteer_site.recognition.notices import parts
from volunteer_site.recognition.notices import queries as notices
from volunteer_site.recognition.notices.services import concerned
from volunteer_site.recognition.rolls import choices, queries, reviews, words
from volunteer_site.recognition.rolls.choices import NameChoice

MINE = f"/me/honor-rolls/{MONTH}/liuxiang"
PAGE = f"/honor-rolls/{MONTH}/liuxiang"
CUTOFF = datetime(2026, 11, 3, 16)


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def mei(make):
    person = make.person(name="王小梅")
    make.consent(person)
    return person


@pytest.fixture
def client_of_mei(client_for, mei):
    return client_for(mei)


@pytest.fixture
def served(app, make, community, mei):
    """Two people with enough hours in October."""
    with app.app_context():
        serve(mei, community, 120)
        serve(make.person(name="孙小兰"), community, 60)


@pytest.fixture
def publish_it(app, community):
    """Publish October's roll; pages are asked outside, as each has a context of its own."""

    def do():
        with app.app_context():
            prepare(community)
            publish(community)

    return do


def choose(person, choice):
    with write_transaction():
        choices.choose(person.id, NameChoice(choice), "2026-11", by="self", now=NOW)


@pytest.mark.parametrize(
    ("choice", "names"),
    [("full", ["王小梅", "孙*兰"]), ("masked", ["王*梅", "孙*兰"]), ("out", ["孙*兰"])],
)
@pytest.mark.usefixtures("in_app", "served")
def test_a_roll_prepared_afterwards_shows_the_name_as_was_chosen(community, mei, choice, names):
    choose(mei, choice)

    assert names_of(prepare(community)) == names


def test_who_is_left_out_takes_no_place_and_is_counted_for_the_desk(in_app, served, community, mei):
    choose(mei, "out")

    made = roll(prepare(community))

    assert [line.rank for line in queries.named(made.id)] == [1]
    assert reviews.review(community, made, queries.named(made.id)).absent == 1


def test_who_is_not_shown_does_not_answer_objections_either(in_app, served, community, mei):
    prepare(community)
    notice = notices.get(announce(community, NOW))
    choose(mei, "out")

    assert mei.id in concerned(notice, parts.of(notice))


def test_a_roll_says_how_many_are_not_named(in_app, served, community, mei):
    roll_id = prepare(community)
    choose(mei, "out")

    said = words.names(roll(roll_id), queries.named(roll_id))

    assert said.endswith("另有1人按本人意愿不列名。") and said.startswith("姓名中的*")


@pytest.mark.parametrize(
    ("choice", "there"), [("masked", "王*梅"), ("out", None), ("full", "王小梅")]
)
def test_a_published_page_follows_at_once(served, publish_it, client_of_mei, choice, there):
    publish_it()
    assert "王小梅" in client_of_mei.get(PAGE).text

    client_of_mei.post("/me/honor-rolls", data={"choice": choice})

    page = client_of_mei.get(PAGE).text.split("<article")[1].split("</article")[0]
    assert {name for name in ("王小梅", "王*梅") if name in page} == ({there} - {None})
    assert "孙*兰" in page


@pytest.mark.usefixtures("served")
def test_agreeing_again_brings_the_name_back(app, publish_it, mei, client_of_mei, visitor_client):
    publish_it()
    client_of_mei.post("/me/honor-rolls", data={"choice": "out"})
    assert "王小梅" not in visitor_client.get(PAGE).text

    client_of_mei.post("/me/consents", data={"kind": "publish_name"})

    assert "王小梅" in visitor_client.get(PAGE).text
    with app.app_context():
        assert choices.of(mei.id) == NameChoice.FULL


@pytest.mark.usefixtures("served")
def test_who_agrees_afterwards_reads_that_a_published_line_stays_masked(
    app, publish_it, mei, client_of_mei
):
    with app.app_context():
        choose(mei, "masked")
    publish_it()

    client_of_mei.post("/me/honor-rolls", data={"choice": "full"})

    assert "已经隐去发布的不再改动" in client_of_mei.get("/me/honor-rolls").text
    assert "王*梅" in client_of_mei.get(PAGE).text
    assert "生成时您还没有同意" in client_of_mei.get(MINE).text


def test_a_minor_who_asks_for_the_full_name_stays_masked(in_app, make, community, client_for):
    child = make.person(name="王小小", birth_date=date(2012, 3, 8))
    serve(child, community, 60)
    choose(child, "full")

    assert names_of(prepare(community)) == ["王*小"]


def test_what_is_no_choice_is_sent_back(client_for, mei):
    assert client_for(mei).post("/me/honor-rolls", data={"choice": "golden"}).status_code == 422


def test_who_is_on_it_reads_the_rank_and_the_hours(served, publish_it, client_of_mei):
    publish_it()

    page = client_of_mei.get(MINE).text

    assert "您在榜上：第1名" in page and "120分钟" in page and "清理楼道" in page


@pytest.fixture
def too_little(app, make, community, mei):
    with app.app_context():
        serve(mei, community, 45)
        serve(make.person(), community, 60)


def test_who_falls_short_reads_by_how_much(too_little, publish_it, client_of_mei):
    publish_it()

    assert "还差15分钟" in client_of_mei.get(MINE).text


@pytest.fixture
def too_late(app, make, community, mei):
    """Hours of which some came too late and others were taken back in time."""
    with app.app_context():
        serve(make.person(), community, 60)
        serve(mei, community, 90, recorded_at=CUTOFF + timedelta(days=1))
        take_back(serve(mei, community, 80), CUTOFF - timedelta(days=1))


def test_hours_recorded_too_late_and_taken_back_are_told(too_late, publish_it, client_of_mei):
    publish_it()

    page = client_of_mei.get(MINE).text

    assert "截止后才记录" in page and "90分钟" in page
    assert "截止前已撤销或更正" in page and "80分钟" in page
    assert "还差60分钟" in page


def test_who_chose_to_be_left_out_reads_that(served, publish_it, client_of_mei):
    client_of_mei.post("/me/honor-rolls", data={"choice": "out"})
    publish_it()

    assert "您选择了不上榜" in client_of_mei.get(MINE).text


def test_a_draft_tells_nobody_anything_and_a_notice_does(app, served, community, client_of_mei):
    with app.app_context():
        prepare(community)
    assert client_of_mei.get(MINE).status_code == 404

    with app.app_context():
        notice = announce(community, PUBLISHED)

    assert f'href="{MINE}"' in client_of_mei.get(f"/notices/{notice}").text
    assert "您在榜上" in client_of_mei.get(MINE).text


def test_the_link_is_only_for_those_who_are_logged_in(
    served, publish_it, client_of_mei, visitor_client
):
    publish_it()

    assert MINE in client_of_mei.get(PAGE).text
    assert MINE not in visitor_client.get(PAGE).text
    assert visitor_client.get(MINE).status_code == 303
