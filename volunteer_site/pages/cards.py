"""Lists of activities as cards: read once for a version, rendered once for what they show."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from flask import get_template_attribute
from markupsafe import Markup

from volunteer_site.activities import board
from volunteer_site.activities.board import Card, Wanted
from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.core import dates, versions, words
from volunteer_site.core.cache import kept
from volunteer_site.organisations import queries as organisations
from volunteer_site.people.session import Visitor
from volunteer_site.signups import queries as signups

STEP_MINUTES = 5  # how long a list without a change is kept


class Listed(NamedTuple):
    """The cards of one page, with what their ids need to be asked for again."""

    cards: list[Card]
    ids: list[int]
    more: bool
    guessed: bool = False  # the words were taken for the letters of other communities


def listed(cards: list[Card], *, more: bool = False, guessed: bool = False) -> Listed:
    """Return the cards with their ids beside them."""
    return Listed(cards, [card.id for card in cards], more, guessed)


def stepped(now: datetime) -> datetime:
    """Return the last moment of which lists are kept, a few minutes ago at most."""
    past = timedelta(
        minutes=now.minute % STEP_MINUTES, seconds=now.second, microseconds=now.microsecond
    )
    return now - past


def wanted(asked: Wanted) -> Listed:
    """Return the list that was asked for, kept as long as no activity changes."""
    if asked.only_open:  # depends on the places left, which have no version
        return _found(asked)
    key = (asked, versions.current("board"))
    return kept("lists", 128).get(key, lambda: _found(asked))  # type: ignore[no-any-return]


def _found(asked: Wanted) -> Listed:
    """Return what was asked for, or else what the letters may mean (`lzq` for 柳巷)."""
    cards, more = board.cards(asked)
    near = () if cards or not asked.text else organisations.sounding_like(asked.text)
    if not near:
        return listed(cards, more=more)
    cards, more = board.cards(replace(asked, text="", among=near))
    return listed(cards, more=more, guessed=bool(cards))


class Shown(NamedTuple):
    """All that a list of cards shows; two that are equal look the same."""

    cards: tuple[Any, ...]
    member: bool
    locale: str
    year: int
    part: str


class Marks(NamedTuple):
    """What changes on cards from one minute to the next, by activity."""

    places: dict[int, board.Places]
    states: dict[int, signups.State]  # how the visitor stands towards it


def marks(ids: list[int], person: Visitor | None) -> Marks:
    """Return the places left and how the visitor stands, of a page of cards at most."""
    states = signups.states(person.id, ids) if person and ids else {}
    return Marks(board.places(ids) if ids else {}, states)


def shown(
    found: Listed,
    person: Visitor | None,
    now: datetime,
    part: str = "activity",
    marked: Marks | None = None,
) -> Shown:
    """Return the cards with the places left and how the visitor stands towards each."""
    places, states = marked or marks(found.ids, person)
    cards = tuple(
        (card, places[card.id], states.get(card.id), now < card.signup_closes_at)
        for card in found.cards
    )
    return Shown(cards, person is not None, words.locale(), now.year, part)


def days(what: Shown) -> Markup:
    """Return the list of days as HTML, made once for what it shows."""
    if not what.cards:
        return Markup()
    return kept("days", 128).get(what, lambda: _rendered(what))  # type: ignore[no-any-return]


def _rendered(what: Shown) -> Markup:
    """Put the cards together by day; when a place is taken, only that card is made anew."""
    macro = get_template_attribute("pages/cards.html", "days")
    saying, level, made = dates.saying(), 2 if what.part == "activity" else 3, kept("cards", 1024)
    by_day: dict[str, list[Markup]] = {}
    for each in what.cards:
        key = (each, what.member, what.locale, what.part)
        card = made.get(key, partial(_card, each, what, saying, level + 1))
        by_day.setdefault(saying.day(each[0].starts_at), []).append(card)
    return macro(by_day, level)  # type: ignore[no-any-return]


def _card(each: tuple[Any, ...], what: Shown, saying: dates.Saying, level: int) -> Markup:
    card, seats, state, in_time = each
    macro = get_template_attribute("pages/cards.html", "card")
    category = CATEGORIES[card.category].name if card.category in CATEGORIES else card.category
    span = f"{saying.time(card.starts_at)}–{saying.time(card.ends_at)}"
    told = (str(category), dates.show_iso(card.starts_at), span, what.part, level, what.member)
    return macro(card, seats, state, in_time, *told)  # type: ignore[no-any-return]
