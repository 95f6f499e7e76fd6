"""A volunteer's own hours: every entry, how it was recorded, one sum, and nobody else's."""

from datetime import timedelta

import pytest

from tests.factories import FRIDAY_18
from tests.hours.ledger import CLOSED, credit, facts
from volunteer_site.core.db import write_transaction
from volunteer_site.hours import services


class Mei:
    """A volunteer, what she gave, and what her page says."""

    def __init__(self, app, make, client):
        self.app, self.person = app, make.person(name="王小梅")
        self.community = make.community(name="柳巷社区")
        self.coordinator = make.coordinator(self.community, name="郑红")
        self.client = client(self.person)

    def gave(self, number=1, *, person=None, weeks_ago=0, title="公益一小时", **given):
        """Enter an hour of hers, or of somebody else; return the number of the entry."""
        starts = FRIDAY_18 - timedelta(weeks=weeks_ago)
        about = facts(number, title=title, starts_at=starts, ends_at=starts + timedelta(hours=1))
        who = person or self.person
        one = credit(who, self.community, number, **{"started_at": starts} | given)
        with self.app.app_context(), write_transaction():
            return services.post(about, [one], now=CLOSED)[0]

    def change(self, service, *given, now=CLOSED):
        with self.app.app_context(), write_transaction():
            return service(*given, by_id=self.coordinator.id, now=now)

    def page(self, address="/me/hours"):
        return self.client.get(address).get_data(as_text=True)


@pytest.fixture
def mei(app, make, client_for):
    return Mei(app, make, client_for)


def test_an_entry_says_what_where_when_how_and_who_recorded_it(mei):
    mei.gave(proof="ticked", minutes=55)

    html = mei.page()

    for words in ("公益一小时", "青年路12号院门口", "11月20日 周五 18:00–18:55", "环境清洁",
                  "柳巷社区记录，编号", "现场勾选", "0.5小时", "55分钟"):  # fmt: skip
        assert words in html
    assert "11月20日 周五 19:15" not in html, "said only if it was not the same day"


def test_an_entry_of_another_day_says_when_it_was_recorded(mei):
    mei.gave(weeks_ago=1, proof="late")

    assert "11月20日 周五 19:15" in mei.page()


@pytest.mark.parametrize(
    ("proof", "words"),
    [("scanned", "现场扫码"), ("paper", "纸质签到表"), ("late", "补录")],
)
def test_how_it_was_recorded_is_said_in_words(mei, proof, words):
    mei.gave(proof=proof)

    assert words in mei.page()


def test_the_sum_counts_minutes_and_rounds_once(mei):
    for weeks in range(3):
        mei.gave(weeks, weeks_ago=weeks, minutes=50)

    html = mei.page()

    assert "<b>2.5</b> 小时" in html, "3 × 50 minutes are two and a half hours"
    assert "共150分钟，3次服务" in html
    assert html.index("11月20日 周五 18:00") < html.index("11月13日 周五 18:00")
    assert html.index("2026年11月") < html.index("11月13日 周五 18:00")


def test_a_correction_shows_what_it_replaces_why_and_by_whom(mei):
    mei.change(services.correct, mei.gave(), 30, "提前离开")

    html = mei.page()

    for words in ("60分钟更正为30分钟", "原因：提前离开", "经办人：郑红", "已更正", "共30分钟"):
        assert words in html
    assert html.count("公益一小时</a>") == 1


def test_what_was_taken_back_stays_readable(mei):
    mei.change(services.reverse, mei.gave(), "登记错了人")

    html = mei.page()

    for words in ("60分钟已冲销", "原因：登记错了人", "共0分钟，0次服务", "公益一小时"):
        assert words in html


def test_a_correction_of_a_correction_shows_the_whole_story(mei):
    second = mei.change(services.correct, mei.gave(), 30, "提前离开")
    mei.change(services.correct, second, 45, "看错了表", now=CLOSED + timedelta(days=1))

    html = mei.page()

    assert html.index("60分钟更正为30分钟") < html.index("30分钟更正为45分钟")
    assert "共45分钟，1次服务" in html


def test_years_have_a_page_each_and_the_latest_comes_first(mei):
    mei.gave(1)
    mei.gave(2, weeks_ago=60, title="夏日清洁")

    assert "夏日清洁" not in mei.page()
    assert "2025年 1小时" in mei.page()
    assert "夏日清洁" in mei.page("/me/hours?year=2025")
    assert "<b>2</b> 小时" in mei.page("/me/hours?year=2025"), "the sum is that of all years"


@pytest.mark.parametrize("wrong", ["2019", "x", "0", "99999", "2026'"])
def test_a_year_without_hours_is_not_found(mei, wrong):
    mei.gave()

    answer = mei.client.get("/me/hours", query_string={"year": wrong})

    assert answer.status_code == 404
    assert "/me/hours" in answer.get_data(as_text=True)


def test_somebody_without_hours_is_told_how_to_get_some(mei):
    html = mei.page()

    assert "您的时长会累计在这里" in html and 'href="/"' in html


def test_nobody_sees_the_hours_of_somebody_else(mei, make, visitor_client):
    mei.gave(1, person=make.person(name="李雷"), title="别人的活动")
    mei.gave(2)

    assert "别人的活动" not in mei.page()
    assert "共60分钟，1次服务" in mei.page()
    answer = visitor_client.get("/me/hours")
    assert answer.status_code == 303 and answer.location.startswith("/login")


def test_a_long_record_asks_no_more_questions_than_a_short_one(mei, statements):
    def asked():
        before = len(statements)
        mei.page()
        return len(statements) - before

    mei.gave()
    few = asked()
    for number in range(2, 40):
        mei.gave(number, weeks_ago=number)

    assert asked() == few <= 7


def test_a_correction_keeps_the_proof_and_says_that_it_was_corrected(mei):
    number = mei.gave(proof="late")
    mei.change(services.correct, number, 30, "提前离开")

    html = mei.page()
    assert html.count('class="tag proof late warn"') == 2  # beside the entry, and in the sum
    assert "已更正" in html


@pytest.mark.parametrize(("late", "share"), [(0, "100%"), (1, "99%"), (59, "67%"), (60, "66%")])
def test_the_share_seen_on_site_is_never_said_to_be_more_than_it_is(mei, late, share):
    mei.gave(1)
    mei.gave(2, weeks_ago=1, proof="ticked")
    mei.gave(3, weeks_ago=2, proof="scanned", minutes=60 - late)
    if late:
        started_at = FRIDAY_18 - timedelta(weeks=3)
        mei.gave(4, weeks_ago=3, proof="late", minutes=late, started_at=started_at)

    assert f"在3小时中，{share}为现场扫码或勾选。" in mei.page()
