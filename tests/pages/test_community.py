"""A community's own page: what it has on, who helps it, what came of it; for everybody to see."""

import re
from datetime import date, timedelta

import pytest

from tests.factories import FRIDAY_18, NOW
from tests.hours.ledger import credit, facts
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services as ledger
from volunteer_site.organisations.models import Organisation
from volunteer_site.recognition.rolls.models import HonorRoll

WEEK = timedelta(days=7)
LIMIT = 10  # statements the page may send, however much it shows
pytestmark = pytest.mark.time_machine(NOW, tick=False)


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang", address="柳巷8号", phone="03512026111")


@pytest.fixture
def page(community, visitor_client):
    """Return the text of the page as anybody sees it."""
    return lambda: visitor_client.get("/communities/liuxiang").text


@pytest.fixture
def gave(app, community):
    """Write hours into the ledger, as closing an activity of the community does."""
    count = iter(range(1, 100))

    def post(person, minutes=60, starts_at=FRIDAY_18 - WEEK, where=community):
        number, ends_at = next(count), starts_at + timedelta(minutes=minutes)
        what = facts(number, starts_at=starts_at, ends_at=ends_at)
        who = credit(person, where, number, minutes=minutes, started_at=starts_at)
        with app.app_context(), write_transaction():
            return ledger.post(what, [who], now=NOW)[0]

    return post


@pytest.fixture
def roll(app, community):
    """Write a roll of the community."""

    def write(month, number, **given):
        usual = {"cutoff_at": NOW, "minimum_minutes": 60, "name_order": "surname", "people": 3,
                 "minutes": 450, "prepared_at": NOW, "published_at": NOW}  # fmt: skip
        with app.app_context():
            row = HonorRoll(
                organisation_id=community.id, month=month, number=number, **usual | given
            )
            db.session.add(row)
            db.session.commit()

    return write


def sums(text):
    panel = text.split('aria-labelledby="year-title"')[1].split("</section>")[0]
    return re.findall(r"<dd>([\d.]+)</dd>", panel)


def test_it_says_what_is_on_this_week_and_the_next(make, community, page):
    here = {"organisation_id": community.id}
    make.activity(title="清理小广告", **here)
    make.activity(title="护学岗", starts_at=FRIDAY_18 + WEEK, **here)
    make.activity(title="太远了", starts_at=FRIDAY_18 + 2 * WEEK, **here)
    make.activity(title="已结束", starts_at=NOW - 3 * timedelta(hours=1), **here)
    make.activity(title="草稿", published_at=None, **here)
    make.activity(title="别处的")

    text = page()

    assert "清理小广告" in text and "护学岗" in text
    for absent in ("太远了", "已结束", "草稿", "别处的"):
        assert absent not in text


def test_it_names_the_units_that_help_it_today(make, community, page):
    make.pairing(make.unit(name="区水务局"), community)
    make.pairing(make.unit(name="从前的"), community, ends_on=date(2026, 11, 18))
    make.pairing(make.unit(name="以后的"), community, starts_on=date(2026, 11, 20))
    make.pairing(make.unit(name="别处的"), make.community())

    text = page()

    assert "区水务局" in text
    assert not any(name in text for name in ("从前的", "以后的", "别处的"))


def test_the_years_sums_are_those_of_the_ledger(make, gave, page):
    ann, ben = make.person(), make.person()
    gave(ann, 90)
    gave(ann, 60, FRIDAY_18 - 2 * WEEK)
    gave(ben, 45)
    gave(ben, 600, FRIDAY_18 - 60 * WEEK)
    gave(ben, 600, FRIDAY_18 - 3 * WEEK, where=make.community())

    assert sums(page()) == ["3", "3", "2"]


def test_what_was_taken_back_is_gone_from_the_sums(app, make, gave, page):
    ann, ben = make.person(), make.person()
    wrong = gave(ann)
    gave(ben, 120)
    assert sums(page()) == ["3", "2", "2"]

    with app.app_context(), write_transaction():
        ledger.reverse(wrong, "录错了人", by_id=ben.id, now=NOW)

    assert sums(page()) == ["2", "1", "1"]


def test_nobody_is_named(make, gave, page):
    gave(make.person(name="欧阳兰"))

    assert "欧阳兰" not in page()


def test_the_newest_roll_that_stands_is_shown(roll, page):
    roll("2026-09", "迎泽-202609-001")
    roll("2026-10", "迎泽-202610-001", withdrawn_at=NOW, withdrawal_reason="算错了")
    roll("2026-11", None, published_at=None)

    text = page()

    assert 'href="/honor-rolls/2026-09/liuxiang"' in text and "2026年9月光荣榜" in text
    assert "/honor-rolls/2026-10" not in text and "/honor-rolls/2026-11" not in text


def test_it_says_how_to_reach_the_community(page):
    text = page()

    assert "柳巷8号" in text and 'href="tel:03512026111"' in text


def test_a_community_with_nothing_yet_says_what_to_do(page):
    text = page()

    assert "还没有发布活动" in text and "目前没有单位与本社区结对" in text
    assert "/honor-rolls/20" not in text and sums(text) == []


def test_a_volunteer_signs_up_from_here_with_one_tap(make, community, client_for):
    activity = make.activity(organisation_id=community.id)
    client = client_for(make.person())

    assert (
        f'formaction="/activities/{activity.id}/signup"' in client.get("/communities/liuxiang").text
    )


def test_a_community_that_has_ended_says_so(app, community, page):
    with app.app_context():
        db.session.get(Organisation, community.id).closed_at = NOW
        db.session.commit()

    assert "已停止参加" in page()


@pytest.mark.parametrize("slug", ["nowhere", "a" * 300, "%20", "'"])
def test_an_address_of_nothing_is_not_found(visitor_client, slug):
    assert visitor_client.get(f"/communities/{slug}").status_code == 404


def test_units_and_districts_have_no_page_of_a_community(make, visitor_client):
    unit = make.unit()

    assert visitor_client.get(f"/communities/{unit.slug}").status_code == 404
    assert visitor_client.get("/communities/yingze").status_code == 404


def test_who_has_the_page_already_does_not_load_it_again(make, community, visitor_client):
    activity = make.activity(organisation_id=community.id)
    first = visitor_client.get("/communities/liuxiang")
    known = {"If-None-Match": first.headers["ETag"]}

    again = visitor_client.get("/communities/liuxiang", headers=known)
    make.signup(activity)
    after = visitor_client.get("/communities/liuxiang", headers=known)

    assert (again.status_code, again.data) == (304, b"")
    assert after.status_code == 200 and after.headers["ETag"] != first.headers["ETag"]


def test_a_page_kept_by_the_browser_is_never_somebody_elses(app, make, community, client_for):
    make.activity(organisation_id=community.id)
    first = app.test_client().get("/communities/liuxiang")
    known = {"If-None-Match": first.headers["ETag"]}

    for client in (app.test_client(), client_for(make.person())):
        assert client.get("/communities/liuxiang", headers=known).status_code == 200


def test_everybody_gets_their_own_marks_on_the_same_page(make, community, client_for):
    activity = make.activity(organisation_id=community.id)
    ann, ben = make.person(name="王小梅"), make.person(name="欧阳兰")
    make.signup(activity, ann)

    hers, his = (client_for(one).get("/communities/liuxiang").text for one in (ann, ben))

    assert 'tag good">已报名' in hers and "王小梅" in hers
    assert "tag good" not in his and "欧阳兰" in his and "王小梅" not in his


def test_a_page_with_many_activities_asks_no_more(make, community, visitor_client, statements):
    make.activity(organisation_id=community.id)
    visitor_client.get("/communities/liuxiang")
    statements.clear()
    visitor_client.get("/communities/liuxiang")
    few = len(statements)
    for _ in range(8):
        make.activity(organisation_id=community.id)
        make.pairing(make.unit(), community)
    statements.clear()

    visitor_client.get("/communities/liuxiang")

    assert few <= len(statements) <= LIMIT
