"""A person's own designs: drawing one, changing it while it waits, taking it back."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx, uploads
from volunteer_site.core.access import members_only
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.recognition.designs import forms, queries, services, words
from volunteer_site.recognition.designs.views import pages

ADDRESS = "/me/designs"

bp = Blueprint("my_designs", __name__, url_prefix=ADDRESS)
withdrawals = Blueprint(
    "design_withdrawals", __name__, url_prefix=f"{ADDRESS}/<int:design_id>/withdrawal"
)


@bp.get("")
@members_only
def index() -> str:
    """List what the visitor has designed, and what became of each."""
    cases = queries.mine(current_person().id)
    return render_template("recognition/designs/mine.html", cases=cases, words=words)


@bp.get("/new")
@members_only
def new() -> ResponseReturnValue:
    """Begin a badge, or begin with one of one's own (`like=<n>`)."""
    person, like = current_person(), request.args.get("like", type=number)
    if like is not None:
        return pages.page(pages.filled(**forms.of(queries.my(person.id, like).design)))
    return pages.page(pages.filled(**forms.beginning(person.community_id)))


@bp.post("")
@members_only
@uploads.takes_uploads
def create() -> ResponseReturnValue:
    """Propose it."""
    form = pages.filled()
    wrong = pages.receive(form)
    if not form.validate() or wrong:
        return pages.page(form, status=422, wrong=wrong)
    with write_transaction():
        made = services.propose(current_person().id, form.wish(), clock.now()).id
    said = _("Proposed. You see here what becomes of it.")
    return htmx.done(f"{ADDRESS}/{made}", said)


@bp.get("/<int:design_id>")
@members_only
def show(design_id: int) -> str:
    """Show one of the visitor's designs, what became of it, and what can be done with it."""
    case = queries.my(current_person().id, design_id)
    return render_template(
        "recognition/designs/show.html",
        case=case,
        words=words,
        designer=queries.designer(case.design, dates.today(clock.now())),
    )


@bp.get("/<int:design_id>/edit")
@members_only
def edit(design_id: int) -> ResponseReturnValue:
    """Open the designer with a design that waits."""
    design = queries.my(current_person().id, design_id).design
    services.refuse_over(design)
    return pages.page(pages.filled(**forms.of(design)), design)


@bp.post("/<int:design_id>")
@members_only
@uploads.takes_uploads
def update(design_id: int) -> ResponseReturnValue:
    """Change it."""
    design, form = queries.my(current_person().id, design_id).design, pages.filled()
    wrong = pages.receive(form)
    if not form.validate() or wrong:
        return pages.page(form, design, status=422, wrong=wrong)
    with write_transaction():
        services.change(design_id, form.wish(), clock.now())
    return htmx.done(f"{ADDRESS}/{design_id}", _("Changed."))


@withdrawals.post("", endpoint="create")
@members_only
def withdraw(design_id: int) -> ResponseReturnValue:
    """Take it back."""
    queries.my(current_person().id, design_id)
    with write_transaction():
        services.withdraw(design_id, clock.now())
    return htmx.done(f"{ADDRESS}/{design_id}", _("Withdrawn. Nobody looks at it any more."))
