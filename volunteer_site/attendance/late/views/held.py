"""The decision about hours beyond a day's limit."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from volunteer_site.attendance.late.views import approvals
from volunteer_site.core import clock
from volunteer_site.core.access import acting, role
from volunteer_site.core.db import write_transaction
from volunteer_site.hours.held import queries, services
from volunteer_site.hours.held.models import Decision
from volunteer_site.hours.held.rules import NoReason
from volunteer_site.people.models import RoleName

bp = Blueprint("held_decisions", __name__, url_prefix="/desk/held-hours/<int:held_id>/decision")


@bp.post("")
@role(RoleName.COORDINATOR, RoleName.OFFICER)
def create(held_id: int) -> ResponseReturnValue:
    """Let them count, or say why not."""
    paths = acting().paths(RoleName.COORDINATOR, RoleName.OFFICER)
    line, decision = queries.through(paths, held_id), request.form.get("decision", "")
    if decision not in set(Decision):
        abort(400)
    answer = services.Answer(Decision(decision), request.form.get("answer", "").strip()[:300])
    try:
        with write_transaction():
            first = services.decide(line, answer, acting(), now=clock.now())
    except NoReason as refusal:
        return approvals.again("held", held_id, answer.words, refusal)
    return approvals.decided(decision, first=first)
