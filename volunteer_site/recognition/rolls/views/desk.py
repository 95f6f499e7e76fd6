"""Where rolls are made: which ones are mine this month."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates
from volunteer_site.core.access import role
from volunteer_site.people.session import current_person
from volunteer_site.recognition.rolls import queries
from volunteer_site.recognition.rolls.views.places import ADDRESS, MAKERS

LATE_IN_THE_MONTH = 15  # from this day on last month's roll hangs, and one thinks of the next

bp = Blueprint("desk_rolls", __name__, url_prefix=ADDRESS)
months = Blueprint("roll_months", __name__, url_prefix=f"{ADDRESS}/<month:month>")


@bp.get("")
@role(*MAKERS)
def index() -> ResponseReturnValue:
    """Lead to the month whose rolls are due."""
    today = dates.today(clock.now())
    month = dates.month_of(today)
    due = month if today.day >= LATE_IN_THE_MONTH else dates.add_months(month, -1)
    return redirect(f"{ADDRESS}/{due}", code=303)


@months.get("")
@role(*MAKERS)
def show(month: str) -> ResponseReturnValue:
    """List the organisations that the visitor makes rolls for; lead on if it is only one."""
    reached = queries.reached(current_person(), month)
    if len(reached) == 1:
        return redirect(f"{ADDRESS}/{month}/{reached[0].organisation.slug}", code=303)
    return render_template(
        "recognition/rolls/month.html", month=month, rolls=reached, around=around(month)
    )


def around(month: str) -> tuple[str | None, str | None]:
    """Return the month before and the month after, that one only if it has begun."""
    later = dates.add_months(month, 1)
    begun = dates.month_bounds(later)[0] <= clock.now()
    return dates.add_months(month, -1), later if begun else None
