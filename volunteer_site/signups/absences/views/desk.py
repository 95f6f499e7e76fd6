"""Absences at the desk: who objects and waits for an answer, and who was absent lately."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock
from volunteer_site.core.access import role
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person
from volunteer_site.signups.absences import cases
from volunteer_site.signups.absences.forms import AnswerForm
from volunteer_site.signups.absences.models import Stage
from volunteer_site.signups.absences.views.answering import answered

ADDRESS = "/desk/absences"
REASONS = (_l("Ill"), _l("Needed at home"), _l("Needed at work"))

bp = Blueprint("absences", __name__, url_prefix=ADDRESS)
answers = Blueprint("appeal_answers", __name__, url_prefix="/desk/appeals/<int:appeal_id>/answers")


@bp.get("")
@role(RoleName.COORDINATOR)
def index() -> ResponseReturnValue:
    """List the appeals that wait for an answer, and who was absent in the last 30 days."""
    return _page(AnswerForm())


@answers.post("")
@role(RoleName.COORDINATOR)
def create(appeal_id: int) -> ResponseReturnValue:
    """Answer an appeal, with the reason that the person reads."""
    case = cases.open_appeal(_paths(), appeal_id, Stage.COORDINATOR)
    form = AnswerForm(request.form)
    return answered(case, form, ADDRESS) or _page(form, wrong=appeal_id)


def _page(form: AnswerForm, *, wrong: int | None = None) -> ResponseReturnValue:
    paths = _paths()
    page = render_template(
        "signups/absences/desk.html",
        waiting=cases.waiting(paths),
        lately=cases.lately(paths, clock.now()),
        reasons=REASONS,
        form=form,
        wrong=wrong,
    )
    return page, 422 if wrong else 200


def _paths() -> tuple[str, ...]:
    return current_person().paths(RoleName.COORDINATOR)
