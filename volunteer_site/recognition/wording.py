"""Rules of badges and the way to them, in the visitor's words.

What is counted is said once here, for every measure of `rules.MEASURES`.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from flask import current_app
from flask_babel import LazyString
from markupsafe import Markup

from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.core.numbers import show_hours
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.core.words import ngettext
from volunteer_site.recognition.emblems import emblem_svg
from volunteer_site.recognition.queries import Ahead, Pin


def _weeks(pin: Pin) -> str:
    if pin.threshold == 1:
        return _("Serve for the first time")
    return _("Serve in %(number)s different weeks", number=pin.threshold)


def _minutes(pin: Pin) -> str:
    return _("Serve %(hours)s hours in all", hours=_hours(pin.threshold))


def _category_minutes(pin: Pin) -> str:
    kind, hours = CATEGORIES[pin.category].name, _hours(pin.threshold)
    return _("Serve %(hours)s hours of this work: %(kind)s", kind=kind, hours=hours)


def _recorders(pin: Pin) -> str:
    return _("Serve in %(number)s different communities", number=pin.threshold)


def _entries(pin: Pin) -> str:
    return _("Come and serve %(number)s times", number=pin.threshold)


def _first(_pin: Pin) -> str:
    return _("Serve for the first time")


RULES: Final[dict[str, Callable[[Pin], str]]] = {
    "weeks": _weeks,
    "minutes": _minutes,
    "category_minutes": _category_minutes,
    "recorders": _recorders,
    "entries": _entries,
    "first_of_year": _first,
}
GROUPS: Final[dict[str, LazyString]] = {
    "weeks": _l("Week by week"),
    "entries": _l("Time and again"),
    "minutes": _l("Hour by hour"),
    "category_minutes": _l("What one is good at"),
    "recorders": _l("Round the communities"),
    "year": _l("Within a year"),
}


def takes(pin: Pin) -> str:
    """Return what it takes to earn the badge."""
    rule = RULES[pin.measure](pin)
    return _("Within one calendar year: %(rule)s", rule=rule) if _yearly(pin) else rule


def amount(pin: Pin, value: int) -> str:
    """Return so much of what the badge counts: 3 weeks, 4.5 hours, 2 communities."""
    if "minutes" in pin.measure:
        hours = _hours(value)
        return ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == "1" else 2, hours=hours)
    if pin.measure == "weeks":
        return ngettext("%(num)s week", "%(num)s weeks", value)
    if pin.measure == "recorders":
        return ngettext("%(num)s community", "%(num)s communities", value)
    return ngettext("%(num)s time", "%(num)s times", value)


def way(ahead: Ahead) -> str:
    """Return how far somebody has come: 3 of 4 weeks."""
    done = _hours(ahead.value) if "minutes" in ahead.pin.measure else str(ahead.value)
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
        name = GROUPS["year"] if _yearly(pin) else GROUPS.get(pin.measure, _l("Others"))
        groups.setdefault(str(name), []).append(pin)
    return groups


def emblem(pin: Pin, *, earned: bool = True, progress: float | None = None) -> Markup:
    """Return the badge's picture without words; the page says its name beside it."""
    share = None if progress is None else round(progress, 2)
    return _drawn(pin.emblem, pin.shape, pin.tint, earned, share)


@lru_cache(maxsize=512)
def _drawn(name: str, shape: str, tint: str, earned: bool, progress: float | None) -> Markup:
    svg = emblem_svg(name, shape=shape, tint=tint, title="", earned=earned, progress=progress)
    return Markup(svg)  # noqa: S704 -- our own drawing


def _yearly(pin: Pin) -> bool:
    return pin.over_period == "year"


def _hours(minutes: int) -> str:
    return show_hours(minutes, current_app.config["ROUNDING_MINUTES"])
