"""A day gives eight hours by itself; more waits for a second person and is never lost (R7)."""

from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import FRIDAY_18
from tests.hours.ledger import credit, facts, lines, totals
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import queries, services
from volunteer_site.hours.held import queries as held
from volunteer_site.hours.held import rules
from volunteer_site.hours.held import services as deciding
from volunteer_site.hours.held.caps import Caps, Day, cut
from volunteer_site.hours.held.models import HeldHours

pytestmark = pytest.mark.usefixtures("in_app")
MORNING = FRIDAY_18 - timedelta(hours=12)  # Friday 06:00 in Taiyuan
NIGHT = MORNING + timedelta(hours=17)
GRANTED, REFUSED = deciding.Answer("granted"), deciding.Answer("refused", "签到表上没有这段时间")
CAPS = Caps(480, 720)


def post(*given, hours=16, now=NIGHT, source=1):
    about = facts(source, starts_at=MORNING, ends_at=MORNING + timedelta(hours=hours))
    with write_transaction():
        return services.post(about, given, now=now)


def decide(line, answer, by, now=NIGHT + timedelta(hours=1)):
    with write_transaction():
        return deciding.decide(line, answer, by, now=now)


def served(person, recorder, minutes, source=1, **given):
    return credit(person, recorder, source, minutes=minutes,
                  **{"started_at": MORNING, "recorded_by_id": 3} | given)  # fmt: skip


def actor(number, **paths):
    return SimpleNamespace(
        id=number, paths=lambda *names: sum((paths.get(n, ()) for n in names), ())
    )


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区")


@pytest.fixture
def person(make):
    return make.person(name="孙小兰").id


@pytest.fixture
def second(community):
    """Another coordinator than the one who closed the activity."""
    return actor(4, coordinator=(community.path,))


@pytest.fixture
def office():
    return actor(5, officer=("/1/",))


def waiting():
    return held.waiting(["/"])


def test_eight_hours_count_at_once(community, person):
    post(served(person, community, 480))

    assert queries.total_minutes(person) == 480
    assert waiting() == []


def test_what_goes_beyond_waits_for_a_second_person(community, person):
    post(served(person, community, 600))

    assert queries.total_minutes(person) == 480
    (line,) = waiting()
    assert (line.minutes, line.level, line.person) == (120, "community", "孙小兰")
    assert line.started_at == MORNING + timedelta(hours=8)
    assert line.ended_at == MORNING + timedelta(hours=10)


def test_beyond_twelve_hours_the_office_decides(community, person):
    post(served(person, community, 840))

    assert [(line.minutes, line.level) for line in waiting()] == [
        (240, "community"), (120, "office"),
    ]  # fmt: skip


def test_earlier_services_of_the_day_fill_it_too(community, person):
    post(served(person, community, 400))
    post(served(person, community, 100, 2, started_at=MORNING + timedelta(hours=8)), source=2)

    assert queries.total_minutes(person) == 480
    assert [line.minutes for line in waiting()] == [20]


def test_another_day_is_another_day(community, person):
    post(served(person, community, 480))
    next_day = MORNING + timedelta(days=1)
    about = facts(2, starts_at=next_day, ends_at=next_day + timedelta(hours=9))
    with write_transaction():
        services.post(about, [served(person, community, 480, 2, started_at=next_day)], now=NIGHT)

    assert queries.total_minutes(person) == 960
    assert waiting() == []


def test_posting_again_holds_nothing_twice(community, person, second):
    post(served(person, community, 600))
    post(served(person, community, 600))
    decide(waiting()[0], GRANTED, second)
    post(served(person, community, 600))

    assert queries.total_minutes(person) == 600
    assert waiting() == []


def test_granted_it_counts_once_in_the_month_of_its_service(community, person, second):
    post(served(person, community, 600))
    (line,) = waiting()

    assert decide(line, GRANTED, second)
    assert not decide(line, GRANTED, second)

    assert lines() == [(person, "credit", 480), (person, "credit", 120)]
    assert totals()[person, community.id, "2026-11"][0] == 600
    assert queries.totals_that_differ() == []


def test_refused_it_stays_with_the_reason_and_never_counts(community, person, second):
    post(served(person, community, 600))
    decide(waiting()[0], REFUSED, second)

    assert queries.total_minutes(person) == 480
    (mine,) = held.of_person(person)
    assert (mine.decision, mine.answer) == ("refused", REFUSED.words)


def test_a_refusal_says_why(community, person, second):
    post(served(person, community, 600))

    with pytest.raises(rules.NoReason):
        decide(waiting()[0], deciding.Answer("refused", " "), second)


def test_who_comes_second_learns_that_it_was_decided(community, person, second, office):
    post(served(person, community, 600))
    (line,) = waiting()
    decide(line, GRANTED, second)

    with pytest.raises(deciding.DecidedBefore):
        decide(line, REFUSED, office)


def test_neither_who_closed_it_nor_the_person_decides(community, person):
    post(served(person, community, 600))
    (line,) = waiting()

    for number in (3, person):
        with pytest.raises(rules.NotYours):
            decide(line, GRANTED, actor(number, coordinator=(community.path,)))
    assert waiting() == [line]


def test_beyond_twelve_hours_a_coordinator_cannot_decide(community, person, second, office):
    post(served(person, community, 800))
    line = waiting()[1]

    with pytest.raises(rules.NotYours, match="12"):
        decide(line, GRANTED, second)
    decide(line, GRANTED, office)

    assert queries.total_minutes(person) == 480 + 80


def test_a_coordinator_elsewhere_cannot_decide(community, person):
    post(served(person, community, 600))

    with pytest.raises(rules.NotYours):
        decide(waiting()[0], GRANTED, actor(9, coordinator=("/1/77/",)))


def test_what_waits_is_not_credited_elsewhere_meanwhile(community, person):
    post(served(person, community, 600))
    overlapping = served(person, community, 30, 2, started_at=MORNING + timedelta(hours=9))

    with pytest.raises(services.CountedTwice):
        post(overlapping, source=2)


def test_nothing_more_counts_of_what_was_taken_back(community, person, second):
    (number,) = post(served(person, community, 600))
    with write_transaction():
        services.reverse(number, "冒名顶替", by_id=9, now=NIGHT)

    with pytest.raises(deciding.FirstTakenBack):
        decide(waiting()[0], GRANTED, second)
    assert queries.total_minutes(person) == 0
    assert len(waiting()) == 1


def test_a_correction_is_no_way_round_the_days_limit(community, person):
    (number,) = post(served(person, community, 470))

    with pytest.raises(services.DayFull, match="480"), write_transaction():
        services.correct(number, 481, "看错了时间", by_id=9, now=NIGHT)
    with write_transaction():
        services.correct(number, 480, "看错了时间", by_id=9, now=NIGHT)

    assert queries.total_minutes(person) == 480


def test_the_limits_are_settings(app, community, person):
    app.config.update(DAY_AUTO_MINUTES=60, DAY_APPROVAL_MINUTES=90)

    post(served(person, community, 100))

    assert queries.total_minutes(person) == 60
    assert [(line.minutes, line.level) for line in waiting()] == [(30, "community"), (10, "office")]


@given(st.permutations([45, 120, 200, 90, 300, 33]), st.integers(0, 6))
def test_the_order_of_a_days_credits_changes_no_sum(minutes, number):
    given = minutes[:number]
    day, found = Day(), {None: 0, "community": 0, "office": 0}
    for one in given:
        pieces = cut((MORNING, MORNING + timedelta(minutes=one)), one, day, CAPS)
        for piece in pieces:
            found[piece.level] += piece.minutes
        waits = sum(piece.minutes for piece in pieces if piece.level)
        day = Day(day.counted + one - waits, day.waiting + waits)

    whole = sum(given)
    assert found == {None: min(whole, 480), "community": min(max(whole - 480, 0), 240),
                     "office": max(whole - 720, 0)}  # fmt: skip


@given(st.integers(0, 1440), st.integers(0, 90), st.integers(0, 900), st.integers(0, 900))
def test_the_pieces_of_a_credit_are_the_whole_of_it(minutes, pause, counted, waits):
    span = (MORNING, MORNING + timedelta(minutes=minutes + pause))

    pieces = cut(span, minutes, Day(counted, waits), CAPS)

    assert sum(piece.minutes for piece in pieces) == minutes
    assert (pieces[0].started_at, pieces[-1].ended_at) == span
    for one in pieces:
        assert timedelta(minutes=one.minutes) <= one.ended_at - one.started_at
    for one, following in pairwise(pieces):
        assert one.ended_at == following.started_at


def test_what_was_served_is_counted_held_or_refused_and_nothing_else(community, make, second):
    people = [make.person(name=f"王小{n}").id for n in "一二三"]
    db.session.rollback()
    post(*(served(one, community, 600 + 10 * at, at + 1) for at, one in enumerate(people)))
    for line, answer in zip(waiting(), (GRANTED, REFUSED), strict=False):
        decide(line, answer, second)

    kept = db.session.execute(
        sa.select(HeldHours.decision, sa.func.sum(HeldHours.minutes)).group_by(HeldHours.decision)
    )
    assert dict(kept.all()) == {"granted": 120, "refused": 130, None: 140}
    assert sum(queries.total_minutes(one) for one in people) == 3 * 480 + 120
