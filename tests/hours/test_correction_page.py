"""A coordinator puts an entry right, of their own community only, and says why."""

import pytest
import sqlalchemy as sa

from tests.hours.ledger import CLOSED, credit, facts, lines
from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import queries, services


class Desk:
    """A community whose coordinator looks at the entry of one of its volunteers."""

    def __init__(self, app, make, client_for):
        self.app, self.community = app, make.community(name="柳巷社区")
        self.coordinator = make.coordinator(self.community, name="郑红")
        self.mei = make.person(name="王小梅")
        self.activity = make.activity(organisation_id=self.community.id)
        self.number = self.gave(self.mei)
        self.client = client_for(self.coordinator)

    def gave(self, person, number=1):
        about = facts(self.activity.id)
        with self.app.app_context(), write_transaction():
            return services.post(about, [credit(person, self.community, number)], now=CLOSED)[0]

    def correct(self, minutes, reason="提前离开", *, number=None, client=None):
        address = f"/desk/hours/{number or self.number}/correction"
        form = {"minutes": minutes, "reason": reason}
        return (client or self.client).post(address, data=form)

    def ledger(self):
        with self.app.app_context():
            return [line[1:] for line in lines()]


@pytest.fixture
def desk(app, make, client_for):
    return Desk(app, make, client_for)


def test_the_page_says_whose_entry_it_is_and_what_was_entered(desk):
    html = desk.client.get(f"/desk/hours/{desk.number}/correction").get_data(as_text=True)

    for words in ("王小梅", "公益一小时", "11月20日 周五 18:00–19:00", "60分钟"):
        assert words in html


def test_a_correction_is_entered_and_noted(app, desk):
    answer = desk.correct(40)

    assert answer.status_code == 303
    assert answer.location == f"/desk/activities/{desk.activity.id}/closing"
    assert desk.ledger() == [("credit", 60), ("reversal", -60), ("correction", 40)]
    with app.app_context():
        kinds = db.session.execute(sa.select(AuditEvent.kind, AuditEvent.object_id)).all()
        assert queries.get(3).recorded_by_id == desk.coordinator.id
    assert ("hours.correct", desk.number) in map(tuple, kinds)


def test_no_minutes_take_the_entry_back_altogether(desk):
    desk.correct(0)

    assert desk.ledger() == [("credit", 60), ("reversal", -60)]


@pytest.mark.parametrize(
    ("minutes", "reason"),
    [("", "提前离开"), ("x", "提前离开"), (40, ""), (40, "长" * 201), (-1, "是")],
)
def test_what_is_missing_is_asked_for_and_nothing_changes(desk, minutes, reason):
    answer = desk.correct(minutes, reason)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.get_data(as_text=True)
    assert desk.ledger() == [("credit", 60)]


def test_more_minutes_than_the_service_lasted_are_refused_with_its_time(desk):
    answer = desk.correct(61)

    assert answer.status_code == 422
    assert "18:00–19:00" in answer.get_data(as_text=True)


def test_an_entry_corrected_before_leads_to_the_one_that_counts(desk):
    desk.correct(40)

    html = desk.client.get(f"/desk/hours/{desk.number}/correction").get_data(as_text=True)

    assert "已经更正过" in html and 'href="/desk/hours/3/correction"' in html
    assert desk.correct(50).status_code == 409
    assert desk.correct(50, number=3).status_code == 303


def test_a_line_that_takes_another_back_offers_no_form(desk):
    desk.correct(0)

    for number in (desk.number, 2):
        html = desk.client.get(f"/desk/hours/{number}/correction").get_data(as_text=True)
        assert f'action="/desk/hours/{number}' not in html


def test_another_communitys_coordinator_finds_nothing(desk, make, client_for):
    stranger = client_for(make.coordinator(make.community()))

    assert stranger.get(f"/desk/hours/{desk.number}/correction").status_code == 404
    assert desk.correct(40, client=stranger).status_code == 404
    assert desk.correct("", client=stranger).status_code == 404
    assert desk.ledger() == [("credit", 60)]


def test_coordinators_do_not_correct_their_own_hours(desk):
    mine = desk.gave(desk.coordinator, 2)

    assert desk.correct(30, number=mine).status_code == 422
    assert desk.ledger() == [("credit", 60), ("credit", 60)]


def test_the_closed_activity_leads_to_each_correction(app, desk, make):
    signup = make.signup(desk.activity, desk.mei)
    make.attendance(signup)
    with app.app_context(), write_transaction():
        db.session.execute(
            sa.text("UPDATE activities SET closed_at = :at, closed_by_id = :by"),
            {"at": CLOSED.isoformat(" "), "by": desk.coordinator.id},
        )

    html = desk.client.get(f"/desk/activities/{desk.activity.id}/closing").get_data(as_text=True)

    assert f'href="/desk/hours/{desk.number}/correction"' in html
