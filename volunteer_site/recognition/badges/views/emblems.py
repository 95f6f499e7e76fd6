"""The picture of a badge as a file of its own."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from volunteer_site.core.access import public
from volunteer_site.recognition.badges import queries
from volunteer_site.recognition.designs.pictures import badge_svg

A_WEEK = 7 * 24 * 60 * 60

ALONE = "sandbox; default-src 'none'; img-src data:; frame-ancestors 'none'"

bp = Blueprint("emblems", __name__)


@bp.get("/badges/<string:slug>.svg")
@public
def show(slug: str) -> ResponseReturnValue:
    """Return the picture; browsers keep it for a week and then ask whether it has changed."""
    pin = queries.by_slug(slug)
    response = Response(badge_svg(pin, pin.name_zh), mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cache-Control"] = f"public, max-age={A_WEEK}"
    response.add_etag()
    return response.make_conditional(request)
