"""Paper going out: the list as it would be printed now, and sheets that have their number."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity
from volunteer_site.attendance import queries as door
from volunteer_site.attendance.sheets import layout, queries, services
from volunteer_site.attendance.sheets.qr import address_qr
from volunteer_site.attendance.sheets.views.theirs import paper as found
from volunteer_site.core import clock
from volunteer_site.core.access import role
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.glyphs import missing_glyphs
from volunteer_site.organisations import queries as organisations
from volunteer_site.people.models import Person, RoleName
from volunteer_site.people.session import current_person

ORDERS = ("strokes", "pinyin")

bp = Blueprint("sign_in_sheets", __name__, url_prefix="/print/sign-in-sheets")
paper = Blueprint("sheet_paper", __name__, url_prefix="/print/sheets")


@bp.get("/<int:activity_id>")
@role(RoleName.COORDINATOR)
def show(activity_id: int) -> str:
    """Show who would be on a sheet printed now, and the sheets that were printed."""
    activity = activities.theirs(current_person(), activity_id, RoleName.COORDINATOR)
    roster = door.roster(activity_id, _order())
    on_paper = queries.on_paper(activity_id)
    names = [line.coming.name for line in roster.lines]
    return render_template(
        "attendance/sheet_print.html",
        activity=activity,
        lines=[line.coming for line in roster.lines],
        unprintable=[name for name in names if missing_glyphs(name)],
        order=roster.order,
        sheets=queries.of_activity(activity_id),
        new={line.coming.person_id for line in roster.lines} - on_paper,
        rows=layout.rows_for(len(roster.lines)),
        pages=layout.pages_for(layout.rows_for(len(roster.lines))),
        shifts=activities.shifts(activity_id),
        may_print=_may_print(activity),
    )


@bp.post("/<int:activity_id>")
@role(RoleName.COORDINATOR)
def create(activity_id: int) -> ResponseReturnValue:
    """Freeze the list under a new number, and show the paper."""
    activity = activities.theirs(current_person(), activity_id, RoleName.COORDINATOR)
    by_id, only_new = current_person().id, request.form.get("only") == "new"
    order = _order()
    with write_transaction():
        sheet = services.print_sheet(
            activity, order, only_new=only_new, by_id=by_id, now=clock.now()
        )
        number = sheet.number
    return redirect(f"/print/sheets/{number}", code=303)


@paper.get("/<string:sheet_number>", endpoint="show")
@role(RoleName.COORDINATOR)
def show_paper(sheet_number: str) -> str:
    """Show a sheet as the browser prints it; each time the same rows."""
    one = found(sheet_number)
    rows = queries.rows(one.sheet.id)
    leader = db.session.get(Person, one.activity.leader_id or 0)
    return render_template(
        "attendance/sheet.html",
        paper=one,
        activity=one.activity,
        community=organisations.get(one.activity.organisation_id).name,
        leader=leader.name if leader else "",
        rows=rows,
        shifts=activities.shifts(one.activity.id),
        pages=layout.pages_for(len(rows)),
        drawing=address_qr(f"{request.host_url}desk/sheets/{one.number}"),
    )


def _order() -> str:
    return "pinyin" if request.values.get("order") == "pinyin" else ORDERS[0]


def _may_print(activity: Activity) -> bool:
    """Tell whether the list can be frozen now."""
    off = (activity.cancelled_at, activity.closed_at)
    return activity.published_at is not None and not any(off)
