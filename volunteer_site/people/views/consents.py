"""What somebody agreed to, to be taken back as easily as it was given (R46, R47)."""

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import members_only, safe_next
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.people import queries, services
from volunteer_site.people import session as visits
from volunteer_site.people.models import ConsentKind
from volunteer_site.people.session import current_person
from volunteer_site.people.views.privacy import notice_words

LABELS = {
    ConsentKind.NOTICE: _l("The privacy notice"),
    ConsentKind.UNDER_14: _l("The rules for children under 14"),
    ConsentKind.PUBLISH_NAME: _l("My full name on honor rolls"),
    ConsentKind.PUBLISH_PHOTO: _l("Photos that show me"),
    ConsentKind.LOCATION: _l("When I check in: whether my phone is at the place"),
    ConsentKind.ACTED_FOR: _l("People on my phone may sign me up and check me in"),
}
FREE = (
    ConsentKind.PUBLISH_NAME,
    ConsentKind.PUBLISH_PHOTO,
    ConsentKind.LOCATION,
    ConsentKind.ACTED_FOR,
)

bp = Blueprint("consents", __name__)
withdrawals = Blueprint("consent_withdrawals", __name__)


@bp.get("/me/consents")
@members_only
def index() -> ResponseReturnValue:
    """Show the notice, and each consent with when it was given."""
    address = safe_next(request.args.get("next"))
    person_id = current_person().id
    return render_template(
        "people/consents.html", next=address, **consent_words(person_id), **notice_words()
    )


@bp.post("/me/consents")
@members_only
def create() -> ResponseReturnValue:
    """Give one consent, to the text as it is now."""
    kind, person_id = request.form.get("kind", ""), current_person().id
    if kind not in {ConsentKind.NOTICE, *FREE}:
        abort(422)
    with write_transaction():
        version = current_app.config["CONSENT_VERSION"]
        by = "guardian" if _is_minor(person_id) else "self"
        services.give_consent(person_id, kind, version, now=clock.now(), given_by=by)
    if kind == ConsentKind.NOTICE:
        visits.asked("/me/consents")
    return _answer(person_id, _("Noted, thank you."))


@withdrawals.post("/me/consents/<string:kind>/withdrawal", endpoint="create")
@members_only
def create_withdrawal(kind: str) -> ResponseReturnValue:
    """Take one consent back; it counts from this moment."""
    if kind not in set(ConsentKind):
        abort(404)
    person_id = current_person().id
    with write_transaction():
        services.withdraw_consent(person_id, kind, now=clock.now())
    return _answer(person_id, _("Taken back. It counts from now on."))


def consent_words(person_id: int) -> dict[str, object]:
    """Return what the list of consents shows: (kind, label, the open consent or None, free?).

    `minor` tells whether it is for a guardian to answer (R41).
    """
    held = {one.kind: one for one in queries.consents_of(person_id) if not one.withdrawn_at}
    kinds = [kind for kind in LABELS if kind in FREE or kind in held or kind == ConsentKind.NOTICE]
    version = current_app.config["CONSENT_VERSION"]
    rows = [(kind.value, LABELS[kind], held.get(kind), kind in FREE) for kind in kinds]
    agreed = held.get(ConsentKind.NOTICE)
    old = agreed is None or agreed.version != version
    return {"consents": rows, "notice_is_old": old, "minor": _is_minor(person_id)}


def _answer(person_id: int, message: str) -> ResponseReturnValue:
    wanted = request.form.get("next")
    address = safe_next(wanted) if wanted else "/me/data"
    words = consent_words(person_id)
    return htmx.answer("people/_consents.html", otherwise=address, message=message, **words)


def _is_minor(person_id: int) -> bool:
    return queries.is_minor(queries.get(person_id).birth_date, dates.today(clock.now()))
