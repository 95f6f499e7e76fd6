"""What waits for a second person: with its evidence, one tap to agree, a reason to refuse."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.attendance.late import approvals
from volunteer_site.core import clock, htmx
from volunteer_site.core.access import acting, role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.held.models import Decision
from volunteer_site.hours.held.rules import Answer, NoReason
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

desk = Blueprint("desk_approvals", __name__, url_prefix="/desk/approvals")
office = Blueprint("office_approvals", __name__, url_prefix="/office/approvals")


@dataclass(frozen=True)
class Again:
    """A refusal without a reason, to be written out."""

    name: str
    words: str
    error: str


@desk.get("", endpoint="index")
@role(RoleName.COORDINATOR)
def of_desk() -> str:
    """Show what waits at the coordinator's communities."""
    return _page(RoleName.COORDINATOR)


@office.get("", endpoint="index")
@role(RoleName.OFFICER)
def of_office() -> str:
    """Show what waits in the district."""
    return _page(RoleName.OFFICER)


def settle(name: str, decide: Callable[[Answer], bool]) -> ResponseReturnValue:
    """Let `decide` keep the decision that was sent, and go back to the list.

    A refusal without a reason shows the page once more, with what is missing beside the field of
    `name`, as approvals.Item names it.
    """
    decision = request.form.get("decision", "")
    if decision not in set(Decision):
        abort(400)
    answer = Answer(Decision(decision), request.form.get("answer", "").strip()[:300])
    try:
        with write_transaction():
            first = decide(answer)
    except NoReason as refusal:
        wrong = Again(name, answer.words, str(refusal))
        return _page(_acting_as(), wrong), refusal.status
    return _decided(answer.decision, first=first)


def _decided(decision: str, *, first: bool) -> ResponseReturnValue:
    words, tone = _("It was decided so before; nothing has changed."), "info"
    if first:
        tone = "good"
        words = _("Refused. The volunteer reads the reason.")
        if decision == Decision.GRANTED:
            words = _("Granted.")
    return htmx.done(_address(_acting_as()), words, tone)


def _page(name: str, wrong: Again | None = None) -> str:
    paths = current_person().paths(name)
    return render_template(
        "attendance/late/approvals.html",
        items=approvals.waiting(paths, acting()),
        decided=approvals.decided(paths, clock.now()),
        here=_address(name),
        wrong=wrong,
    )


def _acting_as() -> str:
    """Return as what somebody decides: as the page says they came from, if they may."""
    office_first = request.form.get("at") == "office"
    names = [RoleName.OFFICER, RoleName.COORDINATOR]
    names = names if office_first else names[::-1]
    return next(name for name in names if current_person().has_role(name))


def _address(name: str) -> str:
    return "/office/approvals" if name == RoleName.OFFICER else "/desk/approvals"
