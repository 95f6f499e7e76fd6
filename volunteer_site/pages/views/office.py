"""The district office: where to go, the week of all communities, the jobs."""

from flask import Blueprint, render_template, request

from volunteer_site.core import clock, dates
from volunteer_site.core.access import role
from volunteer_site.pages import desk, office
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

bp = Blueprint("office", __name__, url_prefix="/office")
weeks = Blueprint("office_weeks", __name__, url_prefix="/office/week")
jobs = Blueprint("office_jobs", __name__, url_prefix="/office/jobs")


@bp.get("")
@role(RoleName.OFFICER)
def index() -> str:
    """Show the week in numbers and where everything is."""
    now, paths = clock.now(), current_person().paths(RoleName.OFFICER)
    week = dates.week_of(dates.today(now))
    trouble = [job for job in desk.job_states(now) if job.state in {"failed", "old", "never"}]
    board = office.board(paths, week, now)
    return render_template("pages/office.html", board=board, week=week, trouble=trouble)


@weeks.get("")
@role(RoleName.OFFICER)
def show() -> str:
    """Show one line a community: posted, short of people, closed, final."""
    now, paths = clock.now(), current_person().paths(RoleName.OFFICER)
    this_week = dates.week_of(dates.today(now))
    week = request.args.get("week", this_week)
    try:
        around = dates.add_weeks(week, -1), dates.add_weeks(week, 1)
    except ValueError:
        week, around = this_week, (dates.add_weeks(this_week, -1), dates.add_weeks(this_week, 1))
    board = office.board(paths, week, now)
    by_name = request.args.get("sort") == "name"
    if by_name:
        board.rows.sort(key=lambda row: row.id)
    need = request.args.get("need", "")
    return render_template(
        "pages/office_week.html", board=board, week=week, around=around, by_name=by_name, need=need,
        this_week=this_week, needs=office.NEEDS,
    )  # fmt: skip


@jobs.get("", endpoint="index")
@role(RoleName.OFFICER)
def index_jobs() -> str:
    """Show when each job last ran."""
    return render_template("pages/office_jobs.html", jobs=desk.job_states(clock.now()))
