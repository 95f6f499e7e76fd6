"""The office: objections taken to it, overdue, or of a community's own staff."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from volunteer_site.core.access import role
from volunteer_site.oversight.objections import queries
from volunteer_site.oversight.objections.views import cases
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/office/objections"
DESK = "/office"

bp = Blueprint("office_objections", __name__, url_prefix=ADDRESS)
agreements = Blueprint(
    "office_agreements", __name__, url_prefix=f"{ADDRESS}/<int:objection_id>/agreement"
)
refusals = Blueprint(
    "office_refusals", __name__, url_prefix=f"{ADDRESS}/<int:objection_id>/refusal"
)


@bp.get("")
@role(RoleName.OFFICER)
def index() -> str:
    """List what the office has to decide, what waits at the communities, and what is over."""
    return cases.listing(DESK, RoleName.OFFICER)


@bp.get("/<int:objection_id>")
@role(RoleName.OFFICER)
def show(objection_id: int) -> str:
    """Show one with the evidence side by side."""
    return cases.page(_case(objection_id), DESK)


@agreements.post("")
@role(RoleName.OFFICER)
def create(objection_id: int) -> ResponseReturnValue:
    """Decide that it is right, finally, and put the hours right."""
    return cases.agree(_case(objection_id), DESK)


@refusals.post("", endpoint="create")
@role(RoleName.OFFICER)
def refuse(objection_id: int) -> ResponseReturnValue:
    """Decide finally that nothing is changed, with a reason."""
    return cases.refuse(_case(objection_id), DESK)


def _case(objection_id: int) -> queries.Case:
    return queries.through(current_person().paths(RoleName.OFFICER), objection_id)
