"""`flask week close` lists what is left open and changes nothing."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from tests.factories import FRIDAY_18
from volunteer_site.activities.models import Activity
from volunteer_site.core import jobs
from volunteer_site.core.db import db
from volunteer_site.core.jobs import JobRun

ENDS = FRIDAY_18 + timedelta(hours=1)


def run(app, time_machine, now):
    time_machine.move_to(now, tick=False)
    outcome = app.test_cli_runner().invoke(args=["week", "close"])
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


def test_what_has_ended_and_is_open_is_listed_with_its_day(app, make, time_machine):
    community = make.community(name="柳巷社区")
    make.activity(organisation_id=community.id, title="清理楼道")
    make.activity(organisation_id=community.id, title="已经关闭", closed_at=ENDS)
    make.activity(title="取消了", cancelled_at=FRIDAY_18, cancellation_reason="下雨")
    make.activity(title="还没开始", starts_at=FRIDAY_18 + timedelta(days=7))

    said = run(app, time_machine, ENDS)

    assert "due: 2026-12-04\t1\t柳巷社区\t清理楼道" in said
    assert "1 not closed, 0 of them overdue." in said
    assert said.count("\n") == 2


def test_after_ten_working_days_it_is_overdue(app, make, time_machine):
    make.activity()

    said = run(app, time_machine, datetime(2026, 12, 5, 4))

    assert "overdue: 2026-12-04" in said
    assert "1 not closed, 1 of them overdue." in said


def test_it_says_so_where_the_holidays_are_not_known(app, make, time_machine):
    make.activity(starts_at=datetime(2027, 3, 5, 10))

    assert "due: unknown" in run(app, time_machine, datetime(2027, 3, 6))


def test_it_closes_nothing_and_the_desk_sees_that_it_ran(app, make, time_machine):
    make.activity()

    for _n in range(2):
        run(app, time_machine, ENDS)

    with app.app_context():
        assert db.session.scalars(sa.select(Activity.closed_at)).all() == [None]
        runs = db.session.scalars(sa.select(JobRun).where(JobRun.job == "week close")).all()
        assert [jobs.said(job.outcome) for job in runs] == ["1场没有关闭，其中0场已经逾期。"] * 2
