"""The coordinator's side: what volunteers of the own communities say is wrong."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from volunteer_site.core.access import role
from volunteer_site.oversight.objections import queries
from volunteer_site.oversight.objections.views import cases
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/desk/objections"
DESK = "/desk"

bp = Blueprint("desk_objections", __name__, url_prefix=ADDRESS)
agreements = Blueprint(
    "desk_agreements", __name__, url_prefix=f"{ADDRESS}/<int:objection_id>/agreement"
)
refusals = Blueprint("desk_refusals", __name__, url_prefix=f"{ADDRESS}/<int:objection_id>/refusal")


@bp.get("")
@role(RoleName.COORDINATOR)
def index() -> str:
    """List what waits for an answer, and what is over."""
    return cases.listing(DESK, RoleName.COORDINATOR)


@bp.get("/<int:objection_id>")
@role(RoleName.COORDINATOR)
def show(objection_id: int) -> str:
    """Show one with the evidence side by side."""
    return cases.page(_case(objection_id), DESK)


@agreements.post("")
@role(RoleName.COORDINATOR)
def create(objection_id: int) -> ResponseReturnValue:
    """Find it right, and put the hours right."""
    return cases.agree(_case(objection_id), DESK)


@refusals.post("", endpoint="create")
@role(RoleName.COORDINATOR)
def refuse(objection_id: int) -> ResponseReturnValue:
    """Refuse it, with a reason."""
    return cases.refuse(_case(objection_id), DESK)


def _case(objection_id: int) -> queries.Case:
    return queries.through(current_person().paths(RoleName.COORDINATOR), objection_id)
