"""What one can say beside every entry of one's own hours: that it is wrong (R27)."""

from flask import Blueprint, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import members_only
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.oversight import evidence, words
from volunteer_site.oversight.deadlines import due_on
from volunteer_site.oversight.objections import queries, services
from volunteer_site.oversight.objections.forms import ObjectionForm
from volunteer_site.people.session import current_person

bp = Blueprint("entry_objections", __name__, url_prefix="/me/hours/<int:entry_id>/objection")


@bp.get("")
@members_only
def new(entry_id: int) -> ResponseReturnValue:
    """Ask what is wrong; lead to the objection if there is one that is not over."""
    about, now = _mine(entry_id), clock.now()
    before = queries.latest(about.person_id, entry_id, about.activity_id)
    if before is not None and not queries.may_object_again(before, now):
        return redirect(f"/me/objections/{before.id}", code=303)
    return _page(about, ObjectionForm(wish=request.args.get("wish")))


@bp.post("")
@members_only
def create(entry_id: int) -> ResponseReturnValue:
    """Object."""
    about, person_id = _mine(entry_id), current_person().id
    form = ObjectionForm(request.form)
    counted = evidence.of(about).counted
    form.counted = counted.minutes if counted else 0
    if not form.validate():
        return _page(about, form), 422
    days = current_app.config["OBJECTION_DAYS"]
    with write_transaction():
        made = services.object_to(entry_id, person_id, form.said(), days=days, now=clock.now())
        number = made.id
    words_ = _("Sent. You see here what becomes of it.")
    return htmx.done(f"/me/objections/{number}", words_)


def _mine(entry_id: int) -> evidence.Service:
    about = evidence.service(entry_id)
    if about is None or about.person_id != current_person().id:
        raise NotFound(_("There is no such entry of yours."))
    return about


def _page(about: evidence.Service, form: ObjectionForm) -> str:
    return render_template(
        "oversight/objections/entry.html",
        about=about,
        form=form,
        found=evidence.of(about),
        due=due_on(clock.now(), current_app.config["OBJECTION_DAYS"]),
        words=words,
    )
