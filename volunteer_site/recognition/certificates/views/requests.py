"""What one asked for and takes back, and a new certificate in place of a void one."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import members_only
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.recognition.certificates import queries, requests, services, settings
from volunteer_site.recognition.certificates.views.mine import ADDRESS, answered

bp = Blueprint(
    "certificate_withdrawals",
    __name__,
    url_prefix=f"{ADDRESS}/requests/<int:request_id>/withdrawal",
)
successors = Blueprint(
    "certificate_successors",
    __name__,
    url_prefix=f"{ADDRESS}/<string:certificate_number>/successor",
)


@bp.post("")
@members_only
def create(request_id: int) -> ResponseReturnValue:
    """Take back what one asked for."""
    person_id = current_person().id
    if all(one.request.id != request_id for one in requests.of_person(person_id)):
        raise NotFound(_("You have not asked for such a certificate, or it was decided."))
    with write_transaction():
        services.withdraw(request_id, person_id, now=clock.now())
    return htmx.done(ADDRESS, _("Taken back."))


@successors.post("", endpoint="create")
@members_only
def renew(certificate_number: str) -> ResponseReturnValue:
    """Ask for a new one about the same days, with one tap."""
    person_id, key = current_person().id, settings.key()
    queries.mine(person_id, certificate_number)
    with write_transaction():
        found = queries.mine(person_id, certificate_number)
        made = services.renew(found, key, now=clock.now())
        number = made.number if made else None
    return answered(number)
