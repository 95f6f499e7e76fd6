"""The place where paper comes back: type the number that stands on the sheet."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.attendance.sheets import numbers, queries, services
from volunteer_site.attendance.sheets.views.theirs import paper, paths
from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

bp = Blueprint("sheets", __name__, url_prefix="/desk/sheets")
unused = Blueprint("sheet_unused", __name__, url_prefix="/desk/sheets/<string:sheet_number>")
used = Blueprint("sheet_used", __name__, url_prefix="/desk/sheets/<string:sheet_number>")


@bp.get("")
@role(RoleName.COORDINATOR)
def index() -> ResponseReturnValue:
    """Ask for the number on the paper; list the sheets that have not come back, and the others."""
    typed = request.args.get("number", "").strip()[:100]
    if not typed:
        return _page("")
    try:
        return redirect(f"/desk/sheets/{queries.theirs(paths(), typed).number}", code=303)
    except NotFound as refusal:
        return _page(typed, refusal)


@unused.post("/unused", endpoint="create")
@role(RoleName.COORDINATOR)
def mark_unused(sheet_number: str) -> ResponseReturnValue:
    """Say that nobody signed on this sheet."""
    one = paper(sheet_number)
    with write_transaction():
        services.mark_unused(one.sheet, by_id=current_person().id, now=clock.now())
    words = _("Sheet %(number)s is not missing any more.", number=numbers.spaced(sheet_number))
    return htmx.done("/desk/sheets", words)


@used.post("/used", endpoint="create")
@role(RoleName.COORDINATOR)
def mark_used(sheet_number: str) -> ResponseReturnValue:
    """Take back that nobody signed on it."""
    one = paper(sheet_number)
    with write_transaction():
        services.mark_used(one.sheet, by_id=current_person().id)
    return htmx.done(one.here, _("Sheet %(number)s is waited for again.", number=one.spaced))


def _page(typed: str, refusal: NotFound | None = None) -> ResponseReturnValue:
    now = clock.now()
    missing = queries.missing(paths(), now)
    known = {one.id for one in missing}
    page = render_template(
        "attendance/sheet_list.html",
        typed=typed,
        refusal=refusal,
        missing=missing,
        others=[one for one in queries.recent(paths(), now) if one.id not in known],
        now=now,
    )
    return page, 404 if refusal else 200
