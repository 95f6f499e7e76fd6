"""Putting an entry right: it is taken back, and the right one is entered with a reason."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import audit, clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import desk, services
from volunteer_site.hours.books import queries as books
from volunteer_site.hours.forms import CorrectionForm
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

bp = Blueprint("hour_corrections", __name__, url_prefix="/desk/hours/<int:entry_id>/correction")
blueprints = (bp,)


@bp.get("")
@role(RoleName.COORDINATOR)
def new(entry_id: int) -> str:
    """Show the entry, and ask for the right minutes and why."""
    line = _theirs(entry_id)
    return _page(line, CorrectionForm(minutes=line.minutes))


@bp.post("")
@role(RoleName.COORDINATOR)
def create(entry_id: int) -> ResponseReturnValue:
    """Take the entry back and enter the right minutes; with none, only take it back."""
    line, form = _theirs(entry_id), CorrectionForm(request.form)
    if not form.validate():
        return _page(line, form), 422
    with write_transaction():
        _correct(entry_id, form.minutes.data or 0, form.reason.data or "")
    words = _("Corrected. The volunteer sees the old entry, the new one and the reason.")
    return htmx.done(f"/desk/activities/{line.activity_id}/closing", words)


def _theirs(entry_id: int) -> desk.Line:
    return desk.line(entry_id, current_person().paths(RoleName.COORDINATOR))


def _correct(entry_id: int, minutes: int, reason: str) -> None:
    by_id, now = current_person().id, clock.now()
    if minutes:
        services.correct(entry_id, minutes, reason, by_id=by_id, now=now)
    else:
        services.reverse(entry_id, reason, by_id=by_id, now=now)
    audit.record("hours.correct", by_id, object_kind="hour_entry", object_id=entry_id)


def _page(line: desk.Line, form: CorrectionForm) -> str:
    closed = books.is_closed(line.number)
    return render_template("hours/correction.html", line=line, form=form, closed=closed)
