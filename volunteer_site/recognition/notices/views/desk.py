"""Where objections are answered, by somebody of the place or the office who is not concerned."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.people.session import current_person
from volunteer_site.recognition.notices import parts, queries, services
from volunteer_site.recognition.notices.forms import AnswerForm
from volunteer_site.recognition.notices.models import PublicNotice
from volunteer_site.recognition.notices.services import Answer

ADDRESS = "/desk/notices"
NAMED = 3  # colleagues who may answer
ROLES = queries.ANSWERING

bp = Blueprint("desk_notices", __name__, url_prefix=ADDRESS)
answers = Blueprint(
    "notice_answers",
    __name__,
    url_prefix=f"{ADDRESS}/<int:notice_id>/objections/<int:notice_objection_id>/answer",
)


@bp.get("")
@role(*ROLES)
def index() -> str:
    """List what is on notice at the visitor's places, and how many objections wait."""
    return render_template(
        "recognition/notices/desk.html",
        notices=queries.at(current_person().paths(*ROLES)),
        today=dates.today(clock.now()),
    )


@bp.get("/<int:notice_id>")
@role(*ROLES)
def show(notice_id: int) -> str:
    """Show a notice with its objections, and a form for each that waits."""
    return _page(_ours(notice_id))


@answers.post("")
@role(*ROLES)
def create(notice_id: int, notice_objection_id: int) -> ResponseReturnValue:
    """Answer one objection, once."""
    notice, form = _ours(notice_id), AnswerForm(request.form)
    if notice_objection_id not in {one.id for one in queries.objections(notice_id)}:
        return _page(notice), 404
    if not form.validate():
        return _page(notice, notice_objection_id, form), 422
    answer = Answer(form.answer.data or "", form.upheld.data == "yes")
    by_id = current_person().id
    with write_transaction():
        services.answer(notice_id, notice_objection_id, answer, by_id=by_id, now=clock.now())
    return htmx.done(f"{ADDRESS}/{notice_id}", _("Answered. Everybody can read it."))


def _ours(notice_id: int) -> PublicNotice:
    return queries.through(current_person().paths(*ROLES), notice_id)


def _page(notice: PublicNotice, failed: int = 0, form: AnswerForm | None = None) -> str:
    objections, proposed = queries.objections(notice.id), parts.of(notice)
    place = organisations.get(notice.organisation_id)
    concerned = services.concerned(notice, proposed)
    forms = {one.id: AnswerForm() for one in objections if not one.answered_at}
    if form is not None and failed in forms:
        forms[failed] = form
    return render_template(
        "recognition/notices/case.html",
        notice=notice,
        organisation=place,
        proposed=proposed,
        objections=objections,
        forms={number: one.beside(number) for number, one in forms.items()},
        concerned=current_person().id in concerned,
        others=queries.answerers(place, concerned)[:NAMED],
        over=queries.is_over(notice, dates.today(clock.now())),
    )
