"""Whatever the order, the batches and the repetitions in which phones send: one record (W26)."""

import itertools
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attendance.test_marks import race
from tests.factories import FRIDAY_18
from volunteer_site.activities.models import Activity
from volunteer_site.attendance import services as door
from volunteer_site.attendance.models import Attendance, Method
from volunteer_site.attendance.offline import services
from volunteer_site.attendance.offline.services import Delivery, Event
from volunteer_site.attendance.queries import Hours
from volunteer_site.core.db import db, write_transaction

MINUTE = timedelta(minutes=1)
HOURS = Hours(30 * MINUTE, 30 * MINUTE)
LATER = FRIDAY_18 + 90 * MINUTE
PEOPLE, PHONES = 2, 2
TRIED = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

taps = st.tuples(
    st.integers(0, PHONES - 1),
    st.integers(0, PEOPLE - 1),
    st.sampled_from(["in", "out"]),
    st.sampled_from(["tick", "card"]),
    st.integers(-40, 80),
    st.booleans(),
)


class Doors:
    """As many like activities as are wanted, with the same people and coordinators."""

    def __init__(self, make):
        self.make, self.community = make, make.community()
        self.phones = [make.coordinator(self.community).id for _ in range(PHONES)]
        self.people = [make.person() for _ in range(PEOPLE)]

    def open(self):
        activity = self.make.activity(organisation_id=self.community.id)
        for person in self.people:
            self.make.signup(activity, person)
        return activity.id

    def messages(self, tapped):
        """Return who sends what: each tap, and after some of them the one that takes it back."""
        for phone, person, way, method, minute, back in tapped:
            one = Event(str(uuid.uuid4()), self.people[person].id, way, method,
                        FRIDAY_18 + minute * MINUTE)  # fmt: skip
            yield self.phones[phone], one
            if back:
                undo = Event(str(uuid.uuid4()), one.person_id, way, method, one.said_at, one.id)
                yield self.phones[phone], undo

    def send(self, activity_id, messages, now=LATER):
        """Send them in this order, each run of one phone's as a batch."""
        db.session.rollback()
        activity = db.session.get(Activity, activity_id)
        for by_id, run in itertools.groupby(messages, key=lambda one: one[0]):
            events = [event for _by, event in run]
            with write_transaction():
                services.receive(Delivery(activity, events, by_id, HOURS), now=now)


def record(activity_id):
    """Return what stands, without the numbers of rows."""
    rows = db.session.execute(
        sa.select(Attendance.person_id, Attendance.direction, Attendance.method,
                  Attendance.happened_at, Attendance.recorded_by_id)
        .where(Attendance.activity_id == activity_id, Attendance.undone_at.is_(None))
    )  # fmt: skip
    found = sorted(map(tuple, rows))
    db.session.rollback()
    return found


@pytest.fixture
def doors(make, in_app):
    return Doors(make)


@TRIED
@given(tapped=st.lists(taps, max_size=7), chance=st.randoms(use_true_random=False))
def test_any_order_batching_and_repetition_gives_the_same_record(doors, tapped, chance):
    messages = list(doors.messages(tapped))
    mixed = messages + chance.sample(messages, len(messages) // 2)
    chance.shuffle(mixed)
    first, second = doors.open(), doors.open()

    doors.send(first, messages)
    doors.send(second, mixed)

    stands = record(first)
    assert record(second) == stands
    assert len({(person, way) for person, way, *_rest in stands}) == len(stands)


@TRIED
@given(
    tapped=st.lists(taps, max_size=5),
    scan=st.integers(0, 60),
    arrivals=st.lists(st.integers(0, 100), min_size=5, max_size=5),
)
def test_a_scan_at_the_site_comes_in_wherever_the_phones_messages_do(doors, tapped, scan, arrivals):
    kept = [(*tap[:5], False) for tap in tapped]
    messages = list(doors.messages(kept))
    first, second = doors.open(), doors.open()
    scanned = FRIDAY_18 + scan * MINUTE

    scan_in(doors, first, scanned)
    doors.send(first, messages)
    for (by_id, event), wait in zip(messages, arrivals, strict=False):
        if event.said_at + wait * MINUTE <= scanned:
            doors.send(second, [(by_id, event)], now=scanned)
    scan_in(doors, second, scanned)
    doors.send(second, messages)

    assert record(second) == record(first)


def scan_in(doors, activity_id, moment):
    seen = door.Seen(Method.SCAN, moment)
    with write_transaction():
        door.check_in(activity_id, doors.people[0].id, seen, now=moment)


def test_four_phones_and_a_scan_in_the_same_moment_make_one_check_in_each(app, make):
    community = make.community()
    activity = make.activity(organisation_id=community.id, places=20)
    people = [make.person() for _ in range(20)]
    for person in people:
        make.signup(activity, person)
    phones = [make.coordinator(community).id for _ in range(4)]
    earliest = phones[2]

    def send(by_id):
        events = [Event(str(uuid.uuid4()), person.id, "in", "tick",
                        FRIDAY_18 + (MINUTE if by_id == earliest else 2 * MINUTE))
                  for person in people]  # fmt: skip
        with write_transaction():
            found = db.session.get(Activity, activity.id)
            services.receive(Delivery(found, events, by_id, HOURS), now=LATER)

    def scan():
        for person in people:
            with write_transaction():
                seen = door.Seen(Method.SCAN, FRIDAY_18 + 5 * MINUTE)
                door.check_in(activity.id, person.id, seen, now=FRIDAY_18 + 5 * MINUTE)

    broken = race(app, scan, *[lambda by_id=by_id: send(by_id) for by_id in phones])

    assert [one for one in broken if isinstance(one, Exception)] == []
    with app.app_context():
        stands = record(activity.id)
    assert [(person, by_id) for person, _way, _method, _at, by_id in stands] == [
        (person.id, earliest) for person in people
    ]
