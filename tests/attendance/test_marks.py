"""Coming in and going out: one mark for each, whoever makes it and however often it is sent."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import FRIDAY_18
from volunteer_site.activities import services as activities
from volunteer_site.activities.models import Activity
from volunteer_site.attendance import queries, services
from volunteer_site.attendance.models import Attendance
from volunteer_site.attendance.queries import Hours
from volunteer_site.attendance.services import Seen
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.errors import NotFound, Refusal
from volunteer_site.signups import queries as signups
from volunteer_site.signups import services as signup_services

pytestmark = pytest.mark.usefixtures("in_app")
HALF = timedelta(minutes=30)
HOURS = Hours(HALF, HALF)
ENDS = FRIDAY_18 + timedelta(hours=1)
SECOND = timedelta(seconds=1)


def scan(activity, person, now=FRIDAY_18):
    with write_transaction():
        return services.check_in(activity.id, person.id, Seen("scan", now), now=now)


def leave(activity, person, now=ENDS):
    with write_transaction():
        return services.check_out(activity.id, person.id, Seen("scan", now), now=now)


def tick(activity, person, by, now=FRIDAY_18, **more):
    with write_transaction():
        return services.tick(activity.id, person.id, by.id, now=now, **more)


def undo(activity, mark_id, by, now=FRIDAY_18 + HALF):
    with write_transaction():
        return services.undo(activity.id, mark_id, by_id=by.id, now=now)


def rows():
    db.session.rollback()
    return list(db.session.scalars(sa.select(Attendance).order_by(Attendance.id)))


def standing(activity):
    db.session.rollback()
    return [(mark.person_id, mark.direction) for mark in queries.marks(activity.id)]


@pytest.fixture
def activity(make):
    return make.activity()


@pytest.fixture
def person(make, activity):
    person = make.person()
    make.signup(activity, person)
    return person


def test_a_scan_is_kept_with_its_moment_and_how_it_was_made(activity, person):
    outcome = scan(activity, person, FRIDAY_18 - timedelta(minutes=5))

    assert outcome.first
    (row,) = rows()
    assert (row.person_id, row.direction, row.method) == (person.id, "in", "scan")
    assert row.happened_at == row.recorded_at == FRIDAY_18 - timedelta(minutes=5)
    assert row.recorded_by_id is None


def test_a_second_scan_or_tick_says_who_and_when_and_changes_nothing(make, activity, person):
    ann = make.coordinator(name="王红")
    tick(activity, person, ann)
    before = [vars(row).copy() for row in rows()]

    for again in (
        scan(activity, person, FRIDAY_18 + HALF),
        tick(activity, person, make.coordinator(), FRIDAY_18 + HALF),
    ):
        assert not again.first
        assert (again.mark.by, again.mark.happened_at) == ("王红", FRIDAY_18)
    after = [vars(row).copy() for row in rows()]
    assert [r["id"] for r in after] == [r["id"] for r in before]
    assert after[0]["happened_at"] == FRIDAY_18


def race(app, *works):
    """Let these run at the same moment, each in a thread of its own; return what came of them."""
    outcomes, ready = [], threading.Barrier(len(works))

    def run(work):
        with app.app_context():
            ready.wait()
            try:
                outcomes.append(work())
            except Refusal as refusal:
                outcomes.append(refusal)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_many_scans_of_one_person_at_once_make_one_mark(app, activity, person):
    db.session.rollback()

    outcomes = race(app, *[lambda: scan(activity, person)] * 8)

    assert sorted(outcome.first for outcome in outcomes) == [False] * 7 + [True]
    assert len({outcome.mark.id for outcome in outcomes}) == 1
    assert standing(activity) == [(person.id, "in")]


def test_a_scan_and_two_ticks_at_once_make_one_mark_that_names_the_first(
    app, make, activity, person
):
    ann, ben = make.coordinator(name="王红"), make.coordinator(name="李军")
    db.session.rollback()

    outcomes = race(
        app,
        lambda: scan(activity, person),
        lambda: tick(activity, person, ann),
        lambda: tick(activity, person, ben),
    )

    assert sum(outcome.first for outcome in outcomes) == 1
    assert len({(outcome.mark.id, outcome.mark.by) for outcome in outcomes}) == 1
    assert standing(activity) == [(person.id, "in")]


def test_a_scan_in_the_moment_a_mark_is_taken_back_stands_or_makes_another(
    app, make, activity, person
):
    ann = make.coordinator()
    db.session.rollback()

    def scans():
        return [scan(activity, person).mark.person_id for _ in range(100)]

    def undoings():
        for _ in range(150):
            for mark in queries.marks(activity.id):
                undo(activity, mark.id, ann)
            db.session.rollback()

    outcomes = race(app, scans, scans, undoings, undoings)

    assert [one for one in outcomes if one] == [[person.id] * 100] * 2


def test_the_database_itself_keeps_a_second_mark_out(make, activity, person):
    signup = signups.standing(person.id, activity.id)
    make.attendance(signup)

    with pytest.raises(sa.exc.IntegrityError):
        make.attendance(signup)


def test_an_undone_mark_is_kept_and_can_be_made_again_once(make, activity, person):
    ann = make.coordinator()
    wrong = scan(activity, person).mark

    assert undo(activity, wrong.id, ann) == person.id
    assert standing(activity) == []
    again = tick(activity, person, ann, FRIDAY_18 + HALF)
    second = tick(activity, person, ann, FRIDAY_18 + HALF)

    assert again.first and not second.first
    assert again.mark.id != wrong.id
    kept = rows()
    assert [row.undone_by_id for row in kept] == [ann.id, None]
    assert len(kept) == 2


def test_undoing_twice_is_undoing_once_and_leaves_what_came_after(make, activity, person):
    ann, ben = make.coordinator(), make.coordinator()
    wrong = scan(activity, person).mark
    undo(activity, wrong.id, ann)
    tick(activity, person, ann)

    undo(activity, wrong.id, ben)

    assert standing(activity) == [(person.id, "in")]
    assert rows()[0].undone_by_id == ann.id


def test_who_never_came_cannot_have_left(make, activity, person):
    came = scan(activity, person).mark
    leave(activity, person)

    undo(activity, came.id, make.coordinator(), ENDS)

    assert standing(activity) == []
    with pytest.raises(services.NotIn):
        leave(activity, person)


def test_undoing_the_way_out_leaves_the_way_in(make, activity, person):
    scan(activity, person)
    left = leave(activity, person).mark

    undo(activity, left.id, make.coordinator(), ENDS)

    assert standing(activity) == [(person.id, "in")]


def test_a_mark_of_another_activity_is_not_there(make, activity, person):
    mark = scan(activity, person).mark

    with pytest.raises(NotFound):
        undo(make.activity(), mark.id, make.coordinator())


@pytest.mark.parametrize("waits", [True, False])
def test_who_has_no_place_cannot_be_ticked(make, activity, waits):
    stranger = make.person()
    if waits:
        make.signup(activity, stranger, confirmed_at=None)

    with pytest.raises(services.NotOnTheList):
        tick(activity, stranger, make.coordinator())


@pytest.mark.parametrize(
    ("now", "start", "counts_from"),
    [
        (FRIDAY_18 - HALF, False, FRIDAY_18 - HALF),
        (FRIDAY_18 + HALF, False, FRIDAY_18 + HALF),
        (FRIDAY_18 + HALF, True, FRIDAY_18),
        (FRIDAY_18 - HALF, True, FRIDAY_18 - HALF),
        (ENDS - SECOND, False, ENDS - SECOND),
        (ENDS, False, FRIDAY_18),  # it is over: they were there
    ],
)
def test_a_tick_counts_from_now_or_from_the_start(make, now, start, counts_from):
    signup = make.signup(make.activity())

    seen = services.ticked(signup, 1, now=now, start=start)

    assert (seen.method, seen.happened_at, seen.by_id) == ("tick", counts_from, 1)


def allowed(activity, person, moment, direction="in"):
    entrance = queries.entrance(activity.id, person.id)
    try:
        services.allow_scan(entrance, direction, moment, HOURS)
    except services.DoorClosed:
        return False
    return True


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        (FRIDAY_18 - HALF - SECOND, False),
        (FRIDAY_18 - HALF, True),
        (FRIDAY_18, True),
        (ENDS + HALF, True),
        (ENDS + HALF + SECOND, False),
    ],
)
def test_the_code_works_from_half_an_hour_before_to_half_an_hour_after(
    activity, person, moment, works
):
    scan(activity, person)

    assert allowed(activity, person, moment) is works
    assert allowed(activity, person, moment, "out") is works


def test_the_window_is_that_of_ones_own_shift(make, activity):
    later = make.shift(activity, name="晚班", starts_at=ENDS + 4 * HALF, ends_at=ENDS + 6 * HALF)
    person = make.person()
    make.signup(activity, person, shift=later)

    assert not allowed(activity, person, ENDS)
    assert allowed(activity, person, ENDS + 3 * HALF)


def refused(activity, person, moment=FRIDAY_18):
    with pytest.raises(services.NotOnTheList) as caught:
        services.allow_scan(queries.entrance(activity.id, person.id), "in", moment, HOURS)
    return caught.value


def test_who_did_not_sign_up_is_told_what_to_do(make, activity):
    someone = make.person()

    early = refused(activity, someone, FRIDAY_18 - HALF)
    late = refused(activity, someone)

    assert "10" in str(early) and early.link == (f"/activities/{activity.id}", "现在报名")
    assert "报名已截止" in str(late)


def test_who_waits_is_told_their_number_and_to_ask(make):
    activity, first, second = make.activity(places=1), make.person(), make.person()
    make.signup(activity)
    make.signup(activity, first, confirmed_at=None)
    make.signup(activity, second, confirmed_at=None)

    assert "第 2 位" in str(refused(activity, second))


@pytest.mark.parametrize("over", ["cancelled", "closed"])
def test_nothing_is_marked_once_it_is_over(make, over):
    facts = {f"{over}_at": ENDS + HALF} | (
        {"cancellation_reason": "下雨"} if over == "cancelled" else {}
    )
    activity, person = make.activity(**facts), make.person()
    make.signup(activity, person)

    for attempt in (scan, leave):
        with pytest.raises(services.DoorClosed):
            attempt(activity, person)
    with pytest.raises(services.DoorClosed):
        tick(activity, person, make.coordinator())
    assert rows() == []


def test_the_roster_can_be_ticked_from_half_an_hour_before_to_the_end_of_the_day(activity):
    midnight = FRIDAY_18.replace(hour=16)  # in UTC

    for moment, works in (
        (FRIDAY_18 - HALF - SECOND, False),
        (FRIDAY_18 - HALF, True),
        (midnight - SECOND, True),
        (midnight, False),
    ):
        if works:
            services.allow_tick(activity, moment, HOURS)
        else:
            with pytest.raises(services.DoorClosed):
                services.allow_tick(activity, moment, HOURS)


def test_who_is_there_does_not_withdraw(activity, person):
    scan(activity, person, FRIDAY_18 - HALF)

    with pytest.raises(Refusal, match="签退"), write_transaction():
        signup = signups.standing(person.id, activity.id)
        now = FRIDAY_18 - timedelta(minutes=10)
        signup_services.withdraw(signup, None, free_until=FRIDAY_18, now=now)

    db.session.rollback()
    assert signups.standing(person.id, activity.id) is not None


def test_an_activity_is_not_called_off_while_people_are_there(make, activity, person):
    ann = make.coordinator()
    mark = scan(activity, person).mark

    def call_off():
        with write_transaction():
            found = db.session.get_one(Activity, activity.id)
            activities.cancel(found, "下雨", by_id=ann.id, now=FRIDAY_18)

    with pytest.raises(Refusal, match="1 人签到"):
        call_off()
    undo(activity, mark.id, ann, FRIDAY_18)
    call_off()

    db.session.rollback()
    assert db.session.get_one(Activity, activity.id).cancelled_at == FRIDAY_18


def test_every_mark_and_every_undoing_changes_the_number_that_pages_are_kept_by(
    make, activity, person
):
    seen = [queries.changes(activity.id)]
    mark = scan(activity, person).mark
    seen.append(queries.changes(activity.id))
    undo(activity, mark.id, make.coordinator())
    seen.append(queries.changes(activity.id))

    assert seen == sorted(set(seen))
