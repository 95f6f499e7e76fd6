"""Badges to print: stickers and large emblems; and a designed badge as a PNG."""

import hashlib
import json
from io import BytesIO
from typing import Any

from flask import Blueprint, current_app, render_template, request, send_file
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates
from volunteer_site.core.access import public, role
from volunteer_site.core.addresses import number
from volunteer_site.core.cache import kept
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import visitor
from volunteer_site.printouts import press, stickers
from volunteer_site.recognition import queries
from volunteer_site.recognition.designs import queries as designs
from volunteer_site.recognition.designs.drawing import design_svg
from volunteer_site.recognition.queries import Pin

MOST = 8  # files kept
REACH = (RoleName.COORDINATOR, RoleName.LIAISON, RoleName.OFFICER)

bp = Blueprint("sticker_prints", __name__, url_prefix="/print")
emblems = Blueprint("emblem_prints", __name__, url_prefix="/print")
pictures = Blueprint("design_prints", __name__)


class NothingChosen(Refusal):
    """No badge was chosen to print, or too many."""

    status = 422


@bp.get("/stickers")
@role(*REACH)
def index() -> str:
    """Choose badges, a size and a number of pages."""
    pins = [pin for pin in queries.catalogue().values() if pin.open]
    return render_template(
        "printouts/stickers.html",
        pins=pins,
        chosen=set(request.args.getlist("badge")),
        sizes=stickers.SIZE_WORDS,
        most=stickers.MOST_PAGES,
    )


@bp.get("/stickers.pdf")
@role(*REACH)
def show() -> ResponseReturnValue:
    """Return the stickers as a PDF on A4."""
    size = stickers.SIZES.get(request.args.get("size", ""), stickers.SIZES["medium"])
    pages = min(max(request.args.get("pages", 1, type=number), 1), stickers.MOST_PAGES)
    content = stickers.stickers(_chosen(), size, pages, dates.today(clock.now()))
    return _pdf("stickers.typ", content)


@emblems.get("/emblems.pdf", endpoint="show")
@role(*REACH)
def emblem() -> ResponseReturnValue:
    """Return the badges large, one a page of A4."""
    site = str(current_app.config["SITE_NAME"])
    return _pdf("emblem.typ", stickers.emblems(_chosen(), site, dates.today(clock.now())))


@pictures.get("/designs/<int:design_id>.png", endpoint="show")
@public
def picture(design_id: int) -> ResponseReturnValue:
    """Return a design as PNG to those who may see it, see-through around it."""
    person = visitor()
    paths = person.paths(RoleName.COORDINATOR, RoleName.OFFICER) if person else ()
    design = designs.shown(design_id, person.id if person else None, paths)
    svg = design_svg(designs.look(design), title="")
    content = {"svg": svg, "name": design.name}
    return _file(content, lambda: press.picture("design.typ", content), "image/png", design.name)


def _chosen() -> list[Pin]:
    """Return the badges to print, in the order of the catalogue; raises NothingChosen."""
    asked = set(request.args.getlist("badge"))
    pins = [pin for pin in queries.catalogue().values() if pin.open and pin.slug in asked]
    if not 0 < len(pins) <= stickers.MOST_BADGES:
        raise NothingChosen(
            _("Choose between 1 and %(most)d badges to print.", most=stickers.MOST_BADGES),
            link=("/print/stickers", _("Choose badges")),
        )
    return pins


def _pdf(template: str, content: dict[str, Any]) -> ResponseReturnValue:
    return _file(
        content, lambda: press.set_in_type(template, content), "application/pdf", content["title"]
    )


def _file(content: dict[str, Any], make: Any, kind: str, name: str) -> ResponseReturnValue:
    key = (kind, json.dumps(content, ensure_ascii=False))
    digest = hashlib.sha256(str(key).encode()).hexdigest()[:24]
    file = kept("badges on paper", MOST).get(digest, make)
    ending = "png" if kind == "image/png" else "pdf"
    answer = send_file(BytesIO(file), mimetype=kind, download_name=f"{name}.{ending}", etag=digest)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
