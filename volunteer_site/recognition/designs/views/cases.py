"""What desk and office share: the list of designs, the page of one, and deciding about it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person
from volunteer_site.recognition.designs import queries, services, words
from volunteer_site.recognition.designs.forms import ApprovalForm, RefusalForm

DESK, OFFICE = "/desk", "/office"
ROLES = {DESK: RoleName.COORDINATOR, OFFICE: RoleName.OFFICER}


def listing(place: str) -> str:
    """List what waits for a decision by whoever looks, what waits for others, what is over."""
    cases = queries.at(current_person().paths(ROLES[place]))
    waits = [case for case in cases if case.design.state == "proposed"]
    return render_template(
        "recognition/designs/decide.html",
        mine=[case for case in waits if _theirs(case, place)],
        others=[case for case in waits if not _theirs(case, place)],
        over=[case for case in cases if case.design.state != "proposed"],
        place=place,
        words=words,
    )


def page(design_id: int, place: str, refusal: RefusalForm | None = None) -> str:
    """Show one with what its designer says about it, and what can be answered."""
    case = _case(design_id, place)
    design, own = case.design, case.design.person_id == current_person().id
    return render_template(
        "recognition/designs/case.html",
        case=case,
        place=place,
        refusal=refusal or RefusalForm(),
        seen=(design.changed_at or design.proposed_at).isoformat(),
        acts=design.state == "proposed" and not own,
        own=own,
        designer=queries.designer(design, dates.today(clock.now())),
        words=words,
    )


def approve(design_id: int, place: str) -> ResponseReturnValue:
    """Make it a badge."""
    _case(design_id, place)
    seen, by_id = ApprovalForm(request.form).moment(), current_person().id
    with write_transaction():
        made = services.approve(design_id, seen=seen, by_id=by_id, now=clock.now()).id
    said = _("Approved: it is a badge now, to be given by hand.")
    return htmx.done(f"{place}/badges/{made}", said)


def refuse(design_id: int, place: str) -> ResponseReturnValue:
    """Refuse it, with the reason."""
    _case(design_id, place)
    form, by_id = RefusalForm(request.form), current_person().id
    if not form.validate():
        return page(design_id, place, form), 422
    with write_transaction():
        services.refuse(design_id, form.reason.data or "", by_id=by_id, now=clock.now())
    return htmx.done(f"{place}/designs", _("Refused. The designer reads the reason."))


def _case(design_id: int, place: str) -> queries.Case:
    return queries.through(current_person().paths(ROLES[place]), design_id)


def _theirs(case: queries.Case, place: str) -> bool:
    """Tell whether whoever looks should decide: the desk for communities, the office above."""
    if case.design.person_id == current_person().id:
        return False
    return place == DESK or case.place.kind == Kind.DISTRICT
