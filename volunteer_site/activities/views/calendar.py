"""Holidays and make-up workdays, as the office enters them for years the library doesn't know."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.activities.forms import DayForm
from volunteer_site.core import audit, calendar, clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import locale
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/office/calendar"
YEARS_AROUND = 2
bp = Blueprint("calendar", __name__, url_prefix=ADDRESS)
days = Blueprint("calendar_days", __name__, url_prefix=f"{ADDRESS}/days")
years = Blueprint("calendar_years", __name__, url_prefix=f"{ADDRESS}/years")


@bp.get("")
@role(RoleName.OFFICER)
def index() -> ResponseReturnValue:
    """Show the holidays and make-up workdays of a year."""
    this_year = dates.today(clock.now()).year
    year = request.args.get("year", this_year, type=int)
    return _page(year if year in dates.YEARS else this_year, DayForm())


@days.post("")
@role(RoleName.OFFICER)
def create() -> ResponseReturnValue:
    """Enter a day, or correct it."""
    form, person = DayForm(request.form), current_person()
    if not form.validate():
        return _page(dates.today(clock.now()).year, form), 422
    day = form.day.data
    with write_transaction():
        name = form.name.data or ""
        calendar.set_day(day, form.kind.data, name, now=clock.now(), by_id=person.id)
        audit.record("calendar.set", person.id, note=f"{day} {form.kind.data}")
    return _done(day.year, _("%(day)s is entered.", day=dates.show_day(day)))


@days.post("/removal")
@role(RoleName.OFFICER)
def destroy() -> ResponseReturnValue:
    """Take back what was entered for a day."""
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        return _page(dates.today(clock.now()).year, DayForm()), 422
    with write_transaction():
        calendar.clear_day(day)
        audit.record("calendar.clear", current_person().id, note=f"{day}")
    return _done(day.year, _("%(day)s is as it was before.", day=dates.show_day(day)))


@years.post("", endpoint="create")
@role(RoleName.OFFICER)
def create_year() -> ResponseReturnValue:
    """Say that all holidays of a year have been entered."""
    year = request.form.get("year", 0, type=int)
    if year not in dates.YEARS:
        return _page(dates.today(clock.now()).year, DayForm()), 422
    with write_transaction():
        calendar.complete_year(year, now=clock.now())
        audit.record("calendar.complete", current_person().id, note=f"{year}")
    return _done(year, _("The calendar of %(year)d is complete now.", year=year))


def _done(year: int, words: str) -> ResponseReturnValue:
    return htmx.done(f"{ADDRESS}?year={year}", words)


def _page(year: int, form: DayForm) -> str:
    this_year = dates.today(clock.now()).year
    return render_template(
        "activities/calendar.html",
        year=year,
        years=range(this_year - YEARS_AROUND, this_year + YEARS_AROUND + 1),
        days=calendar.special_days(year, "zh" if locale() == "zh_CN" else "en"),
        entered=calendar.load(date(year, 1, 1), date(year, 12, 31)).entered,
        known=calendar.is_known(year),
        form=form,
    )
