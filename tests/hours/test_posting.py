"""Hours are entered once, whole or not at all, and the totals go with them."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import FRIDAY_18, NOW
from tests.hours.ledger import CLOSED, credit, facts, lines, totals
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import queries, services
from volunteer_site.hours.models import HourEntry, ServiceRecord

pytestmark = pytest.mark.usefixtures("in_app")


def post(*given, about=None, now=CLOSED):
    with write_transaction():
        return services.post(about or facts(), given, now=now)


@pytest.fixture
def community(make):
    return make.community()


def test_a_service_is_entered_with_all_its_facts(community):
    (number,) = post(credit(7, community, minutes=55, recorded_by_id=3))

    entry = queries.get(number)
    assert (entry.person_id, entry.minutes, entry.month) == (7, 55, "2026-11")
    assert (entry.kind, entry.proof, entry.recorded_by_id) == ("credit", "scanned", 3)
    assert (entry.service_date, entry.recorded_at) == (date(2026, 11, 20), CLOSED)
    record = db.session.get(ServiceRecord, entry.service_id)
    assert (record.title, record.leader, record.organiser) == ("公益一小时", "李楠", "青年路一社区")
    assert totals() == {(7, community.id, "2026-11"): (55, 1)}
    assert queries.total_minutes(7) == 55


def test_the_same_posting_twice_changes_nothing(community):
    first = post(credit(7, community, 1), credit(8, community, 2))
    before = (lines(), totals())

    again = post(credit(7, community, 1), credit(8, community, 2), now=CLOSED + timedelta(days=1))

    assert len(first) == 2 and again == []
    assert (lines(), totals()) == before


def test_a_posting_with_further_people_adds_only_theirs(community):
    post(credit(7, community, 1))

    added = post(credit(7, community, 1), credit(9, community, 3), about=facts(title="Changed"))

    assert len(added) == 1
    assert lines() == [(7, "credit", 60), (9, "credit", 60)]
    assert db.session.scalars(sa.select(ServiceRecord.title)).all() == ["公益一小时"]


def test_the_month_is_that_of_the_service_where_people_live(community):
    starts = FRIDAY_18.replace(day=30, hour=22)  # 1 December, 06:00 in Taiyuan
    about = facts(starts_at=starts, ends_at=starts + timedelta(hours=1))

    post(credit(7, community, started_at=starts), about=about, now=starts + timedelta(hours=2))

    assert list(totals()) == [(7, community.id, "2026-12")]


@pytest.mark.parametrize(
    ("missing", "said"),
    [("title", "名称"), ("place", "地点"), ("content", "内容"), ("organiser", "组织单位"),
     ("leader", "负责人")],
)  # fmt: skip
def test_a_record_that_lacks_a_fact_is_not_entered(community, missing, said):
    with pytest.raises(services.RecordIncomplete, match=said):
        post(credit(7, community), about=facts(**{missing: ""}))

    assert lines() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 61},
        {"minutes": -1, "ended_at": FRIDAY_18},
        {"minutes": 60, "started_at": FRIDAY_18 - timedelta(minutes=1)},
        {"minutes": 60, "ended_at": FRIDAY_18 + timedelta(minutes=59, seconds=59)},
    ],
)
def test_minutes_beyond_the_service_are_refused(community, wrong):
    with pytest.raises(services.MinutesWrong, match="7"):
        post(credit(7, community, **wrong))

    assert lines() == []


def test_no_minute_is_credited_twice_to_one_person(community):
    post(credit(7, community, 1))
    late = FRIDAY_18 + timedelta(minutes=59)
    other = facts(2, starts_at=late, ends_at=late + timedelta(hours=1))

    with pytest.raises(services.CountedTwice, match="7"):
        post(credit(8, community, 2, started_at=late), credit(7, community, 3, started_at=late),
             about=other)  # fmt: skip

    assert lines() == [(7, "credit", 60)]


def test_two_overlapping_credits_of_one_posting_are_refused(community):
    with pytest.raises(services.CountedTwice):
        post(credit(7, community, 1, minutes=30), credit(7, community, 2, minutes=40))

    assert lines() == []


def test_services_that_follow_each_other_both_count(community):
    after = FRIDAY_18 + timedelta(hours=1)

    post(credit(7, community, 1))
    post(credit(7, community, 2, started_at=after),
         about=facts(2, starts_at=after, ends_at=after + timedelta(hours=1)))  # fmt: skip

    assert queries.total_minutes(7) == 120


def test_who_is_busy_is_told_until_it_is_taken_back(community):
    (number,) = post(credit(7, community, minutes=30))
    asked = ({7, 8}, FRIDAY_18, FRIDAY_18 + timedelta(hours=1))
    assert queries.busy(*asked) == {7: [(FRIDAY_18, FRIDAY_18 + timedelta(minutes=30))]}

    with write_transaction():
        services.reverse(number, "登记错了人", by_id=1, now=CLOSED)

    assert queries.busy(*asked) == {}


def test_others_hear_of_it_in_the_same_transaction(community):
    heard = []

    def listen(_sender, person_ids, now):
        heard.append((person_ids, now, queries.total_minutes(7)))

    with services.posted.connected_to(listen):
        post(credit(7, community, 1), credit(8, community, 2))
        post(credit(7, community, 1))

    assert heard == [(frozenset({7, 8}), CLOSED, 60)]


def test_a_month_is_counted_as_it_stood_at_the_cut_off(make, community):
    unit = make.unit()
    post(credit(7, community, 1, unit_id=unit.id), credit(8, community, 2), now=NOW)
    (late,) = post(credit(9, community, 3), now=CLOSED)

    def month(**of):
        return {person: tuple(sums) for person, sums in counted(**of).items()}

    def counted(**of):
        return queries.minutes_by_person("2026-11", NOW, **of)

    assert month() == {7: (60, 1), 8: (60, 1)}
    assert month(unit_ids=[unit.id]) == {7: (60, 1)}
    assert month(recorder_ids=[community.id]) == month()
    assert late in {entry.id for entry in queries.standing_entries({7, 8, 9})}


@pytest.mark.parametrize("table", ["hour_entries", "service_records"])
@pytest.mark.parametrize("change", ["UPDATE {} SET recorded_at = recorded_at", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_is_entered(community, table, change):
    post(credit(7, community))

    with pytest.raises(sa.exc.DatabaseError, match="append-only"), write_transaction():
        db.session.execute(sa.text(change.format(table)))

    assert db.session.scalar(sa.select(sa.func.count()).select_from(HourEntry)) == 1
