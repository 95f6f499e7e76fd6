"""The desk: a coordinator's week and a liaison's week."""

from flask import Blueprint, render_template, request

from volunteer_site.activities import queries
from volunteer_site.core import clock
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.organisations import queries as organisations
from volunteer_site.pages import desk
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

bp = Blueprint("desk", __name__, url_prefix="/desk")


@bp.get("")
@role(RoleName.COORDINATOR, RoleName.LIAISON)
def index() -> str:
    """Show what is to be published, what is on, what is not closed; and to liaisons their own."""
    now, person = clock.now(), current_person()
    paths, units = person.paths(RoleName.COORDINATOR), person.paths(RoleName.LIAISON)
    communities = queries.postable(paths) if paths else []
    chosen = request.args.get("community", type=number)
    if chosen is not None:
        paths = (organisations.through(paths, chosen).path,)
    return render_template(
        "pages/desk.html",
        now=now,
        communities=communities,
        chosen=chosen,
        duties=desk.duties(paths, now) if paths else None,
        partners=desk.partners(units, now) if units else None,
        jobs=desk.job_states(now),
    )
