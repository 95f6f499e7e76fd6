"""The desk: a coordinator's week and a liaison's week."""

from flask import Blueprint, render_template, request

from volunteer_site.activities import occurrences, queries, weeks
from volunteer_site.core import clock, dates
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.organisations import queries as organisations
from volunteer_site.pages import desk
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

bp = Blueprint("desk", __name__, url_prefix="/desk")


@bp.get("")
@role(RoleName.COORDINATOR, RoleName.LIAISON)
def index() -> str:
    """Show what is to be published, what is on, what is not closed; and to liaisons their own."""
    now, person = clock.now(), current_person()
    today, both = dates.today(now), desk.these_weeks(now)
    paths = person.paths(RoleName.COORDINATOR)
    communities = queries.postable(paths) if paths else []
    chosen = request.args.get("community", type=number)
    if chosen is not None:
        paths = (organisations.through(paths, chosen).path,)
    pairs = desk.paired(person.paths(RoleName.LIAISON), today)
    days = occurrences.days_from(today)
    return render_template(
        "pages/desk.html",
        now=now,
        coordinator=bool(paths),
        liaison=person.has_role(RoleName.LIAISON),
        communities=communities,
        chosen=chosen,
        cards=desk.next_up(paths, now) if paths else [],
        lines=weeks.of_weeks(paths, both) if paths else [],
        unclosed=desk.unclosed(paths, now) if paths else [],
        pairs=pairs,
        paired_lines=weeks.at(pairs, both) if pairs else [],
        month=dates.month_of(today),
        posting_day=occurrences.posting_day(dates.week_days(both[0]), days),
        thursday=dates.week_days(both[0])[occurrences.THURSDAY],
        jobs=desk.job_states(now),
    )
