"""The visitor's own badges: earned, next, still ahead; and, apart from them, the stars."""

from datetime import timedelta

from flask import Blueprint, render_template

from volunteer_site.core import clock, dates
from volunteer_site.core.access import members_only
from volunteer_site.people.session import current_person
from volunteer_site.recognition.badges import cases, holders, queries
from volunteer_site.recognition.designs import queries as designs
from volunteer_site.recognition.stars import queries as stars

FRESH = timedelta(days=7)
DECIDED = timedelta(days=14)  # how long the wall says what became of a design
NEAR = 4  # badges shown with the way to them; the others are a tap away

bp = Blueprint("my_badges", __name__, url_prefix="/me/badges")


@bp.get("")
@members_only
def index() -> str:
    """Show the wall of badges and the way to the next official star (R37)."""
    person, now = current_person(), clock.now()
    wall = cases.nearby(queries.wall(person.id, now), person)
    return render_template(
        "recognition/badges/mine.html",
        wall=wall,
        cases=cases.of(wall, NEAR),
        said=holders.citations(person.id),
        fresh=dates.today(now) - FRESH,
        near=wall.ahead[:NEAR],
        decided=designs.decided_since(person.id, now - DECIDED),
        star=stars.way(person.id, now),
        scale=[level.hours for level in stars.levels()],
    )


@bp.get("/<int:award_id>")
@members_only
def show(award_id: int) -> str:
    """Show one of the visitor's awards with every entry it rests on, or what was said of it."""
    person = current_person()
    held = queries.award_of(person.id, award_id)
    return render_template(
        "recognition/badges/award.html",
        held=held,
        said=holders.citations(person.id).get(held.id),
        basis=queries.rests_on(held.id),
    )
