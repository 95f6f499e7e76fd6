"""Rules of badges and the way to them, in the visitor's words.

What is counted is said once here, for every measure of `measures.MEASURES`; over what time, where
and in what it is counted is said before it.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache, reduce
from typing import Final

from flask import current_app
from flask_babel import LazyString
from markupsafe import Markup

from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.core import dates, words
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.core.words import ngettext
from volunteer_site.recognition.badges.emblems import emblem_svg
from volunteer_site.recognition.badges.measure_words import AMOUNTS, RULES, hours, times
from volunteer_site.recognition.badges.measures import PAUSE
from volunteer_site.recognition.badges.pins import Pin
from volunteer_site.recognition.badges.queries import Ahead

LEAP_YEAR: Final = 2024  # has every day that a season may name

GROUPS: Final[dict[str, tuple[LazyString, tuple[str, ...]]]] = {
    "weeks": (_l("Week by week"), ("weeks", "streak")),
    "entries": (_l("Time and again"), ("entries", "days", "weekends", "mornings", "holidays")),
    "minutes": (_l("Hour by hour"), ("minutes",)),
    "months": (_l("Through the seasons"), ("months", "seasons", "years")),
    "category_minutes": (_l("What one is good at"), ("category_minutes", "categories")),
    "recorders": (_l("Round the communities"), ("recorders", "elsewhere")),
    "character": (
        _l("People one can count on"),
        ("early", "kept", "at_the_door", "for_unit", "first_of_unit", "brought"),
    ),
}
SPECIAL: Final[tuple[tuple[Callable[[Pin], bool], LazyString], ...]] = (
    (lambda pin: pin.organisation_id is not None, _l("Badges of single places")),
    (lambda pin: pin.given_by_hand, _l("Given by hand")),
    (lambda pin: pin.over_period in {"season", "dates"}, _l("Each in its season")),
    (lambda pin: bool(pin.programme), _l("Badges of programmes")),
    (lambda pin: pin.over_period == "year", _l("Within a year")),
)
GROUP_OF: Final = {one: said for said, measures in GROUPS.values() for one in measures}


def takes(pin: Pin) -> str:
    """Return what it takes to earn the badge: over what time, where, in what, and how many."""
    rule = RULES[pin.measure](pin)
    if pin.given_by_hand:
        return rule
    before = list(_before(pin))
    if not before:
        return rule
    whole = reduce(lambda one, more: _("%(one)s, %(more)s", one=one, more=more), before)
    return _("%(when)s: %(rule)s", when=whole, rule=rule)


def explains(pin: Pin) -> str:
    """Return what else is worth knowing about how it is counted; "" for what explains itself."""
    if pin.measure == "streak":
        return _(
            "Nothing breaks when the Friday is a holiday, when nothing takes place in the "
            "community where you served last, or when you have said that you cannot come; such "
            "weeks are passed over, up to %(weeks)s one after the other.",
            weeks=PAUSE,
        )
    if pin.measure == "kept":
        return _("Absences with an excuse do not count as no-shows.")
    if pin.measure == "first_of_unit":
        return _("Only those of the unit who came are compared; coming alone does not count.")
    return ""


def _before(pin: Pin) -> Iterator[str]:
    """Yield what is said before the rule: when, where, in which programme, in which work."""
    if pin.over_period in WHEN:
        yield WHEN[pin.over_period](pin)
    if pin.place:
        yield _("at %(place)s", place=pin.place)
    if pin.programme:
        yield _("in “%(programme)s”", programme=pin.programme)
    if pin.category and pin.measure != "category_minutes":
        yield str(CATEGORIES[pin.category].name)


def _each_year(pin: Pin) -> str:
    return _("Each year %(span)s", span=season(pin.first_day, pin.last_day))


def _dates(pin: Pin) -> str:
    days = (date.fromisoformat(one) for one in (pin.first_day, pin.last_day))
    first, last = (dates.show_day(day) for day in days)
    return first if first == last else _("%(first)s to %(last)s", first=first, last=last)


WHEN: Final[dict[str, Callable[[Pin], str]]] = {
    "year": lambda _pin: _("Within one calendar year"),
    "season": _each_year,
    "dates": _dates,
}


def season(first_day: str, last_day: str) -> str:
    """Return a part of every year: in March, or from 1 November to 31 March."""
    first, last = (date.fromisoformat(f"{LEAP_YEAR}-{day}") for day in (first_day, last_day))
    whole_month = monthrange(LEAP_YEAR, last.month)[1]
    if first.day == 1 and last.day in {whole_month, 28} and first.month == last.month:
        return _("in %(month)s", month=_month(first))
    if first == last:
        return _("on %(date)s", date=_day(first))
    return _("from %(first)s to %(last)s", first=_day(first), last=_day(last))


def _month(day: date) -> str:
    return f"{day:%B}" if words.locale() == "en" else f"{day.month}月"


def _day(day: date) -> str:
    if (day.month, day.day) == (2, monthrange(LEAP_YEAR, 2)[1]):
        return _("the end of February")
    return f"{day.day} {day:%B}" if words.locale() == "en" else f"{day.month}月{day.day}日"


def amount(pin: Pin, value: int) -> str:
    """Return so much of what the badge counts: 3 weeks, 4.5 hours, 2 communities."""
    if "minutes" in pin.measure:
        said = hours(value)
        return ngettext("%(hours)s hour", "%(hours)s hours", 1 if said == "1" else 2, hours=said)
    return AMOUNTS.get(pin.measure, times)(value)


def way(ahead: Ahead) -> str:
    """Return how far somebody has come: 3 of 4 weeks."""
    done = hours(ahead.value) if "minutes" in ahead.pin.measure else str(ahead.value)
    whole = amount(ahead.pin, ahead.pin.threshold)
    return _("%(done)s of %(whole)s", done=done, whole=whole)


def left(ahead: Ahead) -> str:
    """Return what is missing; with what `way` says it makes the whole (R4)."""
    value = ahead.value
    if "minutes" in ahead.pin.measure:
        unit = current_app.config["ROUNDING_MINUTES"]
        value = value // unit * unit
    return _("%(amount)s to go", amount=amount(ahead.pin, max(ahead.pin.threshold - value, 0)))


def grouped(pins: Iterable[Pin]) -> dict[str, list[Pin]]:
    """Return badges under headings of what they honour, in the order of the catalogue."""
    groups: dict[str, list[Pin]] = {}
    for pin in pins:
        groups.setdefault(str(_group(pin)), []).append(pin)
    return groups


def _group(pin: Pin) -> LazyString:
    for holds, said in SPECIAL:
        if holds(pin):
            return said
    return GROUP_OF.get(pin.measure, _l("Others"))


def emblem(pin: Pin, *, earned: bool = True, progress: float | None = None) -> Markup:
    """Return the badge's picture without words; the page says its name beside it."""
    if pin.design_id is not None:  # may hold a picture, too heavy to be in every page
        grey = Markup("") if earned else Markup(' class="grey"')
        picture = Markup('<img src="/designs/{}.svg" width="96" height="96" alt=""{}>')
        return picture.format(pin.design_id, grey)
    share = None if progress is None else round(progress, 2)
    return _drawn(pin.emblem, pin.shape, pin.tint, earned, share)


@lru_cache(maxsize=512)
def _drawn(name: str, shape: str, tint: str, earned: bool, progress: float | None) -> Markup:
    svg = emblem_svg(name, shape=shape, tint=tint, title="", earned=earned, progress=progress)
    return Markup(svg)  # noqa: S704 -- our own drawing
