"""One late entry: its evidence, taking it back, and the decision about it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from volunteer_site.attendance.late import queries, services
from volunteer_site.attendance.late.queries import Line
from volunteer_site.attendance.late.views import approvals
from volunteer_site.core import clock, htmx, uploads
from volunteer_site.core.access import acting, role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import RoleName

ADDRESS = "/desk/late-entries/<int:late_id>"

evidence = Blueprint("late_evidence", __name__, url_prefix=f"{ADDRESS}/evidence")
withdrawals = Blueprint("late_withdrawals", __name__, url_prefix=f"{ADDRESS}/withdrawal")
decisions = Blueprint("late_decisions", __name__, url_prefix=f"{ADDRESS}/decision")


@evidence.get("", endpoint="show")
@role(RoleName.COORDINATOR, RoleName.OFFICER)
def show_evidence(late_id: int) -> ResponseReturnValue:
    """Hand out the photo or paper, to those who may decide about it."""
    return uploads.send(_theirs(late_id).evidence)


@withdrawals.post("", endpoint="create")
@role(RoleName.COORDINATOR)
def withdraw(late_id: int) -> ResponseReturnValue:
    """Take back what one has asked for."""
    line = queries.through(acting().paths(RoleName.COORDINATOR), late_id)
    with write_transaction():
        services.withdraw(line, acting(), now=clock.now())
    return htmx.done(f"/desk/activities/{line.activity_id}/late-entries", _("Taken back."))


@decisions.post("", endpoint="create")
@role(RoleName.COORDINATOR, RoleName.OFFICER)
def decide(late_id: int) -> ResponseReturnValue:
    """Let it count, or say why not."""
    line, by, now = _theirs(late_id), acting(), clock.now()
    return approvals.settle(
        f"late-{late_id}", lambda answer: services.decide(line, answer, by, now=now)
    )


def _theirs(late_id: int) -> Line:
    return queries.through(acting().paths(RoleName.COORDINATOR, RoleName.OFFICER), late_id)
