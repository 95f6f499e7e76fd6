"""Thursday's posting: automatic programmes once a date, whatever happens to the activity (W52)."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import FRIDAY_18, NOW, WORDS
from volunteer_site.activities import queries, services
from volunteer_site.activities.models import Activity
from volunteer_site.core import jobs
from volunteer_site.core.db import db, write_transaction

THURSDAY = date(2026, 11, 19)
SEPTEMBER_24 = datetime(2026, 9, 24, 1)

pytestmark = pytest.mark.usefixtures("in_app")


def post(day=THURSDAY, now=NOW):
    with write_transaction():
        return services.post_week(day, now)


def dates_made():
    asked = sa.select(Activity.occurrence_on).where(Activity.programme_id.is_not(None))
    return list(db.session.scalars(asked.order_by(Activity.occurrence_on)))


def automatic(make, **given):
    return make.programme(automatic_since=NOW - timedelta(days=400), **given)


def test_an_automatic_programme_is_posted_and_the_others_are_not(make):
    mine, _by_hand = automatic(make), make.programme()
    automatic(make, ended_at=NOW)

    done = post()

    assert len(done.posted) == 1
    activity = db.session.scalars(sa.select(Activity)).one()
    assert (activity.programme_id, activity.starts_at) == (mine.id, FRIDAY_18)
    assert activity.published_at == NOW


def test_posting_twice_changes_nothing(make):
    automatic(make)

    post()
    done = post()

    assert (done.posted, done.there) == ([], 1)
    assert dates_made() == [date(2026, 11, 20)]


def test_a_moved_an_edited_and_a_cancelled_activity_are_not_made_again(make):
    for facts in (
        {"starts_at": FRIDAY_18 + timedelta(days=1)},
        {"title": "另一个名字"},
        {"cancelled_at": NOW, "cancellation_reason": "大雨"},
        {"published_at": None},
    ):
        programme = automatic(make)
        make.activity(programme_id=programme.id, occurrence_on=date(2026, 11, 20), **facts)

    done = post()

    assert (done.posted, done.there) == ([], 4)


def test_from_one_thursday_to_the_next_no_day_is_left_out(make):
    for weekday in range(7):
        automatic(make, weekday=weekday)

    post(THURSDAY, datetime(2026, 11, 19, 1))

    made = dates_made()
    assert {day.weekday() for day in made} == set(range(7))
    assert (made[0], made[-1]) == (date(2026, 11, 19), date(2026, 11, 26))


def test_a_holiday_is_skipped_with_the_reason_or_moved(make):
    automatic(make, title="照常")
    automatic(make, title="顺延", holiday_rule="move")

    done = post(date(2026, 10, 1), datetime(2026, 10, 1, 1))

    assert len(done.skipped) == 1 and "国庆" in done.skipped[0]
    moved = db.session.scalars(sa.select(Activity)).one()
    assert (moved.occurrence_on, moved.service_date) == (date(2026, 10, 2), date(2026, 10, 8))
    assert "顺延" in moved.note


def test_a_year_nobody_knows_waits_for_a_person(make):
    automatic(make)

    done = post(date(2027, 3, 4), datetime(2027, 3, 4, 1))

    assert done.posted == [] and "2027" in done.left[0]
    assert dates_made() == []


def test_a_programme_that_says_too_little_is_left_and_the_others_are_posted(make):
    thin, full = automatic(make, risks=""), automatic(make)

    done = post()

    assert f"#{thin.id}" in done.left[0]
    assert f"#{full.id}" in done.posted[0]


def test_what_has_begun_is_not_posted(make):
    automatic(make)

    done = post(date(2026, 11, 20), FRIDAY_18)

    assert [one[-11:-1] for one in done.posted] == ["2026-11-27"]


def test_the_command_posts_the_week_and_is_seen_to_have_run(app, make):
    community = make.community()
    automatic(make, organisation_id=community.id, weekday=4)
    run = app.test_cli_runner().invoke

    first = run(args=["week", "post", "--date", "2099-11-19"])
    again = run(args=["week", "post", "--date", "2099-11-19"])

    assert first.exit_code == again.exit_code == 0, first.output
    with app.app_context():
        assert [job.job for job in jobs.last_runs()] == ["week post"]


def test_the_command_refuses_what_is_no_date(app):
    told = app.test_cli_runner().invoke(args=["week", "post", "--date", "friday"])

    assert told.exit_code == 2 and "friday" in told.output


def test_a_programme_keeps_its_words_and_rhythm(make):
    community = make.community()
    words = dict(WORDS, title="公益一小时", contact="", minimum_age=8, break_minutes=0)
    rhythm = services.Rhythm(4, 1080, 60, 15, "move", automatic=True)

    with write_transaction():
        programme = services.create_programme(community.id, words, rhythm, by_id=1, now=NOW)
    with write_transaction():
        services.update_programme(
            programme, words | {"title": "周五清洁"}, rhythm, by_id=1, now=FRIDAY_18
        )

    assert (programme.title, programme.places, programme.holiday_rule) == ("周五清洁", 15, "move")
    assert programme.automatic_since == NOW
    assert queries.automatic(NOW) == [programme]


def test_ending_a_programme_twice_keeps_the_first_date(make):
    made = make.programme()
    programme = queries.programmes(["/"])[0][0]
    assert programme.id == made.id

    for moment in (NOW, FRIDAY_18):
        with write_transaction():
            services.end_programme(programme, by_id=1, now=moment)

    assert programme.ended_at == NOW
    assert queries.programmes(["/"]) == []
