"""A volunteer's own page: what comes next and what they gave, and nobody else's."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine

from tests.factories import FRIDAY_18, NOW
from tests.hours.ledger import credit, facts
from tests.recognition.badges import load
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import queries as hours
from volunteer_site.hours import services as ledger
from volunteer_site.people.models import Guardian

WEEK = timedelta(days=7)
FIRST_OF_MARCH = datetime(2026, 3, 1, 10)
FIRST, AGAIN = 14, 3  # statements a page may send when nothing is kept yet, and later
pytestmark = pytest.mark.time_machine(NOW, tick=False)


@pytest.fixture
def ann(make):
    return make.person(name="王小梅")


@pytest.fixture
def page(client_for, ann):
    """Return the text of the page as Ann sees it at a moment."""

    def open_at(moment=NOW, person=ann):
        with time_machine.travel(moment, tick=False):
            return client_for(person).get("/me").text

    return open_at


@pytest.fixture
def gave(app, make, ann):
    """Write hours into the ledger, as closing an activity does."""
    community, count = make.community(), iter(range(1, 100))

    def post(minutes, starts_at=FRIDAY_18 - WEEK, person=ann):
        number, ends_at = next(count), starts_at + timedelta(minutes=minutes)
        what = facts(number, starts_at=starts_at, ends_at=ends_at)
        who = credit(person, community, number, minutes=minutes, started_at=starts_at)
        with app.app_context(), write_transaction():
            return ledger.post(what, [who], now=max(NOW, ends_at))[0]

    return post


def section(text, name):
    return text.split(f'aria-labelledby="{name}"')[1].split("</section>")[0]


def shown_hours(text):
    return re.findall(r"<dd>(?:<a[^>]*>)?([\d.]+)", section(text, "hours-title"))


def test_the_next_activity_says_when_and_where(make, ann, page):
    later = make.activity(title="护学岗", starts_at=FRIDAY_18 + WEEK)
    soon = make.activity(title="清理小广告", place="东门集合")
    make.signup(later, ann)
    make.signup(soon, ann)

    text = page()

    card = section(text, "next-title")
    assert "清理小广告" in card and "东门集合" in card
    assert "11月20日 周五 18:00–19:00" in card and "明天" in card and "已报名" in card
    assert f'href="/activities/{soon.id}#seats"' in card
    assert "护学岗" not in card and "护学岗" in section(text, "later-title")


def test_who_waits_sees_their_place_in_the_line(make, ann, page):
    activity = make.activity(places=1)
    make.signup(activity)
    make.signup(activity, confirmed_at=None)
    make.signup(activity, ann, confirmed_at=None)

    assert "候补第2位" in section(page(), "next-title")


def test_an_activity_called_off_says_so_and_why(make, ann, page):
    activity = make.activity(cancelled_at=NOW, cancellation_reason="大雨，改到下周")
    make.signup(activity, ann)

    card = section(page(), "next-title")

    assert "已取消" in card and "大雨，改到下周" in card
    assert "签到" not in card


def test_the_way_to_the_door_opens_and_closes_with_it(make, ann, page):
    activity = make.activity()
    signup = make.signup(activity, ann)
    minute = timedelta(minutes=1)

    assert "/check-in" not in page(FRIDAY_18 - 31 * minute)
    assert f'href="/activities/{activity.id}/check-in"' in page(FRIDAY_18 - 30 * minute)
    assert f'href="/activities/{activity.id}/check-in"' in page(FRIDAY_18 + 89 * minute)
    assert "清理" not in page(FRIDAY_18 + 91 * minute)
    make.attendance(signup)
    inside = page(FRIDAY_18 + 10 * minute)
    assert "已签到" in inside and f'href="/activities/{activity.id}/check-out"' in inside
    make.attendance(signup, "out", happened_at=FRIDAY_18 + 55 * minute)
    after = page(FRIDAY_18 + 60 * minute)
    assert "已签退" in after and "/check-out" not in after


def test_who_waits_is_not_sent_to_the_door(make, ann, page):
    activity = make.activity(places=1)
    make.signup(activity)
    make.signup(activity, ann, confirmed_at=None)

    assert "/check-in" not in page(FRIDAY_18)


def test_what_was_undone_at_the_door_is_not_shown(make, ann, page):
    signup = make.signup(make.activity(), ann)
    make.attendance(signup, undone_at=FRIDAY_18)

    assert "已签到" not in page(FRIDAY_18)


def test_withdrawn_and_closed_ones_are_not_ahead(make, ann, page):
    make.signup(make.activity(title="退掉的"), ann, withdrawn_at=NOW)
    make.signup(make.activity(title="收工的", closed_at=NOW), ann)

    text = page()

    assert "退掉的" not in text and "收工的" not in text


def test_the_hours_are_those_of_the_ledger(app, ann, gave, page):
    gave(90)
    gave(60, FRIDAY_18 - 8 * WEEK)
    gave(120, FRIDAY_18 - 60 * WEEK)

    shown = shown_hours(page())

    assert shown == ["4.5", "2.5", "1.5"]
    with app.app_context():
        assert hours.total_minutes(ann.id) == 270


def test_the_total_is_the_same_as_on_the_page_of_hours(ann, client_for, gave, page):
    gave(90)
    gave(50, FRIDAY_18 - 2 * WEEK)

    listed = section(client_for(ann).get("/me/hours").text, "sum")

    assert shown_hours(page())[0] == "2"
    assert re.search(r"<b>2</b>", listed)


def test_minutes_are_added_before_they_are_rounded(gave, page):
    gave(50)
    gave(50, FRIDAY_18 - 2 * WEEK)

    assert shown_hours(page())[0] == "1.5"


def test_what_was_taken_back_counts_no_more(app, ann, gave, page):
    gave(60)
    wrong = gave(120, FRIDAY_18 - 2 * WEEK)
    assert shown_hours(page())[0] == "3"

    with app.app_context(), write_transaction():
        ledger.reverse(wrong, "录错了人", by_id=ann.id, now=NOW)

    assert shown_hours(page())[0] == "1"


def test_the_month_and_the_year_are_those_of_taiyuan(gave, page):
    gave(60, datetime(2026, 12, 31, 15, 30))  # 23:30 there, still the old year

    assert shown_hours(page(datetime(2026, 12, 31, 16, 30)))[1:] == ["0", "0"]
    assert shown_hours(page(datetime(2026, 12, 31, 15, 50)))[1:] == ["1", "1"]


@pytest.fixture
def badges(app):
    """Put the badges in, as the office does."""
    with app.app_context():
        load("weeks-1", "weeks-4")


@pytest.mark.usefixtures("badges")
def test_the_latest_badge_and_the_next_are_there_with_the_hours(gave, page):
    before = section(page(FRIDAY_18), "first-title")
    gave(60)

    text = section(page(), "badges-title")

    assert "badge" not in before
    assert 'href="/me/badges/1"' in text and "11月13日 周五" in text
    assert 'href="/badges/weeks-4"' in text and "1 / 4" in text


@pytest.mark.usefixtures("badges")
def test_a_badge_that_was_withdrawn_disappears_at_once(app, ann, gave, page):
    gave(60, FRIDAY_18 - 2 * WEEK, person=ann)
    wrong = gave(60)
    assert 'href="/me/badges/1"' in page()

    for entry in (1, wrong):
        with app.app_context(), write_transaction():
            ledger.reverse(entry, "录错了人", by_id=ann.id, now=NOW)

    assert "/me/badges/1" not in page()


def test_nothing_of_anybody_else_is_shown(make, gave, page):
    other = make.person(name="欧阳兰")
    make.signup(make.activity(title="别人的活动"), other)
    gave(600, person=other)

    text = page()

    assert "别人的活动" not in text and "欧阳兰" not in text
    assert "您的第一个小时" in text


def test_somebody_new_is_told_what_to_do_first(page):
    text = page()

    assert "您的第一个小时" in text and 'href="/"' in section(text, "first-title")
    assert 'href="/me/profile"' in text


def test_somebody_with_hours_and_nothing_ahead_is_invited(gave, page):
    gave(60)

    assert "挑一场活动" in section(page(), "free-title")


def test_the_community_and_the_unit_are_named(make, page):
    community, unit = make.community(name="柳巷社区"), make.unit(name="区水务局")
    person = make.person(community_id=community.id, unit_id=unit.id)

    text = page(person=person)

    assert "柳巷社区" in text and "区水务局" in text
    assert 'href="/me/profile"' not in text


def test_a_minors_page_says_whose_consent_there_is(app, make, page):
    child = make.person(name="白俊阳", birth_date=date(2014, 6, 20))
    with app.app_context():
        db.session.add(
            Guardian(person_id=child.id, name="白卫东", phone="13800138000", consented_at=NOW,
                     version="2026-11")
        )  # fmt: skip
        db.session.commit()

    text = page(person=child)

    assert "小小志愿者" in text and "监护人白卫东已同意" in text
    assert "13800138000" not in text
    grown = page(datetime(2032, 6, 20), child)
    assert "小小志愿者" not in grown and "白卫东" not in grown


def test_names_are_shown_as_text(make, page):
    text = page(person=make.person(name="<b>张</b>"))

    assert "<b>张</b>" not in text and "&lt;b&gt;张" in text


def test_a_change_is_seen_at_once_although_the_page_is_kept(make, ann, client_for, gave, page):
    activity, ben = make.activity(places=1), make.person()
    make.signup(activity, ben)
    make.signup(activity, ann, confirmed_at=None)
    assert "候补第1位" in page() and "候补第1位" in page()

    client_for(ben).post(f"/activities/{activity.id}/signup/withdrawal")
    gave(60)

    text = page()
    assert "已报名" in text and "候补" not in text and shown_hours(text)[0] == "1"


@pytest.fixture
def sent(app, ann, client_for, statements):
    """Return how many statements the page sends: with nothing kept yet, and then once more."""
    client = client_for(ann)

    def count():
        app.extensions.pop("kept", None)
        numbers = []
        for _ in range(2):
            statements.clear()
            client.get("/me")
            numbers.append(len(statements))
        return numbers

    return count


def test_the_page_asks_the_database_equally_little_for_much_and_for_little(make, ann, gave, sent):
    make.signup(make.activity(), ann)
    gave(60)
    few = sent()
    for week in range(1, 9):
        make.signup(make.activity(starts_at=FRIDAY_18 + week * WEEK), ann)
        gave(60, FRIDAY_18 - week * WEEK - WEEK)

    first, again = sent()

    assert [first, again] == few
    assert first <= FIRST and again <= AGAIN


def test_a_browser_that_has_the_page_is_told_so_until_something_changes(make, ann, client_for):
    client = client_for(ann)
    client.get("/me")
    first = client.get("/me")

    again = client.get("/me", headers={"If-None-Match": first.headers["ETag"]})
    make.signup(make.activity(title="护学岗"), ann)
    changed = client.get("/me", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert changed.status_code == 200 and "护学岗" in changed.text


def year_of(text):
    return text.split('aria-labelledby="year-title"')[1].split("</section>")[0]


def test_the_year_shows_its_weeks_kinds_and_how_to_look_closer(gave, page):
    gave(60)
    gave(120, FIRST_OF_MARCH)

    shown = year_of(page())

    assert 'href="/me/year/2026"' in shown and "2周有服务" in shown
    assert "共3小时" in shown and "环境清洁" in shown
    assert shown.count('<path class="w') == 2


def test_the_year_changes_at_once_with_the_ledger(app, ann, gave, page):
    gave(60)
    wrong = gave(120, FIRST_OF_MARCH)
    assert "2周有服务" in year_of(page())

    with app.app_context(), write_transaction():
        ledger.reverse(wrong, "录错了人", by_id=None, now=NOW)

    assert "1周有服务" in year_of(page())


def test_in_december_one_is_invited_to_look_back(gave, page):
    gave(60)

    assert "#keep" not in page()
    assert 'href="/me/year/2026#keep"' in page(datetime(2026, 12, 3, 4))


def test_in_january_the_last_year_is_there_until_the_new_one_has_hours(gave, page):
    gave(60)
    january, later = datetime(2027, 1, 3, 4), datetime(2027, 2, 3, 4)

    shown = year_of(page(january))
    gave(60, datetime(2027, 1, 8, 10))

    assert 'href="/me/year/2026"' in shown and 'href="/me/year/2026#keep"' in shown
    assert 'href="/me/year/2027"' in page(january) and 'href="/me/year/2026#keep"' in page(january)
    assert "#keep" not in page(later)


def test_nobody_is_led_to_a_year_without_hours(gave, page):
    gave(60, datetime(2027, 1, 8, 10))

    assert "#keep" not in page(datetime(2027, 1, 9, 4))


def test_a_long_list_ends(make, ann, page):
    for week in range(20):
        make.signup(make.activity(starts_at=FRIDAY_18 + week * WEEK), ann)

    assert page().count('class="line" href="/activities/') < 20


def test_whoever_has_not_logged_in_is_asked_to(visitor_client):
    answer = visitor_client.get("/me")

    assert (answer.status_code, answer.location) == (303, "/login?next=/me")
