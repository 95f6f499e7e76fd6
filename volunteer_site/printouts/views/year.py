"""A person's own year as a picture and as a page of A5; nobody else can make it."""

import hashlib
import json
from io import BytesIO

from flask import Blueprint, current_app, send_file
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates
from volunteer_site.core.access import members_only
from volunteer_site.core.cache import kept
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import years
from volunteer_site.people.session import current_person
from volunteer_site.printouts import year as sheets
from volunteer_site.recognition.badges import queries as recognition

MOST = 16  # files kept

bp = Blueprint("year_pictures", __name__, url_prefix="/me/year")
papers = Blueprint("year_papers", __name__, url_prefix="/me/year")


@bp.get("/<int:year>.png", endpoint="show")
@members_only
def picture(year: int) -> ResponseReturnValue:
    """Return the year as a picture, 1080 wide."""
    return _answer("picture", year, "image/png", "png")


@papers.get("/<int:year>.pdf", endpoint="show")
@members_only
def paper(year: int) -> ResponseReturnValue:
    """Return the year as a page of A5."""
    return _answer("paper", year, "application/pdf", "pdf")


def _answer(form: sheets.Form, year: int, mimetype: str, ending: str) -> ResponseReturnValue:
    sheet = _sheet(form, year)
    key = json.dumps(sheet, ensure_ascii=False)
    file = kept("year files", MOST).get(key, lambda: sheets.made(sheet))
    response = send_file(
        BytesIO(file),
        mimetype=mimetype,
        download_name=f"{sheet['title']}.{ending}",
        etag=hashlib.sha256(file).hexdigest()[:24],
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _sheet(form: sheets.Form, year: int) -> dict[str, object]:
    person, today = current_person(), dates.today(clock.now())
    found = years.of_person(person.id, year) if year in dates.YEARS else None
    if found is None or not found.weeks:
        raise NotFound(
            _("You have no hours in that year. The others are on the page of your hours."),
            link=("/me/hours", _("To my hours")),
        )
    badges = recognition.awards_of_year(person.id, year)
    now = sheets.Moment(current_app.config["SITE_NAME"], today)
    return sheets.sheet_of(form, person.name, found, badges, now)
