"""Which unit helps which community, with dates."""

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import acting, role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries, services
from volunteer_site.organisations.forms import EndingForm, PairingForm
from volunteer_site.organisations.models import Kind

ADDRESS = "/office/pairings"

bp = Blueprint("pairings", __name__, url_prefix=ADDRESS)
endings = Blueprint("pairing_endings", __name__, url_prefix=ADDRESS)


@bp.get("")
@role("officer")
def index() -> ResponseReturnValue:
    """List the pairings, the running ones first."""
    words = request.args.get("q", "").strip()
    rows = [row for row in queries.pairings(_paths()) if words in row[1] or words in row[2]]
    today = dates.today(clock.now())
    return _page("pairings", rows=rows, q=words, today=today)


@bp.get("/new")
@role("officer")
def new() -> ResponseReturnValue:
    """Show the form for a pairing that begins today, unless another day is chosen."""
    form = PairingForm(starts_on=dates.today(clock.now()))
    return _page("pairing", form=_offered(form), refusal=None)


@bp.post("")
@role("officer")
def create() -> ResponseReturnValue:
    """Pair a unit and a community."""
    form = _offered(PairingForm(request.form))
    if not form.validate():
        return _page("pairing", status=422, form=form, refusal=None)
    unit, community = queries.get(form.unit_id.data), queries.get(form.community_id.data)
    days = (form.starts_on.data, form.ends_on.data)
    words = _("%(unit)s helps %(community)s.", unit=unit.name, community=community.name)
    try:
        with write_transaction():
            services.pair(unit, community, days, now=clock.now(), by_id=acting().id)
    except Refusal as refusal:
        return _page("pairing", status=refusal.status, form=form, refusal=refusal)
    return htmx.done(ADDRESS, words)


@endings.get("/<int:pairing_id>/ending", endpoint="new")
@role("officer")
def new_ending(pairing_id: int) -> ResponseReturnValue:
    """Ask for the last day, today unless another is chosen."""
    return _ending_page(pairing_id, EndingForm(ends_on=dates.today(clock.now())))


@endings.post("/<int:pairing_id>/ending", endpoint="create")
@role("officer")
def end(pairing_id: int) -> ResponseReturnValue:
    """Let the pairing end on that day."""
    form = EndingForm(request.form)
    if not form.validate():
        return _ending_page(pairing_id, form, status=422)
    try:
        with write_transaction():
            pairing = queries.pairing_through(_paths(), pairing_id)
            services.end_pairing(pairing, form.ends_on.data, by_id=acting().id)
    except services.WrongDates as refusal:
        return _ending_page(pairing_id, form, status=refusal.status, refusal=refusal)
    return htmx.done(ADDRESS, _("The pairing ends on %(day)s.", day=form.ends_on.data))


def _paths() -> tuple[str, ...]:
    return acting().paths("officer")


def _offered(form: PairingForm) -> PairingForm:
    """Return the form with the units and communities of the officer's own district."""
    paths = _paths()
    units = [one for path in paths for one in queries.below(path, Kind.UNIT)]
    return form.offer(units, [one for path in paths for one in queries.below(path, Kind.COMMUNITY)])


def _ending_page(
    pairing_id: int, form: EndingForm, *, status: int = 200, refusal: Refusal | None = None
) -> ResponseReturnValue:
    pairing = queries.pairing_through(_paths(), pairing_id)
    unit, community = queries.get(pairing.unit_id), queries.get(pairing.community_id)
    words = {"pairing": pairing, "unit": unit, "community": community}
    return _page("ending", status=status, form=form, refusal=refusal, **words)


def _page(name: str, *, status: int = 200, **words: Any) -> ResponseReturnValue:
    return make_response(render_template(f"organisations/{name}.html", **words), status)
