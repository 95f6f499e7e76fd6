"""The desk: the deeds told to one's communities, and one of them with everything about it."""

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx, uploads
from volunteer_site.core.access import role
from volunteer_site.core.db import db, write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import Person, RoleName
from volunteer_site.people.session import current_person
from volunteer_site.recognition.deeds import concerned, queries, services, shown, words
from volunteer_site.recognition.deeds.forms import CaseForm, ConsentForm, ReasonForm
from volunteer_site.recognition.deeds.models import GoodDeed
from volunteer_site.recognition.deeds.queries import Case, Member, Said
from volunteer_site.recognition.deeds.services import Told
from volunteer_site.recognition.deeds.services.nominating import NoSuchPerson
from volunteer_site.recognition.deeds.services.weighing import LEAST
from volunteer_site.recognition.notices import queries as notices

ADDRESS = "/desk/good-deeds"
ONE = f"{ADDRESS}/<int:deed_id>"
LISTED = 100  # of those that ended; the board has all
DECIDERS = (RoleName.COORDINATOR, RoleName.OFFICER)

bp = Blueprint("desk_good_deeds", __name__, url_prefix=ADDRESS)
photos = Blueprint("desk_good_deed_photos", __name__, url_prefix=f"{ONE}/photo")


@bp.get("")
@role(*DECIDERS)
def index() -> str:
    """List what was told, what is under way, and what ended lately."""
    paths = current_person().paths(*DECIDERS)
    cases = queries.at(paths, clock.now())
    return render_template(
        "recognition/deeds/desk.html",
        open_ones=[case for case in cases if case.state not in queries.OVER],
        over=[case for case in cases if case.state in queries.OVER][::-1][:LISTED],
        communities=queries.communities(paths),
        words=words,
    )


@bp.get("/<int:deed_id>")
@role(*DECIDERS)
def show(deed_id: int) -> ResponseReturnValue:
    """Show one deed, how far it is, who said what, and what can be done next."""
    return page(case_of(deed_id))


@bp.post("/<int:deed_id>")
@role(*DECIDERS)
def update(deed_id: int) -> ResponseReturnValue:
    """Put its words right before it is weighed."""
    case, form = case_of(deed_id), CaseForm(request.form)
    if not form.validate() or not _rewrite(case.deed, form):
        return page(case_of(deed_id), words_form=form)
    return htmx.done(f"{ADDRESS}/{deed_id}", _("Changed."))


@photos.get("", endpoint="show")
@role(*DECIDERS)
def photo(deed_id: int) -> ResponseReturnValue:
    """Hand out the photo to whoever leads the case, agreed to or not."""
    case = case_of(deed_id)
    if not case.deed.photo:
        raise NotFound(_("There is no photo here."))
    return uploads.send(case.deed.photo)


def case_of(deed_id: int) -> Case:
    """Return a deed told to one of the visitor's communities; raises NotFound (R56)."""
    return queries.through(current_person().paths(*DECIDERS), deed_id)


def page(case: Case, **failed: Any) -> ResponseReturnValue:
    """Show the case; `failed` are forms that did not pass, by the name they have on the page.

    Whom it is about reads neither who told it nor what the panel said.
    """
    deed, now, said = case.deed, clock.now(), queries.votes(case.deed)
    own = concerned.is_about(deed, current_person().id, current_person().name)
    notice = notices.get(deed.notice_id) if deed.notice_id else None
    made = render_template(
        "recognition/deeds/case.html",
        case=case,
        deed=deed,
        seen=shown.one(deed.id, dates.today(now)),
        own=own,
        said=[] if own else said,
        able=len(_able(case, said)),
        least=LEAST,
        teller=None if own else _teller(deed),
        consents=queries.consents(deed.id),
        notice=notice,
        over=notice is not None and notices.is_over(notice, dates.today(now)),
        unanswered=notices.unanswered(notice.id) if notice else 0,
        upheld=notices.upheld(notice.id) if notice else 0,
        words=words,
        **_forms(deed) | failed,
    )
    return make_response(made, 422 if failed else 200)


def _teller(deed: GoodDeed) -> Person | None:
    return db.session.get(Person, deed.nominator_id) if deed.nominator_id else None


def _able(case: Case, said: list[Said]) -> list[Member]:
    """Return who may weigh it, while that still matters."""
    if case.state not in {"nominated", "weighing"}:
        return []
    deed = case.deed
    return concerned.among(deed, queries.panel(deed.organisation_id), said, concerned.near(deed))


def _forms(deed: GoodDeed) -> dict[str, Any]:
    nominee = db.session.get(Person, deed.nominee_id) if deed.nominee_id else None
    filled = {name: getattr(deed, name) for name in ("kind", "nominee_name", "minor", "words")}
    number = nominee.number if nominee else ""
    return {
        "words_form": CaseForm(data=filled | {"proposer": deed.proposer, "number": number}),
        "consent_form": ConsentForm(),
        "refusal": ReasonForm().called("refusal"),
        "taking_back": ReasonForm().called("return"),
        "takedown": ReasonForm().called("takedown"),
    }


def _rewrite(deed: GoodDeed, form: CaseForm) -> bool:
    """Keep the words; write beside the number if nobody has it, and return False."""
    told = Told(
        deed.organisation_id,
        form.kind.data,
        form.proposer.data,
        form.nominee_name.data or "",
        form.words.data or "",
        minor=form.minor.data,
        photo="" if form.without_photo.data else deed.photo,
    )
    deed_id, by_id, number = deed.id, current_person().id, form.number.data or ""
    try:
        with write_transaction():
            services.rewrite(deed_id, told, number=number, by_id=by_id, now=clock.now())
    except NoSuchPerson as refusal:
        form.number.errors = [str(refusal)]
        return False
    return True
