"""The print shop: everything that can be printed for an organisation, a month and a week."""

from flask import Blueprint, render_template, request

from volunteer_site.core import clock, dates
from volunteer_site.core.access import role
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.session import current_person
from volunteer_site.printouts import reach, shop, stock
from volunteer_site.printouts.jobs import queries as jobs
from volunteer_site.printouts.shop import Asked

LATE_IN_THE_MONTH = 15  # from this day on one thinks of this month's roll

bp = Blueprint("print_shop", __name__, url_prefix="/print")
stock.fill()


@bp.get("")
@role(*reach.ROLES)
def index() -> str:
    """Show what can be printed, each with a picture of it, and where it is looked at first."""
    visitor, now = current_person(), clock.now()
    places = reach.organisations(visitor)
    place = _chosen(places, request.args.get("at", ""))
    month, week = _month(dates.month_of(dates.today(now))), _week()
    shelves = shop.on_the_shelves(Asked(visitor, place, month, week, now))
    return render_template(
        "printouts/shop.html",
        places=places,
        place=place,
        month=month,
        week=week,
        around=[dates.add_weeks(week, step) for step in (-1, 1)],
        months=[dates.add_months(month, step) for step in (-1, 1)],
        shelves=shelves,
        waiting=jobs.unfinished(visitor.id, now),
    )


def _chosen(places: list[Organisation], slug: str) -> Organisation:
    """Return the place asked for, else the first that is the visitor's."""
    found = next((one for one in places if one.slug == slug), None)
    if found is None and (slug or not places):
        raise NotFound(
            _("There is no such organisation, or it is not one of yours."),
            link=("/print", _("Print shop")) if places else ("/", _("This week's activities")),
        )
    return found or places[0]


def _month(this: str) -> str:
    """Return the month asked for; else the one whose roll is due."""
    asked = request.args.get("month", "")
    late = dates.today(clock.now()).day >= LATE_IN_THE_MONTH
    try:
        dates.add_months(asked, -1)
        dates.add_months(asked, 1)
    except ValueError:
        return this if late else dates.add_months(this, -1)
    return asked


def _week() -> str:
    asked = request.args.get("week", "")
    try:
        dates.add_weeks(asked, -1)
        dates.add_weeks(asked, 1)
    except ValueError:
        return dates.week_of(dates.today(clock.now()))
    return asked
