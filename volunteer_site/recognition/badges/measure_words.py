"""What badges count, in the visitor's words: the rule of each measure, and so much of it."""

from collections.abc import Callable
from typing import Final

from flask import current_app

from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.core.numbers import show_hours
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import ngettext
from volunteer_site.recognition.badges.measures import MORNING
from volunteer_site.recognition.badges.pins import Pin


def hours(minutes: int) -> str:
    """Return minutes as hours, by the one rule for rounding (R4)."""
    return show_hours(minutes, current_app.config["ROUNDING_MINUTES"])


def _weeks(pin: Pin) -> str:
    if pin.threshold == 1:
        return _("Serve for the first time")
    return _("Serve in %(number)s different weeks", number=pin.threshold)


def _minutes(pin: Pin) -> str:
    return _("Serve %(hours)s hours in all", hours=hours(pin.threshold))


def _category_minutes(pin: Pin) -> str:
    kind = CATEGORIES[pin.category].name
    return _("Serve %(hours)s hours of this work: %(kind)s", kind=kind, hours=hours(pin.threshold))


def _recorders(pin: Pin) -> str:
    return _("Serve in %(number)s different communities", number=pin.threshold)


def _entries(pin: Pin) -> str:
    return _("Come and serve %(number)s times", number=pin.threshold)


def _mornings(pin: Pin) -> str:
    return ngettext(
        "Serve on %(num)s morning before %(hour)s o'clock",
        "Serve on %(num)s mornings before %(hour)s o'clock",
        pin.threshold,
        hour=MORNING,
    )


def _first(_pin: Pin) -> str:
    return _("Serve for the first time")


# fmt: off
RULES: Final[dict[str, Callable[[Pin], str]]] = {
    "": lambda pin: _("Given by hand, with a citation"),
    "weeks": _weeks,
    "streak": lambda pin: _("Serve %(number)s weeks in a row", number=pin.threshold),
    "months": lambda pin: _("Serve in %(number)s different months", number=pin.threshold),
    "seasons": lambda pin: _("Serve in %(number)s of the four seasons", number=pin.threshold),
    "years": lambda pin: _("Serve in %(number)s different years", number=pin.threshold),
    "days": lambda pin: ngettext(
        "Serve on %(num)s day", "Serve on %(num)s different days", pin.threshold),
    "minutes": _minutes,
    "category_minutes": _category_minutes,
    "categories": lambda pin: _("Try %(number)s different kinds of work", number=pin.threshold),
    "recorders": _recorders,
    "elsewhere": lambda pin: ngettext(
        "Help %(num)s time in a community that is not one's own",
        "Help %(num)s times in communities that are not one's own", pin.threshold),
    "entries": _entries,
    "weekends": lambda pin: ngettext(
        "Serve on %(num)s weekend", "Serve on %(num)s different weekends", pin.threshold),
    "mornings": _mornings,
    "holidays": lambda pin: ngettext(
        "Serve on %(num)s public holiday", "Serve %(num)s times on public holidays",
        pin.threshold),
    "early": lambda pin: ngettext(
        "Sign up a day before or earlier, and come: %(num)s time",
        "Sign up a day before or earlier, and come: %(num)s times", pin.threshold),
    "kept": lambda pin: _("Come %(number)s times in a row without a no-show", number=pin.threshold),
    "at_the_door": lambda pin: ngettext(
        "Check in at the door, by code or by hand, %(num)s time",
        "Check in at the door, by code or by hand, %(num)s times", pin.threshold),
    "for_unit": lambda pin: ngettext(
        "Serve %(num)s time with one's unit", "Serve %(num)s times with one's unit",
        pin.threshold),
    "first_of_unit": lambda pin: ngettext(
        "Be the first of one's unit to sign up, and colleagues come too: %(num)s time",
        "Be the first of one's unit to sign up, and colleagues come too: %(num)s times",
        pin.threshold),
    "brought": lambda pin: ngettext(
        "Sign up somebody else, and come along together",
        "Sign up %(num)s different people, and come along together", pin.threshold),
    "first_of_year": _first,
}
# fmt: on


def times(value: int) -> str:
    """Return so many times: what is counted where nothing else is said."""
    return ngettext("%(num)s time", "%(num)s times", value)


def _week_amount(value: int) -> str:
    return ngettext("%(num)s week", "%(num)s weeks", value)


def _day_amount(value: int) -> str:
    return ngettext("%(num)s day", "%(num)s days", value)


AMOUNTS: Final[dict[str, Callable[[int], str]]] = {
    "weeks": _week_amount,
    "streak": _week_amount,
    "months": lambda value: ngettext("%(num)s month", "%(num)s months", value),
    "seasons": lambda value: ngettext("%(num)s season", "%(num)s seasons", value),
    "years": lambda value: ngettext("%(num)s year", "%(num)s years", value),
    "days": _day_amount,
    "mornings": _day_amount,
    "weekends": lambda value: ngettext("%(num)s weekend", "%(num)s weekends", value),
    "categories": lambda value: ngettext("%(num)s kind of work", "%(num)s kinds of work", value),
    "recorders": lambda value: ngettext("%(num)s community", "%(num)s communities", value),
    "brought": lambda value: ngettext("%(num)s person", "%(num)s people", value),
}
