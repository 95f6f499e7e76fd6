"""What the site keeps about people, and what each visitor prefers."""

from flask import Blueprint, current_app, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, words
from volunteer_site.core.access import public, safe_next
from volunteer_site.core.db import write_transaction
from volunteer_site.people import services
from volunteer_site.people.session import visitor

bp = Blueprint("privacy", __name__)
preferences = Blueprint("preferences", __name__)


@bp.get("/privacy")
@public
def show() -> ResponseReturnValue:
    """Show the privacy notice, with its version (R46)."""
    return render_template("people/privacy.html", **notice_words())


@preferences.post("/preferences")
@public
def update() -> ResponseReturnValue:
    """Keep the language or the size of type: with the person, or else in the session (R74)."""
    locale = request.form.get("locale")
    locale = locale if locale in words.LOCALES else None
    large = bool(request.form["large_text"]) if "large_text" in request.form else None
    if locale is not None:
        session["locale"] = locale
    if large is not None:
        session["large_text"] = large
    person = visitor()
    if person is not None:
        with write_transaction():
            services.prefer(person.id, locale=locale, large_text=large, now=clock.now())
    return redirect(safe_next(request.form.get("next")).rstrip("?"), code=303)


def notice_words() -> dict[str, object]:
    """Return what the notice says about this site: its version and who answers."""
    config = current_app.config
    return {
        "version": config["CONSENT_VERSION"],
        "controller": config["CONTROLLER"],
        "contact": config["CONTROLLER_CONTACT"],
    }
