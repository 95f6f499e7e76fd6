"""The first page: what is on, soonest first, with a button to sign up at once."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request

from volunteer_site.activities import board
from volunteer_site.activities.board import Wanted
from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.core import clock, dates, versions
from volunteer_site.core.access import public
from volunteer_site.core.cache import kept
from volunteer_site.organisations import queries as organisations
from volunteer_site.pages import cards
from volunteer_site.pages.cards import Listed
from volunteer_site.people import kept_pages
from volunteer_site.people.session import Visitor, visitor

bp = Blueprint("board", __name__)
LONGEST_TEXT = 40
NOTHING = cards.listed([])


@bp.get("/")
@public
def index() -> Response:
    """Show the week's activities by day, with the places left (W17)."""
    now, person = clock.now(), visitor()
    week, wanted = (
        _wanted(now) if request.query_string else ("", _plain(cards.stepped(now), dates.zone()))
    )
    listed = cards.wanted(wanted)
    whole = not request.query_string or (wanted.page == 1 and not _narrowed())
    near = _near(person, now) if person and whole else NOTHING
    marks = cards.marks(listed.ids + near.ids, person)
    lists = {
        "days": cards.days(cards.shown(listed, person, now, marked=marks)),
        "near": cards.days(cards.shown(near, person, now, "near", marks)),
    }
    full = {name: html for name, html in lists.items() if html}
    today = dates.today(now)
    key = (wanted, listed.more, listed.guessed, today, versions.current("organisations"))

    def rest() -> dict[str, Any]:
        return {
            "days": "",
            "near": "",
            "listed": listed,
            "wanted": wanted,
            "week": week,
            "weeks": _weeks(week, today),
            "categories": CATEGORIES,
            "communities": _communities(),
            "address": _address,
        }

    return kept_pages.answer("pages/board.html", key, rest, **full)


def _wanted(now: datetime) -> tuple[str, Wanted]:
    """Read the filters; what cannot be understood is left out, as a poster's link may be old."""
    now = cards.stepped(now)
    week = request.args.get("week", "")
    try:
        since, until = dates.week_bounds(week)
    except ValueError:
        week, since, until = "", now, _plain(now, dates.zone()).until
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


@lru_cache(4)
def _plain(now: datetime, zone: ZoneInfo) -> Wanted:
    """Return what the board shows to those who ask for nothing: this week and the next."""
    until = dates.week_bounds(dates.add_weeks(dates.week_of(dates.today(now, zone)), 1), zone)[1]
    return Wanted(now, until, now=now)


def _narrowed() -> bool:
    return any(request.args.get(name) for name in ("week", "community", "category", "q", "open"))


def _near(person: Visitor, now: datetime) -> Listed:
    """Return the next activities of the visitor's own and paired communities."""
    if not (person.community_id or person.unit_id):
        return NOTHING
    today = dates.today(now)
    key = (person.community_id, person.unit_id, today, now.hour, versions.current("board"))
    return kept("near", 512).get(key, lambda: _near_list(person, now))  # type: ignore[no-any-return]


def _near_list(person: Visitor, now: datetime) -> Listed:
    paired = organisations.paired_communities(person.unit_id or 0, dates.today(now))
    ids = set(paired)
    if person.community_id:
        ids.add(person.community_id)
    return cards.listed(board.coming_at(sorted(ids), now, board.NEAR) if ids else [])


def _weeks(week: str, today: date) -> list[tuple[str, str]]:
    this = dates.week_of(today)
    around = [this, dates.add_weeks(this, 1)]
    if week and week not in around:
        around.append(week)
    return [(each, dates.show_week(each)) for each in around]


def _communities() -> list[tuple[str, str]]:
    return kept("communities", 4).get(  # type: ignore[no-any-return]
        versions.current("organisations"),
        organisations.community_names,
    )


def _address(**changes: object) -> str:
    """Return this page's address with some filters changed; an empty value drops the filter."""
    given = {name: value for name, value in request.args.items() if name != "page"}
    asked = {name: value for name, value in (given | changes).items() if value}
    return "/?" + urlencode(asked) if asked else "/"
