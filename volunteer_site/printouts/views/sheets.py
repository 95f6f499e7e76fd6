"""The sign-in sheet as a file, for those who print from a phone."""

from io import BytesIO

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity
from volunteer_site.attendance.sheets import layout, numbers, queries
from volunteer_site.attendance.sheets.models import Sheet
from volunteer_site.attendance.sheets.queries import PaperRow
from volunteer_site.core import dates
from volunteer_site.core.access import role
from volunteer_site.core.db import db
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.people.models import Person, RoleName
from volunteer_site.people.session import current_person
from volunteer_site.printouts.paper import qr_svg
from volunteer_site.printouts.sheets import SheetLine, SheetPaper, sheet_pdf, sheet_words

bp = Blueprint("sheet_files", __name__)


@bp.get("/print/sheets/<string:sheet_number>.pdf")
@role(RoleName.COORDINATOR)
def show(sheet_number: str) -> ResponseReturnValue:
    """Return a printed sheet as PDF, each time with the same rows."""
    visitor = current_person()
    sheet = queries.theirs(visitor.paths(RoleName.COORDINATOR), sheet_number)
    activity = activities.theirs(visitor, sheet.activity_id, RoleName.COORDINATOR)
    paper = paper_of(sheet, activity, request.host_url)
    file = sheet_pdf(paper)
    name = f"{paper.title}{sheet.number} {activity.title}.pdf"
    return send_file(BytesIO(file), mimetype="application/pdf", download_name=name)


def paper_of(sheet: Sheet, activity: Activity, host: str) -> SheetPaper:
    """Return what stands on the sheet; names are as they are today, rows as they were printed."""
    address = f"{host}desk/sheets/{sheet.number}"
    several = len(activities.shifts(activity.id)) > 1
    place = f"{organisations.get(activity.organisation_id).name} · {activity.place}"
    leader = db.session.get(Person, activity.leader_id or 0)
    if leader is not None:
        place += " · " + _("Leader: %(name)s", name=leader.name)
    return SheetPaper(
        title=_("Sign-in sheet"),
        number=numbers.spaced(sheet.number),
        activity=activity.title,
        time=dates.show_span(activity.starts_at, activity.ends_at),
        place=place,
        qr=qr_svg(address),
        address=address,
        pages=tuple(
            tuple(_line(row, several=several) for row in page)
            for page in layout.paged(queries.rows(sheet.id))
        ),
        words=sheet_words(sheet.name_order),
    )


def _line(row: PaperRow, *, several: bool) -> SheetLine:
    return SheetLine(row.number, row.code, row.name, row.note(several=several))
