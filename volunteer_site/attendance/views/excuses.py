"""请假 in one tap: from the roster, the closing, the page of one person, the list of absences."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.attendance import services
from volunteer_site.attendance.forms import ExcuseForm
from volunteer_site.attendance.views.panel import panel, theirs
from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/desk/activities/<int:activity_id>/excuses"

bp = Blueprint("excuses", __name__, url_prefix=ADDRESS)
undoings = Blueprint("excuse_undoings", __name__, url_prefix=ADDRESS)


class TooLong(Refusal):
    """A reason is a sentence."""

    status = 422


@bp.post("")
@role(RoleName.COORDINATOR)
def create(activity_id: int) -> ResponseReturnValue:
    """Excuse somebody who cannot come; after the closing with a reason."""
    theirs(activity_id)
    form = ExcuseForm(request.form)
    if not form.validate():
        raise TooLong(" ".join(word for words in form.errors.values() for word in words))
    person_id, reason, by_id = _person_id(), form.reason.data or "", current_person().id
    with write_transaction():
        services.excuse(activity_id, person_id, reason, by_id=by_id, now=clock.now())
    return _answer(activity_id, person_id, _("Excused. It is not counted as an absence."))


@undoings.post("/undoing", endpoint="create")
@role(RoleName.COORDINATOR)
def take_back(activity_id: int) -> ResponseReturnValue:
    """Take an excuse back."""
    theirs(activity_id)
    person_id = _person_id()
    with write_transaction():
        services.take_back(activity_id, person_id, by_id=current_person().id, now=clock.now())
    return _answer(activity_id, person_id, _("The excuse is taken back."))


def _answer(activity_id: int, person_id: int, words: str) -> ResponseReturnValue:
    """Answer with the person's row at the door, or lead back to the page it was said on."""
    if htmx.asked():
        door = panel(theirs(activity_id), clock.now())
        line = door.roster.of(person_id)
        return render_template("attendance/excuse.htmx.html", door=door, line=line, message="")
    here = f"/desk/activities/{activity_id}"
    back = {
        "closing": f"{here}/closing",
        "person": f"{here}/people/{person_id}",
        "absences": "/desk/absences",
    }
    return htmx.done(back.get(request.form.get("to", ""), f"{here}/door#row-{person_id}"), words)


def _person_id() -> int:
    return request.form.get("person_id", 0, type=number)
