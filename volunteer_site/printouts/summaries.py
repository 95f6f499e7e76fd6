"""A week's summary on paper: what was done, who came, how that compares with the weeks before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from volunteer_site.activities import weeks
from volunteer_site.activities.weeks import Line
from volunteer_site.attendance import turnout
from volunteer_site.attendance.models import Attendance, Direction
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.printouts import periods
from volunteer_site.printouts.orders import Order, Paper, Setting
from volunteer_site.recognition.rolls import words

WIDE_KINDS: Final = (Kind.DISTRICT, Kind.SUBDISTRICT)  # told by community, not by activity


@dataclass(frozen=True)
class Figures:
    """What an activity, or all of a community's, came to."""

    promised: int = 0
    came: int = 0
    minutes: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        """Return both together."""
        return Figures(
            self.promised + other.promised, self.came + other.came, self.minutes + other.minutes
        )


def of_week(order: Order) -> Setting:
    """Return the summary of a week; of a district or street, by community."""
    week, place = periods.week(order.subject), order.organisation
    found = weeks.of_weeks([place.path], [week])
    lines = [line for line in found if line.published_at and not line.cancelled_at]
    figures, wide = _figures(lines), place.kind in WIDE_KINDS
    content = {
        "organisation": place.name,
        "title": _("Volunteering in the week"),
        "week": dates.show_week(week),
        "tiles": _tiles(len(lines), sum(figures.values(), Figures())),
        "chart": _chart(place, week, order),
        "compared": _("Weeks go by their Friday. Counted is who had a place and who checked in."),
        "first": 20 if wide else 38,  # millimetres of the first column
        "rows": _by_place(lines, figures) if wide else _rows(lines, figures),
        "made": _("As of %(moment)s", moment=words.full_moment(order.now)),
        "words": _words(wide=wide),
    }
    return Setting("week.typ", content, f"{_('Volunteering in the week')} {place.name} {week}")


def _figures(lines: Sequence[Line]) -> dict[int, Figures]:
    ids = [line.id for line in lines]
    came = sa.select(Attendance.activity_id, sa.func.count()).where(
        Attendance.activity_id.in_(ids),
        Attendance.direction == Direction.IN,
        Attendance.undone_at.is_(None),
    )
    seen = {row[0]: row[1] for row in db.session.execute(came.group_by(Attendance.activity_id))}
    given = (
        sa.select(ServiceRecord.source_id, sa.func.sum(HourEntry.minutes))
        .join(HourEntry, HourEntry.service_id == ServiceRecord.id)
        .where(ServiceRecord.source == "activity", ServiceRecord.source_id.in_(ids))
        .group_by(ServiceRecord.source_id)
    )
    minutes = {row[0]: int(row[1]) for row in db.session.execute(given)}
    return {
        line.id: Figures(line.taken, seen.get(line.id, 0), minutes.get(line.id, 0))
        for line in lines
    }


def _tiles(activities: int, all_of: Figures) -> list[tuple[str, str]]:
    return [
        (str(activities), _("activities")),
        (str(all_of.promised), _("signed up")),
        (str(all_of.came), _("came")),
        (dates.hours(all_of.minutes), _("hours served")),
    ]


def _chart(place: Organisation, week: str, order: Order) -> dict[str, Any]:
    chart = turnout.until(week, [place.path], order.now)
    rows = [bar.row for bar in chart.bars]
    numbers = [number for _y, number in chart.lines]
    return {
        "weeks": [(row.label, row.whole, row.part) for row in rows],
        "lines": numbers,
        "top": max(numbers[-1], *(max(row.whole, row.part) for row in rows)),
    }


def _rows(lines: Sequence[Line], figures: dict[int, Figures]) -> list[dict[str, Any]]:
    return [
        {
            "when": dates.show_moment(line.starts_at),
            "what": line.title,
            "where": line.place,
            "figures": _said(figures[line.id]),
        }
        for line in lines
    ]


def _by_place(lines: Sequence[Line], figures: dict[int, Figures]) -> list[dict[str, Any]]:
    """Return a row for each community, the most hours first."""
    sums: dict[str, Figures] = defaultdict(Figures)
    counts: dict[str, int] = defaultdict(int)
    for line in lines:
        sums[line.organisation] += figures[line.id]
        counts[line.organisation] += 1
    ordered = sorted(sums, key=lambda name: (-sums[name].minutes, -sums[name].came, name))
    return [
        {"when": str(counts[name]), "what": name, "where": "", "figures": _said(sums[name])}
        for name in ordered
    ]


def _said(one: Figures) -> list[str]:
    return [str(one.promised), str(one.came), dates.hours(one.minutes)]


def _words(*, wide: bool) -> dict[str, Any]:
    first: Iterable[str] = (_("Activities"), _("Community")) if wide else (_("When"), _("Activity"))
    return {
        "turnout": _("Turnout by week"),
        "promised": _("signed up"),
        "came": _("came"),
        "done": _("By community") if wide else _("What was done"),
        "none": _("Nothing took place in this week."),
        "heads": [*first, _("Signed up"), _("Present"), _("Hours")],
        "page": _("Page {page} of {pages}"),
    }


PAPERS: Final = (Paper("week-summary", _l("Volunteering in the week"), _l("A4"), of_week),)
