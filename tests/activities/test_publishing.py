"""Drafts, publishing and calling off: what is let through and what is refused (R10, R15, W52)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import FRIDAY_18, NOW, WORDS
from volunteer_site.activities import occurrences, queries, rules, services
from volunteer_site.activities.models import Activity
from volunteer_site.activities.plans import Plan, ShiftPlan
from volunteer_site.activities.services.activities import (
    ActivityCancelled,
    ActivityClosed,
    AlreadyMade,
    NotHeld,
    ReasonMissing,
)
from volunteer_site.activities.services.programmes import ProgrammeEnded
from volunteer_site.core import audit, versions
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.people import session

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("in_app")


def a_plan(starts=FRIDAY_18, **given):
    words = {"title": "公益一小时", "contact": "", "minimum_age": 8, "break_minutes": 0}
    return Plan(WORDS | words | given, (ShiftPlan(starts, starts + HOUR, 15),))


def created(make, plan=None, **origin):
    origin.setdefault("organisation_id", make.community().id)
    with write_transaction():
        return services.create(services.Origin(**origin), plan or a_plan(), by_id=None, now=NOW)


def published(activity, now=NOW):
    with write_transaction():
        services.publish(activity, by_id=None, now=now)


def test_a_draft_knows_its_day_its_week_and_when_sign_up_closes(make):
    activity = created(make)

    assert (activity.service_date, activity.week) == (date(2026, 11, 20), "2026-W47")
    assert activity.signup_closes_at == activity.starts_at == FRIDAY_18
    assert activity.published_at is None
    assert [shift.places for shift in queries.shifts(activity.id)] == [15]


def test_an_activity_lasts_from_its_first_shift_to_its_last(make):
    plan = Plan(
        a_plan().words,
        (
            ShiftPlan(FRIDAY_18 + HOUR, FRIDAY_18 + 3 * HOUR, 4, "收摊"),
            ShiftPlan(FRIDAY_18, FRIDAY_18 + HOUR, 8, "摆摊"),
        ),
    )

    activity = created(make, plan)

    assert (activity.starts_at, activity.ends_at) == (FRIDAY_18, FRIDAY_18 + 3 * HOUR)
    assert [shift.name for shift in queries.shifts(activity.id)] == ["摆摊", "收摊"]


def test_publishing_shows_it_on_the_board_and_notes_who_did_it(make):
    activity, person, before = created(make), make.person(), versions.current("board")

    with write_transaction():
        services.publish(activity, by_id=person.id, now=NOW)

    assert (activity.published_at, activity.published_by_id) == (NOW, person.id)
    assert activity.leader_id == person.id
    assert versions.current("board") == before + 1
    kinds = db.session.scalars(sa.select(audit.AuditEvent.kind).order_by(audit.AuditEvent.id))
    assert list(kinds) == ["activity.create", "activity.publish"]


def test_publishing_twice_keeps_the_first_time(make):
    activity = created(make)

    published(activity)
    published(activity, NOW + HOUR)

    assert activity.published_at == NOW


@pytest.mark.parametrize(
    ("reason", "given"),
    [
        (rules.EnteredAfterwards, {"title": "公益一小时（补录）"}),
        (rules.NotVolunteering, {"title": "支部会议"}),
        (rules.NotVolunteering, {"title": "健康知识讲座"}),
        (rules.NotVolunteering, {"title": "周末值班"}),
        (rules.NotVolunteering, {"title": "春季团建"}),
        (rules.ThinContent, {"content": "打扫"}),
        (rules.ThinContent, {"content": "打扫，打扫，打扫，打扫，打扫，打扫"}),
        (rules.IncompleteNotice, {"risks": ""}),
        (rules.IncompleteNotice, {"provided": ""}),
        (rules.IncompleteNotice, {"content": ""}),
        (rules.IncompleteNotice, {"conditions": ""}),
        (rules.IncompleteNotice, {"how_to_sign_up": ""}),
        (rules.IncompleteNotice, {"place": ""}),
        (rules.IncompleteNotice, {"category": ""}),
    ],
)
def test_what_is_no_volunteering_or_says_too_little_is_not_published(make, reason, given):
    activity = created(make, a_plan(**given))

    with pytest.raises(reason):
        published(activity)

    assert activity.published_at is None


def test_what_has_begun_is_not_published(make):
    activity = created(make)

    with pytest.raises(rules.StartsInThePast, match="11月20日"):
        published(activity, FRIDAY_18)


def test_nothing_to_fear_and_nothing_provided_is_an_answer(make):
    activity = created(make, a_plan(risks="无", provided="无", title="会议室窗户清洁"))

    published(activity)

    assert activity.published_at == NOW


def test_an_end_before_the_start_is_not_even_kept_as_a_draft(make):
    backwards = Plan(a_plan().words, (ShiftPlan(FRIDAY_18, FRIDAY_18 - HOUR, 5),))

    with pytest.raises(rules.WrongTimes):
        created(make, backwards)

    assert db.session.scalar(sa.select(sa.func.count(Activity.id))) == 0


def test_sign_up_cannot_stay_open_after_the_end(make):
    late = Plan(a_plan().words, a_plan().shifts, FRIDAY_18 + 2 * HOUR)

    with pytest.raises(rules.WrongTimes, match="19:00"):
        created(make, late)


def test_a_programme_has_one_activity_for_each_date(make):
    programme = make.programme()
    origin = {"programme_id": programme.id, "occurrence_on": date(2026, 11, 20)}
    created(make, organisation_id=programme.organisation_id, **origin)

    with pytest.raises(AlreadyMade) as refusal:
        created(make, organisation_id=programme.organisation_id, **origin)

    assert refusal.value.link[0].startswith("/desk/activities/")


def friday_of(programme, day=date(2026, 11, 20)):
    return occurrences.occurrence(programme, day, occurrences.days_from(day))


def test_a_programmes_activity_is_published_as_it_is_filled_in(make):
    programme = make.programme(title="周五清洁", places=12)

    with write_transaction():
        activity = services.from_programme(programme, friday_of(programme), by_id=None, now=NOW)

    assert (activity.title, activity.place) == ("周五清洁", WORDS["place"])
    assert activity.published_at == NOW
    assert queries.shifts(activity.id)[0].places == 12


def test_a_skipped_date_and_an_ended_programme_are_not_posted(make):
    programme, ended = make.programme(), make.programme(ended_at=NOW)
    holiday = friday_of(programme, date(2026, 10, 2))

    with pytest.raises(NotHeld, match="国庆"), write_transaction():
        services.from_programme(programme, holiday, by_id=None, now=NOW)
    with pytest.raises(ProgrammeEnded), write_transaction():
        services.from_programme(ended, friday_of(ended), by_id=None, now=NOW)


def test_calling_off_says_why_and_is_kept(make):
    activity, person, before = make.activity(), make.person(), versions.current("board")
    activity = queries.get(activity.id)

    with write_transaction():
        services.cancel(activity, "大雨", by_id=person.id, now=NOW)
    with write_transaction():
        services.cancel(activity, "又下雨", by_id=person.id, now=NOW + HOUR)

    assert (activity.cancelled_at, activity.cancellation_reason) == (NOW, "大雨")
    assert versions.current("board") == before + 1


def test_calling_off_without_a_reason_is_refused(make):
    activity = queries.get(make.activity().id)

    with pytest.raises(ReasonMissing), write_transaction():
        services.cancel(activity, None, by_id=1, now=NOW)

    assert activity.cancelled_at is None


def test_a_closed_activity_is_not_called_off_and_a_cancelled_one_not_published(make):
    off = {"published_at": None, "cancelled_at": NOW, "cancellation_reason": "大雨"}
    made = make.activity(closed_at=NOW), make.activity(**off)
    closed, cancelled = (queries.get(activity.id) for activity in made)

    with pytest.raises(ActivityClosed), write_transaction():
        services.cancel(closed, "大雨", by_id=1, now=NOW)
    with pytest.raises(ActivityCancelled, match="大雨"):
        published(cancelled)


def test_a_listener_can_refuse_a_cancellation(make):
    activity = queries.get(make.activity().id)

    def refuse(_sender, activity_id, now):
        raise ActivityClosed(str(activity_id))

    listening = services.cancelling.connected_to(refuse)
    with listening, pytest.raises(ActivityClosed), write_transaction():
        services.cancel(activity, "大雨", by_id=1, now=NOW)

    assert queries.get(activity.id).cancelled_at is None


def test_people_reach_only_the_activities_of_their_own_community(make):
    ours, others = make.community(), make.community()
    activity = make.activity(organisation_id=ours.id)
    mine, other = make.coordinator(ours), make.coordinator(others)

    assert queries.theirs(_visitor(mine), activity.id, "coordinator").id == activity.id
    for person, role in ((other, "coordinator"), (mine, "liaison")):
        with pytest.raises(NotFound):
            queries.theirs(_visitor(person), activity.id, role)


def _visitor(person):
    return session.find(person.id)
