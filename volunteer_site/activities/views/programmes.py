"""What recurs each week: begun, changed, ended, and posted with one tap."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.activities import occurrences, queries, rules, services
from volunteer_site.activities.forms import DAYS, ProgrammeForm
from volunteer_site.activities.models import Programme
from volunteer_site.activities.services.activities import AlreadyMade
from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.addresses import number
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/desk/programmes"
bp = Blueprint("programmes", __name__, url_prefix=ADDRESS)
endings = Blueprint(
    "programme_endings", __name__, url_prefix=f"{ADDRESS}/<int:programme_id>/ending"
)
occurrences_bp = Blueprint(
    "occurrences", __name__, url_prefix=f"{ADDRESS}/<int:programme_id>/activities"
)


@bp.get("")
@role(RoleName.COORDINATOR)
def index() -> ResponseReturnValue:
    """List the programmes of the visitor's communities."""
    found = queries.programmes(current_person().paths(RoleName.COORDINATOR), ended=True)
    return render_template("activities/programmes.html", programmes=found, days=DAYS)


@bp.get("/new")
@role(RoleName.COORDINATOR)
def new() -> ResponseReturnValue:
    """Show an empty programme."""
    usual = {"how_to_sign_up": _("Sign up on this site"), "weekday": 4}
    return _page(ProgrammeForm(data=usual), None)


@bp.post("")
@role(RoleName.COORDINATOR)
def create() -> ResponseReturnValue:
    """Begin a programme."""
    person, form = current_person(), ProgrammeForm(request.form)
    paths = person.paths(RoleName.COORDINATOR)
    chosen = request.form.get("organisation_id", type=number) or 0
    place = organisations.through(paths, chosen)
    if not _complete(form):
        return _page(form, None), 422
    with write_transaction():
        programme = services.create_programme(
            place.id, form.words(), form.rhythm(), by_id=person.id, now=clock.now()
        )
    words = _("“%(title)s” takes place each week now.", title=programme.title)
    return htmx.done("/desk", words)


@bp.get("/<int:programme_id>")
@role(RoleName.COORDINATOR)
def edit(programme_id: int) -> ResponseReturnValue:
    """Show a programme to be changed."""
    programme = _theirs(programme_id)
    return _page(ProgrammeForm.of(programme), programme)


@bp.post("/<int:programme_id>")
@role(RoleName.COORDINATOR)
def update(programme_id: int) -> ResponseReturnValue:
    """Change what is filled in from now on."""
    programme, form = _theirs(programme_id), ProgrammeForm(request.form)
    if not _complete(form):
        return _page(form, programme), 422
    with write_transaction():
        services.update_programme(
            programme, form.words(), form.rhythm(), by_id=current_person().id, now=clock.now()
        )
    words = _("Saved. It holds for what is made from now on, not for what is there already.")
    return htmx.done(ADDRESS, words)


@endings.post("")
@role(RoleName.COORDINATOR)
def destroy(programme_id: int) -> ResponseReturnValue:
    """End a programme; its activities stay."""
    programme = _theirs(programme_id)
    with write_transaction():
        services.end_programme(programme, by_id=current_person().id, now=clock.now())
    return htmx.done(ADDRESS, _("The programme has ended. Its activities stay."))


@occurrences_bp.post("", endpoint="create")
@role(RoleName.COORDINATOR)
def create_activity(programme_id: int) -> ResponseReturnValue:
    """Publish the programme's activity of a date just as it is filled in: one tap."""
    programme, now = _theirs(programme_id), clock.now()
    due_on = occurrences.own_day(programme, request.form.get("date", ""))
    found = occurrences.occurrence(programme, due_on, occurrences.days_from(due_on))
    try:
        with write_transaction():
            rules.check(occurrences.prefilled(programme, found), now)
            services.from_programme(programme, found, by_id=current_person().id, now=now)
    except AlreadyMade as made:
        return htmx.done(made.link[0] if made.link else "/desk", str(made), "info")
    day = dates.show_day(found.day or due_on)
    return htmx.done("/desk", _("Published: %(title)s, %(day)s.", title=programme.title, day=day))


def _theirs(programme_id: int) -> Programme:
    return queries.programme_of(current_person(), programme_id, RoleName.COORDINATOR)


def _complete(form: ProgrammeForm) -> bool:
    if not form.validate():
        return False
    against = list(rules.words(form.words()))
    for problem in against:
        form.add(problem)
    return not against


def _page(form: ProgrammeForm, programme: Programme | None) -> str:
    places = queries.postable(current_person().paths(RoleName.COORDINATOR))
    return render_template(
        "activities/programme.html", form=form, programme=programme, communities=places
    )
