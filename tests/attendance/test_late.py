"""Entering late: in time, with a reason and evidence, granted by a second person (R21, R22)."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.attendance.late import CLOSES, ENDS, MINUTE, MONDAY, Scene
from tests.attendance.test_marks import race
from tests.factories import FRIDAY_18
from volunteer_site.attendance import queries as door
from volunteer_site.attendance import services
from volunteer_site.attendance.late import deadlines, queries
from volunteer_site.attendance.late import refusals as late
from volunteer_site.core import calendar
from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import desk
from volunteer_site.hours import queries as hours
from volunteer_site.hours.held import queries as held
from volunteer_site.hours.held.rules import NoReason
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.signups.absences.models import NoShow

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def scene(make):
    found = Scene(make)
    found.close()
    return found


def minutes(scene):
    scene.fresh()
    return hours.total_minutes(scene.person.id)


def entry(scene):
    scene.fresh()
    asked = sa.select(HourEntry).where(HourEntry.person_id == scene.person.id)
    return db.session.scalars(asked).one()


def test_asking_counts_nothing(scene):
    scene.ask()

    assert minutes(scene) == 0
    (line,) = queries.of_person(scene.person.id)
    assert (line.state, line.minutes, line.asked_by) == ("waiting", 60, "王红")


def test_granted_the_person_has_come_and_gone_and_their_hours_are_in_the_book_as_late(scene):
    scene.decide(scene.ask(scene.wish(came=10, left=50)), "granted")

    made = entry(scene)
    assert (made.minutes, made.proof, made.recorded_by_id) == (40, "late", scene.ann.id)
    assert (made.started_at, made.ended_at) == (FRIDAY_18 + 10 * MINUTE, FRIDAY_18 + 50 * MINUTE)
    marks = door.marks_of(scene.activity.id, scene.person.id)
    assert [(mark.direction, mark.method) for mark in marks] == [("in", "late"), ("out", "late")]
    assert queries.of_person(scene.person.id) == []


def test_the_record_keeps_the_facts_as_they_stood_at_the_closing(make):
    scene = Scene(make)
    make.attendance(make.signup(scene.activity))
    scene.close()
    with write_transaction():
        activities = db.metadata.tables["activities"]
        db.session.execute(sa.update(activities).values(title="改过的名称"))

    scene.decide(scene.ask(), "granted")

    assert db.session.scalars(sa.select(ServiceRecord.title)).all() == ["公益一小时"]
    assert db.session.get(ServiceRecord, entry(scene).service_id).title == "公益一小时"


def test_twice_is_once(scene):
    number = scene.ask()

    assert scene.ask() == number
    assert scene.decide(number, "granted")
    assert not scene.decide(number, "granted")
    assert minutes(scene) == 60
    kinds = db.session.scalars(sa.select(AuditEvent.kind).where(AuditEvent.kind.like("late.%")))
    assert sorted(kinds) == ["late.ask", "late.grant"]


def test_refused_the_person_reads_why_and_nothing_counts(scene):
    scene.decide(scene.ask(), "refused", words="签到表上没有她的名字")

    assert minutes(scene) == 0
    (line,) = queries.of_person(scene.person.id)
    assert (line.state, line.answer) == ("refused", "签到表上没有她的名字")
    assert queries.waiting(["/"]) == []


def test_after_a_refusal_it_can_be_asked_again_with_better_evidence(scene):
    first = scene.ask()
    scene.decide(first, "refused")

    second = scene.ask()

    assert second != first
    scene.decide(second, "granted")
    assert minutes(scene) == 60


def test_a_refusal_needs_words(scene):
    number = scene.ask()

    with pytest.raises(NoReason):
        scene.decide(number, "refused", words="不")


def test_nobody_asks_for_themselves(scene):
    with pytest.raises(late.NotForYourself):
        scene.ask(scene.wish(scene.ann))


def test_neither_who_asked_nor_the_person_decides(scene):
    number = scene.ask(scene.wish(scene.bob))

    for somebody in (scene.ann, scene.bob):
        with pytest.raises(late.NotYours):
            scene.decide(number, "granted", somebody)
    assert scene.decide(number, "granted", scene.officer)


def test_a_coordinator_of_another_community_cannot_decide(scene, make):
    number = scene.ask()

    with pytest.raises(late.NotYours):
        scene.decide(number, "granted", make.coordinator(name="韩梅梅"))


def test_the_database_too_wants_a_second_person(scene):
    number = scene.ask()
    late_entries = db.metadata.tables["late_entries"]
    own = {"decided_at": MONDAY, "decision": "granted", "decided_by_id": scene.ann.id}
    scene.fresh()

    with pytest.raises(sa.exc.IntegrityError), write_transaction():
        db.session.execute(sa.update(late_entries).where(late_entries.c.id == number).values(**own))


@pytest.mark.parametrize(
    ("came", "left", "field"),
    [(-1, 60, "came"), (0, 61, "left"), (30, 30, "left"), (40, 20, "left"), (60, 90, "came")],
)
def test_times_lie_within_the_shift(scene, came, left, field):
    with pytest.raises(late.Unbelievable) as refusal:
        scene.ask(scene.wish(came=came, left=left))

    assert refusal.value.field == field


@pytest.mark.parametrize(
    "reason", ["", "忘了", "补补补补补补补补", "。。。。。。。。", "忘忘记记忘忘记"]
)
def test_a_reason_says_something(scene, reason):
    with pytest.raises(late.Unbelievable):
        scene.ask(scene.wish(reason=reason))


def test_while_the_roster_is_open_people_are_ticked(make):
    scene = Scene(make)

    with pytest.raises(late.NotLateYet):
        scene.ask(now=ENDS + 10 * MINUTE)


def test_after_the_door_hours_it_may_be_asked_before_the_closing_which_then_posts_it(make):
    scene = Scene(make)
    scene.decide(scene.ask(), "granted")
    assert minutes(scene) == 0

    scene.close(now=MONDAY + timedelta(hours=3))

    assert entry(scene).proof == "late"
    assert minutes(scene) == 60


@pytest.mark.parametrize(
    ("ended", "last"),
    [
        (datetime(2026, 9, 18, 11), datetime(2026, 10, 9, 12)),
        (datetime(2026, 2, 6, 11), datetime(2026, 2, 27, 12)),
        (datetime(2026, 11, 20, 11), datetime(2026, 12, 4, 12)),
    ],
)
def test_ten_working_days_are_counted_with_their_holidays(app, ended, last):
    assert deadlines.in_time(ended, ended)
    assert deadlines.in_time(ended, last)
    assert not deadlines.in_time(ended, last + timedelta(days=1))
    assert deadlines.last_day(ended) == last.date()


def test_a_year_nobody_knows_is_named_only_when_it_matters(app):
    ended = datetime(2026, 12, 18, 11)

    assert deadlines.in_time(ended, datetime(2026, 12, 31, 4))
    assert deadlines.in_time(ended, datetime(2027, 1, 1, 4))
    with pytest.raises(calendar.UnknownYear, match="2027"):
        deadlines.in_time(ended, datetime(2027, 1, 3, 4))
    assert deadlines.last_day(ended) is None


def test_after_ten_working_days_nothing_is_entered(scene):
    with pytest.raises(late.TooLate, match="12月4日"):
        scene.ask(now=datetime(2026, 12, 5, 4))


def test_who_was_asked_for_in_time_may_be_granted_for_ten_working_days_more(scene, make):
    number = scene.ask(now=datetime(2026, 12, 4, 4))

    with pytest.raises(late.TooLate):
        scene.decide(number, "granted", now=datetime(2026, 12, 19, 4))
    assert scene.decide(number, "granted", now=datetime(2026, 12, 18, 4))


def test_never_more_people_than_places(make):
    scene = Scene(make, places=2)
    make.attendance(make.signup(scene.activity))
    scene.close()
    other = make.person(name="李雷")
    first = scene.ask()

    with pytest.raises(late.NoRoom, match="2"):
        scene.ask(scene.wish(other))
    scene.withdraw(first)
    number = scene.ask(scene.wish(other))
    make.attendance(make.signup(scene.activity, make.person()), recorded_at=CLOSES)

    with pytest.raises(late.NoRoom):
        scene.decide(number, "granted")
    assert queries.through(["/"], number).state == "waiting"


def test_who_is_on_the_record_is_not_entered_again(make):
    scene = Scene(make)
    make.attendance(make.signup(scene.activity, scene.person))
    scene.close()

    with pytest.raises(late.ThereAlready):
        scene.ask()


def test_who_asked_first_is_named_to_the_next(scene):
    scene.ask()

    with pytest.raises(late.AskedBefore, match="王红"):
        scene.ask(by=scene.bob)


def test_who_asked_may_take_it_back_and_nobody_else(scene):
    number = scene.ask()

    with pytest.raises(late.NotYours, match="王红"):
        scene.withdraw(number, scene.bob)
    assert scene.withdraw(number)
    assert not scene.withdraw(number)
    with pytest.raises(late.Settled):
        scene.decide(number, "granted")
    assert queries.of_person(scene.person.id) == []


def test_what_counts_elsewhere_counts_once(scene, make):
    other = make.activity(organisation_id=make.community().id,
                          starts_at=FRIDAY_18 - 30 * MINUTE)  # fmt: skip
    make.attendance(make.signup(other, scene.person), happened_at=other.starts_at)
    scene.fresh()
    with write_transaction():
        services.close(other.id, by_id=scene.ann.id, now=CLOSES)

    scene.decide(scene.ask(), "granted")

    assert minutes(scene) == 90


def test_when_nothing_would_count_the_second_person_is_told(make):
    noon = FRIDAY_18 - timedelta(hours=9)  # 09:00 on a working day
    scene = Scene(make, starts_at=noon)
    scene.close()
    number = scene.ask(scene.wish(scene.bob))

    with pytest.raises(late.NothingCounts):
        scene.decide(number, "granted", scene.officer)
    assert queries.through(["/"], number).state == "waiting"
    assert door.marks_of(scene.activity.id, scene.bob.id) == []


def test_beyond_the_days_limit_it_waits_once_more(make):
    scene = Scene(make, starts_at=FRIDAY_18, ends_at=FRIDAY_18 + timedelta(hours=10))
    scene.close(now=FRIDAY_18 + timedelta(hours=11))

    scene.decide(scene.ask(scene.wish(left=600)), "granted")

    assert minutes(scene) == 480
    assert [(one.minutes, one.proof) for one in held.waiting(["/"])] == [(120, "late")]


def test_of_two_who_decide_at_once_one_does(app, scene):
    number = scene.ask()
    officer = scene.officer

    outcomes = race(
        app,
        lambda: scene.decide(number, "granted", scene.bob),
        lambda: scene.decide(number, "refused", officer),
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["Settled", "bool"]
    scene.fresh()
    granted = queries.through(["/"], number).state == "granted"
    assert minutes(scene) == (60 if granted else 0)
    assert len(desk.entries_of_activity(scene.activity.id)) == granted


def test_an_absence_does_not_count_any_more(make):
    scene = Scene(make)
    make.signup(scene.activity, scene.person)
    make.attendance(make.signup(scene.activity))
    scene.close()

    scene.decide(scene.ask(), "granted")

    assert [one.cleared_because for one in db.session.scalars(sa.select(NoShow))] == ["came"]
