"""The service window: a certificate for somebody who asks there, and cannot ask on line."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people import queries as people
from volunteer_site.people.session import current_person
from volunteer_site.recognition.certificates import drafts, queries, services, settings, wording
from volunteer_site.recognition.certificates.forms import AskForm
from volunteer_site.recognition.certificates.views.desk import ADDRESS, ROLES, paths
from volunteer_site.recognition.certificates.views.mine import filled, preview

PEOPLE = f"{ADDRESS}/people"

bp = Blueprint("certificate_people", __name__, url_prefix=PEOPLE)
one = Blueprint("window_certificates", __name__, url_prefix=f"{PEOPLE}/<int:person_id>")


@bp.get("")
@role(*ROLES)
def index() -> str:
    """Find whoever stands there among those whose hours one's communities have recorded."""
    words = request.args.get("q", "").strip()[:50]
    found = [one for one in drafts.served(paths(), words) if one.id != current_person().id]
    return render_template("recognition/certificates/people.html", q=words, found=found)


@one.get("")
@role(*ROLES)
def show(person_id: int) -> ResponseReturnValue:
    """Ask for the days, show what will be on it, and what was issued to them before."""
    recorders = _recorders(person_id)
    form, chosen = filled(recorders)
    return _page(person_id, form, recorders, chosen=chosen)


@one.post("")
@role(*ROLES)
def create(person_id: int) -> ResponseReturnValue:
    """Issue it, to be printed and handed over."""
    recorders = _recorders(person_id)
    form = AskForm(request.form).offer(recorders, dates.today(clock.now()))
    if not form.validate():
        return _page(person_id, form, recorders)
    key, by_id = settings.key(), current_person().id
    days, document = form.days(person_id), form.document(key)
    with write_transaction():
        made = services.issue_for(days, document, key, by_id=by_id, now=clock.now())
        said = _("Issued: no. %(number)s.", number=wording.spoken(made.number))
    return htmx.done(f"{PEOPLE}/{person_id}", said)


def _recorders(person_id: int) -> list[drafts.Recorder]:
    """Return which of one's communities recorded hours of somebody; NotFound if none (R32, R56)."""
    found = drafts.recorders(person_id, paths())
    if not found:
        raise NotFound(
            _("There is no such person, or your communities have recorded no hours of theirs."),
            link=(PEOPLE, _("Find somebody else")),
        )
    return found


def _page(
    person_id: int, form: AskForm, recorders: list[drafts.Recorder], *, chosen: bool = True
) -> ResponseReturnValue:
    by_id, shown = current_person().id, chosen and form.knows_days()
    page = render_template(
        "recognition/certificates/window.html",
        person=people.get(person_id),
        form=form,
        recorders=recorders,
        preview=preview(form.days(person_id), by_id) if shown else None,
        register=queries.issued_to(paths(), person_id),
        spaced=wording.spoken,
    )
    return (page, 422) if form.errors else page
