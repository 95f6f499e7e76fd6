"""For members of a panel: what there is to weigh, and saying yes or no with words."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx, uploads
from volunteer_site.core.access import members_only
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.recognition.deeds import concerned, queries, services, words
from volunteer_site.recognition.deeds.forms import VoteForm
from volunteer_site.recognition.deeds.queries import Case
from volunteer_site.recognition.deeds.services.weighing import Voice

ADDRESS = "/panel/good-deeds"

bp = Blueprint("panel_good_deeds", __name__, url_prefix=ADDRESS)
photos = Blueprint("panel_good_deed_photos", __name__, url_prefix=f"{ADDRESS}/<int:deed_id>/photo")
votes = Blueprint("good_deed_votes", __name__, url_prefix=f"{ADDRESS}/<int:deed_id>/vote")


@bp.get("")
@members_only
def index() -> str:
    """List what waits for one's voice, and what was weighed lately."""
    person = current_person()
    cases = queries.to_weigh(person.id, clock.now())
    given = queries.answers_of(person.id, [case.deed.id for case in cases])
    said = {case.deed.id: given.get((case.deed.id, case.deed.round)) for case in cases}
    waiting = [one for one in cases if one.state == "weighing" and not said[one.deed.id]]
    return render_template(
        "recognition/deeds/to_weigh.html",
        sits=bool(queries.panels_of(person.id)),
        waiting=waiting,
        weighed=[case for case in cases if case not in waiting],
        said=said,
        words=words,
    )


@bp.get("/<int:deed_id>")
@members_only
def show(deed_id: int) -> ResponseReturnValue:
    """Show a deed to weigh; what others said is shown to who has spoken."""
    return _page(_case(deed_id), VoteForm())


@photos.get("", endpoint="show")
@members_only
def photo(deed_id: int) -> ResponseReturnValue:
    """Hand out the photo to the panel."""
    case = _case(deed_id)
    if not case.deed.photo:
        raise NotFound(_("There is no photo here."))
    return uploads.send(case.deed.photo)


@votes.post("", endpoint="create")
@members_only
def vote(deed_id: int) -> ResponseReturnValue:
    """Say yes or no, with words."""
    case, form = _case(deed_id), VoteForm(request.form)
    if not form.validate():
        return _page(case, form)
    voice, person_id = Voice(form.answer.data, form.words.data or ""), current_person().id
    with write_transaction():
        services.vote(deed_id, person_id, voice, now=clock.now())
    return htmx.done(ADDRESS, _("Noted, thank you."))


def _case(deed_id: int) -> Case:
    return queries.for_panellist(current_person().id, deed_id)


def _page(case: Case, form: VoteForm) -> ResponseReturnValue:
    person, said = current_person(), queries.votes(case.deed)
    own = next((one.vote for one in said if one.vote.person_id == person.id), None)
    near = concerned.is_near(case.deed, person.id, person.name)
    spoke = own is not None and own.answer != "concerned"
    page = render_template(
        "recognition/deeds/weigh.html",
        case=case,
        deed=case.deed,
        own=own,
        near=near,
        said=said if spoke and not near else [],
        form=form,
        words=words,
    )
    return make_response(page, 422 if form.errors else 200)
