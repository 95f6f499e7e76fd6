"""Monday's page: what waits, the most urgent first, each with an address where it is done."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories import FRIDAY_18, NOW
from volunteer_site.core.db import db, write_transaction
from volunteer_site.oversight.exports import services as exports
from volunteer_site.pages import monday
from volunteer_site.pages.monday import Errand
from volunteer_site.recognition.notices.models import NoticeObjection, PublicNotice

MONDAY = date(2026, 11, 23)
MONDAY_9 = datetime(2026, 11, 23, 1)
WEEK = timedelta(days=7)
LIMIT = 32  # statements, however much waits
pytestmark = pytest.mark.time_machine(MONDAY_9, tick=False)


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区")


def errand(place="柳巷社区", kind="close", **given):
    return Errand(kind, "公益一小时", place, "/desk", **given)


def test_what_is_late_comes_first_then_what_is_due_soon_then_the_rest():
    late = errand(due_on=MONDAY - timedelta(days=1))
    near = errand(due_on=MONDAY + timedelta(days=3))
    later = errand(due_on=MONDAY + timedelta(days=4))
    whenever = errand(due_on=None)

    found = monday.errands([], MONDAY_9, [lambda *_: [whenever, later], lambda *_: [near, late]])

    assert found == [late, near, later, whenever]
    assert [one.urgency(MONDAY) for one in found] == ["late", "near", "open", "open"]


def test_the_community_with_the_most_that_is_late_stands_first():
    late, soon = MONDAY - timedelta(days=1), MONDAY + timedelta(days=2)
    found = [errand("甲", due_on=soon), errand("甲", "sheet"), errand("乙", due_on=late)]

    first, second = monday.piles(found, MONDAY)

    assert (first.place, first.late, first.number) == ("乙", 1, 1)
    assert (second.place, second.late, second.due_on) == ("甲", 0, soon)
    assert second.kinds == {"close": 1, "sheet": 1}


def test_an_activity_that_is_not_closed_waits_with_its_day(make, community, client_for):
    activity = make.activity(organisation_id=community.id)

    text = client_for(make.coordinator(community)).get("/desk/monday").text

    assert f"/desk/activities/{activity.id}/closing" in text
    assert "12月4日" in text  # the tenth working day after Friday, 20 November


def test_after_ten_working_days_it_is_overdue(make, community, client_for):
    make.activity(organisation_id=community.id, starts_at=FRIDAY_18 - 3 * WEEK)

    text = client_for(make.coordinator(community)).get("/desk/monday").text

    assert "已逾期" in text


def test_another_communitys_work_is_not_shown(make, community, client_for):
    make.activity(title="门前五包", organisation_id=community.id)
    neighbour = make.coordinator(make.community())

    text = client_for(neighbour).get("/desk/monday").text

    assert "门前五包" not in text
    assert "没有待办事项" in text


def test_the_office_sees_what_each_of_its_communities_has_open(make, community, client_for):
    make.activity(organisation_id=community.id)
    officer = make.officer()
    stranger = make.officer(make.organisation(kind="district", name="晋源区"))

    own = client_for(officer).get("/office/monday").text
    elsewhere = client_for(stranger).get("/office/monday").text

    assert "柳巷社区" in own
    assert "柳巷社区" not in elsewhere


def test_the_chart_says_how_many_signed_up_and_how_many_came(make, community, client_for):
    activity = make.activity(organisation_id=community.id)
    for number in range(4):
        signup = make.signup(activity)
        if number:
            make.attendance(signup)
    make.activity(organisation_id=community.id, starts_at=NOW + WEEK)  # not yet over

    text = client_for(make.coordinator(community)).get("/desk/monday").text

    row = text.split('<th scope="row">11/20</th>')[1].split("</tr>")[0]
    assert row.strip() == "<td>4</td><td>3</td><td>75 %</td>"
    assert text.count('class="part" x') == 10


def test_a_longer_list_needs_no_more_statements(make, community, client_for, statements):
    client = client_for(make.coordinator(community))
    make.activity(organisation_id=community.id)
    client.get("/desk/monday")
    statements.clear()
    client.get("/desk/monday")
    few = len(statements)
    for number in range(1, 6):
        make.activity(organisation_id=community.id, starts_at=FRIDAY_18 - number * WEEK)

    statements.clear()
    client.get("/desk/monday")

    assert len(statements) == few <= LIMIT


def test_an_objection_to_a_notice_waits_for_an_answer_and_then_the_roll(
    app, make, community, client_for
):
    coordinator, officer = client_for(make.coordinator(community)), client_for(make.officer())
    facts = {"opened_at": NOW, "last_day": date(2026, 11, 20)}
    with app.app_context(), write_transaction():
        for place, title in ((community.id, "柳巷十月光荣榜"), (community.parent_id, "全区光荣榜")):
            notice = PublicNotice(subject="roll", organisation_id=place, title=title, **facts)
            db.session.add(notice)
        db.session.flush()
        db.session.add(NoticeObjection(notice_id=notice.id, text="不属实", filed_at=NOW))

    desk, office = coordinator.get("/desk/monday").text, officer.get("/office/monday").text

    assert "公示期满" in desk and "全区" not in desk
    assert "有人对公示提出异议" in office and office.index("全区光荣榜") < office.index("柳巷社区")
    assert 'href="/desk/notices/2"' in office


def test_an_export_waits_for_the_officer_who_did_not_ask_for_it(app, make, community, client_for):
    asker, second = make.officer(), make.officer()
    days = (date(2026, 10, 1), date(2026, 10, 31))
    with app.app_context(), write_transaction():
        exports.ask(community.parent_id, days, "按月上报", by_id=asker.id, now=NOW)

    assert "/office/exports" not in client_for(asker).get("/office/monday").text
    assert "/office/exports" in client_for(second).get("/office/monday").text
