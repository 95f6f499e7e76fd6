"""The recorder's desk: what waits, what was issued, and how certificates are issued here."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx, text
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person
from volunteer_site.recognition.certificates import places, queries, requests, services, wording
from volunteer_site.recognition.certificates.forms import TermsForm
from volunteer_site.recognition.certificates.places import Place

ADDRESS = "/desk/certificates"
ROLES = (RoleName.COORDINATOR, RoleName.OFFICER)

bp = Blueprint("desk_certificates", __name__, url_prefix=ADDRESS)
terms = Blueprint("certificate_terms", __name__, url_prefix=f"{ADDRESS}/terms/<string:slug>")


@bp.get("")
@role(*ROLES)
def index() -> str:
    """List what waits, the register of what was issued, and each community's terms."""
    words = text.tidy(request.args.get("q", ""))[:50]
    return render_template(
        "recognition/certificates/desk.html",
        waiting=requests.waiting(paths()),
        register=queries.register(paths(), words, request.args.get("page", 1, type=number)),
        q=words,
        places=places.at(paths()),
        me=current_person().id,
        spaced=wording.spoken,
    )


@terms.get("")
@role(*ROLES)
def edit(slug: str) -> str:
    """Show how a community issues certificates, to change it."""
    place = places.through(paths(), slug)
    return _page(place, TermsForm.of(place))


@terms.post("")
@role(*ROLES)
def update(slug: str) -> ResponseReturnValue:
    """Change it."""
    place, form = places.through(paths(), slug), TermsForm(request.form)
    if not form.validate():
        return _page(place, form), 422
    by_id = current_person().id
    with write_transaction():
        fresh = places.through(paths(), slug)
        services.set_terms(fresh, form.wish(), by_id=by_id, now=clock.now())
    return htmx.done(ADDRESS, _("Saved. What was issued before stays as it is."))


def paths() -> tuple[str, ...]:
    """Return the paths at which whoever looks decides about certificates."""
    return current_person().paths(*ROLES)


def _page(place: Place, form: TermsForm) -> str:
    return render_template("recognition/certificates/terms.html", place=place, form=form)
