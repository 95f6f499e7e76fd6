"""What people see and change about themselves: data, profile, password, and leaving."""

from datetime import date

from flask import Blueprint, jsonify, make_response, render_template, request, session
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import members_only, safe_next
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import locale
from volunteer_site.organisations import queries as organisations
from volunteer_site.people import copies as copies_of
from volunteer_site.people import duties, queries, services
from volunteer_site.people import session as visits
from volunteer_site.people.forms import (
    ROLE_NAMES,
    ErasureForm,
    GivenPasswordForm,
    PasswordForm,
    ProfileForm,
)
from volunteer_site.people.session import current_person
from volunteer_site.people.views.consents import consent_words
from volunteer_site.people.views.registrations import offered

bp = Blueprint("personal_data", __name__)
copies = Blueprint("data_copies", __name__)
erasures = Blueprint("erasures", __name__)
profiles = Blueprint("profiles", __name__)
passwords = Blueprint("passwords", __name__)


@bp.get("/me/data")
@members_only
def show() -> ResponseReturnValue:
    """Show what the site keeps about the person (R48)."""
    return _data_page(ErasureForm())


@copies.get("/me/data.json", endpoint="show")
@members_only
def download() -> ResponseReturnValue:
    """Hand over every row about the person, for other programs (R48)."""
    response = jsonify(_plain(copies_of.everything_about(current_person().id)))
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@erasures.post("/me/data/erasure", endpoint="create")
@members_only
def erase() -> ResponseReturnValue:
    """Remove the person's data at once; hours stay without a name (R45)."""
    form, person_id = ErasureForm(request.form), current_person().id
    if not form.validate():
        return _data_page(form, status=422)
    try:
        services.check_password(person_id, form.password.data)
        with write_transaction():
            services.erase(person_id, now=clock.now())
    except Refusal as refusal:
        return _data_page(form, status=refusal.status, refusal=refusal)
    visits.log_out()
    return htmx.done("/", _("Your data are deleted. Thank you for every hour."))


@profiles.get("/me/profile", endpoint="edit")
@members_only
def edit_profile() -> ResponseReturnValue:
    """Show the form with what is known now."""
    person = queries.get(current_person().id)
    return _page("people/profile.html", form=offered(ProfileForm(obj=person)), refusal=None)


@profiles.post("/me/profile", endpoint="update")
@members_only
def update_profile() -> ResponseReturnValue:
    """Change phone, community and unit."""
    form = offered(ProfileForm(request.form))
    if not form.validate():
        return _page("people/profile.html", status=422, form=form, refusal=None)
    try:
        with write_transaction():
            services.change_profile(current_person().id, **form.data)
    except Refusal as refusal:
        return _page("people/profile.html", status=refusal.status, form=form, refusal=refusal)
    return htmx.done("/me/data", _("Saved."))


@passwords.get("/me/password", endpoint="edit")
@members_only
def edit_password() -> ResponseReturnValue:
    """Show the form for a new password."""
    return _password_page(_password_form()())


@passwords.post("/me/password", endpoint="update")
@members_only
def update_password() -> ResponseReturnValue:
    """Change the password and end the person's other sessions (R54)."""
    form, person_id = _password_form()(request.form), current_person().id
    if not form.validate():
        return _password_page(form, status=422)
    try:
        if isinstance(form, PasswordForm):
            services.check_password(person_id, form.current.data)
        with write_transaction():
            services.set_password(person_id, form.password.data, now=clock.now())
    except Refusal as refusal:
        return _password_page(form, status=refusal.status, refusal=refusal)
    visits.asked("/me/password")
    rest = session.get("first", [])
    visits.log_in(visits.known(person_id), locale())
    visits.ask_first(rest)
    return htmx.done(safe_next(request.form.get("next") or "/me"), _("Your password is changed."))


def _data_page(
    form: ErasureForm, *, status: int = 200, refusal: Refusal | None = None
) -> ResponseReturnValue:
    person = queries.get(current_person().id)
    places = [organisations.get(one) for one in (person.community_id, person.unit_id) if one]
    return _page(
        "people/data.html",
        status=status,
        person=person,
        places=places,
        guardian=queries.guardian_of(person.id),
        roles=duties.roles_of(person.id),
        role_names=ROLE_NAMES,
        form=form,
        refusal=refusal,
        **consent_words(person.id),
    )


def _password_page(
    form: GivenPasswordForm, *, status: int = 200, refusal: Refusal | None = None
) -> ResponseReturnValue:
    address = safe_next(request.values.get("next") or "/me")
    words = {
        "form": form,
        "next": address,
        "refusal": refusal,
        "forced": not isinstance(form, PasswordForm),
    }
    return _page("people/password.html", status=status, **words)


def _password_form() -> type[GivenPasswordForm]:
    forced = queries.get(current_person().id).must_change_password_since is not None
    return GivenPasswordForm if forced else PasswordForm


def _page(template: str, *, status: int = 200, **words: object) -> ResponseReturnValue:
    return make_response(render_template(template, **words), status)


def _plain(found: dict[str, list[dict[str, object]]]) -> dict[str, object]:
    """Write days and moments as machines read them."""
    return {
        table: [
            {
                name: dates.show_iso(value) if isinstance(value, date) else value
                for name, value in row.items()
            }
            for row in rows
        ]
        for table, rows in found.items()
    }
