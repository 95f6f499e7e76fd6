"""What badges look up beside the ledger, on rows that the rest of the site writes."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import FRIDAY_18, NOW
from tests.hours.ledger import credit, facts
from tests.recognition.badges import WEEK, held, load, serve, slugs_of
from volunteer_site.activities.models import Activity
from volunteer_site.core import calendar, versions
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import queries as hours
from volunteer_site.hours import services as ledger
from volunteer_site.recognition.badges import lives, pins, queries
from volunteer_site.recognition.badges.measures import week_of
from volunteer_site.recognition.badges.models import Award, Badge
from volunteer_site.recognition.badges.preview import preview
from volunteer_site.recognition.badges.rules import Rule
from volunteer_site.recognition.badges.services import settle, unsettled
from volunteer_site.signups.absences.models import Excuse

LATER = NOW + timedelta(days=300)
pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def person(make):
    return make.person()


@pytest.fixture
def community(make):
    return make.community()


def activity_in(make, community, week, **given):
    return make.activity(
        organisation_id=community.id,
        starts_at=FRIDAY_18 + week * WEEK,
        ends_at=FRIDAY_18 + week * WEEK + timedelta(hours=1),
        **given,
    )


def around(person):
    db.session.rollback()
    history = {person.id: hours.standing_entries([person.id])}
    return lives.around(queries.rulebook(), history)[person.id]


def change_badges(**values):
    with write_transaction():
        db.session.execute(sa.update(Badge).values(values))
        versions.bump("badges")


def test_a_sign_up_a_day_before_is_early_and_a_minute_later_it_is_not(make, person, community):
    load("early-5")
    soon, late, gone = (activity_in(make, community, week) for week in range(3))
    make.signup(soon, person, signed_up_at=soon.starts_at - timedelta(days=1))
    make.signup(late, person, signed_up_at=late.starts_at - timedelta(hours=23, minutes=59))
    make.signup(gone, person, signed_up_at=NOW, withdrawn_at=gone.starts_at)
    serve(person, community)

    assert around(person).early == {soon.id}


def test_the_early_bird_is_honoured_when_the_hours_are_posted(make, person, community):
    load("early-5")
    for week in range(5):
        activity = activity_in(make, community, week)
        make.signup(activity, person, signed_up_at=activity.starts_at - timedelta(days=2))
        entry = serve(person, community, week, source_id=activity.id)

    assert slugs_of(person) == {"early-5"}
    ((_day, entries),) = held().values()
    assert len(entries) == 5 and entries[-1] == entry


def test_weeks_in_which_the_community_did_something_are_those_of_standing_activities(
    make, person, community
):
    load("streak-4")
    serve(person, community, 0)
    serve(person, community, 4)
    activity_in(make, community, 1)
    activity_in(make, community, 2, cancelled_at=NOW, cancellation_reason="大风")
    activity_in(make, community, 3, published_at=None)
    activity_in(make, make.community(), 2)

    assert around(person).held == {(community.id, week_of(FRIDAY_18.date()) + 1)}


@pytest.mark.parametrize("why", ["excused", "holiday", "nothing", None])
def test_a_streak_forgives(make, person, community, why):
    load("streak-4")
    for week in range(5):
        activity = activity_in(make, community, week)
        if week == 2:
            forgive(activity, person, why)
        else:
            serve(person, community, week)

    assert slugs_of(person) == ({"streak-4"} if why else set())


def forgive(activity, person, why):
    day = activity.service_date
    with write_transaction():
        if why == "excused":
            excuse = {"given_at": NOW, "given_by_id": person.id}
            db.session.add(Excuse(activity_id=activity.id, person_id=person.id, **excuse))
        elif why == "holiday":
            calendar.set_day(day, "holiday", "社区日", now=NOW)
        elif why == "nothing":
            gone = {"cancelled_at": NOW, "cancellation_reason": "大风"}
            db.session.execute(sa.update(Activity).where(Activity.id == activity.id).values(gone))


def test_an_absence_forgiven_afterwards_is_settled_at_night(make, person, community):
    load("streak-4")
    for week in range(5):
        activity = activity_in(make, community, week)
        if week == 2:
            missed = make.no_show(activity, person)
        else:
            serve(person, community, week)
    assert slugs_of(person) == set()
    with write_transaction():
        row = db.session.merge(missed)
        row.cleared_at, row.cleared_because = LATER, "appeal"

    assert unsettled([person.id]) == [person.id]
    with write_transaction():
        settle([person.id], LATER)
    assert slugs_of(person) == {"streak-4"}
    assert unsettled([person.id]) == []


def test_whom_one_signed_up_counts_when_both_came(make, person, community):
    load("brought-1")
    activity = activity_in(make, community, 0)
    friend, absent = make.person(), make.person()
    for other in (friend, absent):
        made = make.signup(activity, other, source="proxy", added_by_id=person.id)
        if other is friend:
            make.attendance(made)
    serve(person, community, source_id=activity.id)

    assert slugs_of(person) == {"brought-1"}
    assert around(person).brought == {activity.id: {friend.id}}


def came(make, activity, community, *people, source="self"):
    """Sign up these (person, unit) one minute after the other; post their hours together."""
    given = []
    for number, (person, unit) in enumerate(people):
        about = {"unit_id": unit.id, "started_at": activity.starts_at}
        given.append(credit(person, community, 100 * activity.id + number, **about))
        make.signup(activity, person, signed_up_at=NOW + timedelta(minutes=number), source=source)
    told = facts(activity.id, starts_at=activity.starts_at, ends_at=activity.ends_at)
    with write_transaction():
        ledger.post(told, given, now=activity.ends_at)


def test_the_first_of_a_unit_to_sign_up_is_honoured_when_colleagues_come_too(make, community):
    load("unit-first-1")
    first, second, stranger = (make.person() for _ in range(3))
    ours, theirs = (make.organisation(kind="unit") for _ in range(2))
    activity = activity_in(make, community, 0)
    make.signup(activity, make.person(unit_id=ours.id), signed_up_at=NOW - WEEK)  # does not come
    came(make, activity, community, (stranger, theirs), (first, ours), (second, ours))

    assert list(held()) == [(first.id, "unit-first-1", "")]
    assert [around(one).led for one in (first, second, stranger)] == [{activity.id}, set(), set()]


def test_who_only_walks_in_is_nobodys_first(make, community):
    load("unit-first-1")
    unit = make.organisation(kind="unit")
    people = [(make.person(), unit) for _ in range(2)]
    came(make, activity_in(make, community, 0), community, *people, source="walk_in")

    assert held() == {}


def test_helping_away_from_home_needs_a_home(make, community):
    load("elsewhere-1")
    at_home, away = make.person(community_id=community.id), make.person(community_id=community.id)
    homeless = make.person()
    serve(at_home, community)
    serve(away, make.community())
    serve(homeless, community)

    assert [slugs_of(one) for one in (at_home, away, homeless)] == [set(), {"elsewhere-1"}, set()]


def test_a_public_holiday_is_one_that_the_office_entered_too(person, community):
    load("holidays-1")
    with write_transaction():
        calendar.set_day(date(2026, 11, 20), "holiday", "社区日", now=NOW)
    serve(person, community)

    assert slugs_of(person) == {"holidays-1"}


def test_a_badge_of_a_place_is_given_for_hours_recorded_below_it(make, person):
    street = make.organisation(kind="subdistrict")
    inside = make.community(parent_id=street.id)
    load("entries-10")
    change_badges(organisation_id=street.id, threshold=1)
    serve(person, make.community())
    assert held() == {}

    serve(person, inside, 1)
    assert (person.id, "entries-10", "") in held()


def test_a_badge_given_by_hand_is_given_by_nobody_else(person, community):
    load("bright-idea")
    serve(person, community)

    assert held() == {}
    assert queries.wall(person.id, LATER).ahead == []


def test_settling_gives_what_a_new_badge_honours_and_a_second_time_nothing(person, community):
    entries = [serve(person, community, week) for week in range(4)]
    load("weeks-4")

    for _twice in range(2):
        with write_transaction():
            settle([person.id], LATER)
    assert held() == {(person.id, "weeks-4", ""): (date(2026, 12, 11), entries)}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Award)) == 1


def test_a_correction_a_streak_does_not_survive_withdraws_it_with_the_reason(
    make, person, community
):
    load("streak-4")
    for week in range(4):
        activity_in(make, community, week)
        entry = serve(person, community, week)
        if week == 1:
            second = entry
    assert slugs_of(person) == {"streak-4"}
    with write_transaction():
        ledger.reverse(second, "那天没有来", by_id=None, now=LATER)

    assert held() == {}
    assert db.session.scalars(sa.select(Award.withdrawal_reason)).all() == ["那天没有来"]


def test_the_preview_tells_how_many_would_have_it_and_why(make, community):
    people = [make.person(name=f"王{n}") for n in range(3)]
    for number, person in enumerate(people):
        for week in range(number + 1):
            serve(person, community, week, minutes=30)

    seen = preview(Rule(0, "weeks", "", "ever", 2, 0), limit=1)

    (last,) = seen.people
    assert (seen.count, last.person_id, last.entries) == (2, people[2].id, 2)
    assert (last.since, last.earned_on) == (date(2026, 11, 20), date(2026, 11, 27))
    assert (last.minutes, last.name) == (60, "王2")


def test_the_preview_of_a_place_counts_nobody_from_elsewhere(make):
    here, there = make.community(), make.community()
    serve(make.person(), here)
    serve(make.person(), there)
    rule = Rule(0, "entries", "", "ever", 1, 0)

    assert preview(rule, (here.path,)).count == 1
    assert preview(rule._replace(organisation_id=there.id), (there.path,)).count == 1
    assert preview(rule._replace(category="care")).count == 0
    assert preview(rule).count == 2


def test_the_preview_foretells_what_settling_gives(make, community):
    people = [make.person() for _ in range(4)]
    for number, person in enumerate(people):
        for week in range(0, 6, number + 1):
            activity_in(make, community, week)
            serve(person, community, week, minutes=50 + week)
    load("weeks-4", "minutes-10", "streak-4", "months-3", "entries-10")
    change_badges(threshold=3)

    foretold = {pin.slug: preview(pin.rule).count for pin in queries.catalogue().values()}
    with write_transaction():
        settle([person.id for person in people], LATER)
    given = dict.fromkeys(foretold, 0)
    for _person, slug, _period in held():
        given[slug] += 1
    assert given == foretold
    assert foretold["weeks-4"] == 2


def test_one_more_posting_takes_no_more_statements_for_a_longer_history(
    make, person, community, statements
):
    load()
    for week in range(3):
        serve(person, community, week)
    counted = []
    for week in (3, 30):
        statements.clear()
        serve(person, community, week, at=datetime(2026, 11, 20, 10))
        counted.append(len(statements))
        for more in range(4, 12):
            serve(person, community, more)

    assert counted[1] <= counted[0]


@pytest.mark.parametrize("measure", ["weeks", "days", "months", "entries", "recorders", "minutes"])
@pytest.mark.parametrize("threshold", [1, 2, 3])
def test_a_preview_counted_by_the_database_is_what_the_rule_counts(make, measure, threshold):
    places = [make.community(), make.community()]
    for number in range(4):
        person = make.person()
        for step in range(number + 1):  # Friday, Sunday and Monday beside each other, and later
            at = FRIDAY_18 + timedelta(days=(0, 2, 3, 40)[step])
            serve(person, places[step % 2], at=at, minutes=(0, 1, 1, 2)[number])
    rule = Rule(0, measure, "", "ever", threshold, 0)

    everybody = queries.with_hours()
    seen = preview(rule)
    counted = [
        person
        for person in everybody
        if pins.book_of([rule]).earned(hours.standing_entries([person]))
    ]
    assert seen.count == len(counted) == len(seen.people)
    assert {one.person_id for one in seen.people} == set(counted)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [("11-27", "11-27", 1), ("11-01", "03-31", 1), ("12-01", "10-31", 0)],
)
def test_the_preview_of_a_season_counts_its_days(person, community, first, last, count):
    serve(person, community, 0)
    serve(person, community, 1)

    rule = Rule(0, "entries", "", "season", 1, 0, True, first, last)
    assert preview(rule).count == count


def test_out_of_season_a_badge_is_ahead_only_of_who_never_had_it(person, make, community):
    load("heating-season")
    change_badges(threshold=1, category="")
    serve(person, community)
    other, summer = make.person(), datetime(2027, 7, 1)
    db.session.rollback()

    assert slugs_of(person) == {"heating-season"}
    assert queries.wall(person.id, summer).ahead == []
    assert [one.pin.slug for one in queries.wall(other.id, summer).ahead] == ["heating-season"]
    next_winter = queries.wall(person.id, datetime(2027, 11, 20)).ahead
    assert [(one.pin.slug, one.value) for one in next_winter] == [("heating-season", 0)]
