"""善行义举榜: the board month by month, and each deed, for everybody."""

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, uploads, versions
from volunteer_site.core.access import public
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.organisations.models import Kind
from volunteer_site.people import kept_pages
from volunteer_site.recognition.deeds import board, shown
from volunteer_site.recognition.deeds.words import KINDS, PROPOSERS, SIGNS

bp = Blueprint("good_deeds", __name__, url_prefix="/good-deeds")
photos = Blueprint("good_deed_photos", __name__, url_prefix="/good-deeds/photos")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    """Show the board of a month, the latest if none is named, of one community or of all."""
    month, slug = request.args.get("month", ""), request.args.get("community", "")
    key = (month, slug, *_versions())
    return kept_pages.answer(
        "recognition/deeds/index.html", key, lambda: _board(month, slug.strip())
    )


@bp.get("/<string:deed_number>")
@public
def show(deed_number: str) -> ResponseReturnValue:
    """Show one deed; of one that was taken down only since when and why."""
    deed = board.numbered(deed_number, dates.today(clock.now()))
    if deed.taken_down_at is not None:
        page = render_template("recognition/deeds/taken_down.html", deed=deed)
        return make_response(page, 410)
    return kept_pages.answer(
        "recognition/deeds/show.html", (deed, *_versions()), lambda: {"deed": deed, **_words()}
    )


@photos.get("/<int:deed_id>", endpoint="show")
@public
def photo(deed_id: int) -> ResponseReturnValue:
    """Hand out the photo as long as it may be shown; asked anew each time."""
    found = shown.public_photo(deed_id, dates.today(clock.now()))
    if not found:
        raise NotFound(_("There is no photo here."))
    return uploads.send(found)


def _board(month: str, slug: str) -> dict[str, Any]:
    place = organisations.by_slug(slug, Kind.COMMUNITY) if slug else None
    months = board.months(slug)
    known = [one for one, _count in months]
    chosen = month if month in known else next(iter(known), "")
    at = known.index(chosen) if chosen else 0
    return {
        "place": place,
        "places": board.places(),
        "month": chosen,
        "before": known[at + 1] if at + 1 < len(known) else None,
        "after": known[at - 1] if at else None,
        "deeds": board.of_month(chosen, dates.today(clock.now()), slug) if chosen else [],
        **_words(),
    }


def _words() -> dict[str, Any]:
    return {"kinds": KINDS, "signs": SIGNS, "proposers": PROPOSERS}


def _versions() -> tuple[object, ...]:
    """Return what the board depends on: deeds, consents, names of places, and today for ages."""
    version = versions.all_now()
    names = ("deeds", "names", "organisations")
    return (*(version[name] for name in names), dates.today(clock.now()))
