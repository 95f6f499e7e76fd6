"""星级: the scale, how a star is given, and who holds one, for everybody."""

from typing import Any

from flask import Blueprint, Response, current_app

from volunteer_site.core import clock, dates, versions
from volunteer_site.core.access import public
from volunteer_site.people import kept_pages
from volunteer_site.recognition.stars import holders, queries

NAMED = 60  # people

bp = Blueprint("stars", __name__, url_prefix="/stars")


@bp.get("")
@public
def index() -> Response:
    """Show the scale, the steps, and the holders who agree to be named."""
    version = versions.all_now()
    today = dates.today(clock.now())
    key = (version["stars"], version["names"], version["organisations"], today)
    return kept_pages.answer("recognition/stars/index.html", key, _context)


def _context() -> dict[str, Any]:
    numbers, named = holders.numbers(), holders.named(dates.today(clock.now()))
    return {
        "levels": queries.levels(),
        "numbers": numbers,
        "named": named[:NAMED],
        "more": len(named) - NAMED,
        "unnamed": sum(numbers.values()) - len(named),
        "days": current_app.config["NOTICE_DAYS"],
    }
