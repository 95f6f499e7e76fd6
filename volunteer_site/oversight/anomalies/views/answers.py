"""What the office does with a finding: fine, ask, or take hours back; always somebody decides."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import ngettext
from volunteer_site.oversight import consequences
from volunteer_site.oversight.anomalies import entries, services, words
from volunteer_site.oversight.anomalies.entries import Entry
from volunteer_site.oversight.anomalies.forms import FineForm, ReversalForm
from volunteer_site.oversight.anomalies.queries import Case
from volunteer_site.oversight.anomalies.services import Hand
from volunteer_site.oversight.anomalies.views.office import ADDRESS, page, theirs
from volunteer_site.oversight.questions.forms import QuestionForm
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ONE = f"{ADDRESS}/<int:anomaly_id>"

clearances = Blueprint("anomaly_clearances", __name__, url_prefix=f"{ONE}/clearance")
questions = Blueprint("anomaly_asked", __name__, url_prefix=f"{ONE}/question")
reversals = Blueprint("anomaly_reversals", __name__, url_prefix=f"{ONE}/reversal")


@clearances.post("", endpoint="create")
@role(RoleName.OFFICER)
def call_fine(anomaly_id: int) -> ResponseReturnValue:
    """Say that nothing is wrong with it."""
    case, form = theirs(anomaly_id), FineForm(request.form)
    if not form.validate():
        return page(case, fine=form), 422
    with write_transaction():
        services.call_fine(anomaly_id, form.words.data or "", _hand())
    return htmx.done(ADDRESS, _("Noted that nothing is wrong. This is not found again."))


@questions.post("", endpoint="create")
@role(RoleName.OFFICER)
def ask(anomaly_id: int) -> ResponseReturnValue:
    """Ask the community's coordinators."""
    case, form = theirs(anomaly_id), QuestionForm(request.form)
    if not form.validate():
        return page(case, question=form), 422
    days = current_app.config["QUESTION_DAYS"]
    with write_transaction():
        services.ask(anomaly_id, form.words.data or "", _hand(), days=days)
    said = _("Asked. %(community)s sees the question at its desk.", community=case.community)
    return htmx.done(f"{ADDRESS}/{anomaly_id}", said)


@reversals.get("")
@role(RoleName.OFFICER)
def new(anomaly_id: int) -> ResponseReturnValue:
    """Show which entries would be taken back and what rests on them; ask why."""
    return _page(theirs(anomaly_id), ReversalForm())


@reversals.post("")
@role(RoleName.OFFICER)
def create(anomaly_id: int) -> ResponseReturnValue:
    """Take the chosen entries back."""
    case = theirs(anomaly_id)
    form = ReversalForm(request.form).offer(entries.standing_of(case.anomaly), _label)
    if not form.validate():
        return _page(case, form), 422
    with write_transaction():
        chosen, reason = set(form.entries.data or ()), form.reason.data or ""
        count = services.reverse(anomaly_id, chosen, reason, _hand())
    said = ngettext("%(num)s entry taken back.", "%(num)s entries taken back.", count)
    return htmx.done(f"{ADDRESS}/{anomaly_id}", said)


def _hand() -> Hand:
    return Hand(current_person().id, clock.now())


def _label(row: Entry) -> str:
    return _(
        "%(person)s · %(title)s · %(moment)s · %(minutes)s minutes · entry %(number)s",
        person=row.person,
        title=row.title,
        moment=dates.show_moment(row.started_at),
        minutes=row.minutes,
        number=row.number,
    )


def _page(case: Case, form: ReversalForm) -> str:
    rows = entries.standing_of(case.anomaly)
    if not form.entries.choices:
        form.offer(rows, _label)
        form.entries.data = [row.number for row in rows]
    return render_template(
        "oversight/anomaly_reversal.html",
        case=case,
        rows=rows,
        form=form,
        found=consequences.of([row.number for row in rows], clock.now()),
        words=words,
    )
