"""One roll on the desk, with everybody on it: prepared, put on public notice, published."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.recognition.rolls import queries, services, sources
from volunteer_site.recognition.rolls.forms import CutoffForm, NoticeForm, TermsForm
from volunteer_site.recognition.rolls.models import MONTHLY
from volunteer_site.recognition.rolls.rule import Terms
from volunteer_site.recognition.rolls.views import drawing
from volunteer_site.recognition.rolls.views.places import KIND, MAKERS, ROLL, Place, through

rolls = Blueprint("roll_drafts", __name__, url_prefix=ROLL)
openings = Blueprint("roll_notices", __name__, url_prefix=ROLL)
publications = Blueprint("roll_publications", __name__, url_prefix=ROLL)
people = Blueprint("roll_people", __name__, url_prefix=ROLL)


@rolls.get("")
@rolls.get(KIND)
@role(*MAKERS)
def show(month: str, slug: str, roll_kind: str = MONTHLY) -> ResponseReturnValue:
    """Show the month's roll as it stands, with everything that can be done about it."""
    place = through(month, slug, roll_kind)
    return drawing.page(place, drawing.form(place))


@rolls.post("")
@rolls.post(KIND)
@role(*MAKERS)
def create(month: str, slug: str, roll_kind: str = MONTHLY) -> ResponseReturnValue:
    """Prepare the roll from the ledger; a draft that is there is replaced."""
    place, now = through(month, slug, roll_kind), clock.now()
    form = TermsForm(request.form) if roll_kind == MONTHLY else CutoffForm(request.form)
    if not form.validate():
        return drawing.page(place, form), 422
    by_id, terms = current_person().id, _terms(place, form)
    with write_transaction():
        roll = services.prepare_roll(place.organisation, month, terms, by_id=by_id, now=now)
        count = roll.people
    said = _("Prepared: %(count)s people. Look it over, then put it on notice.", count=count)
    if terms.what.whose != "people":
        said = _("Prepared: %(count)s lines. Look it over, then put it on notice.", count=count)
    return htmx.done(place.here, said)


@openings.post("/notice", endpoint="create")
@openings.post(f"{KIND}/notice", endpoint="create")
@role(*MAKERS)
def announce(month: str, slug: str, roll_kind: str = MONTHLY) -> ResponseReturnValue:
    """Put the draft on public notice."""
    place, form = through(month, slug, roll_kind), NoticeForm(request.form)
    by_id, seen = current_person().id, form.moment()
    with write_transaction():
        services.announce_roll(
            place.organisation, place.edition, by_id=by_id, now=clock.now(), seen=seen
        )
    said = _("On public notice. It can be published when that is over and nobody objects.")
    return htmx.done(place.here, said)


@publications.post("/publication", endpoint="create")
@publications.post(f"{KIND}/publication", endpoint="create")
@role(*MAKERS)
def publish(month: str, slug: str, roll_kind: str = MONTHLY) -> ResponseReturnValue:
    """Freeze the roll after its notice and show it to everybody."""
    place, by_id = through(month, slug, roll_kind), current_person().id
    with write_transaction():
        roll = services.publish_roll(
            place.organisation, place.edition, by_id=by_id, now=clock.now()
        )
        number = roll.number
    said = _("Published as no. %(number)s. Everybody can see it now.", number=number)
    return htmx.done(place.here, said)


@people.get("/people/<int:person_id>", endpoint="show")
@people.get(f"{KIND}/people/<int:person_id>", endpoint="show")
@role(*MAKERS)
def reasons(month: str, slug: str, person_id: int, roll_kind: str = MONTHLY) -> ResponseReturnValue:
    """Show why somebody, or a unit by its number, is on the roll: every service that counts."""
    place = through(month, slug, roll_kind)
    found = {line.person_id or line.organisation_id: line for line in drawing.lines(place.roll)}
    if place.roll is None or person_id not in found:
        raise NotFound(_("This person is not on the roll."))
    roll, what = place.roll, queries.terms_of(place.roll).what
    page = render_template(
        f"recognition/rolls/{'_reasons' if htmx.asked() else 'person'}.html",
        place=place,
        line=found[person_id],
        occasions=sources.occasions(place.organisation, month, roll.cutoff_at, person_id, what),
    )
    response = make_response(page)
    response.vary.add("HX-Request")
    return response


def _terms(place: Place, form: TermsForm | CutoffForm) -> Terms:
    """Return what was chosen, or what the kind says."""
    now, month = clock.now(), place.edition.month
    terms = place.terms(form.moment(month, now))
    if isinstance(form, TermsForm):
        minutes = form.minimum_minutes.data or 0
        return Terms(terms.cutoff_at, minutes, form.name_order.data, terms.unit)
    return terms
