import stat
from collections import Counter
from datetime import date, datetime
from itertools import pairwise

import pytest
import sqlalchemy as sa

from volunteer_site.activities import rules
from volunteer_site.activities.models import Activity, Shift
from volunteer_site.activities.plans import words_of
from volunteer_site.attendance.models import Attendance
from volunteer_site.core import calendar, clock
from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import accounts, services, staff, stars
from volunteer_site.demo.places import Size
from volunteer_site.hours import queries as hours
from volunteer_site.hours.models import HourEntry, MonthlyTotal
from volunteer_site.organisations.models import Organisation
from volunteer_site.people import passwords
from volunteer_site.people.models import Person, Role, RoleName
from volunteer_site.recognition.stars import queries as starring
from volunteer_site.recognition.stars import scale
from volunteer_site.signups.models import Signup

NOW = datetime(2026, 11, 21, 4)
TINY = Size(1, 1, 4, 3, 160, 5)


@pytest.fixture
def wish():
    return services.Wish(TINY, NOW, "2026-11")


@pytest.fixture
def loaded(in_app, wish):
    load(wish)


def load(wish):
    for district in services.districts(wish):
        with write_transaction():
            services.load_district(district, wish, lambda _steps: None)


def test_the_counters_are_what_the_sign_ups_say(loaded):
    standing = Signup.withdrawn_at.is_(None)
    counted = {
        shift: (taken, waiting)
        for shift, taken, waiting in db.session.execute(
            sa.select(
                Signup.shift_id,
                sa.func.count().filter(standing, Signup.confirmed_at.is_not(None)),
                sa.func.count().filter(standing, Signup.confirmed_at.is_(None)),
            ).group_by(Signup.shift_id)
        )
    }

    shifts = db.session.scalars(sa.select(Shift)).all()
    assert len(shifts) > 50
    for shift in shifts:
        assert (shift.taken, shift.waiting) == counted.get(shift.id, (0, 0))


def test_nobody_is_credited_for_the_same_minute_twice(loaded):
    spans = db.session.execute(
        sa.select(HourEntry.person_id, HourEntry.started_at, HourEntry.ended_at).order_by(
            HourEntry.person_id, HourEntry.started_at
        )
    ).all()

    assert len(spans) > 100
    for earlier, later in pairwise(spans):
        assert earlier.person_id != later.person_id or earlier.ended_at <= later.started_at


def test_monthly_totals_are_the_sum_of_the_ledger(loaded):
    of = (HourEntry.person_id, HourEntry.recorder_id, HourEntry.month)
    summed = db.session.execute(
        sa.select(*of, sa.func.sum(HourEntry.minutes), sa.func.count()).group_by(*of)
    )
    kept = db.session.execute(
        sa.select(
            MonthlyTotal.person_id,
            MonthlyTotal.recorder_id,
            MonthlyTotal.month,
            MonthlyTotal.minutes,
            MonthlyTotal.occasions,
        )
    )

    assert sorted(map(tuple, kept)) == sorted(map(tuple, summed))


def test_whoever_came_to_a_closed_activity_has_an_entry(loaded):
    came = db.session.scalars(
        sa.select(Attendance.id)
        .join(Activity, Activity.id == Attendance.activity_id)
        .where(Attendance.direction == "in", Activity.closed_at.is_not(None))
    )
    posted = db.session.scalars(sa.select(HourEntry.source_id))

    assert sorted(came) == sorted(posted)


def test_every_notice_could_have_been_published(loaded):
    for activity in db.session.scalars(sa.select(Activity)):
        assert list(rules.words(words_of(activity))) == []


def test_every_coordinator_has_a_phone_of_their_own(loaded):
    phones = db.session.scalars(
        sa.select(Person.phone)
        .join(Role, Role.person_id == Person.id)
        .where(Role.name.in_(["coordinator", "officer"]))
    ).all()

    assert len(phones) == 5
    for phone in phones:
        same = sa.select(sa.func.count()).select_from(Person).where(Person.phone == phone)
        assert db.session.scalar(same) == 1


def test_the_database_counts_on_after_the_demo(loaded):
    last = db.session.scalar(sa.select(sa.func.max(Person.id)))
    with write_transaction():
        newcomer = Person(number="V1", name="王小梅", created_at=NOW)
        db.session.add(newcomer)
        db.session.flush()
        assert newcomer.id == last + 1


def test_a_loaded_district_is_known(in_app, wish):
    district = next(services.districts(wish))

    assert not services.is_there(district)
    load(wish)
    assert services.is_there(district)


def test_the_demo_can_be_loaded_in_a_year_whose_holidays_nobody_has_announced(in_app):
    wish = services.Wish(TINY, datetime(2031, 1, 12, 2), "2026-11")
    with write_transaction():
        services.enter_holidays(wish)

    load(wish)

    assert calendar.holiday_name(date(2031, 1, 1)) == "元旦"


def test_nobody_in_the_demo_can_log_in_by_themselves(loaded):
    with_password = sa.select(sa.func.count()).where(Person.password_hash.is_not(None))

    assert db.session.scalar(with_password) == 0


@pytest.mark.parametrize("now", [NOW, datetime(2028, 2, 29, 4)])  # thirty years ago had none
def test_what_one_officer_asks_for_another_can_approve(loaded, now):
    staff.join_the_office(now)
    with write_transaction():
        officers = [one for one in accounts.open_accounts(now) if one.role == "officer"]

    assert len({account.phone for account in officers}) == 2


def test_the_demo_accounts_are_random_and_kept_secret(loaded, tmp_path):
    with write_transaction():
        opened = accounts.open_accounts(NOW)
    path = accounts.keep(opened, str(tmp_path))

    roles = [account.role for account in opened]
    assert roles == ["officer"] + ["coordinator"] * 2 + ["liaison"] * 2 + ["volunteer"] * 3
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert accounts.kept(str(tmp_path)) == opened
    assert len({account.password for account in opened}) == len(opened)
    for account in opened:
        person = db.session.scalar(sa.select(Person).where(Person.phone == account.phone))
        assert person.name == account.name
        assert passwords.fits(person.password_hash, account.password)


@pytest.mark.one_database  # the writing in bulk is tried on both, below and in test_equal
def test_the_small_demo_is_sound_shows_all_of_stars_and_loading_twice_changes_nothing(
    app, tmp_path, monkeypatch
):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    app.instance_path = str(tmp_path)
    runner = app.test_cli_runner()

    first = runner.invoke(args=["demo", "load"])
    verified = runner.invoke(args=["ledger", "verify"])
    second = runner.invoke(args=["demo", "load"])
    other = runner.invoke(args=["demo", "load", "--scale", "city"])

    assert first.exit_code == verified.exit_code == second.exit_code == 0, first.output
    assert "days sealed." in first.output and "Sound: " in verified.output
    assert "already there" in second.output
    assert other.exit_code == 1 and "into an empty database" in other.output
    assert runner.invoke(args=["demo", "accounts"]).output in first.output
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(HourEntry)) > 1000
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 600
        every_step_of_a_star_by_the_official_scale_is_shown()


def every_step_of_a_star_by_the_official_scale_is_shown():
    cases = starring.at(["/"], NOW)
    known = {case.person.id: case.state for case in cases}
    first = next(case.person.id for case in cases if case.application.number == "S2026-00001")
    community = staff.first(RoleName.COORDINATOR).organisation_id
    may_apply = {
        person
        for person in stars.with_hours(community)
        if not starring.open_of(person) and starring.way(person, NOW).can_apply
    }

    assert starring.levels() == scale.OFFICIAL
    assert Counter(known.values()) == {"awarded": 2, "noticed": 1, "applied": 1, "refused": 1}
    assert hours.total_minutes(first) >= scale.OFFICIAL[1].minutes
    assert first in may_apply  # for the second star
    assert may_apply - set(known)


def test_a_city_is_loaded_district_by_district(in_app):
    load(services.Wish(Size(3, 1, 3, 2, 60, 2), NOW, "2026-11"))

    people = db.session.execute(sa.select(Person.id, Person.phone)).all()
    districts = db.session.scalars(
        sa.select(Organisation.name).where(Organisation.kind == "district")
    )
    assert sorted(districts) == sorted(["迎泽区", "万柏林区", "晋源区"])
    assert len(people) == 180
    assert len({person.id for person in people}) == 180
