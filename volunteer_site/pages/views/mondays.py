"""Monday's page: what waits for the coordinator, and for the office; and who came, week by week."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from volunteer_site.attendance import turnout
from volunteer_site.core import clock, dates
from volunteer_site.core.access import role
from volunteer_site.pages import corners, monday
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

desk = Blueprint("desk_mondays", __name__, url_prefix="/desk/monday")
office = Blueprint("office_mondays", __name__, url_prefix="/office/monday")


@desk.get("")
@role(RoleName.COORDINATOR)
def show() -> ResponseReturnValue:
    """Show what waits for the visitor, the most urgent first, each with one tap to act."""
    now, paths = clock.now(), current_person().paths(RoleName.COORDINATOR)
    today, found = dates.today(now), monday.errands(paths, now, corners.DESK)
    return render_template(
        "pages/monday.html",
        errands=[(errand, errand.urgency(today)) for errand in found],
        several=len({errand.place for errand in found}) > 1,
        late=sum(errand.urgency(today) == "late" for errand in found),
        chart=turnout.by_week(paths, now),
        now=now,
    )


@office.get("", endpoint="show")
@role(RoleName.OFFICER)
def show_office() -> ResponseReturnValue:
    """Show what only the office can do, and what waits in each community."""
    now, paths = clock.now(), current_person().paths(RoleName.OFFICER)
    today = dates.today(now)
    own = monday.errands(paths, now, corners.office(current_person().id))
    piles = monday.piles(monday.errands(paths, now, corners.DESK), today)
    return render_template(
        "pages/office_monday.html",
        errands=[(errand, errand.urgency(today)) for errand in own],
        piles=piles,
        kinds=[kind for kind in monday.KINDS if any(pile.kinds[kind] for pile in piles)],
        chart=turnout.by_week(paths, now),
        now=now,
    )
