"""The office's side: cases, their log, asking the community, closing."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.oversight import evidence
from volunteer_site.oversight import words as terms
from volunteer_site.oversight.complaints import queries, services, words
from volunteer_site.oversight.complaints.forms import NoteForm, OutcomeForm
from volunteer_site.oversight.complaints.models import Complaint, Outcome
from volunteer_site.oversight.questions import queries as asked
from volunteer_site.oversight.questions.forms import QuestionForm
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/office/complaints"
CASE = f"{ADDRESS}/<int:complaint_id>"

bp = Blueprint("complaint_cases", __name__, url_prefix=ADDRESS)
notes = Blueprint("complaint_notes", __name__, url_prefix=f"{CASE}/notes")
questions = Blueprint("complaint_questions", __name__, url_prefix=f"{CASE}/questions")
outcomes = Blueprint("complaint_outcomes", __name__, url_prefix=f"{CASE}/outcome")


@bp.get("")
@role(RoleName.OFFICER)
def index() -> str:
    """List the complaints to look into, and those that are closed."""
    person = current_person()
    paths = person.paths(RoleName.OFFICER)
    return render_template(
        "oversight/complaints/cases.html",
        cases=queries.at(paths, person.id),
        closed=queries.at(paths, person.id, closed=True),
        words=words,
    )


@bp.get("/<int:complaint_id>")
@role(RoleName.OFFICER)
def show(complaint_id: int) -> str:
    """Show one: what is said, what the record says, every step, and what can be done."""
    return _page(_case(complaint_id))


@notes.post("")
@role(RoleName.OFFICER)
def create(complaint_id: int) -> ResponseReturnValue:
    """Write something into the case."""
    complaint, form = _case(complaint_id), NoteForm(request.form)
    if not form.validate():
        return _page(complaint, note=form), 422
    by_id, told = current_person().id, form.told.data == "yes"
    with write_transaction():
        text = form.words.data or ""
        services.note(complaint_id, text, by_id=by_id, now=clock.now(), told=told)
    return htmx.done(f"{ADDRESS}/{complaint_id}", _("Written into the case."))


@questions.post("", endpoint="create")
@role(RoleName.OFFICER)
def ask(complaint_id: int) -> ResponseReturnValue:
    """Ask the community to explain the record."""
    complaint, form = _case(complaint_id), QuestionForm(request.form)
    if not form.validate():
        return _page(complaint, question=form), 422
    by_id, days = current_person().id, current_app.config["QUESTION_DAYS"]
    with write_transaction():
        text = form.words.data or ""
        services.ask(complaint, text, by_id=by_id, days=days, now=clock.now())
    words_ = _("Asked. The community does not see that there is a complaint.")
    return htmx.done(f"{ADDRESS}/{complaint_id}", words_)


@outcomes.post("", endpoint="create")
@role(RoleName.OFFICER)
def close(complaint_id: int) -> ResponseReturnValue:
    """Close the case, and tell the complainant how it ended."""
    complaint, form = _case(complaint_id), OutcomeForm(request.form)
    names = services.names_in(complaint_id, form.words.data or "")
    if not form.validate() or not form.refuse_names(names):
        return _page(complaint, outcome=form), 422
    outcome, text = Outcome(form.outcome.data), form.words.data or ""
    with write_transaction():
        services.close(complaint_id, outcome, text, by_id=current_person().id, now=clock.now())
    return htmx.done(f"{ADDRESS}/{complaint_id}", _("Closed. The complainant can read it."))


def _case(complaint_id: int) -> Complaint:
    person = current_person()
    return queries.through(person.paths(RoleName.OFFICER), person.id, complaint_id)


def _page(
    complaint: Complaint,
    note: NoteForm | None = None,
    question: QuestionForm | None = None,
    outcome: OutcomeForm | None = None,
) -> str:
    place = complaint.organisation_id
    service = evidence.service(complaint.entry_id) if complaint.entry_id else None
    return render_template(
        "oversight/complaints/case.html",
        complaint=complaint,
        community=organisations.get(place) if place else None,
        state=words.STATES[complaint.outcome or "open"],
        service=service,
        found=evidence.of(service) if service else None,
        notes=queries.notes(complaint.id),
        asked=asked.among(queries.questions_of(complaint.id)),
        now=clock.now(),
        note=note or NoteForm(),
        question=question or QuestionForm(),
        outcome=outcome or OutcomeForm(),
        words=words,
        terms=terms,
    )
