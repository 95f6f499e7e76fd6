"""道德评议会: who weighs a community's deeds, named by the community."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.people import queries as people
from volunteer_site.people.session import current_person
from volunteer_site.recognition.deeds import queries, services
from volunteer_site.recognition.deeds.forms import MemberForm
from volunteer_site.recognition.deeds.services.weighing import LEAST
from volunteer_site.recognition.deeds.views.desk import ADDRESS, DECIDERS

PANEL = f"{ADDRESS}/panels/<string:slug>"

bp = Blueprint("good_deed_panels", __name__, url_prefix=PANEL)
endings = Blueprint(
    "good_deed_panel_endings", __name__, url_prefix=f"{PANEL}/members/<int:member_id>/ending"
)


@bp.get("")
@role(*DECIDERS)
def show(slug: str) -> ResponseReturnValue:
    """Show who is on the panel, and find somebody to name."""
    return _page(_theirs(slug), request.args.get("q", "").strip()[:50], MemberForm())


@bp.post("/members")
@role(*DECIDERS)
def create(slug: str) -> ResponseReturnValue:
    """Name somebody who was found by these words."""
    place, form = _theirs(slug), MemberForm(request.form)
    words, chosen = request.form.get("q", "")[:50], request.form.get("person", 0, type=number)
    if not form.validate():
        return _page(place, words, form)
    person_id = people.found(current_person().paths(*DECIDERS), words, chosen).id
    by_id, place_id, capacity = current_person().id, place.id, form.capacity.data or ""
    with write_transaction():
        services.name(place_id, person_id, capacity, by_id=by_id, now=clock.now())
    return htmx.done(f"{ADDRESS}/panels/{slug}", _("Named. They find deeds under “To weigh”."))


@endings.post("", endpoint="create")
@role(*DECIDERS)
def end(slug: str, member_id: int) -> ResponseReturnValue:
    """Let a member go."""
    place_id, by_id = _theirs(slug).id, current_person().id
    with write_transaction():
        services.end(place_id, member_id, by_id=by_id, now=clock.now())
    return htmx.done(f"{ADDRESS}/panels/{slug}", _("They are no longer on the panel."))


def _theirs(slug: str) -> Organisation:
    return queries.community(current_person().paths(*DECIDERS), slug)


def _page(place: Organisation, words: str, form: MemberForm) -> ResponseReturnValue:
    members = queries.panel(place.id)
    seated = {one.person.id for one in members}
    paths = current_person().paths(*DECIDERS)
    page = render_template(
        "recognition/deeds/panel_members.html",
        place=place,
        members=members,
        least=LEAST,
        q=words,
        found=[one for one in people.search(paths, words) if one.id not in seated],
        form=form,
    )
    return make_response(page, 422 if form.errors else 200)
