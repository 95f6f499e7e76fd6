"""What the views of designs share: the page of the designer, and one's own picture in it."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, uploads
from volunteer_site.core.addresses import LARGEST, number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.recognition.badges import emblem_names, emblems
from volunteer_site.recognition.designs import queries, services
from volunteer_site.recognition.designs.drawing import design_svg
from volunteer_site.recognition.designs.forms import OWN, DesignForm
from volunteer_site.recognition.designs.models import Design

SIDE = 512  # pixels of one's own picture


def filled(**data: Any) -> DesignForm:
    """Return the form as it was sent, or with this in it; places and pictures are the visitor's."""
    form = DesignForm(request.form if request.method == "POST" else None, **data)
    places = queries.places(current_person().id)
    form.offer((place.id, place.name) for place in places)
    _address(form)
    return form


def changing() -> Design | None:
    """Return the visitor's design that is being changed, where the form names one."""
    asked = request.form.get("design", type=number)
    return None if asked is None else queries.my(current_person().id, asked).design


def receive(form: DesignForm) -> str:
    """Take a picture that came with the form and choose it; return what is wrong with it, if so."""
    given = request.files.get("file")
    if given is None or not given.filename:
        return ""
    person_id, now = current_person().id, clock.now()
    try:
        services.refuse_more_pictures(person_id, now)
        kept = uploads.take_square(given, SIDE)
        with write_transaction():
            picture = services.keep_picture(person_id, kept, now).id
    except (uploads.Unfit, services.TooManyPictures) as refusal:
        return str(refusal)
    form.picture.data, form.emblem.data = picture, OWN
    return ""


def page(
    form: DesignForm, design: Design | None = None, *, status: int = 200, wrong: str = ""
) -> ResponseReturnValue:
    """Show the designer, of something new or of a design that waits."""
    if wrong:
        form.file.errors = [*form.file.errors, wrong]
    shown = render_template(
        "recognition/designs/designer.html",
        design=design,
        groups=emblem_names.GROUPS,
        parts=emblems,
        **_drawn(form),
    )
    return shown, status


def preview(form: DesignForm, wrong: str) -> str:
    """Return the picture and the field of one's own drawing, which replace those of the page."""
    if wrong:
        form.file.errors = [wrong]
    return render_template(
        "recognition/designs/preview.htmx.html",
        renewed="file" in request.files,
        **_drawn(form),
    )


def _drawn(form: DesignForm) -> dict[str, Any]:
    """Return the form and the badge so far; one's own picture comes from its own address."""
    picture = _address(form)
    if picture:
        form.file.label.text = _("Another picture")
    svg = design_svg(form.look(picture), title="")
    return {"form": form, "svg": svg, "own": OWN, "picture": picture}


def _address(form: DesignForm) -> str:
    """Return where the chosen picture is shown; nothing if it is not one of the visitor's."""
    chosen = form.picture.data
    if not chosen or not 0 < chosen <= LARGEST:
        form.picture.data = None
        return ""
    try:
        queries.my_picture(current_person().id, chosen)
    except NotFound:
        form.picture.data = None
        return ""
    return f"/me/designs/pictures/{chosen}"
