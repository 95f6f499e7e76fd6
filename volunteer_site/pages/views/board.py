"""The first page: what is on, soonest first, with a button to sign up at once."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, get_template_attribute, render_template, request
from markupsafe import Markup

from volunteer_site.activities import board
from volunteer_site.activities.board import Card, Wanted
from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.core import clock, dates, versions, words
from volunteer_site.core.access import public
from volunteer_site.core.cache import kept
from volunteer_site.organisations import queries as organisations
from volunteer_site.people.session import Visitor, visitor
from volunteer_site.signups import queries as signups

bp = Blueprint("board", __name__)
STEP = timedelta(minutes=5)  # how long a list without a change is kept
LONGEST_TEXT = 40


class Listed(NamedTuple):
    """The cards of one page of the board, with what their ids need to be asked for again."""

    cards: list[Card]
    ids: list[int]
    more: bool


@bp.get("/")
@public
def index() -> str:
    """Show the week's activities by day, with the places left (W17)."""
    now, person = clock.now(), visitor()
    week, wanted = _wanted(now)
    listed = _listed(wanted)
    return render_template(
        "pages/board.html",
        days=_days(listed, person, now),
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
    now = now - timedelta(minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond)
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


def _listed(wanted: Wanted) -> Listed:
    def make() -> Listed:
        cards, more = board.cards(wanted)
        return Listed(cards, [card.id for card in cards], more)

    if wanted.only_open:  # depends on the places left, which have no version
        return make()
    return kept("lists", 128).get((wanted, versions.current("board")), make)  # type: ignore[no-any-return]


def _days(listed: Listed, person: Visitor | None, now: datetime, part: str = "activity") -> Markup:
    """Return the list of days as HTML, made once for what it shows."""
    if not listed.ids:
        return Markup()
    places = board.places(listed.ids)
    states = signups.states(person.id, listed.ids) if person else {}
    shown = tuple(
        (card, places[card.id], states.get(card.id), now < card.signup_closes_at)
        for card in listed.cards
    )
    key = (shown, person is not None, words.locale(), now.year, part)
    return kept("days", 128).get(key, lambda: _render_days(*key))  # type: ignore[no-any-return]


def _render_days(shown: Any, member: bool, _locale: str, _year: int, part: str) -> Markup:
    days = get_template_attribute("pages/cards.html", "days")
    level = 2 if part == "activity" else 3
    return days(shown, member, dates.saying(), CATEGORIES, part, level)  # type: ignore[no-any-return]


def _near(person: Visitor | None, now: datetime) -> Markup | str:
    """Return the next activities of the visitor's own and paired communities."""
    if person is None or not (person.community_id or person.unit_id):
        return ""
    today = dates.today(now)
    key = (person.community_id, person.unit_id, today, now.hour, versions.current("board"))
    listed = kept("near", 512).get(key, lambda: _near_list(person, now))
    return _days(listed, person, now, "near")


def _near_list(person: Visitor, now: datetime) -> Listed:
    paired = organisations.paired_communities(person.unit_id or 0, dates.today(now))
    ids = set(paired)
    if person.community_id:
        ids.add(person.community_id)
    cards = board.coming_at(sorted(ids), now, 3) if ids else []
    return Listed(cards, [card.id for card in cards], more=False)


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
