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
    week, around = _week_and_around(request.args.get("week", this_week), this_week)
    return render_template(
        "pages/office_week.html",
        board=office.board(paths, week, now, by_name=request.args.get("sort") == "name"),
        week=week,
        around=around,
        this_week=this_week,
        by_name=request.args.get("sort") == "name",
        need=request.args.get("need", ""),
        needs=office.NEEDS,
    )


@jobs.get("", endpoint="index")
@role(RoleName.OFFICER)
def index_jobs() -> str:
    """Show when each job last ran."""
    return render_template("pages/office_jobs.html", jobs=desk.job_states(clock.now()))


def _week_and_around(week: str, this_week: str) -> tuple[str, tuple[str, str]]:
    """Return the week asked for, or this one, with the weeks before and after."""
    try:
        return week, (dates.add_weeks(week, -1), dates.add_weeks(week, 1))
    except ValueError:
        return _week_and_around(this_week, this_week)
