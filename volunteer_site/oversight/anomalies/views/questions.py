"""The office's questions at the coordinator's desk: how something came about."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.oversight import words as known
from volunteer_site.oversight.anomalies import entries, queries, services, words
from volunteer_site.oversight.anomalies.forms import ReplyForm
from volunteer_site.oversight.anomalies.queries import Case
from volunteer_site.oversight.anomalies.services import Hand
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/desk/inquiries"

bp = Blueprint("anomaly_questions", __name__, url_prefix=ADDRESS)


@bp.get("")
@role(RoleName.COORDINATOR)
def index() -> str:
    """List what the office has asked, unanswered questions first."""
    cases = queries.questions(current_person().paths(RoleName.COORDINATOR))
    return render_template("oversight/anomaly_questions.html", cases=cases, words=words)


@bp.get("/<int:anomaly_id>")
@role(RoleName.COORDINATOR)
def show(anomaly_id: int) -> ResponseReturnValue:
    """Show a question with what it is about."""
    case = _theirs(anomaly_id)
    return _page(case, ReplyForm(reply=case.anomaly.reply))


@bp.post("/<int:anomaly_id>/reply", endpoint="create")
@role(RoleName.COORDINATOR)
def reply(anomaly_id: int) -> ResponseReturnValue:
    """Answer it in words."""
    case, form = _theirs(anomaly_id), ReplyForm(request.form)
    if not form.validate():
        return _page(case, form), 422
    with write_transaction():
        hand = Hand(current_person().id, clock.now())
        services.reply(anomaly_id, form.reply.data or "", hand)
    return htmx.done(ADDRESS, _("Thank you. The office reads your answer and decides."))


def _theirs(anomaly_id: int) -> Case:
    return queries.question_through(current_person().paths(RoleName.COORDINATOR), anomaly_id)


def _page(case: Case, form: ReplyForm) -> str:
    rows = entries.visits(case.anomaly)
    return render_template(
        "oversight/anomaly_question.html",
        case=case,
        rows=rows,
        more=len(entries.marks_of(case.anomaly)) - len(rows),
        phones=entries.shared_devices(rows),
        form=form,
        words=words,
        known=known,
    )
