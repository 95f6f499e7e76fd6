"""Whatever is posted, taken back and corrected, in whatever order: the sums hold."""

import itertools
from collections import defaultdict
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import FRIDAY_18
from tests.hours.ledger import CLOSED, credit, facts
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.hours import queries, services
from volunteer_site.hours.models import HourEntry

PEOPLE, LASTS = 2, 120
quarters = st.integers(0, LASTS // 15).map(lambda n: n * 15)
posting = st.tuples(st.just("post"), st.integers(0, PEOPLE - 1), quarters, quarters)
correcting = st.tuples(st.just("correct"), st.integers(0, 5), st.integers(-5, LASTS + 5))
reversing = st.tuples(st.just("reverse"), st.integers(0, 5))
story = st.lists(st.one_of(posting, posting, correcting, reversing), min_size=1, max_size=12)
numbers = itertools.count(1)


@pytest.fixture
def recorder(make):
    return make.community()


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(story=story)
def test_totals_are_the_sums_and_no_minute_counts_twice(in_app, recorder, story):
    people = [next(numbers) for _ in range(PEOPLE)]
    about = facts(next(numbers), ends_at=FRIDAY_18 + timedelta(minutes=LASTS))
    for step in story:
        before = entries(people)
        try:
            with write_transaction():
                act(step, people, recorder, about)
        except Refusal:
            assert entries(people) == before

    assert queries.totals_that_differ() == []
    standing = queries.standing_entries(people)
    for person in people:
        mine = [one.minutes for one in standing if one.person_id == person]
        assert queries.total_minutes(person) == sum(mine)
        assert_apart(person)
    assert_net_to_zero(people, {one.id for one in standing})


def act(step, people, recorder, about):
    kind, *given = step
    if kind == "post":
        person, start, minutes = given
        one = credit(people[person], recorder, next(numbers), minutes=minutes,
                     started_at=FRIDAY_18 + timedelta(minutes=start))  # fmt: skip
        services.post(about, [one, one], now=CLOSED)
        services.post(about, [one], now=CLOSED)
        return
    mine = [row.id for row in entries(people)]
    number = mine[given[0] % len(mine)] if mine else 0
    if kind == "reverse":
        services.reverse(number, "误记", by_id=None, now=CLOSED)
    else:
        services.correct(number, given[1], "误记", by_id=None, now=CLOSED)


def entries(people):
    table = HourEntry.__table__
    asked = sa.select(table).where(table.c.person_id.in_(people)).order_by(table.c.id)
    return db.session.execute(asked).all()


def assert_apart(person):
    """Nothing that counts for a person overlaps anything else that does."""
    spans = queries.busy([person], FRIDAY_18, FRIDAY_18 + timedelta(minutes=LASTS))
    for (_, end), (start, _) in itertools.pairwise(spans.get(person, [])):
        assert end <= start


def assert_net_to_zero(people, standing):
    """An entry with its reversal is nothing; one without stands."""
    nets = defaultdict(int)
    for row in entries(people):
        nets[row.reverses_id if row.kind == "reversal" else row.id] += row.minutes
    for number, net in nets.items():
        assert number in standing or net == 0
