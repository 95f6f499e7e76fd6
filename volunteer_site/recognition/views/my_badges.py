"""The visitor's own badges: earned, next, still ahead; and, apart from them, the stars."""

from datetime import timedelta
from operator import attrgetter

from flask import Blueprint, render_template

from volunteer_site.core import clock, dates
from volunteer_site.core.access import members_only
from volunteer_site.hours import queries as hours
from volunteer_site.people.session import current_person
from volunteer_site.recognition import queries, stars, wording

FRESH = timedelta(days=7)
NEAR = 4  # badges shown with the way to them; the others are a tap away

bp = Blueprint("my_badges", __name__, url_prefix="/me/badges")


@bp.get("")
@members_only
def index() -> str:
    """Show the wall of badges and the way to the next official star (R37)."""
    person, now = current_person(), clock.now()
    wall = queries.wall(person.id, now)
    near, rest = wall.ahead[:NEAR], wall.ahead[NEAR:]
    return render_template(
        "recognition/badges/mine.html",
        wall=wall,
        fresh=dates.today(now) - FRESH,
        near=near,
        rest=wording.grouped(sorted((one.pin for one in rest), key=attrgetter("position"))),
        star=stars.next_star(hours.total_minutes(person.id)),
        scale=stars.SCALE,
    )


@bp.get("/<int:award_id>")
@members_only
def show(award_id: int) -> str:
    """Show one of the visitor's awards with every entry it rests on."""
    held = queries.award_of(current_person().id, award_id)
    return render_template(
        "recognition/badges/award.html", held=held, basis=queries.rests_on(held.id)
    )
