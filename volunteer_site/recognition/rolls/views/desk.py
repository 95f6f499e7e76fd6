"""Where rolls are made: which ones are mine this month, and one of them with everybody on it."""

from collections.abc import Iterable

from flask import Blueprint, current_app, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.activities import weeks
from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person
from volunteer_site.recognition.models import HonorRoll
from volunteer_site.recognition.rolls import queries, reviews, rule, services, sources, words
from volunteer_site.recognition.rolls.forms import NOW, USUAL, PublicationForm, TermsForm

ADDRESS = "/desk/honor-rolls"
MAKERS = (RoleName.COORDINATOR, RoleName.LIAISON, RoleName.OFFICER)
LATE_IN_THE_MONTH = 15  # from this day on last month's roll hangs, and one thinks of the next

bp = Blueprint("desk_rolls", __name__, url_prefix=ADDRESS)
months = Blueprint("roll_months", __name__, url_prefix=f"{ADDRESS}/<month:month>")
rolls = Blueprint("roll_drafts", __name__, url_prefix=f"{ADDRESS}/<month:month>/<string:slug>")
publications = Blueprint(
    "roll_publications", __name__, url_prefix=f"{ADDRESS}/<month:month>/<string:slug>/publication"
)
people = Blueprint(
    "roll_people", __name__, url_prefix=f"{ADDRESS}/<month:month>/<string:slug>/people"
)


@bp.get("")
@role(*MAKERS)
def index() -> ResponseReturnValue:
    """Lead to the month whose rolls are due."""
    today = dates.today(clock.now())
    month = dates.month_of(today)
    due = month if today.day >= LATE_IN_THE_MONTH else dates.add_months(month, -1)
    return redirect(f"{ADDRESS}/{due}", code=303)


@months.get("")
@role(*MAKERS)
def show(month: str) -> ResponseReturnValue:
    """List the organisations that the visitor makes rolls for; lead on if it is only one."""
    reached = queries.reached(current_person(), month)
    if len(reached) == 1:
        return redirect(f"{ADDRESS}/{month}/{reached[0].organisation.slug}", code=303)
    return render_template(
        "recognition/rolls/month.html", month=month, rolls=reached, around=_around(month)
    )


@rolls.get("", endpoint="show")
@role(*MAKERS)
def show_roll(month: str, slug: str) -> ResponseReturnValue:
    """Show the month's roll as it stands, with everything that can be done about it."""
    organisation = queries.through(current_person(), slug)
    roll = queries.standing(organisation.id, month)
    return _page(organisation, month, roll, _form(organisation, month, roll))


@rolls.post("")
@role(*MAKERS)
def create(month: str, slug: str) -> ResponseReturnValue:
    """Prepare the roll from the ledger; a draft that is there is replaced."""
    person, now = current_person(), clock.now()
    organisation, form = queries.through(person, slug), TermsForm(request.form)
    if not form.validate():
        roll = queries.standing(organisation.id, month)
        return _page(organisation, month, roll, form), 422
    terms = form.terms(month, current_app.config["ROUNDING_MINUTES"], now)
    with write_transaction():
        roll = services.prepare_roll(organisation, month, terms, by_id=person.id, now=now)
        count = roll.people
    said = _("Prepared: %(count)s people. Look it over, then publish it.", count=count)
    return htmx.done(f"{ADDRESS}/{month}/{slug}", said)


@publications.post("", endpoint="create")
@role(*MAKERS)
def publish(month: str, slug: str) -> ResponseReturnValue:
    """Freeze the roll and show it to everybody."""
    person, form = current_person(), PublicationForm(request.form)
    organisation = queries.through(person, slug)
    with write_transaction():
        roll = services.publish_roll(
            organisation, month, by_id=person.id, now=clock.now(), seen=form.moment()
        )
        number = roll.number
    said = _("Published as no. %(number)s. Everybody can see it now.", number=number)
    return htmx.done(f"{ADDRESS}/{month}/{slug}", said)


@people.get("/<int:person_id>", endpoint="show")
@role(*MAKERS)
def show_person(month: str, slug: str, person_id: int) -> ResponseReturnValue:
    """Show why somebody is on the roll: every service that counts."""
    organisation = queries.through(current_person(), slug)
    roll = queries.standing(organisation.id, month)
    line = next((one for one in _lines(roll) if one.person_id == person_id), None)
    if roll is None or line is None:
        raise NotFound(_("This person is not on the roll."))
    page = render_template(
        f"recognition/rolls/{'_reasons' if htmx.asked() else 'person'}.html",
        organisation=organisation,
        month=month,
        line=line,
        occasions=sources.occasions(organisation, month, roll.cutoff_at, person_id),
    )
    response = make_response(page)
    response.vary.add("HX-Request")
    return response


def _lines(roll: HonorRoll | None) -> list[queries.Named]:
    return queries.named(roll.id) if roll else []


def _form(organisation: Organisation, month: str, roll: HonorRoll | None) -> TermsForm:
    """Return the form filled in with the draft's terms, or else with the usual ones."""
    config, over = current_app.config, clock.now() >= rule.usual_cutoff(month)
    least = rule.usual_minimum(organisation.kind, config["ROLL_MINIMUM_MINUTES"])
    return TermsForm(
        data={
            "minimum_minutes": roll.minimum_minutes if roll else least,
            "name_order": roll.name_order if roll else config["ROLL_ORDER"],
            "cutoff": USUAL if over else NOW,
        }
    )


def _page(organisation: Organisation, month: str, roll: HonorRoll | None, form: TermsForm) -> str:
    now, lines = clock.now(), _lines(roll)
    published_at = roll.published_at if roll else None
    return render_template(
        "recognition/rolls/draft.html",
        organisation=organisation,
        month=month,
        roll=roll,
        lines=lines,
        hours=words.hours_of,
        review=reviews.review(organisation, roll, lines) if roll else None,
        form=form,
        facts=_facts(roll) if roll else (),
        totals=words.totals(roll) if roll else "",
        unclosed=0 if published_at else _unclosed(organisation, month),
        early=now < dates.month_bounds(month)[1],
        withdrawn=queries.withdrawn(organisation.id, month),
        around=_around(month),
        several=len(queries.reached(current_person(), month)) > 1,
        published_on=words.full_date(dates.local_date(published_at)) if published_at else "",
    )


def _unclosed(organisation: Organisation, month: str) -> int:
    """Count the month's activities that are over and not closed: their hours do not count yet."""
    left = weeks.unclosed((organisation.path,), clock.now())
    return sum(dates.month_of(dates.local_date(one.starts_at)) == month for one in left)


def _facts(roll: HonorRoll) -> Iterable[str]:
    return (words.cutoff(roll), words.minimum(roll), words.ordering(roll), words.proof(roll))


def _around(month: str) -> tuple[str | None, str | None]:
    """Return the month before and the month after, that one only if it has begun."""
    later = dates.add_months(month, 1)
    begun = dates.month_bounds(later)[0] <= clock.now()
    return dates.add_months(month, -1), later if begun else None
