"""The first page: what is on, soonest first, with a button to sign up at once."""

from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from markupsafe import Markup

from volunteer_site.activities import board
from volunteer_site.activities.board import Wanted
from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.core import clock, dates, versions
from volunteer_site.core.access import public
from volunteer_site.core.cache import kept
from volunteer_site.organisations import queries as organisations
from volunteer_site.pages import cards
from volunteer_site.people.session import Visitor, visitor

bp = Blueprint("board", __name__)
LONGEST_TEXT = 40


@bp.get("/")
@public
def index() -> str:
    """Show the week's activities by day, with the places left (W17)."""
    now, person = clock.now(), visitor()
    week, wanted = _wanted(now)
    listed = cards.wanted(wanted)
    return render_template(
        "pages/board.html",
        days=cards.days(cards.shown(listed, person, now)),
        near=_near(person, now) if wanted.page == 1 and not _narrowed() else "",
        listed=listed,
        wanted=wanted,
        week=week,
        weeks=_weeks(week, now),
        categories=CATEGORIES,
        communities=_communities(),
        address=_address,
    )


def _wanted(now: datetime) -> tuple[str, Wanted]:
    """Read the filters; what cannot be understood is left out, as a poster's link may be old."""
    now = cards.stepped(now)
    week = request.args.get("week", "")
    try:
        since, until = dates.week_bounds(week)
    except ValueError:
        week, since = "", now
        until = dates.week_bounds(dates.add_weeks(dates.week_of(dates.today(now)), 1))[1]
    return week, Wanted(
        since,
        until,
        community=request.args.get("community", "")[:LONGEST_TEXT],
        category=request.args.get("category", "")[:LONGEST_TEXT],
        text=request.args.get("q", "").replace("\x00", "").strip()[:LONGEST_TEXT],
        only_open=request.args.get("open") == "1",
        now=now,
        page=min(max(request.args.get("page", 1, type=int), 1), 500),
    )


def _narrowed() -> bool:
    return any(request.args.get(name) for name in ("week", "community", "category", "q", "open"))


def _near(person: Visitor | None, now: datetime) -> Markup | str:
    """Return the next activities of the visitor's own and paired communities."""
    if person is None or not (person.community_id or person.unit_id):
        return ""
    today = dates.today(now)
    key = (person.community_id, person.unit_id, today, now.hour, versions.current("board"))
    listed = kept("near", 512).get(key, lambda: _near_list(person, now))
    return cards.days(cards.shown(listed, person, now, "near"))


def _near_list(person: Visitor, now: datetime) -> cards.Listed:
    paired = organisations.paired_communities(person.unit_id or 0, dates.today(now))
    ids = set(paired)
    if person.community_id:
        ids.add(person.community_id)
    return cards.listed(board.coming_at(sorted(ids), now, 3) if ids else [])


def _weeks(week: str, now: datetime) -> list[tuple[str, str]]:
    this = dates.week_of(dates.today(now))
    around = [this, dates.add_weeks(this, 1)]
    if week and week not in around:
        around.append(week)
    return [(each, dates.show_week(each)) for each in around]


def _communities() -> list[tuple[str, str]]:
    return kept("communities", 4).get(  # type: ignore[no-any-return]
        versions.current("organisations"),
        lambda: [(found.slug, found.name) for found in organisations.communities()],
    )


def _address(**changes: object) -> str:
    """Return this page's address with some filters changed; an empty value drops the filter."""
    given = {name: value for name, value in request.args.items() if name != "page"}
    asked = {name: value for name, value in (given | changes).items() if value}
    return "/?" + urlencode(asked) if asked else "/"
