"""A volunteer's own absences: the rule, the count, until when, and how to object (R16)."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import members_only
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.signups import settings
from volunteer_site.signups.absences import cases, queries, rule, services
from volunteer_site.signups.absences.forms import AppealForm

ADDRESS = "/me/absences"

bp = Blueprint("my_absences", __name__, url_prefix=ADDRESS)
appeals = Blueprint("my_appeals", __name__, url_prefix=f"{ADDRESS}/<int:no_show_id>/appeals")


@bp.get("")
@members_only
def show() -> ResponseReturnValue:
    """Show what counts, what follows from it, and what one can do."""
    return _page(AppealForm())


@appeals.post("")
@members_only
def create(no_show_id: int) -> ResponseReturnValue:
    """Object to one absence; the coordinator answers, after a refusal the office."""
    case, form = cases.of_person(current_person().id, no_show_id), AppealForm(request.form)
    if not form.validate():
        return _page(form, wrong=no_show_id)
    with write_transaction():
        services.appeal(case, form.words.data, now=clock.now())
    return htmx.done(ADDRESS, _("Sent. You see the answer here."))


def _page(form: AppealForm, *, wrong: int | None = None) -> ResponseReturnValue:
    person, now, terms = current_person(), clock.now(), settings.terms()
    today = dates.today(now)
    missed = queries.missed(person.id, today, terms)
    page = render_template(
        "signups/absences/mine.html",
        cases=cases.mine(person.id),
        counted=rule.counted(missed, today, terms),
        behind=queries.behind(person.id, now, terms),
        terms=terms,
        since=rule.first_day(today, terms) if terms.on else None,
        form=form,
        wrong=wrong,
    )
    return page, 422 if wrong else 200
