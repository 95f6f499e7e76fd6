"""Giving a place back, so that somebody who waits can have it."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock
from volunteer_site.core.access import members_only
from volunteer_site.core.db import write_transaction
from volunteer_site.people.session import current_person
from volunteer_site.signups import queries, services, settings
from volunteer_site.signups.forms import WithdrawalForm
from volunteer_site.signups.views import answers

bp = Blueprint("withdrawals", __name__, url_prefix=f"{answers.ADDRESS}/withdrawal")


@bp.post("")
@members_only
def create(activity_id: int) -> ResponseReturnValue:
    """Withdraw the visitor; after the free time is over only with a reason (R16)."""
    form, person = WithdrawalForm(request.form), current_person()
    if not form.validate():
        return answers.again(activity_id, form)

    with write_transaction():
        signup = queries.standing(person.id, activity_id)
        if signup is not None:
            free_until = signup.starts_at - settings.free_time()
            reason, terms = form.reason.data, settings.terms()
            services.withdraw(signup, reason, free_until=free_until, now=clock.now(), terms=terms)

    return answers.now_standing(activity_id)
