"""A person's year: the weeks, the kinds of work, the communities, and their place among others."""

from bisect import bisect_left
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.core import dates
from volunteer_site.core.cache import kept
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import ngettext
from volunteer_site.hours import years
from volunteer_site.hours.years import Part, Year

STEP: Final = timedelta(minutes=5)  # how long a community's order is kept
FEW: Final = 3  # parts shown on the person's own page


class Position(NamedTuple):
    """Where somebody stands among those who served at a community in a year."""

    place: int  # 1 is the most; same minutes, same place
    people: int


def of(person_id: int, year: int, mark: int) -> Year:
    """Return the person's year, added up again only when their ledger has changed.

    `mark` is the number of the person's newest entry: the ledger is only ever added to.
    """
    key = (person_id, year, mark)
    return kept("years", 1024).get(key, lambda: years.of_person(person_id, year))  # type: ignore[no-any-return]


def position(person_id: int, community_id: int, year: int, now: datetime) -> Position | None:
    """Return somebody's place in a community, as of the last five minutes; None without hours."""
    step = timedelta(hours=now.hour, minutes=now.minute) // STEP
    key = (community_id, year, now.date(), step)
    everybody: dict[int, int] = kept("communities' years", 64).get(
        key, lambda: years.at_place(community_id, year)
    )
    mine = everybody.get(person_id)
    if mine is None:
        return None
    lower_first = sorted(-minutes for minutes in everybody.values())
    return Position(bisect_left(lower_first, -mine) + 1, len(everybody))


def kinds(parts: tuple[Part, ...]) -> list[tuple[str, int]]:
    """Return the kinds of work by their names, with the minutes of each."""
    return [
        (str(CATEGORIES[part.name].name) if part.name in CATEGORIES else _("Others"), part.minutes)
        for part in parts
    ]


def told(found: Year) -> str:
    """Say in words what the picture of the weeks shows, for who listens to it."""
    if found.best is None:
        return _("No hours yet.")
    weeks = ngettext("%(num)d week with hours", "%(num)d weeks with hours", len(found.weeks))
    return _(
        "%(weeks)s, %(hours)s hours in all. The most in one week: %(most)s hours, %(week)s.",
        weeks=weeks,
        hours=dates.hours(found.minutes),
        most=dates.hours(found.best[1]),
        week=dates.show_week(dates.week_of(found.best[0])),
    )


def at_home(person_id: int, today: date, mark: int) -> tuple[Year | None, Year | None]:
    """Return the year for the person's own page, and the one they may look back on.

    One looks back on this year in December and on the last one in January; that one is shown
    until the new one has hours. None where there are no hours.
    """
    looked_at = {12: today.year, 1: today.year - 1}.get(today.month)
    this = of(person_id, today.year, mark)
    back = of(person_id, looked_at, mark) if looked_at else None
    look_back = back if back and back.weeks else None
    return (this if this.weeks else look_back), look_back
