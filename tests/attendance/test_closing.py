"""Closing: everybody is checked out, hours are posted once, and nothing can be ticked any more."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.attendance.test_marks import race
from tests.factories import FRIDAY_18
from volunteer_site.activities.models import Activity
from volunteer_site.attendance import queries, reckoning, services
from volunteer_site.attendance.models import Attendance
from volunteer_site.core import versions
from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import HourEntry, ServiceRecord

pytestmark = pytest.mark.usefixtures("in_app")
MINUTE = timedelta(minutes=1)
ENDS = FRIDAY_18 + 60 * MINUTE
CLOSES = ENDS + 20 * MINUTE


@pytest.fixture
def ann(make):
    return make.coordinator(name="王红")


@pytest.fixture
def activity(make, ann):
    return make.activity(leader_id=ann.id)


def come(make, activity, came=0, left=None, **given):
    """Let somebody come `came` minutes after the start and leave at `left`; return who it is."""
    person = make.person(**given)
    signup = make.signup(activity, person)
    at = activity.starts_at + came * MINUTE
    make.attendance(signup, happened_at=at, recorded_at=at)
    if left is not None:
        at = activity.starts_at + left * MINUTE
        make.attendance(signup, "out", happened_at=at, recorded_at=at)
    return person


def close(activity, by, now=CLOSES):
    db.session.rollback()
    with write_transaction():
        return services.close(activity.id, by_id=by.id, now=now)


def minutes(activity):
    db.session.rollback()
    return reckoning.posted(activity.id)


def reckon(activity, now=CLOSES):
    db.session.rollback()
    found = reckoning.reckon(db.session.get_one(Activity, activity.id), now)
    return {one.who.id: (one.counts.minutes, one.why) for one in found.present}


def test_everybody_still_in_is_checked_out_at_the_end_of_the_shift(make, activity, ann):
    stayed, left = come(make, activity, -5), come(make, activity, 0, 40)

    assert close(activity, ann)

    outs = db.session.scalars(
        sa.select(Attendance).where(Attendance.direction == "out").order_by(Attendance.person_id)
    ).all()
    assert [(row.person_id, row.method) for row in outs] == [
        (stayed.id, "closing"),
        (left.id, "scan"),
    ]
    assert (outs[0].happened_at, outs[0].recorded_at) == (ENDS, CLOSES)
    assert outs[0].recorded_by_id == ann.id
    assert minutes(activity) == {stayed.id: 60, left.id: 40}


def test_the_entry_says_how_each_minute_is_known(make, activity, ann):
    unit = make.unit()
    person = make.person(unit_id=unit.id)
    signup = make.signup(activity, person)
    mark = make.attendance(signup, method="tick", happened_at=FRIDAY_18 + 7 * MINUTE)

    close(activity, ann)

    (entry,) = db.session.scalars(sa.select(HourEntry)).all()
    assert (entry.source, entry.source_id) == ("attendance", mark.id)
    assert (entry.proof, entry.kind, entry.minutes) == ("ticked", "credit", 53)
    assert (entry.started_at, entry.ended_at) == (FRIDAY_18 + 7 * MINUTE, ENDS)
    assert (entry.recorder_id, entry.unit_id) == (activity.organisation_id, unit.id)
    assert (entry.recorded_by_id, entry.recorded_at) == (ann.id, CLOSES)
    assert hours.total_minutes(person.id) == 53


def test_the_record_names_the_community_and_the_leader(make, ann):
    community = make.community(name="柳巷社区")
    activity = make.activity(organisation_id=community.id, leader_id=ann.id)
    come(make, activity)

    close(activity, make.coordinator(name="李军"))

    record = db.session.scalars(sa.select(ServiceRecord)).one()
    assert (record.organiser, record.leader) == ("柳巷社区", "王红")
    assert (record.title, record.service_date) == (activity.title, date(2026, 11, 20))
    assert (record.source, record.source_id, record.recorded_at) == (
        "activity",
        activity.id,
        CLOSES,
    )


def test_closing_is_written_down_and_the_board_knows(make, activity, ann):
    before = versions.current("board")

    close(activity, ann)

    found = db.session.get_one(Activity, activity.id)
    assert (found.closed_at, found.closed_by_id) == (CLOSES, ann.id)
    assert versions.current("board") > before
    kinds = db.session.scalars(sa.select(AuditEvent.kind)).all()
    assert kinds.count("activity.close") == 1


def test_nobody_there_posts_nothing_and_closes_all_the_same(make, activity, ann):
    make.signup(activity)

    assert close(activity, ann)

    assert minutes(activity) == {}
    assert db.session.scalars(sa.select(ServiceRecord)).all() == []


def test_closing_twice_is_closing_once(make, activity, ann):
    come(make, activity)
    close(activity, ann)

    assert not close(activity, make.coordinator(), CLOSES + MINUTE)

    assert db.session.get_one(Activity, activity.id).closed_by_id == ann.id
    assert len(db.session.scalars(sa.select(HourEntry)).all()) == 1


def test_two_who_close_at_once_post_once(app, make, activity, ann):
    people = [come(make, activity) for _n in range(5)]
    ben = make.coordinator()
    db.session.rollback()

    outcomes = race(app, lambda: close(activity, ann), lambda: close(activity, ben))

    assert sorted(outcomes) == [False, True]
    assert minutes(activity) == {person.id: 60 for person in people}
    assert [hours.total_minutes(person.id) for person in people] == [60] * 5
    assert len(queries.marks(activity.id)) == 10


def test_a_scan_while_it_is_being_closed_is_counted_or_refused(app, make, activity, ann):
    people = [make.person() for _n in range(6)]
    for person in people:
        make.signup(activity, person)
    db.session.rollback()

    def scan(person):
        with write_transaction():
            seen = services.Seen("scan", FRIDAY_18)
            return services.check_in(activity.id, person.id, seen, now=CLOSES)

    works = [lambda person=person: scan(person) for person in people]
    outcomes = race(app, *works[:3], lambda: close(activity, ann), *works[3:])

    came = [one.mark.person_id for one in outcomes if isinstance(one, services.Outcome)]
    refused = [one for one in outcomes if isinstance(one, services.DoorClosed)]
    assert len(came) + len(refused) == 6
    assert minutes(activity) == dict.fromkeys(came, 60)


def test_two_activities_closed_at_once_count_no_minute_twice(app, make, ann):
    one, other = make.activity(leader_id=ann.id), make.activity(leader_id=ann.id)
    person = come(make, one, 0, 40)
    signup = make.signup(other, person, shift=make.shifts_of(other)[0])
    make.attendance(signup, happened_at=FRIDAY_18 + 20 * MINUTE)
    db.session.rollback()

    race(app, lambda: close(one, ann), lambda: close(other, ann))

    db.session.rollback()
    assert hours.total_minutes(person.id) == 60


def test_what_counts_elsewhere_is_taken_off_and_said(make, activity, ann):
    other = make.activity(starts_at=FRIDAY_18 - 30 * MINUTE, leader_id=ann.id)
    person = come(make, activity)
    make.attendance(make.signup(other, person), happened_at=other.starts_at)
    close(other, ann)

    assert reckon(activity) == {person.id: (30, "elsewhere")}
    close(activity, ann)

    assert minutes(activity) == {person.id: 30}
    db.session.rollback()
    assert hours.total_minutes(person.id) == 90


def test_staff_on_duty_earn_nothing_before_six_on_a_working_day(make):
    community = make.community()
    staff = make.coordinator(community)
    nine = datetime(2026, 11, 20, 9)  # 17:00 in Taiyuan, until 18:30
    activity = make.activity(
        organisation_id=community.id, starts_at=nine, ends_at=nine + 90 * MINUTE
    )
    for person in (staff, make.coordinator(), make.person()):
        make.attendance(make.signup(activity, person))

    found = reckon(activity)

    assert found.pop(staff.id) == (30, "staff")
    assert set(found.values()) == {(90, "")}


def test_on_a_day_off_staff_are_volunteers(make):
    community = make.community()
    staff = make.coordinator(community)
    saturday = datetime(2026, 11, 21, 2)
    activity = make.activity(organisation_id=community.id, starts_at=saturday)
    make.attendance(make.signup(activity, staff))

    assert reckon(activity, saturday + 60 * MINUTE) == {staff.id: (60, "")}


def test_a_declared_break_does_not_count(make, ann):
    activity = make.activity(break_minutes=15, leader_id=ann.id)
    person = come(make, activity)

    close(activity, ann)

    assert minutes(activity) == {person.id: 45}


def test_who_came_only_after_the_end_has_a_mark_and_no_hours(make, activity, ann):
    come(make, activity, 65)

    close(activity, ann)

    assert minutes(activity) == {}
    assert len(queries.marks(activity.id)) == 2


def test_closing_while_it_runs_counts_to_now(make, activity, ann):
    person = come(make, activity)

    close(activity, ann, FRIDAY_18 + 25 * MINUTE)

    assert minutes(activity) == {person.id: 25}


def test_who_erased_their_data_meanwhile_keeps_the_hours_without_a_name(make, activity, ann):
    person = come(make, activity, erased_at=CLOSES - MINUTE, name="*")

    close(activity, ann)

    assert minutes(activity) == {person.id: 60}


def test_the_list_shows_who_was_there_who_was_not_and_changes_nothing(make, activity):
    came, away = come(make, activity, name="王小梅"), make.signup(activity)
    make.signup(activity, confirmed_at=None)
    before = queries.changes(activity.id)

    db.session.rollback()
    found = reckoning.reckon(db.session.get_one(Activity, activity.id), CLOSES)

    assert [one.who.id for one in found.present] == [came.id]
    assert [one.person_id for one in found.absent] == [away.person_id]
    assert found.minutes == 60
    assert queries.changes(activity.id) == before


def test_what_has_not_begun_cannot_be_closed(make, activity, ann):
    with pytest.raises(services.NotBegun, match="18:00"):
        close(activity, ann, FRIDAY_18 - MINUTE)

    db.session.rollback()
    assert db.session.get_one(Activity, activity.id).closed_at is None


def test_what_was_called_off_cannot_be_closed(make, ann):
    activity = make.activity(cancelled_at=FRIDAY_18 - MINUTE, cancellation_reason="下雨")

    with pytest.raises(services.DoorClosed):
        close(activity, ann)


def test_a_draft_cannot_be_closed(make, ann):
    with pytest.raises(NotFound):
        close(make.activity(published_at=None), ann)


def test_each_shift_counts_for_itself(make, activity, ann):
    late = make.shift(activity, name="晚班", starts_at=FRIDAY_18 + 30 * MINUTE, ends_at=ENDS)
    person = make.person()
    make.attendance(make.signup(activity, person, shift=late), happened_at=FRIDAY_18)

    close(activity, ann)

    assert minutes(activity) == {person.id: 30}


def test_a_correction_shows_in_the_list_of_a_closed_activity(make, activity, ann):
    from volunteer_site.hours import services as ledger  # noqa: PLC0415

    person = come(make, activity)
    close(activity, ann)
    entry = db.session.scalars(sa.select(HourEntry.id)).one()

    with write_transaction():
        ledger.correct(entry, 45, "早走了", by_id=ann.id, now=CLOSES + MINUTE)

    assert minutes(activity) == {person.id: 45}


@pytest.mark.parametrize(
    ("day", "starts", "hours", "minutes"),
    [
        (date(2026, 11, 20), 12, 2, 120),  # the noon break is theirs
        (date(2026, 11, 20), 11, 4, 120),  # paid until 12:00 and again from 14:00
        (date(2026, 11, 20), 17, 2, 60),
        (date(2026, 11, 20), 9, 2, 0),
        (date(2026, 10, 1), 9, 2, 120),  # a holiday
        (date(2026, 10, 10), 9, 2, 0),  # a Saturday that is worked
        (date(2026, 11, 19), 22, 12, 600),  # over midnight into a working morning
    ],
)
def test_staff_are_paid_in_the_working_hours_of_working_days(make, day, starts, hours, minutes):
    community = make.community()
    begins = datetime(day.year, day.month, day.day) + timedelta(hours=starts - 8)
    activity = make.activity(
        organisation_id=community.id, starts_at=begins, ends_at=begins + timedelta(hours=hours)
    )
    staff = make.coordinator(community)
    with_role_since(staff, begins - timedelta(days=90))
    make.attendance(make.signup(activity, staff))

    assert reckon(activity, activity.ends_at)[staff.id][0] == minutes


def test_other_working_hours_are_a_setting(make, app):
    app.config["STAFF_DAY"] = "08:00-18:00"
    community = make.community()
    noon = datetime(2026, 11, 20, 4)
    activity = make.activity(organisation_id=community.id, starts_at=noon)
    staff = make.coordinator(community)
    make.attendance(make.signup(activity, staff))

    assert reckon(activity, activity.ends_at) == {staff.id: (0, "staff")}


def with_role_since(person, moment):
    db.session.rollback()
    with write_transaction():
        roles = db.metadata.tables["roles"]
        db.session.execute(
            sa.update(roles).where(roles.c.person_id == person.id).values(granted_at=moment)
        )
