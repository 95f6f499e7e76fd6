"""Badges as pages show them and as they are counted; kept until one of them changes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from volunteer_site.core import calendar, versions, words
from volunteer_site.core.cache import kept
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.recognition.badges.measures import MEASURES
from volunteer_site.recognition.badges.models import Badge
from volunteer_site.recognition.badges.rules import EVERYWHERE, Places, Rule, Rulebook

FIRST_DAY: Final = date(2015, 1, 1)  # nobody's hours are older
LAST_DAY: Final = date(2040, 12, 31)


class Pin(NamedTuple):
    """A badge as pages show it."""

    id: int
    slug: str
    family: str
    name_zh: str
    name_en: str
    sentence_zh: str
    sentence_en: str
    measure: str  # "" for a badge given by hand
    category: str
    over_period: str
    threshold: int
    emblem: str
    shape: str
    tint: str
    position: int
    retired_at: datetime | None
    first_day: str = ""
    last_day: str = ""
    programme: str = ""
    organisation_id: int | None = None
    design_id: int | None = None
    designer: str = ""
    proposed_at: datetime | None = None
    approved_at: datetime | None = None
    created_at: datetime | None = None
    place: str = ""  # name of the organisation, "" for everywhere

    @property
    def name(self) -> str:
        """Return its name in the visitor's language."""
        return self.name_en if words.locale() == "en" else self.name_zh

    @property
    def sentence(self) -> str:
        """Return its warm sentence in the visitor's language."""
        return self.sentence_en if words.locale() == "en" else self.sentence_zh

    @property
    def given_by_hand(self) -> bool:
        """Tell whether people award it; such a badge counts nothing."""
        return not self.measure

    @property
    def proposed(self) -> bool:
        """Tell whether it still waits to be approved."""
        return self.proposed_at is not None and self.approved_at is None

    @property
    def open(self) -> bool:
        """Tell whether it can be had now."""
        return self.retired_at is None and not self.proposed

    @property
    def rule(self) -> Rule:
        """Return what earns it."""
        return Rule(
            self.id, self.measure, self.category, self.over_period, self.threshold, self.position,
            self.open, self.first_day, self.last_day, self.programme, self.organisation_id,
        )  # fmt: skip


def catalogue() -> dict[int, Pin]:
    """Return all badges by number, in their order; kept until one changes."""
    return _catalogue(versions.all_now())


def by_slug(slug: str) -> Pin:
    """Return a badge by its address; raises NotFound."""
    for pin in catalogue().values():
        if pin.slug == slug:
            return pin
    raise NotFound(_("There is no such badge. Have a look at all of them."))


def rules() -> list[Rule]:
    """Return the rules of all badges, also of retired ones, in the order of the catalogue."""
    return _rules(catalogue())


def rulebook() -> Rulebook:
    """Return all rules together; kept until a badge, a place or a holiday changes."""
    now = versions.all_now()
    pins, key = _catalogue(now), (now["badges"], now["organisations"], now["calendar"])
    return kept("rulebook", 2).get(  # type: ignore[no-any-return]
        key, lambda: book_of(_rules(pins))
    )


def book_of(rules: Iterable[Rule]) -> Rulebook:
    """Return some rules together, with what lies below their places, and public holidays."""
    found = list(rules)
    wanted = {rule.organisation_id for rule in found if rule.organisation_id is not None}
    places = _places(wanted) if wanted else EVERYWHERE
    counted = {need for rule in found for need in MEASURES[rule.measure].needs}
    days_off = _days_off(versions.current("calendar")) if "days_off" in counted else frozenset()
    return Rulebook(found, places, days_off)


def _catalogue(now: Mapping[str, int]) -> dict[int, Pin]:
    key = now["badges"], now["organisations"]  # places have names
    return kept("badges", 2).get(key, lambda: {pin.id: pin for pin in _pins()})  # type: ignore[no-any-return]


def _rules(pins: dict[int, Pin]) -> list[Rule]:
    return [pin.rule for pin in pins.values() if not (pin.given_by_hand or pin.proposed)]


def _pins() -> list[Pin]:
    columns: list[Any] = [getattr(Badge, name) for name in Pin._fields if name != "place"]
    asked = (
        sa.select(*columns, sa.func.coalesce(Organisation.name, ""))
        .outerjoin(Organisation, Organisation.id == Badge.organisation_id)
        .order_by(Badge.position, Badge.id)
    )
    rows: Iterable[Any] = db.session.execute(asked)
    return [Pin(*row) for row in rows]


def _days_off(version: int) -> frozenset[date]:
    return kept("days off", 2).get(version, _holidays)  # type: ignore[no-any-return]


def _holidays() -> frozenset[date]:
    """Return all public holidays that are known, and the working days off beside them."""
    known = calendar.load(FIRST_DAY, LAST_DAY)
    return (_published() - known.entered.keys()) | _off(known, known.entered)


@cache
def _published() -> frozenset[date]:
    """Return those that nobody had to enter; to look at 9,500 days takes a tenth of a second."""
    every = (FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    return _off(calendar.WorkCalendar(FIRST_DAY, LAST_DAY, {}, frozenset()), every)


def _off(known: calendar.WorkCalendar, days: Iterable[date]) -> frozenset[date]:
    found = map(known.describe, days)
    return frozenset(one.day for one in found if not one.working and (one.name or one.moved))


def _places(wanted: set[int]) -> Places:
    """Return for every organisation which of the wanted ones it belongs to."""
    asked = sa.select(Organisation.id, Organisation.kind, Organisation.path)
    tree: list[tuple[int, str, str]] = [
        (row[0], row[1], row[2]) for row in db.session.execute(asked)
    ]
    recorders: dict[int, tuple[int, ...]] = defaultdict(tuple)
    units: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for place, kind, path in tree:
        if place in wanted and kind in {Kind.UNIT, Kind.TEAM}:
            units[place] += (place,)
        elif place in wanted:
            for number, _kind, below in tree:
                if below.startswith(path):
                    recorders[number] += (place,)
    return Places(dict(recorders), dict(units))
