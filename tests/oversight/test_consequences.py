"""What rests on an hour: foretold before it is taken back, and the same list afterwards (R30)."""

from datetime import timedelta

import pytest

from tests.factories import FRIDAY_18
from tests.hours.ledger import CLOSED, credit, facts
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services as hours
from volunteer_site.organisations.models import Organisation
from volunteer_site.oversight import consequences
from volunteer_site.oversight.changes import reachable
from volunteer_site.recognition.badges import queries as recognition
from volunteer_site.recognition.badges import services as badges
from volunteer_site.recognition.rolls import services as rolls
from volunteer_site.recognition.rolls.queries import Edition
from volunteer_site.recognition.rolls.rule import Terms, What

pytestmark = pytest.mark.usefixtures("in_app")
LATER = CLOSED + timedelta(days=20)
WEEK = timedelta(weeks=1)


class Ledger:
    """Somebody whose hours carry badges."""

    def __init__(self, make):
        self.community = make.community(name="柳巷社区", slug="liuxiang")
        self.mei = make.person(name="王小梅")
        self.make, self.served, self.unit = make, 0, None
        with write_transaction():
            badges.load_catalogue(CLOSED)

    def serve(self, *, minutes=60, weeks=0, person=None):
        """Post a service; return the number of its entry."""
        self.served += 1
        start = FRIDAY_18 + weeks * WEEK
        about = facts(self.served, starts_at=start, ends_at=start + timedelta(minutes=minutes))
        given = {"started_at": start, "minutes": minutes}
        if self.unit:
            given["unit_id"] = self.unit.id
        one = credit(person or self.mei, self.community, self.served, **given)
        with write_transaction():
            (number,) = hours.post(about, [one], now=CLOSED + weeks * WEEK)
        return number

    def take_back(self, *numbers, now=LATER):
        with write_transaction():
            for number in numbers:
                hours.reverse(number, "查实不在现场", by_id=3, now=now)

    def roll(self, *, publish=True, cutoff_at=LATER - timedelta(days=5)):
        with write_transaction():
            place = db.session.get(Organisation, self.community.id)
            given = {"by_id": None, "now": cutoff_at}
            rolls.prepare_roll(place, "2026-11", Terms(cutoff_at), **given)
            if publish:
                before = {"by_id": None, "now": cutoff_at - timedelta(days=14)}
                rolls.announce_roll(place, Edition("2026-11"), **before)
                rolls.publish_roll(place, Edition("2026-11"), **given)


@pytest.fixture
def ledger(make):
    return Ledger(make)


def said(found):
    """Everything that two lists must have in common."""
    return (
        [(line.number, line.minutes) for line in found.lines],
        found.sums,
        [(lost.award_id, lost.badge_id) for lost in found.badges],
        found.stars,
        found.rolls,
    )


def test_the_list_before_and_after_taking_an_hour_back_is_the_same(ledger):
    number = ledger.serve()
    ledger.roll()

    before = consequences.of([number], LATER)
    ledger.take_back(number)
    after = consequences.of([number], LATER)

    assert said(before) == said(after)
    assert (before.happened, after.happened) == (False, True)


def test_a_badge_that_rests_on_nothing_else_is_withdrawn_with_the_reason(ledger):
    number = ledger.serve()
    foretold = {lost.award_id for lost in consequences.of([number], LATER).badges}

    ledger.take_back(number)

    withdrawn = recognition.wall(ledger.mei.id, LATER).withdrawn
    assert foretold == {held.id for held in withdrawn} and foretold
    assert {held.withdrawal_reason for held in withdrawn} == {"查实不在现场"}
    assert {lost.withdrawn_at for lost in consequences.of([number], LATER).badges} == {LATER}


def test_a_badge_that_rests_on_another_hour_as_well_stays(ledger):
    first = ledger.serve()
    ledger.serve(weeks=1)

    foretold = consequences.of([first], LATER)
    ledger.take_back(first)

    kept = {held.id for held in recognition.wall(ledger.mei.id, LATER).earned}
    assert kept and not kept & {lost.award_id for lost in foretold.badges}
    assert said(foretold) == said(consequences.of([first], LATER))


def test_several_entries_together_take_what_each_alone_would_leave(ledger):
    numbers = [ledger.serve(), ledger.serve(weeks=1)]
    alone = consequences.of(numbers[:1], LATER)

    together = consequences.of(numbers, LATER)
    ledger.take_back(*numbers)

    assert len(together.badges) > len(alone.badges)
    assert said(together) == said(consequences.of(numbers, LATER))
    assert not recognition.wall(ledger.mei.id, LATER).earned


def test_a_star_no_longer_reached_is_named(ledger):
    for week in range(13):
        number = ledger.serve(minutes=480, weeks=week)

    found = consequences.of([number], LATER + 20 * WEEK)

    (star,) = found.stars
    assert (star.before, star.after) == (6240, 5760)
    assert (star.stars_before, star.stars_after) == (1, 0)


@pytest.mark.parametrize(("minutes", "level"), [(0, 0), (5999, 0), (6000, 1), (90_000, 5)])
def test_the_official_scale_says_what_hours_are_enough_for(minutes, level):
    assert reachable(minutes) == level


def test_a_published_roll_is_listed_with_the_page_that_withdraws_it(ledger):
    number = ledger.serve()
    ledger.roll()

    (roll,) = consequences.of([number], LATER).rolls

    assert (roll.published, roll.people, roll.organisation) == (True, 1, "柳巷社区")
    assert roll.withdrawal == "/desk/honor-rolls/2026-11/liuxiang/withdrawal"


def test_a_draft_is_listed_as_one_that_is_counted_anew(ledger):
    number = ledger.serve()
    ledger.roll(publish=False)

    found = consequences.of([number], LATER)

    assert [roll.published for roll in found.rolls] == [False]


@pytest.mark.parametrize(
    "what", [What("units", "单位榜", whose="units"), What("faithful", counts="year_weeks")]
)
def test_rolls_of_other_kinds_that_counted_it_are_listed_too(make, ledger, what):
    ledger.unit = make.unit(name="区水务局")
    number = ledger.serve()
    cutoff_at = LATER - timedelta(days=5)
    with write_transaction():
        place = db.session.get(Organisation, ledger.community.id)
        terms = Terms(cutoff_at, what=what)
        rolls.prepare_roll(place, "2026-12", terms, by_id=None, now=cutoff_at)
        rolls.prepare_roll(place, "2026-11", terms, by_id=None, now=cutoff_at)

    found = consequences.of([number], LATER).rolls

    months = {"units": ["2026-11"], "faithful": ["2026-11", "2026-12"]}[what.slug]
    assert [(roll.month, roll.people) for roll in found] == [(month, 1) for month in months]
    assert f"/kinds/{what.slug}/withdrawal" in found[0].withdrawal


def test_a_roll_that_never_counted_the_entry_is_not_listed(ledger):
    other = ledger.serve()
    late = ledger.serve(weeks=-1)
    ledger.roll(cutoff_at=CLOSED - timedelta(hours=1))

    assert consequences.of([other], LATER).rolls == []
    assert len(consequences.of([late], LATER).rolls) == 1


def test_a_roll_made_after_the_reversal_is_right_and_not_listed(ledger):
    number = ledger.serve()
    ledger.serve(weeks=-1)
    ledger.take_back(number)
    ledger.roll(cutoff_at=LATER + WEEK)

    assert consequences.of([number], LATER + WEEK).rolls == []


def test_a_correction_counts_by_the_difference(ledger):
    number = ledger.serve(minutes=60)
    with write_transaction():
        hours.correct(number, 40, "提前离开", by_id=3, now=LATER)

    found = consequences.of([number], LATER)

    assert found.minutes == 20
    assert (found.sums[0].before, found.sums[0].after) == (60, 40)


def test_nothing_rests_on_no_entries(ledger):
    found = consequences.of([], LATER)

    assert (found.minutes, found.badges, found.rolls) == (0, [], [])
