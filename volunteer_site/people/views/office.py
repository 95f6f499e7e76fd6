"""The office's pages about people: who does what where, and what was done."""

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx, text
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.people import duties, queries, services
from volunteer_site.people.forms import ROLE_NAMES, RoleForm
from volunteer_site.people.session import current_person

ADDRESS = "/office/roles"

roles = Blueprint("roles", __name__, url_prefix=ADDRESS)
endings = Blueprint("role_endings", __name__, url_prefix=ADDRESS)
audit = Blueprint("audit_events", __name__)


@roles.get("")
@role("officer")
def index() -> ResponseReturnValue:
    """List who does what where, and find people to give a role to."""
    words, at = _phone_or_words(), request.args.get("at", type=number)
    place = organisations.through(_paths(), at) if at else None
    return _page(
        "roles",
        rows=duties.roles_below(_paths(), place.id if place else None),
        place=place,
        q=words,
        people=queries.search(_paths(), words),
        role_names=ROLE_NAMES,
    )


@roles.get("/new")
@role("officer")
def new() -> ResponseReturnValue:
    """Ask which role, and where."""
    return _role_page(RoleForm(organisation_id=request.args.get("at", type=number)))


@roles.post("")
@role("officer")
def create() -> ResponseReturnValue:
    """Give the role."""
    form = _offered(RoleForm(request.form))
    if not form.validate():
        return _role_page(form, status=422)
    person = _person()
    name = person.name
    try:
        with write_transaction():
            place = organisations.through(_paths(), form.organisation_id.data)
            services.grant_role(
                person.id, place, form.role.data, now=clock.now(), by_id=current_person().id
            )
    except Refusal as refusal:
        return _role_page(form, status=refusal.status, refusal=refusal)
    return htmx.done(ADDRESS, _("%(name)s has the role now.", name=name))


@endings.post("/<int:role_id>/ending", endpoint="create")
@role("officer")
def end(role_id: int) -> ResponseReturnValue:
    """End a role from now on."""
    with write_transaction():
        held = duties.role_through(_paths(), role_id)
        services.end_role(held, now=clock.now(), by_id=current_person().id)
    return htmx.done(ADDRESS, _("The role has ended."))


@audit.get("/office/audit", endpoint="index")
@role("officer")
def show_audit() -> ResponseReturnValue:
    """Show the latest acts, 50 at a time."""
    kind, before = request.args.get("kind", ""), request.args.get("before", type=number)
    events = duties.events(_paths(), kind=kind, before=before)
    more = events[-1][0].id if len(events) == duties.AT_ONCE else None
    return _page("audit", events=events, kind=kind, kinds=duties.kinds(), more=more)


def _paths() -> tuple[str, ...]:
    return current_person().paths("officer")


def _phone_or_words() -> str:
    """Return what is searched for; a phone in the form that is kept."""
    words = request.values.get("q", "").strip()
    try:
        return text.normalise_phone(words)
    except ValueError:
        return words


def _person() -> Any:
    person_id = request.values.get("person", default=0, type=number)
    return queries.found(_paths(), _phone_or_words(), person_id)


def _offered(form: RoleForm) -> RoleForm:
    """Return the form with the officer's own organisations to choose from."""
    places = [one for path in _paths() for one in organisations.below(path)]
    form.organisation_id.choices = [(one.id, one.name) for one in places]
    return form


def _role_page(
    form: RoleForm, *, status: int = 200, refusal: Refusal | None = None
) -> ResponseReturnValue:
    words = {"person": _person(), "q": _phone_or_words(), "refusal": refusal}
    return _page("role", status=status, form=_offered(form), **words)


def _page(name: str, *, status: int = 200, **words: Any) -> ResponseReturnValue:
    return make_response(render_template(f"people/office/{name}.html", **words), status)
