"""Badges to print: stickers and large emblems; and a designed badge as a PNG."""

from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from urllib.parse import urlencode

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
from volunteer_site.printouts.orders import Setting
from volunteer_site.recognition.badges import queries
from volunteer_site.recognition.badges.queries import Pin
from volunteer_site.recognition.designs import queries as designs
from volunteer_site.recognition.designs.drawing import design_svg

PDF, PNG = "application/pdf", "image/png"
MOST = 8  # files kept
REACH = (RoleName.COORDINATOR, RoleName.LIAISON, RoleName.OFFICER)

bp = Blueprint("sticker_prints", __name__, url_prefix="/print")
previews = Blueprint("sticker_previews", __name__, url_prefix="/print")
emblems = Blueprint("emblem_prints", __name__, url_prefix="/print")
pictures = Blueprint("design_prints", __name__)


class NothingChosen(Refusal):
    """No badge was chosen to print, or too many."""

    status = 422


@bp.get("/stickers")
@role(*REACH)
def index() -> str:
    """Choose badges, a size and a number of pages; what is chosen is shown as it will be."""
    pins = [pin for pin in queries.catalogue().values() if pin.open]
    chosen = [pin for pin in pins if pin.slug in request.args.getlist("badge")]
    return render_template(
        "printouts/stickers.html",
        pins=pins,
        chosen=chosen,
        sizes=stickers.SIZE_WORDS,
        size=_size(),
        pages=_pages(),
        most=stickers.MOST_PAGES,
        wrong=_wrong(chosen),
        asked=urlencode({"badge": [pin.slug for pin in chosen], "size": _size()}, doseq=True),
    )


@bp.get("/stickers.pdf")
@role(*REACH)
def show() -> ResponseReturnValue:
    """Return the stickers as a PDF on A4."""
    sheet = _stickers(_pages())
    return _send(sheet, sheet.pdf, PDF)


@previews.get("/stickers.png", endpoint="show")
@role(*REACH)
def preview() -> ResponseReturnValue:
    """Return the first sheet as a small picture, to look at before printing."""
    sheet = _stickers(1)
    return _send(sheet, sheet.picture, PNG)


@emblems.get("/emblems.pdf", endpoint="show")
@role(*REACH)
def emblem() -> ResponseReturnValue:
    """Return the badges large, one a page of A4."""
    site = str(current_app.config["SITE_NAME"])
    content = stickers.emblems(_chosen(), site, dates.today(clock.now()))
    large = Setting("emblem.typ", content, content["title"])
    return _send(large, large.pdf, PDF)


@pictures.get("/designs/<int:design_id>.png", endpoint="show")
@public
def picture(design_id: int) -> ResponseReturnValue:
    """Return a design as PNG to those who may see it, see-through around it."""
    person = visitor()
    paths = person.paths(RoleName.COORDINATOR, RoleName.OFFICER) if person else ()
    design = designs.shown(design_id, person.id if person else None, paths)
    svg = design_svg(designs.look(design), title="")
    alone = Setting("design.typ", {"svg": svg, "name": design.name}, design.name)
    return _send(alone, partial(press.picture, alone.template, alone.content), PNG)


def _stickers(pages: int) -> Setting:
    size, today = stickers.SIZES[_size()], dates.today(clock.now())
    content = stickers.stickers(_chosen(), size, pages, today)
    return Setting("stickers.typ", content, content["title"])


def _size() -> str:
    asked = request.args.get("size", "")
    return asked if asked in stickers.SIZES else "medium"


def _pages() -> int:
    return min(max(request.args.get("pages", 1, type=number), 1), stickers.MOST_PAGES)


def _chosen() -> list[Pin]:
    """Return the badges to print, in the order of the catalogue; raises NothingChosen."""
    asked = set(request.args.getlist("badge"))
    pins = [pin for pin in queries.catalogue().values() if pin.open and pin.slug in asked]
    if wrong := _wrong(pins):
        raise NothingChosen(wrong, link=("/print/stickers", _("Choose badges")))
    return pins


def _wrong(pins: Sequence[Pin]) -> str:
    if 0 < len(pins) <= stickers.MOST_BADGES:
        return ""
    return _("Choose between 1 and %(most)d badges to print.", most=stickers.MOST_BADGES)


def _send(setting: Setting, make: Callable[[], bytes], kind: str) -> ResponseReturnValue:
    """Send the file; the same one is made once, and anew when its template changes."""
    ending = "png" if kind == "image/png" else "pdf"
    key = f"{ending}-{setting.digest}"
    file = kept("badges on paper", MOST).get(key, make)
    name = f"{setting.name}.{ending}"
    answer = send_file(BytesIO(file), mimetype=kind, download_name=name, etag=key)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
