"""Who did not come: when it counts, what follows from it, and what ends it (R16)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import FRIDAY_18, NOW
from tests.hours.ledger import credit, facts
from tests.signups.test_services import counters, wait, withdraw
from volunteer_site.activities.models import Activity
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.hours import services as hours
from volunteer_site.signups import queries, services, settings
from volunteer_site.signups.absences import queries as absences
from volunteer_site.signups.absences import rule
from volunteer_site.signups.absences.models import NoShow
from volunteer_site.signups.absences.rule import Missed, Terms
from volunteer_site.signups.queries import State

DAY = timedelta(days=1)
TODAY = date(2026, 11, 19)
TERMS = Terms()


def days(*ago):
    """No-shows so many days ago, each noted on its day."""
    return [Missed(TODAY - n * DAY, TODAY - n * DAY) for n in ago]


@pytest.mark.parametrize(
    ("missed", "lowered"),
    [
        ((0, 30, 89), True),  # the third on the 90th day
        ((0, 30, 90), False),  # on the 91st
        ((0, 30), False),
        ((6, 7, 8), True),
        ((7, 8, 9), False),  # seven days after the third
        ((200, 201, 202), False),
        ((0, 1, 2, 3), True),
    ],
)
def test_three_in_ninety_days_count_for_seven_days(missed, lowered):
    assert (rule.behind(days(*missed), TODAY) is not None) is lowered


def test_it_says_how_many_and_until_when():
    found = rule.behind(days(2, 5, 60), TODAY)

    assert (found.count, found.until) == (3, TODAY + 5 * DAY)


def test_the_seven_days_begin_when_it_was_noted():
    late = Missed(TODAY - 9 * DAY, TODAY - DAY)

    assert rule.behind([*days(20, 30), late], TODAY).until == TODAY + 6 * DAY


def test_a_limit_of_none_switches_it_off():
    assert rule.behind(days(0, 1, 2), TODAY, Terms(limit=0)) is None


@pytest.mark.parametrize(
    ("places", "taken", "few"), [(20, 15, False), (20, 16, True), (3, 2, False), (5, 4, True)]
)
def test_places_are_scarce_when_fewer_than_a_quarter_are_free(places, taken, few):
    assert rule.scarce(places, taken) is few


@pytest.mark.parametrize(
    ("signed_up", "confirmed", "counts"),
    [(-1, -1, True), (-100, -100, True), (-100, -24, True), (-100, -23.9, False)],
)
def test_who_moved_up_too_late_to_know_is_not_counted(signed_up, confirmed, counts):
    at = [FRIDAY_18 + timedelta(hours=n) for n in (signed_up, confirmed)]

    assert rule.could_know(*at, FRIDAY_18) is counts


@pytest.fixture
def away(make, in_app):
    """Make somebody who stayed away on three days of late."""

    def made(*ago, **given):
        person = make.person(**given)
        for n in ago or (1, 8, 15):
            stay_away(make, person, NOW - n * DAY)
        return person

    return made


def stay_away(make, person, at):
    activity = make.activity(starts_at=at, closed_at=at)
    make.signup(activity, person, signed_up_at=at - DAY, confirmed_at=at - DAY)
    db.session.rollback()
    with write_transaction():
        services.note_no_shows(activity, [person.id], now=at)
    return activity


def take(activity, person, now=NOW):
    offer = services.allow_place(queries.offers(activity.id, person.id), None, now)
    behind = services.priority(offer, person.id, now, TERMS)
    services.refuse_scarce(offer, behind)
    with write_transaction():
        return services.take_place(offer, person.id, activity.id, now=now, behind=behind)


def join(activity, person, now=NOW):
    offer = services.allow(queries.offers(activity.id, person.id), None, now)
    behind = services.priority(offer, person.id, now, TERMS)
    with write_transaction():
        return services.join_waitlist(offer, person.id, activity.id, now=now, behind=behind)


def filled(make, places, taken):
    activity = make.activity(places=places)
    signups = [make.signup(activity) for _ in range(taken)]
    db.session.rollback()
    return activity, signups


def test_of_plenty_everybody_has_a_place(make, away):
    activity, _ = filled(make, 4, 2)

    take(activity, away())

    assert counters(activity) == (3, 0)


def test_of_few_the_others_come_first_and_it_says_why(make, away):
    activity, _ = filled(make, 8, 7)

    with pytest.raises(services.OthersFirst) as refused:
        take(activity, away())

    words = str(refused.value)
    for said in ("90 天", "3 次", "11月25日", "11月20日 周五 16:00", "候补"):
        assert said in words
    assert counters(activity) == (7, 0)


@pytest.mark.parametrize(("ago", "refused"), [((1, 8), False), ((1, 8, 15), True)])
def test_two_no_shows_change_nothing(make, away, ago, refused):
    activity, _ = filled(make, 8, 7)
    person = away(*ago)

    if refused:
        with pytest.raises(services.OthersFirst):
            take(activity, person)
    else:
        take(activity, person)


def test_shortly_before_the_start_whatever_is_free_is_free_for_all(make, away):
    activity, _ = filled(make, 8, 7)
    person = away(1, 2, 3)
    before = FRIDAY_18 - timedelta(hours=2)

    with pytest.raises(services.OthersFirst):
        take(activity, person, before - timedelta(seconds=1))
    take(activity, person, before)

    assert counters(activity) == (8, 0)


def test_having_come_once_ends_it(make, away):
    activity, _ = filled(make, 8, 7)
    person, place = away(2, 8, 15), make.community()
    served = facts(77, starts_at=NOW - DAY, ends_at=NOW - DAY + timedelta(hours=1),
                   service_date=TODAY - DAY)  # fmt: skip
    one = credit(person, place, started_at=NOW - DAY, ended_at=NOW - DAY + timedelta(hours=1))
    db.session.rollback()
    with write_transaction():
        hours.post(served, [one], now=NOW)

    take(activity, person)

    assert counters(activity) == (8, 0)


def test_who_waits_for_scarce_places_waits_though_one_is_free(make, away):
    activity, _ = filled(make, 8, 7)
    person = away()

    join(activity, person)

    assert queries.offers(activity.id, person.id).state is State.WAITLISTED
    assert counters(activity) == (7, 1)


def test_others_are_promoted_first(make, away):
    activity, signups = filled(make, 8, 8)
    last, first = away(), make.person()
    join(activity, last)
    wait(activity, first)

    withdraw(signups[0].id)
    withdraw(signups[1].id)

    assert queries.offers(activity.id, first.id).state is State.CONFIRMED
    assert queries.offers(activity.id, last.id).state is State.WAITLISTED


def test_who_comes_last_is_promoted_once_there_are_plenty(make, away):
    activity, signups = filled(make, 4, 4)
    last = away()
    join(activity, last)

    withdraw(signups[0].id)

    assert queries.offers(activity.id, last.id).state is State.CONFIRMED  # one of four is a quarter


def test_who_comes_last_is_promoted_shortly_before_the_start(make, away):
    activity, _ = filled(make, 8, 7)
    last = away()
    join(activity, last)
    shift, late = make.shifts_of(activity)[0], FRIDAY_18 - timedelta(hours=1)
    db.session.rollback()

    with write_transaction():
        services.promote(shift.id, now=late, terms=TERMS)

    assert queries.offers(activity.id, last.id).state is State.CONFIRMED


def try_for(app, activity, person, start):
    """Try for a place at the same moment as others; return what came of it."""
    with app.app_context():
        offer = queries.offers(activity.id, person.id).shifts[0]
        behind = services.priority(offer, person.id, NOW, Terms(scarce_percent=50))
        db.session.rollback()
        start.wait(timeout=20)
        try:
            with write_transaction():
                services.take_place(offer, person.id, activity.id, now=NOW, behind=behind)
        except services.OthersFirst:
            return "others first"
        finally:
            db.session.remove()
        return "place"


def test_two_who_come_last_race_for_the_last_of_plenty_and_one_gets_it(make, app, away):
    activity, _ = filled(make, 4, 2)
    people, start = [away(), away()], threading.Barrier(2)

    with ThreadPoolExecutor(2) as pool:
        tries = [pool.submit(try_for, app, activity, person, start) for person in people]

    assert sorted(one.result() for one in tries) == ["others first", "place"]
    assert counters(activity) == (3, 0)


def standing_no_shows():
    db.session.rollback()
    return list(
        db.session.scalars(
            sa.select(NoShow.person_id).where(NoShow.cleared_at.is_(None)).order_by(NoShow.id)
        )
    )


def test_excused_walk_ins_and_late_promotions_are_not_noted(make, in_app):
    activity, ann = make.activity(), make.person()
    absent, excused, added, moved = (make.person() for _ in range(4))
    for person, given in (
        (absent, {}),
        (excused, {}),
        (added, {"source": "walk_in"}),
        (moved, {"signed_up_at": NOW, "confirmed_at": FRIDAY_18 - timedelta(hours=2)}),
    ):
        make.signup(activity, person, **given)
    with write_transaction():
        services.excuse(activity, excused.id, "", by_id=ann.id, now=NOW)
        everybody = [person.id for person in (absent, excused, added, moved)]
        assert services.note_no_shows(activity, everybody, now=FRIDAY_18) == [absent.id]

    assert standing_no_shows() == [absent.id]


def test_noting_twice_notes_once(make, away):
    person = away(1)
    activity = db.session.scalar(sa.select(Activity))
    db.session.expunge_all()
    db.session.rollback()

    with write_transaction():
        services.note_no_shows(activity, [person.id], now=NOW)

    assert standing_no_shows() == [person.id]


def test_an_excuse_after_the_closing_needs_a_reason_and_ends_the_no_show(make, in_app):
    person, ann = make.person(), make.person()
    activity = stay_away(make, person, NOW - DAY)

    with pytest.raises(services.ReasonNeeded), write_transaction():
        services.excuse(activity, person.id, "", by_id=ann.id, now=NOW)
    with write_transaction():
        services.excuse(activity, person.id, "孩子发烧", by_id=ann.id, now=NOW)
    assert standing_no_shows() == []

    with write_transaction():
        services.withdraw_excuse(activity, person.id, by_id=ann.id, now=NOW)
    assert standing_no_shows() == [person.id]


def test_excusing_twice_is_once_and_only_for_who_has_a_place(make, in_app):
    activity, person, ann = make.activity(), make.person(), make.person()
    make.signup(activity, person)

    with write_transaction():
        assert services.excuse(activity, person.id, "", by_id=ann.id, now=NOW)
        assert not services.excuse(activity, person.id, "", by_id=ann.id, now=NOW)
    with pytest.raises(NotFound), write_transaction():
        services.excuse(activity, ann.id, "", by_id=ann.id, now=NOW)

    assert absences.excused(activity.id) == {person.id}


def test_who_was_there_after_all_has_no_no_show(make, in_app):
    person, other = make.person(), make.person()
    activity = stay_away(make, person, NOW - DAY)
    stay_away(make, other, NOW - DAY)
    db.session.rollback()

    with write_transaction():
        services.came_after_all(activity.id, [person.id], by_id=None, now=NOW)

    assert standing_no_shows() == [other.id]


def test_who_has_no_no_shows_is_known_by_one_read(make, in_app, statements):
    activity, person = make.activity(), make.person()
    offer = queries.offers(activity.id, person.id).shifts[0]
    statements.clear()

    assert services.priority(offer, person.id, NOW, TERMS) is None
    assert len(statements) == 1


def test_the_usual_terms_are_those_of_the_settings(app):
    with app.app_context():
        assert settings.terms() == Terms()
