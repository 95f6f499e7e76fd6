"""Appeals that a coordinator has refused and the person has taken to the district office."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core.access import role
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person
from volunteer_site.signups.absences import cases
from volunteer_site.signups.absences.forms import AnswerForm
from volunteer_site.signups.absences.models import Stage
from volunteer_site.signups.absences.views.answering import answered

ADDRESS = "/office/absences"

bp = Blueprint("office_absences", __name__, url_prefix=ADDRESS)
answers = Blueprint(
    "office_answers", __name__, url_prefix="/office/appeals/<int:appeal_id>/answers"
)


@bp.get("")
@role(RoleName.OFFICER)
def index() -> ResponseReturnValue:
    """List the appeals that wait for the office."""
    return _page(AnswerForm())


@answers.post("")
@role(RoleName.OFFICER)
def create(appeal_id: int) -> ResponseReturnValue:
    """Answer an appeal for good, with the reason that the person reads."""
    case = cases.open_appeal(_paths(), appeal_id, Stage.OFFICE)
    form = AnswerForm(request.form)
    return answered(case, form, ADDRESS) or _page(form, wrong=appeal_id)


def _page(form: AnswerForm, *, wrong: int | None = None) -> ResponseReturnValue:
    waiting = cases.waiting(_paths(), Stage.OFFICE)
    page = render_template("signups/absences/office.html", waiting=waiting, form=form, wrong=wrong)
    return page, 422 if wrong else 200


def _paths() -> tuple[str, ...]:
    return current_person().paths(RoleName.OFFICER)
