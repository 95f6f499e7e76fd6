"""How much of a month was entered late, for everybody in the district to see (R21)."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from volunteer_site.attendance.late import shares
from volunteer_site.core import clock, dates
from volunteer_site.core.access import members_only
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import Visitor, current_person

bp = Blueprint("late_shares", __name__, url_prefix="/late-shares")


@bp.get("")
@members_only
def index() -> ResponseReturnValue:
    """Lead to the shares of this month."""
    return redirect(f"/late-shares/{dates.month_of(dates.today(clock.now()))}", code=303)


@bp.get("/<month:month>")
@members_only
def show(month: str) -> str:
    """Show every community of the visitor's district, with what it recorded and entered late."""
    this = dates.month_of(dates.today(clock.now()))
    if month > this:
        raise NotFound(
            _("This month has not begun."), link=(f"/late-shares/{this}", dates.show_month(this))
        )
    found = [one for top in _districts(current_person()) for one in shares.of_month(top, month)]
    return render_template(
        "attendance/late/shares.html",
        month=month,
        before=dates.add_months(month, -1),
        after=dates.add_months(month, 1) if month < this else None,
        shares=found,
        total=shares.total(found),
    )


def _districts(visitor: Visitor) -> list[str]:
    """Return the districts in which they live, work or act; all, for who belongs nowhere."""
    places = [number for number in (visitor.community_id, visitor.unit_id) if number is not None]
    paths = [held.path for held in visitor.roles]
    return shares.districts(places, paths) or shares.everywhere()
