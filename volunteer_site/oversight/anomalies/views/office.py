"""The queue of what looks odd, and one finding with its evidence side by side."""

from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, numbers
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.oversight import consequences
from volunteer_site.oversight import words as known
from volunteer_site.oversight.anomalies import entries, queries, words
from volunteer_site.oversight.anomalies.forms import FineForm
from volunteer_site.oversight.anomalies.models import Anomaly, Answer
from volunteer_site.oversight.anomalies.queries import Case, Wish
from volunteer_site.oversight.questions.forms import QuestionForm
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/office/anomalies"

bp = Blueprint("anomalies", __name__, url_prefix=ADDRESS)


@bp.get("")
@role(RoleName.OFFICER)
def index() -> str:
    """List what was found, new findings first."""
    wish, paths = _wish(), current_person().paths(RoleName.OFFICER)
    cases, count = queries.queue(paths, wish)
    return render_template(
        "oversight/anomalies.html",
        cases=cases,
        wish=wish,
        counts=queries.counts(paths),
        communities=queries.communities(paths),
        pages=numbers.pages(count, queries.AT_ONCE),
        address=_address(wish),
        every_kind=_address(wish._replace(kind="")),
        words=words,
    )


@bp.get("/<int:anomaly_id>")
@role(RoleName.OFFICER)
def show(anomaly_id: int) -> ResponseReturnValue:
    """Show one finding: the marks it rests on, what was asked, what can be done."""
    return page(theirs(anomaly_id))


def theirs(anomaly_id: int) -> Case:
    """Return the finding if it is in the visitor's district; raises NotFound."""
    return queries.through(current_person().paths(RoleName.OFFICER), anomaly_id)


def page(case: Case, fine: FineForm | None = None, question: QuestionForm | None = None) -> str:
    """Return the page of a finding."""
    one = case.anomaly
    rows = entries.visits(one)
    taken = one.evidence.get("taken_back", []) if one.answer == Answer.REVERSED else []
    return render_template(
        "oversight/anomaly.html",
        case=case,
        rows=rows,
        more=len(entries.marks_of(one)) - len(rows),
        phones=entries.shared_devices(rows),
        changed=consequences.of(taken, clock.now()) if taken else None,
        fine=fine or FineForm(),
        question=question or QuestionForm(words=_question(one)),
        words=words,
        known=known,
    )


def _question(one: Anomaly) -> str:
    """Return what the question says to begin with: the entries, where no activity is named."""
    if one.activity_id is not None or one.answered_at is not None:
        return ""
    return words.question([row.number for row in entries.own_of(one)])


def _wish() -> Wish:
    given = request.args
    state, kind = given.get("state", queries.OPEN), given.get("kind", "")
    return Wish(
        state if state in words.STATES else queries.OPEN,
        kind if kind in words.SAID else "",
        given.get("community", type=number),
        given.get("sort") == "worst",
        max(1, given.get("page", default=1, type=number)),
    )


def _address(wish: Wish) -> str:
    """Return the address of the list's first page."""
    said = {"state": wish.state, "kind": wish.kind, "community": wish.community or ""}
    said |= {"sort": "worst"} if wish.worst else {}
    return f"{ADDRESS}?{urlencode({k: v for k, v in said.items() if v})}"
