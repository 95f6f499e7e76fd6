"""The office's numbers, with the query they come from."""

from flask import Blueprint, render_template, request

from volunteer_site.core import clock, dates
from volunteer_site.core.access import role
from volunteer_site.hours import wording
from volunteer_site.pages import numbers
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

bp = Blueprint("office_numbers", __name__, url_prefix="/office/numbers")


@bp.get("")
@role(RoleName.OFFICER)
def show() -> str:
    """Show a month's or a year's hours by community and unit, and what they add up to."""
    this_month = dates.month_of(dates.today(clock.now()))
    first, last = _period(request.args.get("month", ""), this_month)
    paths = current_person().paths(RoleName.OFFICER)
    return render_template(
        "pages/office_numbers.html",
        numbers=numbers.of_months(paths, first, last),
        query=numbers.QUERY.format(first=first, last=last),
        month=first if first == last else None,
        year=first[:4],
        around=(dates.add_months(first, -1), dates.add_months(last, 1)),
        this_month=this_month,
        share=wording.share,
        on_site=wording.on_site,
    )


def _period(asked: str, this_month: str) -> tuple[str, str]:
    """Return the first and the last month of what is asked for: a month, a year, or this month."""
    first, last = (f"{asked}-01", f"{asked}-12") if len(asked) == len("2026") else (asked, asked)
    try:
        dates.add_months(first, -1)
        dates.add_months(last, 1)
    except ValueError:
        return this_month, this_month
    return first, last
