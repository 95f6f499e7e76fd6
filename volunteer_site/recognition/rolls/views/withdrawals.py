"""Taking a published roll back."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.recognition.rolls import services
from volunteer_site.recognition.rolls.forms import WithdrawalForm
from volunteer_site.recognition.rolls.models import MONTHLY
from volunteer_site.recognition.rolls.views.places import KIND, MAKERS, ROLL, Place, through

bp = Blueprint("roll_withdrawals", __name__, url_prefix=ROLL)


@bp.get("/withdrawal")
@bp.get(f"{KIND}/withdrawal")
@role(*MAKERS)
def new(month: str, slug: str, roll_kind: str = MONTHLY) -> ResponseReturnValue:
    """Ask why."""
    return _page(through(month, slug, roll_kind), WithdrawalForm())


@bp.post("/withdrawal")
@bp.post(f"{KIND}/withdrawal")
@role(*MAKERS)
def create(month: str, slug: str, roll_kind: str = MONTHLY) -> ResponseReturnValue:
    """Withdraw it; its address says since when and why."""
    place, form = through(month, slug, roll_kind), WithdrawalForm(request.form)
    if not form.validate():
        return _page(place, form), 422
    reason, by_id = form.reason.data or "", current_person().id
    with write_transaction():
        services.withdraw_roll(
            place.organisation, place.edition, reason, by_id=by_id, now=clock.now()
        )
    said = _("Withdrawn. Its address says why. You can prepare the month again.")
    return htmx.done(place.next_one, said)


def _page(place: Place, form: WithdrawalForm) -> str:
    if place.roll is None or place.roll.published_at is None:
        raise services.NotPublished(
            _("This roll is not published, so there is nothing to withdraw.")
        )
    return render_template("recognition/rolls/withdrawal.html", place=place, form=form)
