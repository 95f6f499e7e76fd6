"""A volunteer's own stars: how far they have come, applying, and what became of it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import members_only
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people import queries as people
from volunteer_site.people.session import current_person
from volunteer_site.recognition.notices import queries as notices
from volunteer_site.recognition.stars import holders, queries, services
from volunteer_site.recognition.stars.forms import ApplicationForm

ADDRESS = "/me/stars"

bp = Blueprint("my_stars", __name__, url_prefix=ADDRESS)
withdrawals = Blueprint(
    "star_withdrawals", __name__, url_prefix=f"{ADDRESS}/<int:star_id>/withdrawal"
)


@bp.get("")
@members_only
def index() -> str:
    """Show the stars held, the way to the next one, and every application."""
    person, now = current_person(), clock.now()
    cases = queries.of_person(person.id)
    waiting = next((case for case in cases if case.state in {"applied", "noticed"}), None)
    noticed = waiting.application.notice_id if waiting else None
    return render_template(
        "recognition/stars/mine.html",
        star=queries.way(person.id, now),
        levels=queries.levels(),
        held=[case for case in cases if case.state == "awarded"],
        waiting=waiting,
        notice=notices.get(noticed) if noticed else None,
        over=[case for case in cases if case.state in {"refused", "withdrawn", "revoked"}],
        reasons=queries.reasons([case.application.id for case in cases]),
        bar=queries.barred(person.id, dates.today(now)),
        shown=holders.shown_name(people.get(person.id), now),
    )


@bp.post("")
@members_only
def create() -> ResponseReturnValue:
    """Apply for the next star."""
    form = ApplicationForm(request.form)
    if not form.validate():
        return htmx.done(ADDRESS, _("Choose the star on this page."), "warn")
    with write_transaction():
        services.apply(current_person().id, form.level.data, clock.now())
    return htmx.done(ADDRESS, _("Your application is with your community."))


@withdrawals.post("", endpoint="create")
@members_only
def withdraw(star_id: int) -> ResponseReturnValue:
    """Take the application back."""
    with write_transaction():
        services.withdraw(current_person().id, star_id, clock.now())
    return htmx.done(ADDRESS, _("Your application is withdrawn."))
