"""One's own certificates: asked for, seen before they are issued, fetched, shown to others."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import members_only
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.recognition.certificates import (
    drafts,
    places,
    queries,
    requests,
    services,
    settings,
    wording,
)
from volunteer_site.recognition.certificates.forms import AskForm
from volunteer_site.recognition.certificates.models import Certificate
from volunteer_site.recognition.certificates.services import issuing

ADDRESS = "/me/certificates"

bp = Blueprint("my_certificates", __name__, url_prefix=ADDRESS)


@bp.get("")
@members_only
def index() -> str:
    """List what one has, and what one has asked for."""
    person_id = current_person().id
    return render_template(
        "recognition/certificates/mine.html",
        found=queries.of_person(person_id),
        requests=requests.of_person(person_id),
        served=bool(drafts.recorders(person_id)),
        spaced=wording.spoken,
    )


@bp.get("/new")
@members_only
def new() -> ResponseReturnValue:
    """Ask who and when; with both chosen, show exactly what will be on it."""
    recorders = drafts.recorders(current_person().id)
    form, chosen = filled(recorders)
    page = _page(form, recorders, chosen=chosen)
    return (page, 422) if form.errors else page


@bp.post("")
@members_only
def create() -> ResponseReturnValue:
    """Issue it at once, or lay it before a coordinator."""
    person_id, key = current_person().id, settings.key()
    recorders = drafts.recorders(person_id)
    form = AskForm(request.form).offer(recorders, dates.today(clock.now()))
    if not form.validate():
        return _page(form, recorders), 422
    with write_transaction():
        made = services.ask(form.days(person_id), form.document(key), key, now=clock.now())
        number = made.number if made else None
    return answered(number)


@bp.get("/<string:certificate_number>")
@members_only
def show(certificate_number: str) -> str:
    """Show one: its picture, how to fetch it, how others check it; or why it is void."""
    found = queries.mine(current_person().id, certificate_number)
    return render_template(
        "recognition/certificates/own.html",
        found=found,
        words=found.words,
        spaced=wording.spoken,
        check_address=f"{request.host_url}certificates/{found.number}",
    )


def filled(recorders: list[drafts.Recorder]) -> tuple[AskForm, bool]:
    """Return the form with what the address chooses, checked, or with the widest days instead."""
    today = dates.today(clock.now())
    if "recorder" in request.args:
        form = AskForm(request.args).offer(recorders, today)
        form.validate()
        return form, True
    widest = recorders[0] if recorders else None
    given = {"recorder": widest.id, "first": widest.first, "last": today} if widest else {}
    return AskForm(data=given).offer(recorders, today), False


def answered(number: str | None) -> ResponseReturnValue:
    """Lead to a certificate that was issued, or to the list where it waits."""
    if number is None:
        return htmx.done(ADDRESS, _("Sent. A coordinator looks at it; you find it here then."))
    return htmx.done(f"{ADDRESS}/{number}", _("Here is your certificate. It costs nothing."))


def _page(form: AskForm, recorders: list[drafts.Recorder], *, chosen: bool = True) -> str:
    """Show the form; with days that can be, what the certificate would say."""
    shown = chosen and form.knows_days()
    return render_template(
        "recognition/certificates/new.html",
        form=form,
        recorders=recorders,
        preview=preview(form.days(current_person().id)) if shown and recorders else None,
    )


def preview(days: drafts.Days, by_id: int | None = None) -> dict[str, Any]:
    """Return what would be printed, by whom if not at once, and what is missing if it cannot be."""
    draft, before = drafts.of(days), queries.editions(days)
    words = issuing.sheet_of(draft, before, by_id=by_id, now=clock.now())
    place = places.of(days.recorder_id)
    return {
        "words": words,
        "whose": issuing.whose_now(days.person_id),
        "missing": wording.missing(words),
        "at_once": place.at_once,
        "there": _standing(before),
    }


def _standing(before: list[queries.Found]) -> Certificate | None:
    return before[0].certificate if before and before[0].void is None else None
