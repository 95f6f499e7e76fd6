"""A wrong line is taken back and replaced, never changed; who, when and why stay with it."""

from datetime import timedelta

import pytest

from tests.factories import FRIDAY_18
from tests.hours.ledger import CLOSED, credit, facts, lines, totals
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.hours import queries, services

pytestmark = pytest.mark.usefixtures("in_app")
LATER = CLOSED + timedelta(days=20)
WHY = "提前离开"


@pytest.fixture
def community(make):
    return make.community()


@pytest.fixture
def entry(community):
    """An hour of person 7; returns its number."""
    with write_transaction():
        return services.post(facts(), [credit(7, community)], now=CLOSED)[0]


def change(service, *given, by_id=3, now=LATER):
    with write_transaction():
        return service(*given, by_id=by_id, now=now)


def test_a_reversal_takes_minutes_and_occasion_back(entry, community):
    number = change(services.reverse, entry, WHY)

    assert lines() == [(7, "credit", 60), (7, "reversal", -60)]
    assert totals() == {(7, community.id, "2026-11"): (0, 0)}
    line = queries.get(number)
    assert (line.reverses_id, line.reason, line.recorded_by_id) == (entry, WHY, 3)


def test_a_correction_counts_the_right_minutes_in_the_same_month(entry, community):
    number = change(services.correct, entry, 40, WHY)

    assert lines() == [(7, "credit", 60), (7, "reversal", -60), (7, "correction", 40)]
    assert totals() == {(7, community.id, "2026-11"): (40, 1)}
    assert queries.get(number).ended_at == FRIDAY_18 + timedelta(minutes=40)
    assert [one.id for one in queries.standing_entries([7])] == [number]


def test_a_correction_after_the_cut_off_leaves_the_roll_as_it_was(entry):
    cutoff = CLOSED + timedelta(days=13)
    before = queries.minutes_by_person("2026-11", cutoff)

    change(services.correct, entry, 40, WHY)

    assert queries.minutes_by_person("2026-11", cutoff) == before
    assert queries.minutes_by_person("2026-11", LATER)[7].minutes == 40


def test_a_correction_can_be_corrected_but_each_line_only_once(entry):
    second = change(services.correct, entry, 40, WHY)

    with pytest.raises(services.AlreadyReversed, match=str(entry)):
        change(services.correct, entry, 50, WHY)
    change(services.correct, second, 50, "看错了表")

    assert queries.total_minutes(7) == 50


@pytest.mark.parametrize("service", [services.reverse, services.correct])
def test_what_was_taken_back_cannot_be_taken_back_again(entry, service):
    change(services.reverse, entry, WHY)
    more = (30, WHY) if service is services.correct else (WHY,)

    with pytest.raises(services.AlreadyReversed):
        change(service, entry, *more)

    assert queries.total_minutes(7) == 0


def test_a_reversal_itself_cannot_be_corrected(entry):
    number = change(services.reverse, entry, WHY)

    with pytest.raises(services.NotCorrectable, match=str(number)):
        change(services.correct, number, 30, WHY)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_correction_without_a_reason_is_refused(entry, reason):
    with pytest.raises(services.NotCorrectable, match="原因"):
        change(services.correct, entry, 30, reason)
    with pytest.raises(services.NotCorrectable, match="原因"):
        change(services.reverse, entry, reason)

    assert lines() == [(7, "credit", 60)]


@pytest.mark.parametrize("minutes", [-1, 61, 10_000])
def test_minutes_beyond_the_service_are_refused(entry, minutes):
    with pytest.raises(services.MinutesWrong, match=str(minutes)):
        change(services.correct, entry, minutes, WHY)

    assert lines() == [(7, "credit", 60)]


def test_nobody_corrects_their_own_hours(entry):
    with pytest.raises(services.NotCorrectable):
        change(services.correct, entry, 50, WHY, by_id=7)

    assert lines() == [(7, "credit", 60)]


def test_an_entry_that_is_not_there_is_not_found(community):
    with pytest.raises(NotFound):
        change(services.reverse, 12345, WHY)


def test_a_corrected_time_stays_within_the_service(make, community):
    start = FRIDAY_18 + timedelta(minutes=10)
    with write_transaction():
        one = credit(7, community, started_at=start, minutes=30)
        (number,) = services.post(facts(), [one], now=CLOSED)

    corrected = queries.get(change(services.correct, number, 55, "迟扫码"))

    assert corrected.started_at == FRIDAY_18 + timedelta(minutes=5)
    assert corrected.ended_at == FRIDAY_18 + timedelta(minutes=60)


def test_a_correction_never_counts_minutes_given_elsewhere(community):
    after = FRIDAY_18 + timedelta(minutes=30)
    other = facts(2, starts_at=after, ends_at=after + timedelta(hours=1))
    with write_transaction():
        (number,) = services.post(facts(), [credit(7, community, 1, minutes=30)], now=CLOSED)
        services.post(other, [credit(7, community, 2, started_at=after)], now=CLOSED)

    with pytest.raises(services.CountedTwice, match="7"):
        change(services.correct, number, 45, "漏记")

    assert queries.total_minutes(7) == 90


def test_reversed_hours_are_not_posted_again_by_the_same_mark(entry, community):
    change(services.reverse, entry, WHY)

    with write_transaction():
        assert services.post(facts(), [credit(7, community)], now=LATER) == []

    assert queries.total_minutes(7) == 0


def test_others_hear_of_a_correction(entry):
    heard = []

    def listen(_sender, person_ids, now):
        heard.append((person_ids, now))

    with services.posted.connected_to(listen):
        change(services.correct, entry, 30, WHY)

    assert heard == [(frozenset({7}), LATER)]
