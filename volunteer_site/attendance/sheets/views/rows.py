"""One row of a sheet put right, after it was entered."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.attendance.sheets import differences, forms, queries, services
from volunteer_site.attendance.sheets.differences import Compared, Said
from volunteer_site.attendance.sheets.forms import Line
from volunteer_site.attendance.sheets.models import REASON_LENGTH
from volunteer_site.attendance.sheets.services import Change, Read, RowRefused
from volunteer_site.attendance.sheets.views.entries import kept, reader
from volunteer_site.attendance.sheets.views.theirs import Paper, paper
from volunteer_site.core import clock, dates, htmx, text
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/desk/sheets/<string:sheet_number>/rows/<int:row_number>"

corrections = Blueprint("sheet_corrections", __name__, url_prefix=f"{ADDRESS}/correction")
settlements = Blueprint("sheet_settlements", __name__, url_prefix=f"{ADDRESS}/settlement")


@corrections.get("")
@role(RoleName.COORDINATOR)
def new(sheet_number: str, row_number: int) -> ResponseReturnValue:
    """Show one row as a form, with what it says now."""
    one = paper(sheet_number)
    compared = _row(one, row_number)
    return _page(one, compared, _line_of(compared))


@corrections.post("")
@role(RoleName.COORDINATOR)
def create(sheet_number: str, row_number: int) -> ResponseReturnValue:
    """Take the row's marks back and make the right ones."""
    one = paper(sheet_number)
    services.check_enterable(one.activity, clock.now())
    compared = _row(one, row_number)
    line = _typed(compared)
    reason = text.tidy(request.form.get("reason", ""))[:REASON_LENGTH]
    meant = reader(one).understand([line])
    if line.error or not reason:
        return _page(one, compared, line, reason_missing=not reason, status=422)
    try:
        with write_transaction():
            read = kept(one, meant[0]) if meant else None
            _correct(one, Change(compared.row.id, read, reason))
    except RowRefused as refusal:
        line.error = str(refusal)
        return _page(one, compared, line, status=409)
    return _done(one, row_number)


@settlements.post("", endpoint="create")
@role(RoleName.COORDINATOR)
def settle(sheet_number: str, row_number: int) -> ResponseReturnValue:
    """Say which of the two readings is right; the marks follow it."""
    one = paper(sheet_number)
    services.check_enterable(one.activity, clock.now())
    compared = _row(one, row_number)
    turn = request.form.get("turn", 0, type=number)
    known = queries.enterings(one.sheet.id)
    entry_id = next((entry.id for entry in known if entry.turn == turn), None)
    if entry_id is None or not compared.differs:
        raise NotFound(_("There is nothing to settle in this row."))
    right = compared.first if turn == 1 else compared.second
    read = _as_read(one, compared, right)
    with write_transaction():
        _correct(one, Change(compared.row.id, read, entry_id=entry_id))
    return _done(one, row_number)


def _row(one: Paper, row_number: int) -> Compared:
    for compared in differences.compared(one.sheet.id):
        if compared.row.number == row_number:
            return compared
    raise NotFound(_("This sheet has no such row."), link=(one.here, _("To the sheet")))


def _as_read(one: Paper, compared: Compared, said: Said | None) -> Read | None:
    if said is None:
        return None
    shifts = {shift.id: shift for shift in reader(one).shifts}
    shift = shifts.get(compared.row.shift_id or 0) or next(iter(shifts.values()))
    row = compared.row
    return Read(row.id, row.number, said.person_id, shift, said.came_at, said.left_at)


def _typed(compared: Compared) -> Line:
    """Return the row as it was sent; without a tick, or a name, nobody was there."""
    line = forms.typed([compared.row], request.form)[0]
    there = line.there if line.is_named else line.who or line.phone
    return line if there else Line(compared.row)


def _line_of(compared: Compared) -> Line:
    said = compared.stands
    if said is None:
        return Line(compared.row)
    clock_of = "{:%H:%M}".format
    line = Line(compared.row, there=True, came=clock_of(dates.local(said.came_at)))
    line.left = clock_of(dates.local(said.left_at)) if said.left_at else ""
    line.who = "" if line.is_named else said.name
    return line


def _correct(one: Paper, change: Change) -> None:
    by_id = current_person().id
    services.correct(one.sheet, one.activity, change, by_id=by_id, now=clock.now())


def _done(one: Paper, row_number: int) -> ResponseReturnValue:
    words = _("Row %(row)d is put right.", row=row_number)
    return htmx.done(f"{one.here}/entry", words)


def _page(
    one: Paper,
    compared: Compared,
    line: Line,
    *,
    reason_missing: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "attendance/sheet_row.html",
        paper=one,
        compared=compared,
        line=line,
        shifts=reader(one).shifts,
        reason=request.form.get("reason", "")[:REASON_LENGTH],
        reason_missing=reason_missing,
    )
    return page, status
