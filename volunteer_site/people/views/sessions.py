"""Logging in and out. Several people may share a phone; then the site asks who it is (R24)."""

from flask import Blueprint, current_app, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import members_only, public, safe_next
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.people import queries
from volunteer_site.people import session as visits
from volunteer_site.people.forms import LoginForm, label_of
from volunteer_site.people.services import sign_in

CHOICE_SECONDS = 300

bp = Blueprint("sessions", __name__)
choices = Blueprint("session_choices", __name__)


@bp.get("/login")
@public
def new() -> ResponseReturnValue:
    """Show the form, or go on if somebody has logged in already."""
    if visits.visitor() is not None:
        return redirect(_next(), code=303)
    return _form(LoginForm())


@bp.post("/login")
@public
def create() -> ResponseReturnValue:
    """Log in; if the password fits several people on the phone, ask who it is."""
    form = LoginForm(request.form)
    if not form.validate():
        return _form(form, status=422)
    try:
        people = _try_to_log_in(form.phone.data, form.password.data)
    except (sign_in.NotLetIn, sign_in.TooManyTries) as refusal:
        return _form(form, status=refusal.status, refusal=refusal)
    if len(people) > 1:
        return _ask_who(people)
    return let_in(people[0], _next())


@choices.post("/login/choice", endpoint="create")
@public
def choose() -> ResponseReturnValue:
    """Log in as the one of several people that was chosen."""
    try:
        allowed = _serializer().loads(request.form.get("token", ""), max_age=CHOICE_SECONDS)
    except BadSignature:
        raise sign_in.NotLetIn(
            _("That took longer than five minutes. Please log in again."),
            link=("/login", _("Log in")),
        ) from None
    chosen = request.form.get("person", type=number)
    if chosen is None or chosen not in allowed:
        return _ask_who(allowed, status=422)
    return let_in(chosen, _next())


@bp.post("/logout")
@members_only
def destroy() -> ResponseReturnValue:
    """End the session on this device, and everything that it keeps for times without network."""
    unsent = request.cookies.get("kept_here", "")
    if unsent.isdecimal() and int(unsent[:4]) and "anyway" not in request.form:
        return make_response(render_template("people/unsent.html", unsent=int(unsent[:4])), 409)
    visits.log_out()
    if not unsent:
        return htmx.done("/", _("You are logged out."))
    response = make_response(render_template("people/forgotten.html"))
    response.headers["Clear-Site-Data"] = '"storage"'  # older browsers do it by door-forget.js
    return response


def let_in(person_id: int, address: str) -> ResponseReturnValue:
    """Begin a session and go to `address`."""
    with write_transaction():
        locale = sign_in.remember(
            person_id,
            locale=session.get("locale"),
            large_text=bool(session.get("large_text")),
            now=clock.now(),
        )
    visits.log_in(visits.known(person_id), locale)
    visits.ask_first(sign_in.still_to_do(person_id, current_app.config["CONSENT_VERSION"]))
    return redirect(address, code=303)


def gate() -> sign_in.Gate:
    """Return the limits on guessing that this site has set."""
    config = current_app.config
    return sign_in.Gate(
        config["SECRET_KEY"], config["PASSWORD_TRIES"], config["PASSWORD_LOCK_MINUTES"]
    )


def _try_to_log_in(phone: str, password: str) -> list[int]:
    """Write the try down, look at the password without any lock, write down how it went."""
    address = request.remote_addr or ""
    with write_transaction():
        attempt_id = sign_in.begin(gate(), phone, address, now=clock.now())
    people = sign_in.fitting(phone, password)
    with write_transaction():
        sign_in.conclude(attempt_id, people, address, now=clock.now())
    if not people:
        raise sign_in.NotLetIn(
            _("Phone and password do not fit together. Check both and try again.")
        )
    return people


def _form(
    form: LoginForm, *, status: int = 200, refusal: Refusal | None = None
) -> ResponseReturnValue:
    words = render_template(
        "people/login.html",
        form=form,
        next=_next(),
        refusal=str(refusal) if refusal else None,
        idle=visits.was_idle(),
        idle_minutes=current_app.config["STAFF_IDLE_MINUTES"],
    )
    return make_response(words, status)


def _ask_who(people: list[int], status: int = 200) -> ResponseReturnValue:
    found = [queries.get(person_id) for person_id in people]
    names = [(one.id, label) for one, label in zip(found, label_of(found), strict=True)]
    token = _serializer().dumps(people)
    words = render_template("people/who.html", names=names, token=token, next=_next())
    return make_response(words, status)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="who logs in")


def _next() -> str:
    return safe_next(request.values.get("next"))
