"""For everybody, without logging in: complain, and follow a complaint with its code (R28)."""

from flask import Blueprint, current_app, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import public
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.oversight.complaints import codes, queries, services, subjects
from volunteer_site.oversight.complaints.codes import Codes
from volunteer_site.oversight.complaints.forms import CodeForm, ComplaintForm, WordsForm
from volunteer_site.oversight.complaints.models import ABOUT_LENGTH, About, Complaint
from volunteer_site.oversight.complaints.services import Told
from volunteer_site.oversight.complaints.subjects import Subject
from volunteer_site.oversight.complaints.words import STATES, STEPS

bp = Blueprint("complaints", __name__, url_prefix="/complaints")
notes = Blueprint("complaint_words", __name__, url_prefix="/complaints/<string:code>/notes")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    """Ask for the code of a complaint, and lead to it."""
    form = CodeForm(request.args)
    if not request.args:
        return render_template("oversight/complaints/index.html", form=CodeForm())
    if not form.validate():
        return render_template("oversight/complaints/index.html", form=form), 422
    return redirect(f"/complaints/{codes.plain(form.code.data) or '-'}", code=303)


@bp.get("/new")
@public
def new() -> str:
    """Ask what is untrue; a link from a page says which record it is about."""
    found = _linked()
    given = {"ref": found.ref, "about": found.about} if found else {}
    about, record = request.args.get("about", ""), request.args.get("record", "")[:ABOUT_LENGTH]
    named = {"about": about if about in list(About) else "activity", "about_words": record}
    return _page(_form(given or named), found)


@bp.post("")
@public
def create() -> ResponseReturnValue:
    """Take the complaint, and show the code to follow it with."""
    form = _form()
    found = subjects.named(form.ref.data or "")
    if not form.validate():
        return _page(form, found), 422
    told = _told(form, found)
    address, per_hour = request.remote_addr or "", current_app.config["COMPLAINTS_PER_HOUR"]
    with write_transaction():
        now = clock.now()
        code = services.complain(told, address, _codes(), per_hour=per_hour, now=now)
    return htmx.done(f"/complaints/{codes.plain(code)}", _("Taken. Keep the code below."))


@bp.get("/<string:code>")
@public
def show(code: str) -> ResponseReturnValue:
    """Show to whoever has the code how far it is; no browser or proxy keeps this page."""
    complaint = _with(code)
    page = render_template(
        "oversight/complaints/show.html",
        complaint=complaint,
        code=codes.grouped(code),
        notes=queries.notes(complaint.id, queries.TOLD),
        state=STATES[complaint.outcome or "open"],
        form=WordsForm(),
        steps=STEPS,
        contact_days=current_app.config["COMPLAINT_CONTACT_DAYS"],
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@notes.post("", endpoint="create")
@public
def add(code: str) -> ResponseReturnValue:
    """Add something to it."""
    complaint, form = _with(code), WordsForm(request.form)
    number, here = complaint.id, f"/complaints/{codes.plain(code)}"
    if not form.validate():
        return htmx.done(here, _("Write what you want to add, at most 1000 characters."), "bad")
    with write_transaction():
        services.add_words(number, form.words.data or "", now=clock.now())
    return htmx.done(here, _("Added. The office reads it."))


def _with(code: str) -> Complaint:
    return queries.by_code(_codes().of(code))


def _codes() -> Codes:
    return Codes(str(current_app.secret_key))


def _linked() -> Subject | None:
    for about in (About.ACTIVITY, About.ROLL, About.COMMUNITY):
        if about in request.args:
            return subjects.named(f"{about}:{request.args[about]}")
    return None


def _form(given: dict[str, str] | None = None) -> ComplaintForm:
    form = ComplaintForm(data=given) if given is not None else ComplaintForm(request.form)
    form.district.choices = [(str(number), name) for number, name in subjects.districts()]
    return form


def _told(form: ComplaintForm, found: Subject | None) -> Told:
    subject = found or subjects.typed(form.about.data, form.about_words.data or "")
    district = int(form.district.data or form.district.choices[0][0])
    return Told(subject, form.words.data or "", form.contact.data or "", district)


def _page(form: ComplaintForm, found: Subject | None) -> str:
    return render_template(
        "oversight/complaints/new.html",
        form=form,
        found=found,
        contact_days=current_app.config["COMPLAINT_CONTACT_DAYS"],
    )
