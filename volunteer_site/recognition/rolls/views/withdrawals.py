"""Taking a published roll back."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.recognition.rolls import queries, services
from volunteer_site.recognition.rolls.forms import WithdrawalForm
from volunteer_site.recognition.rolls.views.desk import ADDRESS, MAKERS

bp = Blueprint(
    "roll_withdrawals", __name__, url_prefix=f"{ADDRESS}/<month:month>/<string:slug>/withdrawal"
)


@bp.get("")
@role(*MAKERS)
def new(month: str, slug: str) -> ResponseReturnValue:
    """Ask why."""
    return _page(month, slug, WithdrawalForm())


@bp.post("")
@role(*MAKERS)
def create(month: str, slug: str) -> ResponseReturnValue:
    """Withdraw it; its address says since when and why."""
    person, form = current_person(), WithdrawalForm(request.form)
    organisation = queries.through(person, slug)
    if not form.validate():
        return _page(month, slug, form), 422
    with write_transaction():
        services.withdraw_roll(
            organisation, month, form.reason.data or "", by_id=person.id, now=clock.now()
        )
    said = _("Withdrawn. Its address says why. You can prepare the month again.")
    return htmx.done(f"{ADDRESS}/{month}/{slug}", said)


def _page(month: str, slug: str, form: WithdrawalForm) -> str:
    organisation = queries.through(current_person(), slug)
    roll = queries.standing(organisation.id, month)
    if roll is None or roll.published_at is None:
        raise services.NotPublished(
            _("This roll is not published, so there is nothing to withdraw.")
        )
    return render_template(
        "recognition/rolls/withdrawal.html",
        organisation=organisation,
        month=month,
        roll=roll,
        form=form,
    )
