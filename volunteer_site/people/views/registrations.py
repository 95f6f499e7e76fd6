"""Becoming a volunteer."""

from typing import TypeVar

from flask import Blueprint, current_app, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock
from volunteer_site.core.access import public, safe_next
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import locale
from volunteer_site.organisations import queries as organisations
from volunteer_site.people import services
from volunteer_site.people import session as visits
from volunteer_site.people.forms import Places, RegistrationForm
from volunteer_site.people.services import registration
from volunteer_site.people.views.privacy import notice_words
from volunteer_site.people.views.sessions import gate, let_in

bp = Blueprint("registrations", __name__)
Chosen = TypeVar("Chosen", bound=Places)


@bp.get("/register")
@public
def new() -> ResponseReturnValue:
    """Show the form, or go on if somebody has logged in already."""
    if visits.visitor() is not None:
        return redirect(safe_next(request.args.get("next")), code=303)
    return _form(RegistrationForm())


@bp.post("/register")
@public
def create() -> ResponseReturnValue:
    """Make the account, log in and go on to where the visitor was going."""
    form = offered(RegistrationForm(request.form))
    if not form.validate():
        return _form(form, status=422)
    newcomer = form.newcomer(locale=locale(), large_text=bool(session.get("large_text")))
    try:
        with write_transaction():
            digest = gate().digest(request.remote_addr or "")
            registration.count_network(digest, now=clock.now())
            version = current_app.config["CONSENT_VERSION"]
            person_id = services.register(newcomer, version, now=clock.now()).id
    except Refusal as refusal:
        return _form(form, status=refusal.status, refusal=refusal)
    return let_in(person_id, safe_next(request.form.get("next")))


def offered(form: Chosen) -> Chosen:
    """Return the form with the communities, by subdistrict, and the units to choose from."""
    form.offer(organisations.choices("community"), organisations.choices("unit"))
    return form


def _form(
    form: RegistrationForm, *, status: int = 200, refusal: Refusal | None = None
) -> ResponseReturnValue:
    words = render_template(
        "people/register.html",
        form=offered(form),
        refusal=refusal,
        next=safe_next(request.values.get("next")),
        **notice_words(),
    )
    return make_response(words, status)
