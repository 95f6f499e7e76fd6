"""A person's own objections, and the way to say that an activity is missing."""

from flask import Blueprint, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import members_only
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.oversight import consequences, words
from volunteer_site.oversight.changes import Consequences
from volunteer_site.oversight.deadlines import due_on
from volunteer_site.oversight.objections import missing, queries, services
from volunteer_site.oversight.objections.forms import (
    EscalationForm,
    MissingForm,
    SearchForm,
    WordsForm,
)
from volunteer_site.people.session import current_person

bp = Blueprint("my_objections", __name__, url_prefix="/me/objections")


@bp.get("")
@members_only
def index() -> str:
    """List one's own objections, the newest first."""
    cases = queries.mine(current_person().id)
    return render_template(
        "oversight/objections/index.html", cases=cases, now=clock.now(), words=words
    )


@bp.get("/new")
@members_only
def new() -> ResponseReturnValue:
    """Let one choose the activity that is missing; then ask for the words."""
    chosen = request.args.get("activity", type=number)
    if chosen is None:
        return _choices()
    person_id, now = current_person().id, clock.now()
    before = queries.latest(person_id, None, chosen)
    if before is not None and not queries.may_object_again(before, now):
        return redirect(f"/me/objections/{before.id}", code=303)
    one = missing.candidate(person_id, chosen, now)
    return _page(one, MissingForm(activity=str(chosen)))


@bp.post("")
@members_only
def create() -> ResponseReturnValue:
    """Report a missing activity."""
    person_id, form, now = current_person().id, MissingForm(request.form), clock.now()
    chosen = request.form.get("activity", 0, type=number)
    one = missing.candidate(person_id, chosen, now)
    if not form.validate():
        return _page(one, form), 422
    days = current_app.config["OBJECTION_DAYS"]
    with write_transaction():
        made = services.report_missing(one, person_id, form.said(), days=days, now=now)
        number_ = made.id
    said = _("Sent. You see here what becomes of it.")
    return htmx.done(f"/me/objections/{number_}", said)


@bp.get("/<int:objection_id>")
@members_only
def show(objection_id: int) -> str:
    """Show one of them: its state, its steps, and what can still be done."""
    case, now = queries.my(current_person().id, objection_id), clock.now()
    return render_template(
        "oversight/objections/show.html",
        case=case,
        now=now,
        notes=queries.notes(objection_id),
        found=_changed(case),
        words=words,
        add=WordsForm(),
        further=EscalationForm(),
    )


def _changed(case: queries.Case) -> Consequences | None:
    """Return what the answer changed, if it took an entry back."""
    number_ = case.objection.changed_entry_id
    return consequences.of([number_], clock.now()) if number_ else None


def _choices() -> str:
    form, person_id, now = SearchForm(request.args), current_person().id, clock.now()
    wish = form.wish() if form.validate() else missing.Search()
    found = missing.without_hours(person_id, now, wish)
    return render_template(
        "oversight/objections/choose.html",
        form=form,
        candidates=found,
        searched=any(wish),
        communities=organisations.community_names(),
        reach=missing.REACH.days,
    )


def _page(one: missing.Candidate, form: MissingForm) -> str:
    due = due_on(clock.now(), current_app.config["OBJECTION_DAYS"])
    return render_template("oversight/objections/missing.html", one=one, form=form, due=due)
