"""The late entries of one activity: what was asked for, and asking for another."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity
from volunteer_site.attendance import candidates, settings
from volunteer_site.attendance import queries as door
from volunteer_site.attendance.late import deadlines, queries, refusals, rules, services
from volunteer_site.attendance.late.forms import LateForm
from volunteer_site.attendance.late.rules import Wish
from volunteer_site.attendance.queries import Roster
from volunteer_site.attendance.views.panel import theirs
from volunteer_site.core import clock, htmx, uploads
from volunteer_site.core.access import acting, role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.people import queries as people
from volunteer_site.people.models import Person, RoleName
from volunteer_site.people.session import current_person

bp = Blueprint(
    "late_entries", __name__, url_prefix="/desk/activities/<int:activity_id>/late-entries"
)


@bp.get("")
@role(RoleName.COORDINATOR)
def index(activity_id: int) -> str:
    """Show what was entered late for this activity, and what became of it."""
    activity = theirs(activity_id)
    return render_template(
        "attendance/late/index.html",
        activity=activity,
        lines=queries.of_activity(activity_id),
        refusal=_refusal(activity, clock.now()),
        last_day=deadlines.last_day(activity.ends_at),
    )


@bp.get("/new")
@role(RoleName.COORDINATOR)
def new(activity_id: int) -> ResponseReturnValue:
    """Choose somebody, then say from when to when they were there."""
    activity = theirs(activity_id)
    roster, words = door.roster(activity_id), request.args.get("q", "").strip()[:50]
    chosen = request.args.get("person", 0, type=number)
    person = _chosen(activity_id, roster, words, chosen) if chosen else None
    form = LateForm(None, activities.shifts(activity_id))
    return _page(activity, form, person, roster=roster, words=words)


@bp.post("")
@role(RoleName.COORDINATOR)
@uploads.takes_uploads
def create(activity_id: int) -> ResponseReturnValue:
    """Ask for somebody to be entered; a second person decides."""
    activity = theirs(activity_id)
    rules.allow(activity, clock.now(), settings.hours())
    words, chosen = request.form.get("q", "")[:50], request.form.get("person", 0, type=number)
    person = _chosen(activity_id, door.roster(activity_id), words, chosen)
    given = CombinedMultiDict[str, Any]([request.form, request.files])
    form = LateForm(given, activities.shifts(activity_id))
    if not form.validate() or not _ask(activity, form, person):
        return _page(activity, form, person, words=words, status=422)
    said = _("Asked for. It counts once a second person has agreed; until then it is in no sum.")
    return htmx.done(f"/desk/activities/{activity_id}/late-entries", said)


def _ask(activity: Activity, form: LateForm, person: Person) -> bool:
    """Ask with what the form says; write beside its fields what cannot be, and return False."""
    wish = Wish(
        person.id,
        form.shift,
        form.moment(form.came.data),
        form.moment(form.left.data),
        (form.reason.data or "").strip(),
        "",
    )
    try:
        rules.check(activity, wish, acting().id)
        wish = replace(wish, evidence=uploads.take(request.files.get("evidence")))
        with write_transaction():
            services.ask(activity.id, wish, acting(), hours=settings.hours(), now=clock.now())
    except refusals.Unbelievable as refusal:
        form[refusal.field].errors = [str(refusal)]
    except uploads.Unfit as refusal:
        form.evidence.errors = [str(refusal)]
    return not form.errors


def _chosen(activity_id: int, roster: Roster, words: str, person_id: int) -> Person:
    """Return somebody on the list, or one found by these words; raises NotFound (R56)."""
    listed = {line.coming.person_id for line in roster.lines}
    if person_id in listed:
        return people.get(person_id)
    return candidates.chosen(activity_id, _paths(), words, person_id)


def _page(  # noqa: PLR0913 -- what the page shows
    activity: Activity,
    form: LateForm,
    person: Person | None,
    *,
    roster: Roster | None = None,
    words: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    searched = candidates.found(activity.id, _paths(), words) if words and not person else []
    page = render_template(
        "attendance/late/new.html",
        activity=activity,
        form=form,
        person=person,
        absent=[line.coming for line in roster.lines if not line.came] if roster else [],
        found=searched,
        words=words,
        refusal=_refusal(activity, clock.now()),
        last_day=deadlines.last_day(activity.ends_at),
    )
    return page, status


def _refusal(activity: Activity, now: datetime) -> Refusal | None:
    """Return why nothing can be entered late for this activity now."""
    try:
        rules.allow(activity, now, settings.hours())
    except Refusal as refusal:
        return refusal
    return None


def _paths() -> tuple[str, ...]:
    return current_person().paths(RoleName.COORDINATOR)
