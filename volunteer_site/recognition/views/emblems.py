"""The picture of a badge as a file of its own."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from volunteer_site.core.access import public
from volunteer_site.recognition import queries
from volunteer_site.recognition.emblems import emblem_svg

A_WEEK = 7 * 24 * 60 * 60

bp = Blueprint("emblems", __name__)


@bp.get("/badges/<string:slug>.svg")
@public
def show(slug: str) -> ResponseReturnValue:
    """Return the picture; browsers keep it for a week and then ask whether it has changed."""
    pin = queries.by_slug(slug)
    drawn = emblem_svg(pin.emblem, shape=pin.shape, tint=pin.tint, title=pin.name_zh)
    response = Response(drawn, mimetype="image/svg+xml")
    response.headers["Cache-Control"] = f"public, max-age={A_WEEK}"
    response.add_etag()
    return response.make_conditional(request)
