"""The sign-in sheet on paper, for those who would rather sign with a pen (R23)."""

from flask import Blueprint, render_template, request

from volunteer_site.activities import queries as activities
from volunteer_site.attendance import queries
from volunteer_site.attendance.views.panel import theirs
from volunteer_site.core import clock
from volunteer_site.core.access import role
from volunteer_site.core.db import db
from volunteer_site.organisations import queries as organisations
from volunteer_site.people.models import Person, RoleName

LEAST_EMPTY = 5  # rows for people who did not sign up
ROWS_ON_A_PAGE = 24

bp = Blueprint("sign_in_sheets", __name__, url_prefix="/print/sign-in-sheets")


@bp.get("/<int:activity_id>")
@role(RoleName.COORDINATOR)
def show(activity_id: int) -> str:
    """Show the sheet as the browser prints it: numbered rows, and empty ones to the page's end."""
    activity = theirs(activity_id)
    order = "pinyin" if request.args.get("order") == "pinyin" else "strokes"
    roster = queries.roster(activity_id, order)
    rows = len(roster.lines) + LEAST_EMPTY
    leader = db.session.get(Person, activity.leader_id or 0)
    return render_template(
        "attendance/sheet.html",
        activity=activity,
        community=organisations.get(activity.organisation_id).name,
        leader=leader.name if leader else "",
        roster=roster,
        shifts=activities.shifts(activity_id),
        empty=LEAST_EMPTY + -rows % ROWS_ON_A_PAGE,
        now=clock.now(),
    )
