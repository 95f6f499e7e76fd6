"""The tree of organisations, to see and to edit; each officer reaches their own district."""

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import acting, role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries, services
from volunteer_site.organisations.forms import KIND_NAMES, NewOrganisationForm, OrganisationForm
from volunteer_site.organisations.models import Kind, Organisation

ADDRESS = "/office/organisations"
PARENTS = (Kind.DISTRICT, Kind.SUBDISTRICT, Kind.COMMUNITY, Kind.UNIT)

bp = Blueprint("organisations", __name__, url_prefix=ADDRESS)
closings = Blueprint("organisation_closings", __name__, url_prefix=ADDRESS)


@bp.get("")
@role("officer")
def index() -> ResponseReturnValue:
    """Show the tree, or what fits a search."""
    words, kind = request.args.get("q", "").strip(), request.args.get("kind", "")
    kind = kind if kind in KIND_NAMES else ""
    nodes = queries.tree(_paths(), words=words, kind=kind)
    return _page("index", nodes=nodes, q=words, kind=kind, kinds=KIND_NAMES)


@bp.get("/new")
@role("officer")
def new() -> ResponseReturnValue:
    """Show the form for another organisation."""
    under = request.args.get("under", type=number)
    return _page("new", form=_offered(NewOrganisationForm(parent_id=under)), refusal=None)


@bp.post("")
@role("officer")
def create() -> ResponseReturnValue:
    """Add it to the tree."""
    form = _offered(NewOrganisationForm(request.form))
    if not form.validate():
        return _page("new", status=422, form=form, refusal=None)
    parent = queries.through(_paths(), form.parent_id.data)
    by_id = acting().id
    try:
        with write_transaction():
            made = services.create(
                form.kind.data, parent, form.wording(), now=clock.now(), by_id=by_id
            )
            address = f"{ADDRESS}/{made.id}"
    except Refusal as refusal:
        return _page("new", status=refusal.status, form=form, refusal=refusal)
    return htmx.done(address, _("Added: %(name)s", name=form.name.data))


@bp.get("/<int:organisation_id>")
@role("officer")
def edit(organisation_id: int) -> ResponseReturnValue:
    """Show one organisation with everything that can be changed."""
    organisation = queries.through(_paths(), organisation_id)
    return _edit_page(organisation, OrganisationForm(obj=organisation))


@bp.post("/<int:organisation_id>")
@role("officer")
def update(organisation_id: int) -> ResponseReturnValue:
    """Change its name and details."""
    organisation = queries.through(_paths(), organisation_id)
    form = OrganisationForm(request.form)
    if not form.validate():
        return _edit_page(organisation, form, status=422)
    try:
        with write_transaction():
            fresh = queries.through(_paths(), organisation_id)
            services.update(fresh, form.wording(), by_id=acting().id)
    except Refusal as refusal:
        return _edit_page(organisation, form, status=refusal.status, refusal=refusal)
    return htmx.done(f"{ADDRESS}/{organisation_id}", _("Saved."))


@closings.post("/<int:organisation_id>/closing", endpoint="create")
@role("officer")
def close(organisation_id: int) -> ResponseReturnValue:
    """Close it; what it did stays."""
    now = clock.now()
    with write_transaction():
        organisation = queries.through(_paths(), organisation_id)
        services.close(organisation, now=now, by_id=acting().id, today=dates.today(now))
    return htmx.done(f"{ADDRESS}/{organisation_id}", _("Closed. Its history stays."))


def _paths() -> tuple[str, ...]:
    return acting().paths("officer")


def _offered(form: NewOrganisationForm) -> NewOrganisationForm:
    """Return the form with the places below which the officer may add something."""
    places = [one for path in _paths() for one in queries.below(path, *PARENTS)]
    form.parent_id.choices = [
        (one.id, f"{one.name} · {KIND_NAMES[Kind(one.kind)]}") for one in places
    ]
    return form


def _edit_page(
    organisation: Organisation,
    form: OrganisationForm,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
) -> ResponseReturnValue:
    parent = queries.get(organisation.parent_id) if organisation.parent_id else None
    children = [one for one in queries.below(organisation.path) if one.parent_id == organisation.id]
    words = {"organisation": organisation, "parent": parent, "children": children}
    return _page("edit", status=status, form=form, refusal=refusal, kinds=KIND_NAMES, **words)


def _page(name: str, *, status: int = 200, **words: Any) -> ResponseReturnValue:
    return make_response(render_template(f"organisations/{name}.html", **words), status)
