"""Entering a sheet in the order of the paper, and what was entered."""

from datetime import datetime

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.attendance import settings
from volunteer_site.attendance.models import Direction, Method
from volunteer_site.attendance.queries import marks
from volunteer_site.attendance.services import add_newcomer
from volunteer_site.attendance.sheets import differences, forms, queries, readings, services
from volunteer_site.attendance.sheets.forms import Line
from volunteer_site.attendance.sheets.readings import Meant, Reader
from volunteer_site.attendance.sheets.services import Entered, Read, RowRefused
from volunteer_site.attendance.sheets.views.theirs import Paper, paper, paths
from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import ngettext
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

bp = Blueprint("sheet_entries", __name__, url_prefix="/desk/sheets/<string:sheet_number>")
entry = Blueprint("sheet_entry", __name__, url_prefix="/desk/sheets/<string:sheet_number>/entry")


@bp.get("")
@role(RoleName.COORDINATOR)
def new(sheet_number: str) -> ResponseReturnValue:
    """Show the paper as a form; who enters it second does not see what the first one read."""
    one = paper(sheet_number)
    try:
        services.check_turn(one.sheet, current_person().id)
        services.check_enterable(one.activity, clock.now())
    except Refusal as refusal:
        return render_template("attendance/sheet_refused.html", paper=one, refusal=refusal)
    lines = forms.blank(queries.rows(one.sheet.id), all_there="all" in request.args)
    return _page(one, lines)


@bp.post("/entries")
@role(RoleName.COORDINATOR)
def create(sheet_number: str) -> ResponseReturnValue:
    """Keep what was read off the paper; the first time everybody is checked in by it."""
    one = paper(sheet_number)
    services.check_turn(one.sheet, current_person().id)
    services.check_enterable(one.activity, clock.now())
    lines = forms.typed(queries.rows(one.sheet.id), request.form)
    meant = reader(one).understand(lines)
    if any(line.error for line in lines):
        return _page(one, lines, status=422)
    try:
        with write_transaction():
            entered = _enter(one, meant)
    except RowRefused as refusal:
        _put_beside(lines, refusal)
        return _page(one, lines, status=409)
    return htmx.done(f"{one.here}/entry", _words(entered))


@entry.get("")
@role(RoleName.COORDINATOR)
def show(sheet_number: str) -> ResponseReturnValue:
    """Show what was entered, once or twice, and where two people read differently."""
    one = paper(sheet_number)
    compared = differences.compared(one.sheet.id)
    return render_template(
        "attendance/sheet_entry.html",
        paper=one,
        enterings=queries.enterings(one.sheet.id),
        rows=[row for row in compared if row.first or row.second or row.corrections],
        open=[row for row in compared if row.open],
        empty=[row for row in compared if not row.stands and row.row.name],
        door=_at_the_door(one.activity.id),
        me=current_person().id,
    )


def _at_the_door(activity_id: int) -> dict[int, datetime]:
    """Return when people came in who were scanned or ticked, which no paper changes."""
    return {
        mark.person_id: mark.happened_at
        for mark in marks(activity_id)
        if mark.direction == Direction.IN and mark.method != Method.PAPER
    }


def reader(one: Paper) -> Reader:
    """Return what understands the lines of this sheet."""
    return readings.reader(one.activity, paths(), settings.hours(), clock.now())


def kept(one: Paper, meant: Meant) -> Read:
    """Return what a row means, somebody new being kept first; raises RowRefused."""
    if meant.told is None:
        return meant.read
    version, by_id = current_app.config["CONSENT_VERSION"], current_person().id
    try:
        return meant.of(
            add_newcomer(one.activity, meant.told, version, by_id=by_id, now=clock.now())
        )
    except Refusal as refusal:
        raise RowRefused(meant.read.number, refusal) from refusal


def _enter(one: Paper, meant: list[Meant]) -> Entered:
    reads = [kept(one, row) for row in meant]
    by_id = current_person().id
    return services.enter(one.sheet, one.activity, reads, by_id=by_id, now=clock.now())


def _put_beside(lines: list[Line], refusal: RowRefused) -> None:
    for line in lines:
        if line.row.number == refusal.number:
            line.error, line.offers_new = str(refusal), line.new


def _words(entered: Entered) -> str:
    if entered.turn > 1:
        return _("Entered a second time. Below is what the two of you read differently.")
    return ngettext(
        "Entered: %(num)d person is in by this sheet.",
        "Entered: %(num)d people are in by this sheet.",
        entered.made,
    )


def _page(one: Paper, lines: list[Line], *, status: int = 200) -> ResponseReturnValue:
    read = reader(one)
    page = render_template(
        "attendance/sheet_form.html",
        paper=one,
        lines=lines,
        shifts=read.shifts,
        windows={
            shift.id: read.hours.span(shift.starts_at, shift.ends_at) for shift in read.shifts
        },
        enterings=queries.enterings(one.sheet.id),
        over=read.now >= one.activity.ends_at,
    )
    return page, status
