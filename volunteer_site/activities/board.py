"""The board: what is on, as the cards of the first page show it.

The list of cards changes only when an activity does (version "board"); the places left change
with every sign-up and are read each time. Both are plain columns: the page is the busiest of all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.core.db import db
from volunteer_site.core.look import Look, numbers, one_of
from volunteer_site.organisations.models import Kind, Organisation

PAGE = 20  # cards; a first visit stays below 25 kB
NEAR = 3  # cards of the visitor's own communities above them
MOST = PAGE + NEAR
MOST_NEAR = 24  # communities that count as near


@dataclass(frozen=True)
class Wanted:
    """What the visitor asked the board for; empty fields ask for everything."""

    since: datetime
    until: datetime
    community: str = ""
    category: str = ""
    text: str = ""
    among: tuple[int, ...] = ()  # only these organisations and what is right below them
    only_open: bool = False
    now: datetime | None = None
    page: int = 1


class Card(NamedTuple):
    """What a card says that does not change when somebody signs up."""

    id: int
    title: str
    category: str
    place: str
    community: str
    slug: str
    starts_at: datetime
    ends_at: datetime
    signup_closes_at: datetime
    cancelled: bool
    closed: bool
    shifts: int


class Places(NamedTuple):
    """How many places an activity has, how many are taken, how many people wait."""

    places: int
    taken: int
    waiting: int


_shifts = (
    sa.select(sa.func.count()).where(Shift.activity_id == Activity.id).correlate(Activity)
).scalar_subquery()
_columns: tuple[Any, ...] = (
    Activity.id,
    Activity.title,
    Activity.category,
    Activity.place,
    Organisation.name,
    Organisation.slug,
    Activity.starts_at,
    Activity.ends_at,
    Activity.signup_closes_at,
    Activity.cancelled_at.is_not(None),
    Activity.closed_at.is_not(None),
    _shifts,
)
_cards: sa.Select[Any] = (
    sa.select(*_columns)
    .join(Organisation, Organisation.id == Activity.organisation_id)
    .where(Activity.published_at.is_not(None))
    .order_by(Activity.starts_at, Activity.id)
)
_of_days = Look(
    _cards.where(
        Activity.ends_at > sa.bindparam("since", type_=sa.DateTime),
        Activity.starts_at < sa.bindparam("until", type_=sa.DateTime),
    )
    .limit(PAGE + 1)
    .offset(sa.bindparam("skipped"))
)
_coming = Look(
    _cards.where(
        one_of(Activity.organisation_id, "place", MOST_NEAR),
        Activity.starts_at > sa.bindparam("now", type_=sa.DateTime),
        Activity.ends_at > sa.bindparam("now", type_=sa.DateTime),  # has an index
        Activity.cancelled_at.is_(None),
    ).limit(sa.bindparam("most"))
)
_places = Look(
    sa.select(
        Shift.activity_id,
        sa.func.sum(Shift.places),
        sa.func.sum(Shift.taken),
        sa.func.sum(Shift.waiting),
    )
    .where(one_of(Shift.activity_id, "id", MOST))
    .group_by(Shift.activity_id)
)


def cards(wanted: Wanted) -> tuple[list[Card], bool]:
    """Return a page of cards, soonest first, and whether there are more."""
    skipped = (wanted.page - 1) * PAGE
    if wanted == Wanted(wanted.since, wanted.until, now=wanted.now, page=wanted.page):
        rows = _of_days(since=wanted.since, until=wanted.until, skipped=skipped)
    else:
        asked = _narrowed(wanted).limit(PAGE + 1).offset(skipped)
        rows = [tuple(row) for row in db.session.execute(asked)]
    found = [Card(*row) for row in rows]
    return found[:PAGE], len(found) > PAGE


def coming_at(organisation_ids: Sequence[int], now: datetime, most: int) -> list[Card]:
    """Return the next activities that have not begun, of the first MOST_NEAR communities."""
    rows = _coming(now=now, most=most, **numbers("place", organisation_ids, MOST_NEAR))
    return [Card(*row) for row in rows]


def places(activity_ids: Sequence[int]) -> dict[int, Places]:
    """Return places, taken and waiting of at most a page of activities, all shifts together."""
    rows = _places(**numbers("id", activity_ids, MOST))
    return {row[0]: Places(*row[1:]) for row in rows}


def _narrowed(wanted: Wanted) -> sa.Select[Any]:
    asked = _cards.where(Activity.ends_at > wanted.since, Activity.starts_at < wanted.until)
    if wanted.community:
        asked = asked.where(Organisation.slug == wanted.community)
    if wanted.category:
        asked = asked.where(Activity.category == wanted.category)
    if wanted.text:
        asked = asked.where(_holds(wanted.text))
    if wanted.among:
        asked = asked.where(
            sa.or_(Organisation.id.in_(wanted.among), Organisation.parent_id.in_(wanted.among))
        )
    if wanted.only_open:
        asked = asked.where(_is_open(wanted))
    return asked


def _holds(text: str) -> sa.ColumnElement[bool]:
    """Match titles and places, communities and their streets by name, pinyin or initials (`lx`)."""
    street = orm.aliased(Organisation)
    streets = sa.select(street.id).where(street.kind == Kind.SUBDISTRICT, _is_called(street, text))
    return sa.or_(
        Activity.title.contains(text, autoescape=True),
        Activity.place.contains(text, autoescape=True),
        _is_called(Organisation, text),
        Organisation.parent_id.in_(streets),
    )


def _is_called(place: type[Organisation], text: str) -> sa.ColumnElement[bool]:
    key = text.lower().replace(" ", "")
    return sa.or_(
        place.name.contains(text, autoescape=True),
        place.pinyin.contains(key, autoescape=True),
        place.initials.contains(key, autoescape=True),
    )


def _is_open(wanted: Wanted) -> sa.ColumnElement[bool]:
    free = sa.select(Shift.id).where(Shift.activity_id == Activity.id, Shift.taken < Shift.places)
    return sa.and_(
        Activity.cancelled_at.is_(None),
        Activity.closed_at.is_(None),
        Activity.signup_closes_at > wanted.now,
        sa.exists(free),
    )
