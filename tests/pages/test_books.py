"""Closing a month on the desk and in the office, and the numbers that must agree."""

import re
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.hours.ledger import credit, facts
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import published, services
from volunteer_site.hours.models import HourEntry

FRIDAY = datetime(2026, 10, 30, 10)
MONDAY = datetime(2026, 11, 2, 2)


class Month:
    """Two communities of a district with October behind them."""

    def __init__(self, app, make, client_for):
        self.app, self.make, self._client_for = app, make, client_for
        self.places = [make.community(name="柳巷社区", slug="liuxiang"),
                       make.community(name="桃园社区", slug="taoyuan")]  # fmt: skip
        self.unit = make.unit(name="区水务局")
        self.coordinator = make.coordinator(self.places[0], name="郑红")
        self.other = make.coordinator(self.places[1], name="韩梅梅")
        self.officer = make.officer(name="陈佩")
        for number, place in enumerate([*self.places, self.places[0]], start=1):
            self.serve(place, number, proof=("scanned", "ticked", "late")[number - 1])

    def serve(self, place, number, *, starts_at=FRIDAY, **given):
        """Post an hour of somebody new."""
        person = self.make.person(name=f"孙小{number}")
        span = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
        one = credit(person, place, number, started_at=starts_at, unit_id=self.unit.id, **given)
        with self.app.app_context(), write_transaction():
            services.post(facts(number, **span), [one], now=starts_at + timedelta(hours=2))

    def client(self, person):
        return self._client_for(person)

    def get(self, person, address, now=MONDAY):
        with time_machine.travel(now, tick=False):
            answer = self.client(person).get(address, follow_redirects=True)
        assert answer.status_code == 200, answer.status
        return answer.get_data(as_text=True)

    def post(self, person, address, now=MONDAY, **form):
        with time_machine.travel(now, tick=False):
            return self.client(person).post(address, data=form)

    def sign(self, now=MONDAY):
        for person, slug in ((self.coordinator, "liuxiang"), (self.other, "taoyuan")):
            self.post(person, f"/desk/books/2026-10/{slug}/sign-off", now)


@pytest.fixture
def month(app, make, client_for):
    return Month(app, make, client_for)


def test_the_desk_leads_to_the_month_that_waits(month):
    html = month.get(month.coordinator, "/desk/books")

    assert "柳巷社区 · 2026年10月" in html
    for words in ("请在11月13日 周五前签字确认", "孙小1", "孙小3", "补录", "50%"):
        assert words in html


def test_a_coordinator_signs_off_and_the_office_seals_with_one_tap(month):
    answer = month.post(month.coordinator, "/desk/books/2026-10/liuxiang/sign-off", seen="2")
    assert answer.status_code == 303
    assert "郑红已于" in month.get(month.coordinator, "/desk/books/2026-10/liuxiang")
    later = MONDAY + timedelta(hours=1)
    assert "一键封存已签字的（1个）" in month.get(month.officer, "/office/books/2026-10", later)

    assert month.post(month.officer, "/office/books/2026-10/seals", later).status_code == 303

    assert "陈佩于" in month.get(month.coordinator, "/desk/books/2026-10/liuxiang", later)
    office = month.get(month.officer, "/office/books/2026-10", later)
    assert office.count("已封存</span>") == 1 and "没有等待封存的台账" in office


def test_who_signs_has_to_have_seen_what_is_in_it(month):
    answer = month.post(month.coordinator, "/desk/books/2026-10/liuxiang/sign-off", seen="1")

    assert answer.status_code == 409
    assert "页面上是1条记录，台账里现在有2条" in answer.get_data(as_text=True)


def test_the_office_seals_one_and_says_why_it_cannot(month):
    answer = month.post(month.officer, "/office/books/2026-10/seals", community="taoyuan")

    assert answer.status_code == 409
    assert "还没有签字确认" in answer.get_data(as_text=True)


def test_the_office_sees_who_is_late(month):
    late = datetime(2026, 11, 16, 2)

    assert "2个社区应在11月13日 周五前签字确认" in month.get(
        month.officer, "/office/books/2026-10", late
    )


def test_what_is_still_open_is_shown_before_signing(month):
    month.make.activity(title="清扫楼道", organisation_id=month.places[0].id, starts_at=FRIDAY)

    html = month.get(month.coordinator, "/desk/books/2026-10/liuxiang")
    assert "还没办完的" in html and "清扫楼道" in html


def test_another_communitys_book_is_not_there(month):
    for address in ("/desk/books/2026-10/taoyuan", "/print/books/2026-10/taoyuan"):
        assert month.client(month.coordinator).get(address).status_code == 404
    answer = month.post(month.coordinator, "/desk/books/2026-10/taoyuan/sign-off")
    assert answer.status_code == 404


def test_the_paper_has_everybody_the_sums_and_the_digest(month):
    month.sign()
    month.post(month.officer, "/office/books/2026-10/seals", MONDAY + timedelta(hours=1))

    html = month.get(month.officer, "/print/books/2026-10/liuxiang")

    with month.app.app_context():
        digest = next(line for line in published.everything() if "#" in line).split()[-1]
    for words in (
        "志愿服务时长台账",
        "孙小1",
        "2人，2条记录，120分钟，合2小时",
        "社区协调员（签字）",
    ):
        assert words in html
    assert published.short(digest) in html


def test_every_page_of_numbers_adds_up_to_the_ledger(month):
    month.serve(month.places[1], 7, starts_at=FRIDAY - timedelta(days=40))
    month.serve(month.places[0], 8, starts_at=FRIDAY + timedelta(days=4), minutes=25)
    november = datetime(2026, 11, 10, 2)
    with month.app.app_context():
        asked = sa.select(HourEntry.month, sa.func.sum(HourEntry.minutes))
        ledger = dict(db.session.execute(asked.group_by(HourEntry.month)).all())

    for name, minutes in ledger.items():
        for address in (f"/office/numbers?month={name}", f"/office/books/{name}"):
            html = month.get(month.officer, address, november)
            foot = re.search(r"<tfoot>(.*?)</tfoot>", html, re.DOTALL)[1]
            assert f">{minutes}</td>" in foot, address
            assert sum(minutes_of(html)) == minutes, address
    year = month.get(month.officer, "/office/numbers?month=2026", november)
    assert sum(minutes_of(year)) == sum(ledger.values()) == 265


def test_a_communitys_own_page_shows_what_the_ledger_has_of_it(month):
    month.serve(month.places[0], 8, starts_at=FRIDAY + timedelta(days=4), minutes=25, proof="paper")

    html = month.get(month.coordinator, "/communities/liuxiang", datetime(2026, 11, 10, 2))

    assert hours_of(html) == "2", "60 + 60 + 25 minutes, added up first"
    assert "在2小时中，41%为现场扫码或勾选。" in html
    assert "其余：17%来自纸质签到表、41%为补录。" in html


def minutes_of(html):
    """The minutes of each community in a table, its foot left out."""
    body = re.search(r"<tbody>(.*?)</tbody>", html, re.DOTALL)[1]
    return [int(found) for found in re.findall(r'data-label="分钟">(-?\d+)<', body)]


def hours_of(html):
    return re.search(r"服务小时</dt>\s*<dd>([\d.]+)", html)[1]


def test_a_correction_in_a_sealed_month_says_where_it_will_be(month):
    address = "/desk/hours/1/correction"
    assert "已经封存" not in month.get(month.coordinator, address)
    month.sign()
    later = MONDAY + timedelta(hours=1)
    month.post(month.officer, "/office/books/2026-10/seals", later)

    assert "那个月的台账已经封存，这次更正记入本月的台账。" in month.get(
        month.coordinator, address, later
    )
