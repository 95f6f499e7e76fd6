"""The month's books: signed off on the desk, sealed by the office, printed for the folder."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import ngettext
from volunteer_site.hours import published, wording
from volunteer_site.hours.books import queries, services
from volunteer_site.organisations import queries as organisations
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.pages import books
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

DESK, OFFICE = "/desk/books", "/office/books"
READERS = (RoleName.COORDINATOR, RoleName.OFFICER)

bp = Blueprint("desk_books", __name__, url_prefix=DESK)
months = Blueprint("book_months", __name__, url_prefix=f"{DESK}/<month:month>")
own = Blueprint("books", __name__, url_prefix=f"{DESK}/<month:month>/<string:slug>")
sign_offs = Blueprint(
    "book_sign_offs", __name__, url_prefix=f"{DESK}/<month:month>/<string:slug>/sign-off"
)
office = Blueprint("office_books", __name__, url_prefix=OFFICE)
office_months = Blueprint("office_book_months", __name__, url_prefix=f"{OFFICE}/<month:month>")
seals = Blueprint("book_seals", __name__, url_prefix=f"{OFFICE}/<month:month>/seals")
prints = Blueprint("book_prints", __name__, url_prefix="/print/books/<month:month>/<string:slug>")


@bp.get("")
@role(*READERS)
def index() -> ResponseReturnValue:
    """Lead to the oldest month that waits for a signature, else to the last one."""
    waiting = books.to_sign(current_person().paths(RoleName.COORDINATOR), clock.now())
    first = next(waiting, None)
    return redirect(f"{DESK}/{first.month if first else _last_month()}", code=303)


@months.get("")
@role(*READERS)
def show(month: str) -> ResponseReturnValue:
    """List the visitor's communities with how far each is; lead on if it is only one."""
    rows = queries.standings(current_person().paths(*READERS), month)
    if len(rows) == 1:
        return redirect(f"{DESK}/{month}/{rows[0].slug}", code=303)
    return render_template(
        "hours/books/month.html", month=month, rows=rows, around=_around(month),
        share=wording.share, today=dates.today(clock.now()),
    )  # fmt: skip


@own.get("", endpoint="show")
@role(*READERS)
def show_book(month: str, slug: str) -> str:
    """Show a community's month: who gave what, how it is known, and what is still open."""
    place, now = _through(slug, *READERS), clock.now()
    return render_template(
        "hours/books/show.html",
        one=books.month_of(place, month, now),
        still=books.still_open(place.path, month, now),
        around=_around(month),
        may_sign=_is_below(place, RoleName.COORDINATOR),
        today=dates.today(now),
        **_words(),
    )


@sign_offs.post("")
@role(RoleName.COORDINATOR)
def create(month: str, slug: str) -> ResponseReturnValue:
    """Say that the month is complete, as the page showed it."""
    place, person = _through(slug, RoleName.COORDINATOR), current_person()
    seen = request.form.get("seen", type=number)
    with write_transaction():
        services.sign_off(place.id, month, by_id=person.id, now=clock.now(), seen=seen)
    words = _("Signed off. The office seals the book; until then it can be signed again.")
    return htmx.done(f"{DESK}/{month}/{slug}", words)


@office.get("", endpoint="index")
@role(RoleName.OFFICER)
def index_office() -> ResponseReturnValue:
    """Lead to the last month that is over."""
    return redirect(f"{OFFICE}/{_last_month()}", code=303)


@office_months.get("", endpoint="show")
@role(RoleName.OFFICER)
def show_office(month: str) -> str:
    """Show which communities have signed the month off, what is missing, what can be sealed."""
    person, now = current_person(), clock.now()
    return render_template(
        "hours/books/office.html",
        district=books.district(person.paths(RoleName.OFFICER), month, person.id, now),
        month=month,
        around=_around(month),
        due_on=queries.deadline(month),
        over=now >= dates.month_bounds(month)[1],
        officer_id=person.id,
        now=now,
        today=dates.today(now),
        **_words(),
    )


@seals.post("", endpoint="create")
@role(RoleName.OFFICER)
def seal(month: str) -> ResponseReturnValue:
    """Seal one community's book, or all that are signed off, each by itself."""
    person, now = current_person(), clock.now()
    rows = queries.standings(person.paths(RoleName.OFFICER), month)
    slug = request.form.get("community")
    chosen = [row for row in rows if row.slug == slug] if slug else _ready(rows, person.id)
    if slug and not chosen:
        raise NotFound(_("There is no such organisation, or it is not one of yours."))
    for row in chosen:
        with write_transaction():
            services.seal(row.recorder_id, month, by_id=person.id, now=now)
    count = len(chosen)
    said = ngettext("%(num)d book sealed.", "%(num)d books sealed.", count)
    nothing = _("Nothing is signed off and waiting.")
    return htmx.done(f"{OFFICE}/{month}", said if count else nothing)


@prints.get("", endpoint="show")
@role(*READERS)
def show_print(month: str, slug: str) -> str:
    """Show the book as the sheet that the browser prints, with lines to sign on."""
    place = _through(slug, *READERS)
    return render_template(
        "hours/books/print.html", one=books.month_of(place, month, clock.now()), **_words()
    )


def _ready(rows: list[queries.Standing], officer_id: int) -> list[queries.Standing]:
    now = clock.now()
    return [row for row in rows if row.ready_for(officer_id, now)]


def _through(slug: str, *roles: RoleName) -> Organisation:
    """Return the community if it is the visitor's; NotFound otherwise (R56)."""
    place = organisations.by_slug(slug, Kind.COMMUNITY)
    return organisations.through(current_person().paths(*roles), place.id)


def _is_below(place: Organisation, role_name: RoleName) -> bool:
    return any(place.path.startswith(path) for path in current_person().paths(role_name))


def _words() -> dict[str, object]:
    return {"share": wording.share, "on_site": wording.on_site, "rest": wording.rest,
            "short": published.short}  # fmt: skip


def _last_month() -> str:
    return dates.add_months(dates.month_of(dates.today(clock.now())), -1)


def _around(month: str) -> tuple[str, str | None]:
    """Return the month before and the month after, that one only if it has begun."""
    later = dates.add_months(month, 1)
    begun = dates.month_bounds(later)[0] <= clock.now()
    return dates.add_months(month, -1), later if begun else None
