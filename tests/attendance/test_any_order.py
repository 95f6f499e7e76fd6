"""Whatever happens at two doors, in whatever order: one check-in each, and no minute twice.

Two activities that overlap, three people with a place in both. They scan, are ticked, their cards
are read, phones without network tell it later in any order, marks are taken back, time passes,
doors are closed twice, people are entered late, entries corrected and reversed.
"""

import itertools
from collections import Counter, defaultdict
from datetime import timedelta
from types import SimpleNamespace

import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.factories import FRIDAY_18
from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance import services as door
from volunteer_site.attendance.late import queries as late_entries
from volunteer_site.attendance.late import services as late
from volunteer_site.attendance.late.models import Decision
from volunteer_site.attendance.late.rules import Wish
from volunteer_site.attendance.models import Attendance, Direction, Method
from volunteer_site.attendance.offline import services as offline
from volunteer_site.attendance.queries import Hours
from volunteer_site.attendance.services import Seen
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.hours import queries, services
from volunteer_site.hours.models import EntryKind, HourEntry

PEOPLE, DOORS, LASTS = 3, 2, 60
people = st.integers(0, PEOPLE - 1)
doors = st.integers(0, DOORS - 1)
directions = st.sampled_from(list(Direction))
on_site = st.sampled_from([Method.SCAN, Method.CARD, Method.TICK, Method.PAPER])
some = st.integers(0, 20)
HALF_AN_HOUR = timedelta(minutes=30)
HOURS = Hours(HALF_AN_HOUR, HALF_AN_HOUR)


class Evening(RuleBasedStateMachine):
    """One Friday evening in a community that has two activities half an hour apart."""

    def __init__(self, app, make):
        super().__init__()
        self.context = app.app_context()
        community = make.community()
        self.ann, self.bo = (make.coordinator(community).id for _ in range(2))
        who = [make.person() for _ in range(PEOPLE)]
        self.activities = [self._activity(make, community, who, 30 * n) for n in range(DOORS)]
        self.people = [one.id for one in who]
        self.path = community.path
        self.kept = [[] for _ in range(DOORS)]  # what phones know and may send at any time
        self.now = FRIDAY_18
        self.context.push()

    @staticmethod
    def _activity(make, community, who, later):
        starts = FRIDAY_18 + timedelta(minutes=later)
        activity = make.activity(
            organisation_id=community.id,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=LASTS),
        )
        for person in who:
            make.signup(activity, person)
        return activity.id

    def teardown(self):
        db.session.remove()
        self.context.pop()

    @initialize(minutes=st.sampled_from([0, 40, 120]), closed=st.booleans())
    def we_look_in(self, minutes, closed):
        """Before, in the middle or after; somebody came by, and perhaps all is closed already."""
        self.is_ticked(0, 0, start=False)
        self.now += timedelta(minutes=minutes)
        self.is_ticked(DOORS - 1, 0, start=True)
        for at in range(DOORS if closed else 0):
            self.is_closed(at)

    @rule(minutes=st.integers(1, 45))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule(at=doors, who=people, direction=directions, method=on_site)
    def comes_or_goes(self, at, who, direction, method):
        write = door.check_in if direction == Direction.IN else door.check_out
        seen = Seen(method, self.now, None if method == Method.SCAN else self.ann)
        for _ in range(2):  # a double beep, a second tap
            self.tries(write, self.activities[at], self.people[who], seen, now=self.now)

    @rule(at=doors, who=people, start=st.booleans())
    def is_ticked(self, at, who, start):
        for by_id in (self.ann, self.bo):
            known = (self.activities[at], self.people[who], by_id)
            self.tries(door.tick, *known, now=self.now, start=start)

    @rule(at=doors, who=people, direction=directions, undoes=st.none() | some)
    def phone_keeps(self, at, who, direction, undoes):
        """Somebody is seen by a phone without network, or one of its own taps is taken back."""
        kept, tap = self.kept[at], f"{at}-{len(self.kept[at])}"
        if undoes is None or not kept:
            seen = (self.people[who], direction, Method.TICK, self.now)
            kept.append(offline.Event(tap, *seen))
            return
        wrong = kept[undoes % len(kept)]
        seen = (wrong.person_id, wrong.direction, wrong.method, self.now)
        kept.append(offline.Event(tap, *seen, undoes=wrong.id))

    @rule(at=doors, data=st.data())
    def phones_send(self, at, data):
        """Some of what was kept arrives, in any order, by either phone, sometimes again."""
        events = data.draw(st.permutations(self.kept[at]))[: data.draw(st.integers(0, 6))]
        activity = db.session.get(Activity, self.activities[at])
        for by_id in (self.ann, self.bo):
            delivery = offline.Delivery(activity, events, by_id, HOURS)
            self.tries(offline.receive, delivery, now=self.now)

    @rule(at=doors, who=people, granted=st.none() | st.booleans())
    def late_entry_is_asked_for(self, at, who, granted):
        activity_id = self.activities[at]
        shift = db.session.scalars(sa.select(Shift).where(Shift.activity_id == activity_id)).one()
        told = ("活动当天没带手机，由队长证明", "aa/photo.jpg")
        wish = Wish(self.people[who], shift, shift.starts_at, shift.ends_at, *told)
        self.tries(late.ask, activity_id, wish, self.actor(self.ann), hours=HOURS, now=self.now)
        if granted is not None:
            self.late_entry_is_decided(granted, "bo")

    @rule(granted=st.booleans(), of=st.sampled_from(["ann", "bo"]))
    def late_entry_is_decided(self, granted, of):
        answer = late.Answer(Decision.GRANTED if granted else Decision.REFUSED, "与照片相符，同意")
        for line in late_entries.waiting([self.path]):
            by = self.actor(getattr(self, of))
            self.tries(late.decide, line, answer, by, now=self.now)

    @rule(number=some)
    def mark_is_taken_back(self, number):
        asked = sa.select(Attendance.activity_id, Attendance.id).order_by(Attendance.id)
        marks = db.session.execute(asked.where(Attendance.person_id.in_(self.people))).all()
        if marks:
            self.tries(door.undo, *marks[number % len(marks)], by_id=self.bo, now=self.now)

    @rule(at=doors)
    def is_closed(self, at):
        for by_id in (self.ann, self.bo):
            self.tries(door.close, self.activities[at], by_id=by_id, now=self.now)

    @rule(number=some, minutes=st.integers(-5, LASTS + 5))
    def entry_is_corrected(self, number, minutes):
        entry = self.entry(number)
        self.tries(services.correct, entry, minutes, "误记", by_id=self.ann, now=self.now)

    @rule(number=some)
    def entry_is_reversed(self, number):
        self.tries(services.reverse, self.entry(number), "误记", by_id=self.ann, now=self.now)

    @invariant()
    def one_mark_of_a_direction_stands(self):
        asked = sa.select(Attendance.activity_id, Attendance.person_id, Attendance.direction)
        marks = db.session.execute(asked.where(Attendance.undone_at.is_(None))).all()
        assert all(number == 1 for number in Counter(map(tuple, marks)).values())

    @invariant()
    def totals_are_the_sums(self):
        assert queries.totals_that_differ() == []
        standing = queries.standing_entries(self.people)
        for person in self.people:
            mine = sum(one.minutes for one in standing if one.person_id == person)
            assert queries.total_minutes(person) == mine

    @invariant()
    def no_minute_counts_twice(self):
        evening = FRIDAY_18 - timedelta(hours=1), FRIDAY_18 + timedelta(hours=4)
        for spans in queries.busy(self.people, *evening).values():
            for (_, end), (start, _) in itertools.pairwise(spans):
                assert end <= start

    @invariant()
    def what_was_taken_back_is_nothing(self):
        standing = {one.id for one in queries.standing_entries(self.people)}
        nets = defaultdict(int)
        for row in self.entries():
            nets[row.reverses_id if row.kind == EntryKind.REVERSAL else row.id] += row.minutes
        assert all(number in standing or net == 0 for number, net in nets.items())

    @invariant()
    def nobody_has_more_than_the_evening(self):
        most = LASTS + 30 * (DOORS - 1)  # from the first start to the last end
        assert all(queries.total_minutes(person) <= most for person in self.people)

    def actor(self, person_id):
        return SimpleNamespace(id=person_id, paths=lambda *_names: (self.path,))

    def tries(self, action, *known, **more):
        """Do it; a refusal leaves the ledger and the marks as they were."""
        before = self.everything()
        try:
            with write_transaction():
                action(*known, **more)
        except Refusal:
            assert self.everything() == before

    def everything(self):
        db.session.rollback()
        marks = db.session.execute(sa.select(Attendance.id, Attendance.undone_at)).all()
        return sorted(map(tuple, marks)), [tuple(row) for row in self.entries()]

    def entries(self):
        asked = sa.select(HourEntry.id, HourEntry.kind, HourEntry.minutes, HourEntry.reverses_id)
        mine = HourEntry.person_id.in_(self.people)
        return db.session.execute(asked.where(mine).order_by(HourEntry.id)).all()

    def entry(self, number):
        entries = self.entries()
        return entries[number % len(entries)].id if entries else 0


def test_an_evening_in_any_order(app, make):
    run_state_machine_as_test(
        lambda: Evening(app, make),
        settings=settings(max_examples=20, stateful_step_count=20, deadline=None),
    )
