"""The seals of the ledger, for everybody: on a page, as text for machines, on a sheet to keep.

Whoever has kept them can tell later whether the past was rewritten, even by those who run the
database: `flask ledger verify --against`.
"""

from datetime import date

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates
from volunteer_site.core.access import public
from volunteer_site.core.addresses import number
from volunteer_site.core.cache import kept
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import published, seals
from volunteer_site.printouts.paper import qr_svg

bp = Blueprint("seals", __name__)
files = Blueprint("seal_files", __name__)
sheets = Blueprint("seal_sheets", __name__)
INTRODUCTION = """\
# Seals of the ledger of service hours: a day and its digest, each chained to the day before;
# then a month, the number of an organisation and the digest of its book.
# Keep this file outside the site. Compare later: flask ledger verify --against seals.txt
"""


@bp.get("/seals")
@public
def index() -> str:
    """Show the head of the chain month by month, to be compared by eye."""
    return _page("printouts/seals.html")


@sheets.get("/print/seals", endpoint="index")
@public
def sheet() -> str:
    """Show the seals of a year as the sheet that the browser prints."""
    return _page("printouts/seals_sheet.html")


@files.get("/seals.txt", endpoint="index")
@public
def text() -> ResponseReturnValue:
    """Return every seal, one a line, for machines and to be kept."""
    state = seals.state()
    lines = kept("seal lines", 1).get(state, lambda: "\n".join(published.everything()))
    answer = Response(f"{INTRODUCTION}{lines}\n", mimetype="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="seals.txt"'
    answer.add_etag(weak=True)
    return answer.make_conditional(request)


def _page(template: str) -> str:
    years, year = kept("seal years", 1).get(seals.state(), seals.years), _year()
    year = year or (years[0] if years else dates.today(clock.now()).year)
    if years and year not in years:
        raise NotFound(_("No day of that year is sealed."), link=("/seals", _("All seals")))
    state = (seals.state(), year)
    heads = kept("seal heads", 8).get(state, lambda: seals.heads(year))
    books = kept("sealed books", 8).get(state, lambda: seals.sealed_books(year))
    return render_template(
        template,
        heads=heads,
        books=books,
        year=year,
        years=years,
        short=published.short,
        qr=qr_svg(heads[0].line) if heads else "",
        address=f"{request.host_url}seals",
        printed_on=_written(dates.today(clock.now())),
    )


def _year() -> int | None:
    return request.args.get("year", type=number)


def _written(day: date) -> str:
    return dates.arabic_date(day) if dates.saying().chinese else day.isoformat()
