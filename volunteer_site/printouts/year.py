"""A person's year as a picture to show and as a page to keep."""

from datetime import date
from typing import Any, Final, Literal, NamedTuple

from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.core import charts, dates
from volunteer_site.core.numbers import in_hours
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import ngettext
from volunteer_site.hours.years import Part, Year
from volunteer_site.printouts.fonts import in_kai
from volunteer_site.printouts.press import picture, set_in_type
from volunteer_site.recognition.badges.queries import Held
from volunteer_site.recognition.designs import pictures

Form = Literal["picture", "paper"]
TEMPLATE: Final = "year.typ"
PARTS: Final = 3  # kinds of work and communities that are named
BADGES: Final = 6
COLOURS: Final = {"past": "#f3e4d5", "ahead": "#faf1e6", "given": "#b3371a"}
WEEKS_DONE: Final = (40, 26, 12, 4)  # from so many weeks on there are warmer words


class Moment(NamedTuple):
    """Where and on which day the page is made."""

    site: str
    today: date


def sheet_of(
    form: Form, person: str, found: Year, badges: list[Held], now: Moment
) -> dict[str, Any]:
    """Return what the page says; the same year gives the same page."""
    return {
        "form": form,
        "title": _("%(name)s: %(year)s as a volunteer", name=person, year=found.year),
        "name": _("%(name)s as a volunteer", name=person),
        "kai": in_kai(person),
        "year": str(found.year),
        "saying": _saying(found),
        "numbers": _numbers(found),
        "months": [str(month) for month in range(1, charts.MONTHS + 1)],
        "weeks": _drawn(charts.weeks(found.year, found.weeks, now.today)),
        "told": _("Each square is a week; the larger it is filled, the more hours."),
        "kinds": _parts(found.kinds, kinds=True),
        "places": _parts(found.places, kinds=False),
        "badges": [
            {"name": one.pin.name, "svg": pictures.badge_svg(one.pin)} for one in badges[:BADGES]
        ],
        "words": {"kinds": _("What I did most"), "places": _("Where I was")},
        "source": _source(found, now.today),
        "site": now.site,
    }


def made(sheet: dict[str, Any]) -> bytes:
    """Return the picture (PNG, 1080 wide) or the page (PDF, A5); raises CalledProcessError."""
    return (picture if sheet["form"] == "picture" else set_in_type)(TEMPLATE, sheet)


def _saying(found: Year) -> str:
    """Return warm words that are true for so many weeks."""
    weeks = len(found.weeks)
    sayings = (
        _("Nearly every week an hour for the neighbours. Thank you."),
        _("More than half the weeks of a year, given away. Thank you."),
        _("Week after week the street knows you. Thank you."),
        _("A good habit has begun. Thank you."),
        _("Every hour counts. Thank you for yours."),
    )
    place = next((at for at, least in enumerate(WEEKS_DONE) if weeks >= least), len(WEEKS_DONE))
    return sayings[place]


def _numbers(found: Year) -> list[dict[str, str]]:
    weeks, places = len(found.weeks), len(found.places)
    return [
        {"value": dates.hours(found.minutes), "words": _("hours")},
        {"value": str(weeks), "words": ngettext("week", "weeks", weeks)},
        {"value": str(found.occasions), "words": ngettext("time", "times", found.occasions)},
        {"value": str(places), "words": ngettext("community", "communities", places)},
    ]


def _parts(parts: tuple[Part, ...], *, kinds: bool) -> list[dict[str, Any]]:
    most = parts[0].minutes if parts else 1
    return [
        {
            "name": str(CATEGORIES[part.name].name) if kinds else part.name,
            "hours": in_hours(dates.hours(part.minutes)),
            "share": round(part.minutes / most, 3),
        }
        for part in parts[:PARTS]
    ]


def _source(found: Year, today: date) -> str:
    last = min(today, date(found.year, 12, 31))
    return _("By the record of volunteer hours, as of %(day)s.", day=_written(last))


def _written(day: date) -> str:
    return dates.arabic_date(day) if dates.saying().chinese else day.isoformat()


def _drawn(weeks: charts.Weeks) -> str:
    """Return the squares alone as a drawing; typst writes the months above them."""
    paths = [
        f'<path fill="{COLOURS["past"]}" d="{weeks.past}"/>',
        f'<path fill="{COLOURS["ahead"]}" d="{weeks.ahead}"/>',
        *(f'<path fill="{COLOURS["given"]}" d="{path}"/>' for path in weeks.given),
    ]
    width = charts.MONTHS * charts.PITCH - (charts.PITCH - charts.SQUARE)
    height = charts.MOST_WEEKS * charts.PITCH - (charts.PITCH - charts.SQUARE)
    box = f"{charts.MARGIN} {charts.LABELS} {width} {height}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" '
        f'width="{width}" height="{height}">{"".join(paths)}</svg>'
    )
