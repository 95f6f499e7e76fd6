"""The desk's pages about people: coordinators and liaisons see their own (R56)."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, text
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.people import queries, services
from volunteer_site.people.models import Person
from volunteer_site.people.session import current_person

STAFF = ("coordinator", "liaison", "officer")
ADDRESS = "/desk/people"
REASON_LENGTH = 200

bp = Blueprint("unit_people", __name__, url_prefix=ADDRESS)
disclosures = Blueprint("disclosures", __name__, url_prefix=ADDRESS)
given_passwords = Blueprint("given_passwords", __name__, url_prefix=ADDRESS)


@bp.get("")
@role(*STAFF)
def index() -> ResponseReturnValue:
    """List the people of one's own communities and units, or find one of them."""
    words, page = request.args.get("q", "").strip(), request.args.get("page", 1, type=number)
    page = min(max(page, 1), 10_000)
    paths = current_person().paths(*STAFF)
    people = queries.search(paths, words) if words else queries.listed(paths, page)
    today = dates.today(clock.now())
    return render_template(
        "people/desk/index.html",
        people=[(one, queries.is_minor(one.birth_date, today)) for one in people[: queries.MOST]],
        more=len(people) > queries.MOST,
        page=page,
        q=words,
    )


@bp.get("/<int:person_id>")
@role(*STAFF)
def show(person_id: int) -> ResponseReturnValue:
    """Show one person; who is under 18 is shown with as little as possible (R50)."""
    return _page(_theirs(person_id), given=None)


@given_passwords.post("/<int:person_id>/password", endpoint="create")
@role(*STAFF)
def give(person_id: int) -> ResponseReturnValue:
    """Show a new password, once, to be told to somebody who forgot theirs (W22)."""
    staff = current_person()
    with write_transaction():
        person = _theirs(person_id)
        given = services.give_password(
            person.id, paths=staff.paths("officer"), now=clock.now(), by_id=staff.id
        )
    return _page(_theirs(person_id), given=given)


@disclosures.post("/<int:person_id>/disclosure", endpoint="create")
@role(*STAFF)
def disclose(person_id: int) -> ResponseReturnValue:
    """Show phone and guardian, and write down who asked; for minors also why (R50)."""
    reason = text.tidy(request.form.get("reason", ""))[:REASON_LENGTH]
    staff = current_person()
    with write_transaction():
        person = _theirs(person_id)
        services.disclose(person, reason, now=clock.now(), by_id=staff.id)
    return _page(_theirs(person_id), given=None, shown=True)


def _theirs(person_id: int) -> Person:
    return queries.through(current_person().paths(*STAFF), person_id)


def _page(person: Person, *, given: str | None, shown: bool = False) -> ResponseReturnValue:
    return render_template(
        "people/desk/show.html",
        person=person,
        minor=queries.is_minor(person.birth_date, dates.today(clock.now())),
        may_show_name=bool(queries.consenting([person.id], "publish_name")),
        given=given,
        shown=shown,
        guardian=queries.guardian_of(person.id) if shown else None,
    )
