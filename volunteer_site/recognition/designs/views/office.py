"""The office: what people have designed for the district, and what waits at its communities."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from volunteer_site.core.access import role
from volunteer_site.people.models import RoleName
from volunteer_site.recognition.designs.views import cases

ADDRESS = f"{cases.OFFICE}/designs"

bp = Blueprint("office_designs", __name__, url_prefix=ADDRESS)
approvals = Blueprint(
    "office_design_approvals", __name__, url_prefix=f"{ADDRESS}/<int:design_id>/approval"
)
refusals = Blueprint(
    "office_design_refusals", __name__, url_prefix=f"{ADDRESS}/<int:design_id>/refusal"
)


@bp.get("")
@role(RoleName.OFFICER)
def index() -> str:
    """List what waits for a decision, and what was decided."""
    return cases.listing(cases.OFFICE)


@bp.get("/<int:design_id>")
@role(RoleName.OFFICER)
def show(design_id: int) -> str:
    """Show one with what its designer says about it."""
    return cases.page(design_id, cases.OFFICE)


@approvals.post("")
@role(RoleName.OFFICER)
def create(design_id: int) -> ResponseReturnValue:
    """Make it a badge."""
    return cases.approve(design_id, cases.OFFICE)


@refusals.post("", endpoint="create")
@role(RoleName.OFFICER)
def refuse(design_id: int) -> ResponseReturnValue:
    """Refuse it, with a reason."""
    return cases.refuse(design_id, cases.OFFICE)
