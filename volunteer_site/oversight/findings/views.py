"""Proven false: choose entries, see what rests on them, confirm; what changed is kept (R30)."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.oversight import consequences, words
from volunteer_site.oversight.complaints import queries as complaints
from volunteer_site.oversight.complaints.models import Complaint
from volunteer_site.oversight.findings import queries, services
from volunteer_site.oversight.findings.forms import FindingForm
from volunteer_site.people import queries as people
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/office/findings"

bp = Blueprint("findings", __name__, url_prefix=ADDRESS)
blueprints = (bp,)


@bp.get("")
@role(RoleName.OFFICER)
def index() -> str:
    """List what was found to be false."""
    found = queries.listed(_paths())
    return render_template("oversight/findings/index.html", found=found)


@bp.get("/new")
@role(RoleName.OFFICER)
def new() -> str:
    """Let one choose entries; with some chosen, show what rests on them and ask why."""
    chosen = request.args.getlist("entry", type=number)
    if chosen:
        return _confirm(queries.chosen(_paths(), chosen), FindingForm())
    return _choose()


@bp.post("")
@role(RoleName.OFFICER)
def create() -> ResponseReturnValue:
    """Take the entries back, and lead to the list of what changed."""
    chosen = queries.chosen(_paths(), request.form.getlist("entry", type=number) or [0])
    form, complaint = FindingForm(request.form), _complaint()
    if not form.validate():
        return _confirm(chosen, form), 422
    numbers, by_id = [one.number for one in chosen], current_person().id
    recorder = chosen[0].recorder_id
    with write_transaction():
        proof = services.Proof(form.reason.data or "", complaint)
        made = services.prove(numbers, recorder, proof, by_id=by_id, now=clock.now())
    return htmx.done(f"{ADDRESS}/{made}", _("Taken back. What changed is kept here."))


@bp.get("/<int:finding_id>")
@role(RoleName.OFFICER)
def show(finding_id: int) -> str:
    """Show what was found and everything that changed, to read and to print."""
    finding, by, district = queries.through(_paths(), finding_id)
    return render_template(
        "oversight/findings/show.html",
        finding=finding,
        by=by,
        district=district,
        found=queries.kept(finding),
    )


def _paths() -> tuple[str, ...]:
    return current_person().paths(RoleName.OFFICER)


def _complaint() -> Complaint | None:
    """Return the complaint that led here, if one did and the officer may see it."""
    given = request.values.get("complaint", type=number)
    return complaints.through(_paths(), current_person().id, given) if given else None


def _choose() -> str:
    paths, looked_for = _paths(), (request.args.get("q") or "").strip()[:50]
    activity, person = (request.args.get(name, type=number) for name in ("activity", "person"))
    choices: list[queries.Choice] = []
    if activity is not None:
        choices = queries.of_activity(paths, activity)
    elif person is not None:
        choices = queries.of_person(paths, person)
    elif looked_for.isascii() and looked_for.isdecimal():
        choices = queries.of_number(paths, number(looked_for))
    return render_template(
        "oversight/findings/choose.html",
        q=looked_for,
        asked=bool(looked_for or activity or person),
        choices=choices,
        people=people.search(paths, looked_for) if looked_for and not choices else [],
        complaint=_complaint(),
        words=words,
    )


def _confirm(chosen: list[queries.Choice], form: FindingForm) -> str:
    return render_template(
        "oversight/findings/confirm.html",
        chosen=chosen,
        form=form,
        found=consequences.of([one.number for one in chosen], clock.now()),
        complaint=_complaint(),
        words=words,
    )
