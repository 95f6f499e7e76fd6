"""A volunteer's hours: every entry, how it was recorded, and the sum (R27, W36)."""

from itertools import groupby

from flask import Blueprint, current_app, render_template, request

from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.attendance.late import mine
from volunteer_site.core import clock, dates
from volunteer_site.core.access import members_only
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import proofs, queries, records, wording
from volunteer_site.hours.records import Given
from volunteer_site.people.session import current_person

bp = Blueprint("hours", __name__)


@bp.get("/me/hours")
@members_only
def index() -> str:
    """Show what the visitor has given, one year a page, the latest first."""
    person_id = current_person().id
    months = records.months_of(person_id)
    years = _years(months)
    year = _chosen(years)
    given = records.record_of(person_id, int(year)) if year else []
    total, shares = queries.total_minutes(person_id), proofs.of_person(person_id)
    return render_template(
        "hours/index.html",
        total=total,
        shares=shares,
        seen_on_site=wording.on_site(shares.on_site, total, dates.hours(total)),
        share=wording.share,
        occasions=sum(month.occasions for month in months.values()),
        step=current_app.config["ROUNDING_MINUTES"],
        years=years,
        year=year,
        months=[(month, months[month].minutes, list(ones)) for month, ones in _by_month(given)],
        categories=CATEGORIES,
        not_counted=mine.not_counted(person_id, clock.now()),
        saying=dates.saying(),
    )


def _years(months: dict[str, queries.Sum]) -> dict[str, int]:
    """Return the minutes of each year in which something was given, the latest first."""
    years: dict[str, int] = {}
    for month, gave in months.items():
        years[month[:4]] = years.get(month[:4], 0) + gave.minutes
    return years


def _chosen(years: dict[str, int]) -> str | None:
    """Return the year asked for, else the latest; raises NotFound for one without hours."""
    year = request.args.get("year") or next(iter(years), None)
    if year is not None and year not in years:
        raise NotFound(
            _("You have no hours in that year. The others are on the page of your hours."),
            link=("/me/hours", _("To my hours")),
        )
    return year


def _by_month(given: list[Given]) -> "groupby[str, Given]":
    return groupby(given, key=lambda one: dates.month_of(one.service_date))
