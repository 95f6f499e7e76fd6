"""What somebody agreed to, to be taken back as easily as it was given (R46, R47)."""

from collections.abc import Mapping

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import members_only, safe_next
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.people import families, queries, services
from volunteer_site.people import session as visits
from volunteer_site.people.families import Relative
from volunteer_site.people.models import Consent, ConsentKind
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
    version, now = current_app.config["CONSENT_VERSION"], clock.now()
    if kind not in {ConsentKind.NOTICE, *FREE}:
        abort(422)
    by = "guardian" if _is_minor(person_id) else "self"
    child = _child(kind)
    with write_transaction():
        if child is not None:
            services.give_photo_consent(child.id, version, by_id=person_id, now=now)
        else:
            services.give_consent(person_id, kind, version, now=now, given_by=by)
    if kind == ConsentKind.NOTICE:
        visits.asked("/me/consents")
    return _answer(person_id, _("Noted, thank you."))


@withdrawals.post("/me/consents/<string:kind>/withdrawal", endpoint="create")
@members_only
def create_withdrawal(kind: str) -> ResponseReturnValue:
    """Take one consent back; it counts from this moment."""
    if kind not in set(ConsentKind):
        abort(404)
    person_id, child = current_person().id, _child(kind)
    whose, guardian_id = (child.id, person_id) if child else (person_id, None)
    with write_transaction():
        services.withdraw_consent(whose, kind, now=clock.now(), guardian_id=guardian_id)
    return _answer(person_id, _("Taken back. It counts from now on."))


def consent_words(person_id: int) -> dict[str, object]:
    """Return what the list of consents shows: (kind, label, the open consent or None, free?).

    `minor` tells whether it is for a guardian to answer; `children` are those for whom the person
    answers, with the consent to photos (R41).
    """
    held = {one.kind: one for one in queries.open_consents([person_id])}
    minor = _is_minor(person_id)
    kinds = [kind for kind in LABELS if kind in FREE or kind in held or kind == ConsentKind.NOTICE]
    version = current_app.config["CONSENT_VERSION"]
    rows = [
        (kind.value, LABELS[kind], held.get(kind), _is_free(kind, held, minor=minor))
        for kind in kinds
    ]
    agreed = held.get(ConsentKind.NOTICE)
    old = agreed is None or agreed.version != version
    return {
        "consents": rows,
        "notice_is_old": old,
        "minor": minor,
        "children": _children(person_id),
    }


def _answer(person_id: int, message: str) -> ResponseReturnValue:
    wanted = request.form.get("next")
    address = safe_next(wanted) if wanted else "/me/data"
    words = consent_words(person_id)
    return htmx.answer("people/_consents.html", otherwise=address, message=message, **words)


def _children(person_id: int) -> list[tuple[Relative, Consent | None]]:
    """Return the children of a guardian, with the consent to photos that show them."""
    mine = families.children(person_id, dates.today(clock.now()))
    photos = Consent.kind == ConsentKind.PUBLISH_PHOTO
    held = queries.open_consents([one.id for one in mine], photos) if mine else []
    given = {one.person_id: one for one in held}
    return [(one, given.get(one.id)) for one in mine]


def _is_free(kind: ConsentKind, held: Mapping[str, Consent], *, minor: bool) -> bool:
    """Tell whether it can be answered here; taken back it can be by everybody."""
    for_guardian = minor and kind == ConsentKind.PUBLISH_PHOTO and kind not in held
    return kind in FREE and not for_guardian


def _child(kind: str) -> Relative | None:
    """Return the child about whose photos a guardian answers; None for oneself."""
    asked = request.form.get("person_id", 0, type=number)
    if not asked or kind != ConsentKind.PUBLISH_PHOTO:
        return None
    return families.child(current_person().id, asked, dates.today(clock.now()))


def _is_minor(person_id: int) -> bool:
    return queries.is_minor(queries.get(person_id).birth_date, dates.today(clock.now()))
