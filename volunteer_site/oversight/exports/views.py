"""The office's exports: asked for, approved by a second officer, fetched, every step logged."""

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.oversight.exports import files, queries, services
from volunteer_site.oversight.exports.files import Sheet
from volunteer_site.oversight.exports.forms import ExportForm, FileForm, code_of
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/office/exports"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

bp = Blueprint("exports", __name__, url_prefix=ADDRESS)
approvals = Blueprint(
    "export_approvals", __name__, url_prefix=f"{ADDRESS}/<int:export_id>/approval"
)
fetched = Blueprint("export_files", __name__, url_prefix=f"{ADDRESS}/<int:export_id>/files")
codes = Blueprint("export_codes", __name__, url_prefix=f"{ADDRESS}/codes")
blueprints = (bp, approvals, fetched, codes)


@bp.get("")
@role(RoleName.OFFICER)
def index() -> str:
    """List the exports, and ask for a new one."""
    return _page(ExportForm())


@bp.post("")
@role(RoleName.OFFICER)
def create() -> ResponseReturnValue:
    """Ask for one."""
    form, person = ExportForm(request.form), current_person()
    if not form.validate():
        return _page(form), 422
    district = next(one.organisation_id for one in person.roles if one.name == RoleName.OFFICER)
    with write_transaction():
        reason = form.reason.data or ""
        services.ask(district, form.days(), reason, by_id=person.id, now=clock.now())
    return htmx.done(ADDRESS, _("Asked. Another officer has to approve it."))


@approvals.post("", endpoint="create")
@role(RoleName.OFFICER)
def approve(export_id: int) -> ResponseReturnValue:
    """Let it be fetched; not by whoever asked."""
    queries.through(_paths(), export_id)
    by_id = current_person().id
    with write_transaction():
        services.approve(export_id, by_id=by_id, now=clock.now())
    return htmx.done(ADDRESS, _("Approved. It can be fetched for a week."))


@fetched.post("", endpoint="create")
@role(RoleName.OFFICER)
def fetch(export_id: int) -> ResponseReturnValue:
    """Make a file and send it; that it was fetched is kept before."""
    found, form = queries.through(_paths(), export_id), FileForm(request.form)
    if not form.validate():
        return htmx.done(ADDRESS, _("Choose which file to fetch."), "bad")
    by_id, kind = current_person().id, form.kind.data
    with write_transaction():
        services.fetch(found, queries.NAMES[kind], by_id=by_id, now=clock.now())
    return _file(queries.through(_paths(), export_id), kind)


@codes.get("")
@role(RoleName.OFFICER)
def edit() -> str:
    """Show what the national system calls each kind of work."""
    return render_template(
        "oversight/exports/codes.html", categories=CATEGORIES, codes=queries.codes()
    )


@codes.post("")
@role(RoleName.OFFICER)
def update() -> ResponseReturnValue:
    """Keep it."""
    given = {slug: code_of(request.form.get(slug, "")) for slug in CATEGORIES}
    by_id = current_person().id
    with write_transaction():
        services.set_codes(given, by_id=by_id, now=clock.now())
    return htmx.done(f"{ADDRESS}/codes", _("Saved."))


def _file(found: queries.Listed, kind: str) -> ResponseReturnValue:
    """Return the file; the browser saves it and nothing keeps it."""
    export = found.export
    sheets = {
        "people": Sheet(queries.NAMES["people"], queries.PEOPLE, queries.people(export)),
        "services": Sheet(
            queries.NAMES["services"], queries.SERVICES, queries.services(export), queries.NUMBERS
        ),
    }
    days = f"{export.first_day:%Y%m%d}-{export.last_day:%Y%m%d}"
    if kind == "xlsx":
        made, mime, ending = files.as_xlsx(sheets.values()), XLSX, "xlsx"
    else:
        made, mime, ending = files.as_csv(sheets[kind]), "text/csv", "csv"
    name = f"{queries.NAMES[kind]}{days}.{ending}"
    response = send_file(made, mimetype=mime, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _paths() -> tuple[str, ...]:
    return current_person().paths(RoleName.OFFICER)


def _page(form: ExportForm) -> str:
    return render_template(
        "oversight/exports/index.html",
        found=queries.listed(_paths()),
        form=form,
        now=clock.now(),
        me=current_person().id,
    )
