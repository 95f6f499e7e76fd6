"""A community's own page: what it has on, who helps it, and what they did together."""

from datetime import datetime

from flask import Blueprint, Response, render_template

from volunteer_site.activities.board import Wanted
from volunteer_site.core import clock, dates, fresh
from volunteer_site.core.access import public
from volunteer_site.pages import cards, community
from volunteer_site.people.session import visitor

bp = Blueprint("communities", __name__)


@bp.get("/communities/<string:slug>")
@public
def show(slug: str) -> Response:
    """Show this week and the next, the units, the year's hours and the newest honor roll."""
    now, person = clock.now(), visitor()
    about, today = community.about(slug), dates.today(now)
    listed = cards.wanted(_two_weeks(slug, now))
    page = render_template(
        "pages/community.html",
        community=about,
        days=cards.days(cards.shown(listed, person, now, "here")),
        more=listed.more,
        units=community.units(about.id, today),
        given=community.given(about.id, today),
        roll=community.latest_roll(about.id),
    )
    return fresh.answer(page)


def _two_weeks(slug: str, now: datetime) -> Wanted:
    since = cards.stepped(now)
    until = dates.week_bounds(dates.add_weeks(dates.week_of(dates.today(now)), 1))[1]
    return Wanted(since, until, community=slug, now=since)
