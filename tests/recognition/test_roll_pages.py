"""The roll on the web: made at the desk, read by everybody, gone when withdrawn."""

from datetime import timedelta

import pytest
import time_machine

from tests.client import HTMX
from tests.factories import NOW
from tests.recognition.rolls import serve
from volunteer_site.core.db import write_transaction
from volunteer_site.organisations.queries import by_slug
from volunteer_site.people import services as people
from volunteer_site.recognition.rolls import cli

NOVEMBER = "2026-11"
EARLY_DECEMBER = NOW + timedelta(days=16)  # the 5th
HERE = f"/desk/honor-rolls/{NOVEMBER}/liuxiang"
PAGE = f"/honor-rolls/{NOVEMBER}/liuxiang"
TERMS = {"minimum_minutes": "60", "name_order": "surname", "cutoff": "usual"}
pytestmark = pytest.mark.time_machine(EARLY_DECEMBER, tick=False)


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def coordinator(client_for, make, community):
    return client_for(make.coordinator(community, name="郑红"))


@pytest.fixture
def volunteers(app, make, community):
    """Three with enough hours, of whom one keeps her name to herself, and one who falls short."""
    found = {}
    for name, minutes in (("欧阳少东", 150), ("王小二", 90), ("孙小兰", 90), ("于洋", 59)):
        found[name] = make.person(name=name)
        if name != "孙小兰":
            make.consent(found[name])
        with app.app_context():
            serve(found[name], community, minutes, started_at=NOW - timedelta(days=3))
    return found


@pytest.fixture
def published(coordinator, volunteers):
    publish(coordinator)


def text_of(answer, status=200):
    assert answer.status_code == status, answer.get_data(as_text=True)[:2000]
    return answer.get_data(as_text=True)


def announce(client):
    """Put the roll on public notice as if that had been two weeks ago."""
    with time_machine.travel(EARLY_DECEMBER - timedelta(days=14), tick=False):
        assert client.post(f"{HERE}/notice").status_code == 303


def publish(client):
    client.post(HERE, data=TERMS)
    announce(client)
    assert client.post(f"{HERE}/publication").status_code == 303


def test_an_officer_is_told_before_the_notice_that_nobody_could_answer(
    app, make, client_for, volunteers
):
    here = HERE.replace("liuxiang", "yingze")
    only, second = make.officer(), make.person()
    office = client_for(only)
    office.post(here, data=TERMS)

    assert "没有人可以答复" in text_of(office.get(here))
    office.post(f"{here}/notice")
    assert "没有人可以答复" in text_of(office.get(here))
    with app.app_context():
        make.role(second, by_slug("yingze"), "officer")
    assert "没有人可以答复" not in text_of(office.get(here))


def test_a_roll_is_prepared_looked_over_and_published(coordinator, volunteers, visitor_client):
    assert "准备光荣榜" in text_of(coordinator.get(HERE))
    assert coordinator.post(HERE, data=TERMS).location == HERE

    draft = text_of(coordinator.get(HERE))
    assert "共3人，服务5.5小时" in draft and "欧阳少东" in draft and "孙*兰" in draft
    assert "于洋" in draft and "59分钟，还差1分钟" in draft
    missing = text_of(visitor_client.get(PAGE), 404)
    assert "还没有公布" in missing and 'href="/communities/liuxiang"' in missing
    assert visitor_client.get(f"{PAGE}.pdf").status_code == 404

    announce(coordinator)
    assert coordinator.post(f"{HERE}/publication").status_code == 303
    page = text_of(visitor_client.get(PAGE))
    assert page.index("欧阳少东") < page.index("王小二") < page.index("孙*兰")
    assert "于洋" not in page and "孙小兰" not in page
    for said in (
        "统计期间：2026年11月1日至2026年11月30日",
        "2026年12月3日 24:00",
        "按姓氏笔画",
        "编号：202611-",
    ):
        assert said in page


def test_why_somebody_is_on_it_is_told_with_and_without_script(coordinator, volunteers):
    coordinator.post(HERE, data=TERMS)
    address = f"{HERE}/people/{volunteers['王小二'].id}"

    assert "清理楼道" in text_of(coordinator.get(address))
    part = text_of(coordinator.get(address, headers=HTMX))
    assert "清理楼道" in part and "<html" not in part
    assert coordinator.get(f"{HERE}/people/{volunteers['于洋'].id}").status_code == 404


def test_a_name_is_gone_from_the_page_and_the_file_as_soon_as_its_owner_says_so(
    app, coordinator, volunteers, visitor_client
):
    publish(coordinator)
    before = visitor_client.get(PAGE)
    file = visitor_client.get(f"{PAGE}.pdf").data
    assert "王小二" in text_of(before)

    with app.app_context(), write_transaction():
        people.withdraw_consent(volunteers["王小二"].id, "publish_name", now=EARLY_DECEMBER)

    after = visitor_client.get(PAGE, headers={"If-None-Match": before.headers["ETag"]})
    assert "王小二" not in text_of(after) and "王*二" in text_of(after)
    assert visitor_client.get(f"{PAGE}.pdf").data != file


def test_a_browser_that_has_the_page_is_told_so(published, visitor_client):
    first = visitor_client.get(PAGE)

    again = visitor_client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = visitor_client.application.test_client()
    other.get(PAGE)
    assert other.get(PAGE, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_kept_page_gives_each_visitor_their_own_name_and_token(
    app, make, client_for, published, visitor_client
):
    app.config["WTF_CSRF_ENABLED"] = True
    one, two = (client_for(make.person(name=name)) for name in ("李雷", "<韩>"))

    pages = [text_of(client.get(PAGE)) for client in (one, two, visitor_client, one)]

    assert "李雷，您好" in pages[0] and "&lt;韩&gt;，您好" in pages[1] and "您好" not in pages[2]
    tokens = [page.split('name="csrf_token" value="')[1].split('"')[0] for page in pages]
    assert len(set(tokens[:3])) == 3
    for client, token in zip((one, two, visitor_client), tokens, strict=False):
        data = {"csrf_token": token, "locale": "en", "next": PAGE}
        assert client.post("/preferences", data=data).status_code == 303
    assert "Honor roll" in text_of(visitor_client.get(PAGE))


def test_a_kept_page_asks_the_database_little(published, visitor_client, statements):
    visitor_client.get(PAGE)
    statements.clear()

    visitor_client.get(PAGE)

    assert len(statements) <= 2


def test_what_is_published_shows_the_same_hours_whatever_is_set_later(
    app, published, visitor_client
):
    before = text_of(visitor_client.get(PAGE))

    app.config["ROUNDING_MINUTES"] = 60
    app.extensions.pop("kept")

    after = text_of(visitor_client.get(PAGE))
    assert before.split("<article")[1].split("</article")[0] in after
    assert "1.5小时" in after and "每30分钟为一档" in after


def test_a_withdrawn_roll_says_since_when_and_why(coordinator, volunteers, visitor_client):
    publish(coordinator)
    assert coordinator.post(f"{HERE}/withdrawal", data={"reason": ""}).status_code == 422
    assert "撤回" in text_of(coordinator.get(f"{HERE}/withdrawal"))

    coordinator.post(f"{HERE}/withdrawal", data={"reason": "两个人的名字写反了"})

    page = text_of(visitor_client.get(PAGE), 410)
    assert "两个人的名字写反了" in page and "2026年12月5日" in page and "欧阳少东" not in page
    assert visitor_client.get(f"{PAGE}.pdf").status_code == 404
    publish(coordinator)
    assert "-2" in text_of(visitor_client.get(PAGE)).split("编号：202611-")[1][:8]


def test_publishing_twice_and_what_is_stale_is_told(coordinator, volunteers):
    publish(coordinator)

    assert coordinator.post(f"{HERE}/publication").status_code == 303
    assert "不再改动" in text_of(coordinator.post(HERE, data=TERMS), 409)


def test_a_draft_that_changed_since_it_was_looked_at_is_not_announced(coordinator, volunteers):
    coordinator.post(HERE, data=TERMS)
    stale = {"seen": (EARLY_DECEMBER - timedelta(minutes=1)).isoformat()}

    assert "重新准备过" in text_of(coordinator.post(f"{HERE}/notice", data=stale), 409)


@pytest.mark.parametrize(
    "wrong",
    [
        {"minimum_minutes": "-1"},
        {"minimum_minutes": "viele"},
        {"minimum_minutes": "999999999999"},
        {"name_order": "pinyin"},
        {"cutoff": ""},
    ],
)
def test_terms_that_make_no_sense_are_sent_back(coordinator, volunteers, wrong):
    assert coordinator.post(HERE, data=TERMS | wrong).status_code == 422
    assert "准备光荣榜" in text_of(coordinator.get(HERE))


def test_the_running_month_counts_until_this_moment_and_says_so(coordinator, volunteers):
    with time_machine.travel(NOW, tick=False):
        assert "本月还没有结束" in text_of(coordinator.get(HERE))
        coordinator.post(HERE, data=TERMS)
        assert "2026年11月19日 12:00" in text_of(coordinator.get(HERE))


def test_activities_that_are_not_closed_are_pointed_out(make, coordinator, community):
    make.activity(organisation_id=community.id)
    make.activity(organisation_id=community.id, starts_at=EARLY_DECEMBER - timedelta(days=1))

    assert "本月还有1场活动没有关闭" in text_of(coordinator.get(HERE))


def test_each_makes_the_rolls_of_their_own_and_nobody_elses(make, client_for, community):
    unit, other = make.unit(slug="shuiwuju"), make.community(slug="jiantie")
    months = f"/desk/honor-rolls/{NOVEMBER}"
    own = {
        "liuxiang": client_for(make.coordinator(community)),
        "shuiwuju": client_for(make.liaison(unit)),
    }
    officer = client_for(make.officer())

    for mine, client in own.items():
        assert client.get(months).location == f"{months}/{mine}"
        for slug in ("liuxiang", "shuiwuju", "jiantie", "yingze", "nothing"):
            assert client.get(f"{months}/{slug}").status_code == (200 if slug == mine else 404)
            assert client.post(f"{months}/{slug}", data=TERMS).status_code == (
                303 if slug == mine else 404
            )
    listed = text_of(officer.get(months))
    for slug in ("liuxiang", "shuiwuju", other.slug, "yingze"):
        assert f"{months}/{slug}" in listed
        assert officer.get(f"{months}/{slug}").status_code == 200


def test_the_first_page_leads_to_the_month_that_is_due(coordinator):
    assert coordinator.get("/desk/honor-rolls").location == "/desk/honor-rolls/2026-11"
    with time_machine.travel(NOW, tick=False):
        assert coordinator.get("/desk/honor-rolls").location == "/desk/honor-rolls/2026-11"
    with time_machine.travel(NOW - timedelta(days=9), tick=False):
        assert coordinator.get("/desk/honor-rolls").location == "/desk/honor-rolls/2026-10"


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "26-11", "1900-01", "2999-12", "x"])
def test_what_is_no_month_is_not_found(coordinator, month):
    for address in (f"/honor-rolls/{month}/liuxiang", f"/desk/honor-rolls/{month}/liuxiang"):
        assert coordinator.get(address).status_code == 404


def test_the_command_prepares_everybodys_rolls_and_is_safe_to_run_twice(
    app, make, community, volunteers, coordinator
):
    make.unit()
    runner = app.test_cli_runner()

    first, second = (runner.invoke(cli.rolls, ["prepare", NOVEMBER]) for _ in range(2))

    assert "1 prepared, 0 there already, 2 empty." in first.output
    assert "0 prepared, 1 there already, 2 empty." in second.output
    assert "共3人" in text_of(coordinator.get(HERE))
    assert runner.invoke(cli.rolls, ["prepare", "2026-13"]).exit_code == 2


def test_the_command_keeps_what_somebody_chose(app, make, client_for, community, volunteers):
    person = make.coordinator(community)
    with time_machine.travel(NOW, tick=False):
        client_for(person).post(HERE, data=TERMS | {"minimum_minutes": "120"})

    app.test_cli_runner().invoke(cli.rolls, ["prepare", NOVEMBER])

    draft = text_of(client_for(person).get(HERE))
    assert "2026年12月3日 24:00" in draft and "共1人" in draft
