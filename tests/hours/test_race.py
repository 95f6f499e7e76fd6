"""Two who close the same activity at the same moment, on both databases."""

import threading
from datetime import timedelta

import pytest

from tests.factories import FRIDAY_18
from tests.hours.ledger import CLOSED, credit, facts, lines, totals
from volunteer_site.core.db import write_transaction
from volunteer_site.hours import queries, services

PEOPLE = range(1, 31)


@pytest.fixture
def at_once(app):
    """Run functions in threads that start together; return what each gave or raised."""

    def run(*functions):
        gate, results = threading.Barrier(len(functions)), [None] * len(functions)

        def one(number, function):
            with app.app_context():
                gate.wait()
                try:
                    with write_transaction():
                        results[number] = function()
                except Exception as error:
                    results[number] = error

        threads = [threading.Thread(target=one, args=task) for task in enumerate(functions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return results

    return run


@pytest.fixture
def community(make):
    return make.community()


def test_the_same_closing_from_many_hands_is_posted_once(app, at_once, community):
    ways = [list(PEOPLE), list(reversed(PEOPLE))] * 2

    def closing(order):
        everybody = [credit(n, community, n) for n in order]
        return lambda: services.post(facts(), everybody, now=CLOSED)

    results = at_once(*map(closing, ways))

    assert sorted(map(len, results)) == [0, 0, 0, len(PEOPLE)], results
    with app.app_context():
        assert len(lines()) == len(PEOPLE)
        assert set(totals().values()) == {(60, 1)}
        assert queries.totals_that_differ() == []


def test_two_closings_cannot_both_credit_the_same_minutes(app, at_once, community):
    half_past = FRIDAY_18 + timedelta(minutes=30)
    other = facts(2, starts_at=half_past, ends_at=half_past + timedelta(hours=1))

    results = at_once(
        lambda: services.post(facts(), [credit(7, community, 1)], now=CLOSED),
        lambda: services.post(other, [credit(7, community, 2, started_at=half_past)], now=CLOSED),
    )

    refused = [one for one in results if isinstance(one, services.CountedTwice)]
    assert len(refused) == 1, results
    with app.app_context():
        assert queries.total_minutes(7) == 60


def test_two_corrections_of_one_entry_leave_one(app, at_once, community):
    with app.app_context(), write_transaction():
        (number,) = services.post(facts(), [credit(7, community)], now=CLOSED)

    def correcting(minutes):
        return lambda: services.correct(number, minutes, "误记", by_id=None, now=CLOSED)

    results = at_once(*map(correcting, (30, 40, 50)))

    assert sum(isinstance(one, services.AlreadyReversed) for one in results) == 2, results
    with app.app_context():
        assert [kind for _, kind, _ in lines()] == ["credit", "reversal", "correction"]
        assert queries.totals_that_differ() == []
