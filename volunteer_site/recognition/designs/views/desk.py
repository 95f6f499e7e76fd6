"""The coordinator's side: what people have designed for the own communities."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from volunteer_site.core.access import role
from volunteer_site.people.models import RoleName
from volunteer_site.recognition.designs.views import cases

ADDRESS = f"{cases.DESK}/designs"

bp = Blueprint("desk_designs", __name__, url_prefix=ADDRESS)
approvals = Blueprint(
    "desk_design_approvals", __name__, url_prefix=f"{ADDRESS}/<int:design_id>/approval"
)
refusals = Blueprint(
    "desk_design_refusals", __name__, url_prefix=f"{ADDRESS}/<int:design_id>/refusal"
)


@bp.get("")
@role(RoleName.COORDINATOR)
def index() -> str:
    """List what waits for a decision, and what was decided."""
    return cases.listing(cases.DESK)


@bp.get("/<int:design_id>")
@role(RoleName.COORDINATOR)
def show(design_id: int) -> str:
    """Show one with what its designer says about it."""
    return cases.page(design_id, cases.DESK)


@approvals.post("")
@role(RoleName.COORDINATOR)
def create(design_id: int) -> ResponseReturnValue:
    """Make it a badge."""
    return cases.approve(design_id, cases.DESK)


@refusals.post("", endpoint="create")
@role(RoleName.COORDINATOR)
def refuse(design_id: int) -> ResponseReturnValue:
    """Refuse it, with a reason."""
    return cases.refuse(design_id, cases.DESK)
