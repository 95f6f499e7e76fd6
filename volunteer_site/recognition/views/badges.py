"""All badges, and each one's own page: its story, and what it takes."""

from flask import Blueprint, render_template

from volunteer_site.core import clock
from volunteer_site.core.access import public
from volunteer_site.people.session import visitor
from volunteer_site.recognition import queries, wording

bp = Blueprint("badges", __name__, url_prefix="/badges")
bp.add_app_template_filter(wording.takes, "badge_rule")
bp.add_app_template_filter(wording.way, "badge_way")
bp.add_app_template_filter(wording.left, "badge_left")
bp.add_app_template_filter(wording.emblem, "emblem")


@bp.get("")
@public
def index() -> str:
    """Show everything that there is to earn."""
    pins = [pin for pin in queries.catalogue().values() if pin.retired_at is None]
    return render_template("recognition/badges/index.html", groups=wording.grouped(pins))


@bp.get("/<string:slug>")
@public
def show(slug: str) -> str:
    """Show a badge, how many have it, and how far the visitor has come."""
    pin, person, now = queries.by_slug(slug), visitor(), clock.now()
    held, ahead = queries.towards(person.id, pin, now) if person else (None, None)
    return render_template(
        "recognition/badges/show.html",
        pin=pin,
        holders=max(queries.holders(pin, now), held is not None),
        series=queries.series(pin),
        held=held,
        ahead=ahead,
    )
