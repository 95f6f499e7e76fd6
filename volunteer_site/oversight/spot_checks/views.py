"""Spot checks: the office draws, writes down and publishes; the district reads the shares."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import members_only, role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.oversight import words as known
from volunteer_site.oversight.anomalies.queries import district
from volunteer_site.oversight.spot_checks import draw, forms, queries, services
from volunteer_site.oversight.spot_checks.forms import DrawForm, LineForm, PublicationForm
from volunteer_site.oversight.spot_checks.queries import Shares
from volunteer_site.oversight.spot_checks.services import Officer
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/office/spot-checks"

bp = Blueprint("spot_checks", __name__, url_prefix=ADDRESS)
sheets = Blueprint("spot_check_sheets", __name__, url_prefix=f"{ADDRESS}/<int:check_id>/sheet")
publications = Blueprint(
    "spot_check_publications", __name__, url_prefix=f"{ADDRESS}/<int:check_id>/publication"
)
public = Blueprint("published_spot_checks", __name__, url_prefix="/spot-checks")


@bp.get("")
@role(RoleName.OFFICER)
def index() -> str:
    """List the draws, and offer the next one."""
    form = DrawForm(percent=current_app.config["SPOT_CHECK_PERCENT"])
    return _index(form.offer(draw.months_sealed()))


@bp.post("")
@role(RoleName.OFFICER)
def create() -> ResponseReturnValue:
    """Draw entries of a month."""
    person, form = current_person(), DrawForm(request.form).offer(draw.months_sealed())
    if not form.validate():
        return _index(form), 422
    place = district(_paths())
    officer = Officer(person.id, queries.number_of(person.id))
    with write_transaction():
        check = services.draw_check(
            place, form.month.data, form.percent.data or 1, officer, now=clock.now()
        )
        number = check.id
    return htmx.done(f"{ADDRESS}/{number}", _("Drawn. Look at each entry, or print the sheet."))


@bp.get("/<int:check_id>")
@role(RoleName.OFFICER)
def show(check_id: int) -> ResponseReturnValue:
    """Show the entries that were drawn, to write down what was found."""
    return _page(_theirs(check_id))


@bp.post("/<int:check_id>/results", endpoint="update")
@role(RoleName.OFFICER)
def note(check_id: int) -> ResponseReturnValue:
    """Write down what was found."""
    shares = _theirs(check_id)
    rows = queries.rows(check_id)
    filled = forms.line_forms([row.line for row in rows], request.form)
    wrong = [form for form in filled.values() if not form.validate()]
    if wrong:
        return _page(shares, filled), 422
    with write_transaction():
        found, now = forms.findings(filled), clock.now()
        changed = services.note(check_id, found, by_id=current_person().id, now=now)
    said = _("Kept: %(count)s entries.", count=changed)
    return htmx.done(f"{ADDRESS}/{check_id}", said)


@sheets.get("", endpoint="show")
@role(RoleName.OFFICER)
def print_sheet(check_id: int) -> ResponseReturnValue:
    """Show the sheet to take along: a row for each entry, to tick and to sign."""
    return render_template(
        "oversight/spot_check_sheet.html",
        shares=_theirs(check_id),
        rows=queries.rows(check_id),
        known=known,
    )


@publications.post("", endpoint="create")
@role(RoleName.OFFICER)
def publish(check_id: int) -> ResponseReturnValue:
    """Show the shares to everybody of the district."""
    shares, form = _theirs(check_id), PublicationForm(request.form)
    if not form.validate():
        return _page(shares, publication=form), 422
    with write_transaction():
        by_id = current_person().id
        services.publish(check_id, form.remark.data or "", by_id=by_id, now=clock.now())
    said = _("Published in the district. What was found wrong is on the desk to decide about.")
    return htmx.done(f"/spot-checks/{check_id}", said)


@public.get("", endpoint="index")
@members_only
def index_public() -> str:
    """List what the spot checks of one's district found."""
    return render_template(
        "oversight/spot_checks_public.html", checks=queries.published_in(_districts())
    )


@public.get("/<int:check_id>", endpoint="show")
@members_only
def show_public(check_id: int) -> ResponseReturnValue:
    """Show what one spot check found, in numbers, and how to draw it again."""
    shares = queries.published(_districts(), check_id)
    return render_template("oversight/spot_check_public.html", shares=shares)


def _paths() -> tuple[str, ...]:
    return current_person().paths(RoleName.OFFICER)


def _theirs(check_id: int) -> Shares:
    return queries.through(_paths(), check_id)


def _districts() -> set[int]:
    """Return the districts that the visitor lives, works or acts in."""
    person = current_person()
    here = [one for one in (person.community_id, person.unit_id) if one is not None]
    return queries.districts_of([*here, *(held.organisation_id for held in person.roles)])


def _index(form: DrawForm) -> str:
    return render_template("oversight/spot_checks.html", checks=queries.drawn(_paths()), form=form)


def _page(
    shares: Shares,
    filled: dict[int, LineForm] | None = None,
    publication: PublicationForm | None = None,
) -> str:
    rows = queries.rows(shares.check.id)
    return render_template(
        "oversight/spot_check.html",
        shares=shares,
        rows=rows,
        forms=filled or forms.line_forms([row.line for row in rows]),
        publication=publication or PublicationForm(),
        results=forms.RESULTS,
        known=known,
    )


blueprints = (bp, sheets, publications, public)
