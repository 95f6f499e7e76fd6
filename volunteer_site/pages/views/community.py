"""A community's own page: what it has on, who helps it, and what they did together."""

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response

from volunteer_site.activities.board import Wanted
from volunteer_site.core import clock, dates
from volunteer_site.core.access import public
from volunteer_site.hours import wording
from volunteer_site.hours.proofs import Shares
from volunteer_site.pages import cards, community
from volunteer_site.people import kept_pages
from volunteer_site.people.session import visitor

PAGE = "pages/community.html"
bp = Blueprint("communities", __name__)


@bp.get("/communities/<string:slug>")
@public
def show(slug: str) -> Response:
    """Show this week and the next, the units, the year's hours and the newest honor roll."""
    now, about = clock.now(), community.about(slug)
    listed = cards.wanted(_two_weeks(slug, now))
    facts = _facts(about, listed.more, dates.today(now))
    return _answer(facts, cards.shown(listed, visitor(), now, "here"))


def _facts(about: community.About, more: bool, today: date) -> dict[str, Any]:
    given = community.given(about.id, today)
    return {
        "community": about,
        "more": more,
        "units": community.units(about.id, today),
        "given": given,
        "known": (_known(given.minutes, given.shares), wording.rest(given.shares)),
        "roll": community.latest_roll(about.id),
    }


def _known(minutes: int, shares: Shares) -> str:
    return wording.on_site(shares.on_site, minutes, dates.hours(minutes))


def _answer(facts: dict[str, Any], shown: cards.Shown) -> Response:
    """Send the one page of all strangers, or the same with a member's own cards put in."""
    days, key = cards.days(shown), (*facts.values(), shown.year)
    if shown.member and days:
        return kept_pages.answer(PAGE, key, lambda: facts, days=days)
    return kept_pages.answer(PAGE, (key, shown), lambda: facts | {"days": days})


def _two_weeks(slug: str, now: datetime) -> Wanted:
    since = cards.stepped(now)
    until = dates.week_bounds(dates.add_weeks(dates.week_of(dates.today(now)), 1))[1]
    return Wanted(since, until, community=slug, now=since)
