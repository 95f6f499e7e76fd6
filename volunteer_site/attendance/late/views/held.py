"""The decision about hours beyond a day's limit."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from volunteer_site.attendance.late.views import approvals
from volunteer_site.core import clock
from volunteer_site.core.access import acting, role
from volunteer_site.hours.held import queries, services
from volunteer_site.people.models import RoleName

bp = Blueprint("held_decisions", __name__, url_prefix="/desk/held-hours/<int:held_id>/decision")


@bp.post("")
@role(RoleName.COORDINATOR, RoleName.OFFICER)
def create(held_id: int) -> ResponseReturnValue:
    """Let them count, or say why not."""
    paths = acting().paths(RoleName.COORDINATOR, RoleName.OFFICER)
    line, by, now = queries.through(paths, held_id), acting(), clock.now()
    return approvals.settle(
        f"held-{held_id}", lambda answer: services.decide(line, answer, by, now=now)
    )
