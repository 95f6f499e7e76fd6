"""A certificate that waits: seen as it would be printed, issued or refused. And voiding by hand."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.recognition.certificates import (
    drafts,
    queries,
    requests,
    services,
    settings,
    wording,
)
from volunteer_site.recognition.certificates.documents import Document
from volunteer_site.recognition.certificates.forms import ReasonForm
from volunteer_site.recognition.certificates.queries import Found
from volunteer_site.recognition.certificates.requests import Waiting
from volunteer_site.recognition.certificates.services import issuing
from volunteer_site.recognition.certificates.views.desk import ADDRESS, ROLES, paths

REQUEST = f"{ADDRESS}/requests/<int:request_id>"

bp = Blueprint("certificate_requests", __name__, url_prefix=REQUEST)
approvals = Blueprint("certificate_approvals", __name__, url_prefix=f"{REQUEST}/approval")
refusals = Blueprint("certificate_refusals", __name__, url_prefix=f"{REQUEST}/refusal")
voidings = Blueprint(
    "certificate_voidings", __name__, url_prefix=f"{ADDRESS}/<string:certificate_number>/voiding"
)


@bp.get("")
@role(*ROLES)
def show(request_id: int) -> str:
    """Show what would be printed, and ask for the decision."""
    return _page(_waiting(request_id), ReasonForm())


@approvals.post("")
@role(*ROLES)
def create(request_id: int) -> ResponseReturnValue:
    """Issue it; not for oneself (R22)."""
    _waiting(request_id)
    key, by_id = settings.key(), current_person().id
    with write_transaction():
        made = services.approve(request_id, key, by_id=by_id, now=clock.now())
        said = _("Issued: no. %(number)s.", number=wording.spoken(made.number))
    return htmx.done(ADDRESS, said)


@refusals.post("", endpoint="create")
@role(*ROLES)
def refuse(request_id: int) -> ResponseReturnValue:
    """Refuse it with a reason."""
    waiting, form = _waiting(request_id), ReasonForm(request.form)
    if not form.validate():
        return _page(waiting, form), 422
    by_id = current_person().id
    with write_transaction():
        services.refuse(request_id, form.reason.data or "", by_id=by_id, now=clock.now())
    return htmx.done(ADDRESS, _("Refused. The volunteer reads the reason."))


@voidings.get("")
@role(*ROLES)
def new(certificate_number: str) -> str:
    """Ask why."""
    return _voiding(queries.through(paths(), certificate_number), ReasonForm())


@voidings.post("", endpoint="create")
@role(*ROLES)
def void(certificate_number: str) -> ResponseReturnValue:
    """Declare it void; whoever checks it reads the reason."""
    found, form = queries.through(paths(), certificate_number), ReasonForm(request.form)
    if not form.validate():
        return _voiding(found, form), 422
    by_id = current_person().id
    with write_transaction():
        fresh = queries.through(paths(), certificate_number)
        services.void(fresh, form.reason.data or "", by_id=by_id, now=clock.now())
    return htmx.done(ADDRESS, _("Void. Whoever checks it sees since when and why."))


def _waiting(request_id: int) -> Waiting:
    return requests.through(paths(), request_id)


def _page(waiting: Waiting, form: ReasonForm) -> str:
    asked, me = waiting.request, current_person().id
    before = queries.editions(waiting.days)
    draft = drafts.read(waiting.days)
    words = issuing.sheet_of(draft, before, by_id=me, now=clock.now())
    return render_template(
        "recognition/certificates/request.html",
        waiting=waiting,
        words=words,
        whose=issuing.whose_now(asked.person_id, Document(asked.document)),
        missing=wording.missing(words),
        mine=asked.person_id == me,
        form=form,
    )


def _voiding(found: Found, form: ReasonForm) -> str:
    return render_template(
        "recognition/certificates/voiding.html",
        found=found,
        form=form,
        spaced=wording.spoken,
        mine=found.certificate.person_id == current_person().id,
    )
