"""The community's side: what the office asks about records, and the answer."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.oversight.questions import queries, services
from volunteer_site.oversight.questions.forms import ReplyForm
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/desk/questions"

bp = Blueprint("questions", __name__, url_prefix=ADDRESS)
replies = Blueprint("question_replies", __name__, url_prefix=f"{ADDRESS}/<int:question_id>/reply")
blueprints = (bp, replies)


@bp.get("")
@role(RoleName.COORDINATOR)
def index() -> str:
    """List what the office asks."""
    found = queries.asked(current_person().paths(RoleName.COORDINATOR))
    return render_template("oversight/questions/index.html", asked=found, now=clock.now())


@bp.get("/<int:question_id>")
@role(RoleName.COORDINATOR)
def show(question_id: int) -> str:
    """Show one with the record it is about."""
    return _page(_asked(question_id), ReplyForm())


@replies.post("", endpoint="create")
@role(RoleName.COORDINATOR)
def reply(question_id: int) -> ResponseReturnValue:
    """Explain the record."""
    one, form = _asked(question_id), ReplyForm(request.form)
    if not form.validate():
        return _page(one, form), 422
    with write_transaction():
        text = form.words.data or ""
        services.reply(question_id, text, by_id=current_person().id, now=clock.now())
    return htmx.done(f"{ADDRESS}/{question_id}", _("Sent to the district office."))


def _asked(question_id: int) -> queries.Asked:
    return queries.through(current_person().paths(RoleName.COORDINATOR), question_id)


def _page(one: queries.Asked, form: ReplyForm) -> str:
    return render_template("oversight/questions/show.html", one=one, form=form)
