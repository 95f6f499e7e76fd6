"""Telling a good deed: by anybody, without logging in; and what became of what one told."""

from typing import Any

from flask import Blueprint, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict

from volunteer_site.core import clock, htmx, uploads
from volunteer_site.core.access import members_only, public
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.organisations.models import Kind
from volunteer_site.people.session import current_person, visitor
from volunteer_site.recognition.deeds import queries, services
from volunteer_site.recognition.deeds.forms import NominationForm
from volunteer_site.recognition.deeds.services import Told
from volunteer_site.recognition.deeds.words import KINDS, STATES
from volunteer_site.recognition.notices.services import Sender

ADDRESS = "/good-deeds/nominations"
PDF = b"%PDF-"

bp = Blueprint("nominations", __name__, url_prefix=ADDRESS)


@bp.get("")
@members_only
def index() -> str:
    """Show what one has told, and how far it is."""
    return render_template(
        "recognition/deeds/told.html",
        cases=queries.told_by(current_person().id),
        kinds=KINDS,
        states=STATES,
    )


@bp.get("/new")
@public
def new() -> ResponseReturnValue:
    """Ask whose good deed it is and what they did."""
    form = _form(None)
    form.community.data = request.args.get("community", "") or _own_community()
    return _page(form)


@bp.post("")
@public
@uploads.takes_uploads
def create() -> ResponseReturnValue:
    """Take it, and say what happens next."""
    form = _form(CombinedMultiDict[str, Any]([request.form, request.files]))
    if not form.validate() or not _nominate(form):
        return _page(form, 422)
    said = _(
        "Thank you. The community's panel weighs it; what it agrees to is on public notice for "
        "some working days before it comes to the board."
    )
    return htmx.done("/good-deeds", said)


def _nominate(form: NominationForm) -> bool:
    """Keep what the form says; write beside the photo what is wrong with it, and return False."""
    per_hour = current_app.config["NOMINATIONS_PER_HOUR"]
    sender = Sender(request.remote_addr or "", str(current_app.secret_key), per_hour)
    services.allow_another(sender, clock.now())
    try:
        told = _told(form, _photo())
    except uploads.Unfit as refusal:
        form.photo.errors = [str(refusal)]
        return False
    with write_transaction():
        services.nominate(told, sender, now=clock.now())
    return True


def _told(form: NominationForm, photo: str) -> Told:
    place = organisations.by_slug(form.community.data, Kind.COMMUNITY)
    person = visitor()
    return Told(
        place.id,
        form.kind.data,
        form.proposer.data,
        form.nominee_name.data or "",
        form.words.data or "",
        minor=form.minor.data,
        photo=photo,
        contact=form.contact.data or "",
        nominator_id=person.id if person else None,
    )


def _photo() -> str:
    """Keep the photo, if one was chosen; raises Unfit for anything but a picture."""
    given = request.files.get("photo")
    if given is None or not given.filename:
        return ""
    begins = given.stream.read(len(PDF))
    given.stream.seek(0)
    if begins == PDF:
        raise uploads.Unfit(_("Choose a photo (JPEG, PNG, WebP); a PDF cannot be shown here."))
    return uploads.take(given)


def _own_community() -> str:
    person = visitor()
    if person is None or person.community_id is None:
        return ""
    return organisations.get(person.community_id).slug


def _form(given: Any) -> NominationForm:
    form = NominationForm(given)
    form.offer(organisations.community_names())
    return form


def _page(form: NominationForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "recognition/deeds/new.html", form=form, days=current_app.config["NOTICE_DAYS"]
    )
    return make_response(page, status)
