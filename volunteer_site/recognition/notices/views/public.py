"""What is on public notice, for everybody; objecting needs no log-in."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import public
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.recognition.notices import parts, queries, services
from volunteer_site.recognition.notices.forms import ObjectionForm
from volunteer_site.recognition.notices.services import Sender

bp = Blueprint("notices", __name__, url_prefix="/notices")
objections = Blueprint(
    "notice_objections", __name__, url_prefix="/notices/<int:notice_id>/objections"
)


@bp.get("")
@public
def index() -> str:
    """List what is on notice now, and what was lately."""
    return render_template(
        "recognition/notices/index.html",
        running=queries.running(),
        closed=queries.closed_lately(),
        today=dates.today(clock.now()),
    )


@bp.get("/<int:notice_id>")
@public
def show(notice_id: int) -> str:
    """Show what is proposed, until when one can object, and what was objected and answered."""
    return _page(notice_id, ObjectionForm())


@objections.post("")
@public
def create(notice_id: int) -> ResponseReturnValue:
    """Take an objection."""
    queries.get(notice_id)
    form = ObjectionForm(request.form)
    if not form.validate():
        return _page(notice_id, form), 422
    per_hour = current_app.config["NOTICE_OBJECTIONS_PER_HOUR"]
    sender = Sender(request.remote_addr or "", str(current_app.secret_key), per_hour)
    with write_transaction():
        number = services.object_to(notice_id, form.text.data or "", sender, now=clock.now())
    said = _("Taken as objection no. %(number)s. The answer will be on this page.", number=number)
    return htmx.done(f"/notices/{notice_id}", said)


def _page(notice_id: int, form: ObjectionForm) -> str:
    notice = queries.get(notice_id)
    return render_template(
        "recognition/notices/show.html",
        notice=notice,
        organisation=organisations.get(notice.organisation_id),
        proposed=parts.of(notice),
        objections=queries.objections(notice_id),
        over=queries.is_over(notice, dates.today(clock.now())),
        form=form,
    )
