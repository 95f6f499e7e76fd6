"""A badge is given when the hours are there, and taken back when they turn out wrong (R30)."""

import threading
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import FRIDAY_18, NOW
from tests.hours.ledger import credit, facts
from tests.recognition.badges import held, load, serve, slugs_of
from volunteer_site.core import versions
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services as hours
from volunteer_site.recognition.badges.models import Award, AwardEntry, Badge
from volunteer_site.recognition.badges.services import award_after

LATER = NOW + timedelta(days=300)
pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def person(make):
    return make.person()


@pytest.fixture
def community(make):
    return make.community()


def reverse(entry, reason="现场没有来", now=LATER):
    with write_transaction():
        hours.reverse(entry, reason, by_id=None, now=now)


def correct(entry, minutes, now=LATER):
    with write_transaction():
        hours.correct(entry, minutes, "时间记错了", by_id=None, now=now)


def test_posting_hours_gives_the_badge_with_its_day_and_its_entries(person, community):
    load("weeks-1", "weeks-4")
    entries = [serve(person, community, week) for week in range(4)]

    first, fourth = date(2026, 11, 20), date(2026, 12, 11)
    assert held() == {
        (person.id, "weeks-1", ""): (first, entries[:1]),
        (person.id, "weeks-4", ""): (fourth, entries),
    }
    awarded = db.session.scalars(sa.select(Award.awarded_at).order_by(Award.id)).all()
    assert awarded[0] == FRIDAY_18 + timedelta(hours=13)


def test_one_week_less_is_not_enough(person, community):
    load("weeks-4")
    for week in range(3):
        serve(person, community, week)

    assert held() == {}


@pytest.mark.parametrize(("minutes", "given"), [(59, set()), (60, {"clean-up-5"})])
def test_a_kind_of_work_counts_to_the_minute(person, community, minutes, given):
    load("clean-up-5")
    serve(person, community, 0, minutes=240)
    serve(person, community, 1, minutes=300, category="care")
    serve(person, community, 2, minutes=minutes)

    assert slugs_of(person) == given


def test_the_first_hour_of_a_year_is_honoured_every_year_once(person, community):
    load("first-of-year")
    for week in (0, 1, 6, 7):  # 20 and 27 November, 1 and 8 January
        serve(person, community, week)

    assert {period: day for (_, _, period), (day, _) in held().items()} == {
        "2026": date(2026, 11, 20),
        "2027": date(2027, 1, 1),
    }


def test_posting_the_same_again_awards_nothing_twice(person, community):
    load()
    for _twice in range(2):
        serve(person, community, 0, minutes=700)
    before = held()
    with write_transaction():
        award_after({person.id}, LATER)

    assert held() == before
    assert len(before) == db.session.scalar(sa.select(sa.func.count()).select_from(Award))


def test_a_reversal_that_undoes_a_badge_withdraws_it_and_says_why(person, community):
    load("weeks-1", "weeks-4")
    entries = [serve(person, community, week) for week in range(4)]

    reverse(entries[2], "现场没有来")

    assert slugs_of(person) == {"weeks-1"}
    lost = db.session.scalars(sa.select(Award).where(Award.withdrawn_at.is_not(None))).one()
    assert (lost.withdrawn_at, lost.withdrawal_reason) == (LATER, "现场没有来")
    rests = sa.select(AwardEntry.entry_id).where(AwardEntry.award_id == lost.id)
    assert sorted(db.session.scalars(rests)) == entries  # what it rested on stays to be read


def test_a_badge_still_reached_stays_and_rests_on_what_stands(person, community):
    load("weeks-4")
    entries = [serve(person, community, week) for week in range(5)]
    given = db.session.scalars(sa.select(Award.awarded_at)).one()

    reverse(entries[0])

    assert held() == {(person.id, "weeks-4", ""): (date(2026, 12, 18), entries[1:])}
    assert db.session.scalars(sa.select(Award.awarded_at)).one() == given


def test_a_correction_keeps_the_badge_and_rests_it_on_the_right_entry(person, community):
    load("minutes-10")
    wrong = serve(person, community, 0, minutes=660)

    correct(wrong, 600)

    ((_day, entries),) = held().values()
    assert len(entries) == 1 and entries != [wrong]


def test_a_correction_below_the_line_withdraws_and_a_later_hour_gives_it_anew(person, community):
    load("minutes-10")
    wrong = serve(person, community, 0, minutes=660)
    correct(wrong, 599)

    assert held() == {} and len(held(withdrawn=True)) == 1
    serve(person, community, 45, minutes=1)
    assert slugs_of(person) == {"minutes-10"}


def test_a_correction_to_nothing_counts_as_nothing(person, community):
    load("weeks-1")
    correct(serve(person, community), 0)

    assert held() == {}


def test_an_earlier_hour_posted_late_leaves_the_award_as_it_was_given(person, community):
    load("weeks-1")
    entry = serve(person, community, 1)
    serve(person, community, 0)

    assert held() == {(person.id, "weeks-1", ""): (date(2026, 11, 27), [entry])}


def test_a_retired_badge_is_kept_by_who_has_it_and_given_to_nobody_else(make, person, community):
    load("weeks-1")
    first, second = serve(person, community, 0), serve(person, community, 1)
    with write_transaction():
        db.session.execute(sa.update(Badge).values(retired_at=NOW))
        versions.bump("badges")
    late = make.person()
    serve(late, community, 2)
    reverse(first)

    assert held() == {(person.id, "weeks-1", ""): (date(2026, 11, 27), [second])}


def test_an_award_given_by_hand_is_never_taken_back_for_hours(person, community):
    load("weeks-100")
    badge = db.session.scalars(sa.select(Badge.id)).one()
    with write_transaction():
        db.session.add(
            Award(badge_id=badge, person_id=person.id, earned_on=NOW.date(), awarded_at=NOW)
        )
    reverse(serve(person, community))

    assert slugs_of(person) == {"weeks-100"}


def test_one_posting_of_many_people_takes_few_statements(make, community, statements):
    load()
    people = [make.person() for _ in range(30)]
    given = [credit(person, community, number, minutes=700) for number, person in enumerate(people)]
    about = facts(ends_at=FRIDAY_18 + timedelta(hours=12))

    statements.clear()
    with write_transaction():
        hours.post(about, given, now=LATER)
    few = [sent for sent in statements if "award" in sent]
    assert len(few) <= 5
    assert len(held()) == 30 * 4


def test_two_who_post_for_one_person_at_once_give_the_badge_once(app, person, community):
    load("weeks-1", "weeks-4", "first-of-year")
    for week in range(2):
        serve(person, community, week)
    failed = []

    def post(week):
        with app.app_context():
            try:
                serve(person, community, week)
            except Exception as error:
                failed.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=post, args=(week,)) for week in (2, 3)]
    db.session.rollback()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.rollback()
    assert not failed
    assert slugs_of(person) == {"weeks-1", "weeks-4", "first-of-year"}
    assert len(held()) == db.session.scalar(sa.select(sa.func.count()).select_from(Award))


def test_a_year_ends_where_the_site_stands(person, community):
    load("first-of-year")
    evening = datetime(2026, 12, 31, 16, 30)  # half past midnight of 1 January in Shanghai
    serve(person, community, at=evening)

    assert list(held()) == [(person.id, "first-of-year", "2027")]
