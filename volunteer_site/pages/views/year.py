"""A volunteer's year on a page of its own: every week, kind of work and community."""

from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import charts, clock, dates, htmx
from volunteer_site.core.access import members_only
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import records
from volunteer_site.hours.years import Year, mark_of
from volunteer_site.pages import year as years
from volunteer_site.people import queries as people
from volunteer_site.people import services
from volunteer_site.people.session import Visitor, current_person
from volunteer_site.recognition.badges import queries as recognition

SHOWN = 12  # badges

bp = Blueprint("years", __name__, url_prefix="/me/year")
positions = Blueprint("positions", __name__, url_prefix="/me/position")


@bp.get("")
@members_only
def index() -> ResponseReturnValue:
    """Lead to the year it is."""
    return redirect(f"/me/year/{dates.today(clock.now()).year}", code=303)


@bp.get("/<int:year>")
@members_only
def show(year: int) -> str:
    """Show the year: the weeks, what was done, where, and the badges of the year."""
    person, today = current_person(), dates.today(clock.now())
    others = _years(person.id, today.year)
    if year not in others:
        raise NotFound(
            _("You have no hours in that year. The others are on the page of your hours."),
            link=("/me/hours", _("To my hours")),
        )
    found = years.of(person.id, year, mark_of(person.id))
    return render_template(
        "pages/year.html",
        found=found,
        years=others,
        kinds=years.kinds(found.kinds),
        places=[(part.name, part.minutes) for part in found.places],
        told=years.told(found),
        chart=charts.weeks(year, found.weeks, today),
        badges=(badges := recognition.awards_of_year(person.id, year))[:SHOWN],
        more=len(badges) - SHOWN,
        **_place(person, found),
    )


@positions.post("", endpoint="update")
@members_only
def choose_position() -> ResponseReturnValue:
    """Show the person their own place in the community, or hide it again, on the page they see."""
    wanted = request.form.get("shown") == "1"
    year = request.form.get("year", dates.today(clock.now()).year, int)
    with write_transaction():
        services.prefer(current_person().id, position=wanted, now=clock.now())
    said = _("Only you see your place.") if wanted else _("Your place is hidden.")
    return htmx.done(f"/me/year/{year}", said)


def _years(person_id: int, this_year: int) -> list[int]:
    """Return the years with hours and the one it is, the latest first."""
    months = records.months_of(person_id).items()
    served = {int(month[:4]) for month, gave in months if gave.minutes}
    return sorted(served | {this_year}, reverse=True)


def _place(person: Visitor, found: Year) -> dict[str, Any]:
    """Return the person's place in their community, only if they want to see it."""
    wanted = people.get(person.id).position_shown_since is not None
    known = wanted and person.community_id is not None
    position = (
        years.position(person.id, person.community_id or 0, found.year, clock.now())
        if known
        else None
    )
    return {"wanted": wanted, "position": position, "homeless": person.community_id is None}
