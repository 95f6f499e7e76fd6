"""The steps of a case: to the panel, on notice, on the board; refused, taken back, taken down."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.recognition.deeds import services
from volunteer_site.recognition.deeds.forms import ReasonForm
from volunteer_site.recognition.deeds.views.desk import ADDRESS, DECIDERS, ONE, case_of, page

weighings = Blueprint("good_deed_weighings", __name__, url_prefix=f"{ONE}/weighing")
notices = Blueprint("good_deed_notices", __name__, url_prefix=f"{ONE}/notice")
publications = Blueprint("good_deed_publications", __name__, url_prefix=f"{ONE}/publication")
refusals = Blueprint("good_deed_refusals", __name__, url_prefix=f"{ONE}/refusal")
returns = Blueprint("good_deed_returns", __name__, url_prefix=f"{ONE}/return")
takedowns = Blueprint("good_deed_takedowns", __name__, url_prefix=f"{ONE}/takedown")


@weighings.post("", endpoint="create")
@role(*DECIDERS)
def begin(deed_id: int) -> ResponseReturnValue:
    """Hand it to the panel."""
    case_of(deed_id)
    with write_transaction():
        services.begin(deed_id, by_id=current_person().id, now=clock.now())
    said = _("The panel weighs it now; its members find it under “To weigh”.")
    return htmx.done(f"{ADDRESS}/{deed_id}", said)


@notices.post("", endpoint="create")
@role(*DECIDERS)
def put_on_notice(deed_id: int) -> ResponseReturnValue:
    """Put it on public notice."""
    case_of(deed_id)
    with write_transaction():
        services.put_on_notice(deed_id, by_id=current_person().id, now=clock.now())
    said = _("It is on public notice now. Afterwards you put it on the board here.")
    return htmx.done(f"{ADDRESS}/{deed_id}", said)


@publications.post("", endpoint="create")
@role(*DECIDERS)
def publish(deed_id: int) -> ResponseReturnValue:
    """Put it on the board."""
    case_of(deed_id)
    with write_transaction():
        number = services.publish(deed_id, by_id=current_person().id, now=clock.now())
    said = _("It is on the board as no. %(number)s.", number=number)
    return htmx.done(f"{ADDRESS}/{deed_id}", said)


@refusals.post("", endpoint="create")
@role(*DECIDERS)
def refuse(deed_id: int) -> ResponseReturnValue:
    """Do not take it up, with a reason."""
    case, form = case_of(deed_id), ReasonForm(request.form).called("refusal")
    if not form.validate():
        return page(case, refusal=form)
    reason, by_id = form.reason.data or "", current_person().id
    with write_transaction():
        services.refuse(deed_id, reason, by_id=by_id, now=clock.now())
    return htmx.done(ADDRESS, _("Not taken up. Whoever told it can read why."))


@returns.post("", endpoint="create")
@role(*DECIDERS)
def take_back(deed_id: int) -> ResponseReturnValue:
    """Take it back to put its words right; it is weighed anew."""
    case, form = case_of(deed_id), ReasonForm(request.form).called("return")
    if not form.validate():
        return page(case, taking_back=form)
    reason, by_id = form.reason.data or "", current_person().id
    with write_transaction():
        services.take_back(deed_id, reason, by_id=by_id, now=clock.now())
    said = _("Taken back. Put it right, then hand it to the panel again.")
    return htmx.done(f"{ADDRESS}/{deed_id}", said)


@takedowns.post("", endpoint="create")
@role(*DECIDERS)
def take_down(deed_id: int) -> ResponseReturnValue:
    """Take it off the board, with a reason that everybody reads."""
    case, form = case_of(deed_id), ReasonForm(request.form).called("takedown")
    if not form.validate():
        return page(case, takedown=form)
    reason, by_id = form.reason.data or "", current_person().id
    with write_transaction():
        services.take_down(deed_id, reason, by_id=by_id, now=clock.now())
    return htmx.done(f"{ADDRESS}/{deed_id}", _("Taken down. Its address says since when and why."))
