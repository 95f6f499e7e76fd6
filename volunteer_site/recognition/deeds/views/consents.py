"""That somebody without an account agrees to be shown, as the community has it on paper."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.recognition.deeds import services
from volunteer_site.recognition.deeds.forms import ConsentForm
from volunteer_site.recognition.deeds.services.consents import Agreed
from volunteer_site.recognition.deeds.views.desk import ADDRESS, DECIDERS, ONE, case_of, page

bp = Blueprint("good_deed_consents", __name__, url_prefix=f"{ONE}/consents")
withdrawals = Blueprint(
    "good_deed_consent_withdrawals",
    __name__,
    url_prefix=f"{ONE}/consents/<int:consent_id>/withdrawal",
)


@bp.post("")
@role(*DECIDERS)
def create(deed_id: int) -> ResponseReturnValue:
    """Write down what they agree to."""
    case, form = case_of(deed_id), ConsentForm(request.form)
    if not form.validate():
        return page(case, consent_form=form)
    agreed = Agreed(form.kind.data, form.given_by.data, form.how.data or "")
    with write_transaction():
        services.record_consent(deed_id, agreed, by_id=current_person().id, now=clock.now())
    return htmx.done(f"{ADDRESS}/{deed_id}", _("Written down. Keep the paper."))


@withdrawals.post("", endpoint="create")
@role(*DECIDERS)
def withdraw(deed_id: int, consent_id: int) -> ResponseReturnValue:
    """Write down that they took it back; the site stops showing it at once."""
    case_of(deed_id)
    by_id = current_person().id
    with write_transaction():
        services.withdraw_consent(deed_id, consent_id, by_id=by_id, now=clock.now())
    return htmx.done(f"{ADDRESS}/{deed_id}", _("Taken back. The site no longer shows it."))
