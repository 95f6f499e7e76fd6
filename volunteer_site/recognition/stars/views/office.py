"""The office: the scale, stars whose hours fell below them, and who may not apply."""

from flask import Blueprint, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import queries as hours
from volunteer_site.people import queries as known
from volunteer_site.people.models import Person, RoleName
from volunteer_site.people.session import current_person
from volunteer_site.recognition.stars import holders, queries, services
from volunteer_site.recognition.stars.forms import (
    BarForm,
    LiftForm,
    ReviewForm,
    ScaleForm,
    filled,
)

ADDRESS = "/office/stars"
PERSON = f"{ADDRESS}/people/<int:person_id>"

bp = Blueprint("office_stars", __name__, url_prefix=ADDRESS)
scale = Blueprint("star_scale", __name__, url_prefix=f"{ADDRESS}/scale")
people = Blueprint("star_people", __name__, url_prefix=PERSON)
bars = Blueprint("star_bars", __name__, url_prefix=f"{PERSON}/bars")
liftings = Blueprint("star_liftings", __name__, url_prefix=f"{PERSON}/bars/<int:bar_id>/lifting")
reviews = Blueprint("star_reviews", __name__, url_prefix=f"{ADDRESS}/<int:star_id>/reviews")


@bp.get("")
@role(RoleName.OFFICER)
def index() -> str:
    """Show which stars the hours no longer reach, who is barred, and find a person."""
    paths, words = current_person().paths(RoleName.OFFICER), request.args.get("q", "")
    return render_template(
        "recognition/stars/office.html",
        fallen=holders.fallen(paths),
        bars=queries.bars_at(paths, dates.today(clock.now())),
        levels=queries.levels(),
        q=words,
        found=known.search(paths, words) if words else [],
    )


@scale.get("", endpoint="edit")
@role(RoleName.OFFICER)
def edit_scale() -> str:
    """Show the scale to be changed."""
    return render_template("recognition/stars/scale.html", form=filled(queries.levels()))


@scale.post("", endpoint="update")
@role(RoleName.OFFICER)
def update_scale() -> ResponseReturnValue:
    """Change what stars take from now on."""
    form = ScaleForm(request.form)
    if not form.validate():
        return make_response(render_template("recognition/stars/scale.html", form=form), 422)
    with write_transaction():
        services.set_scale(form.levels(), by_id=current_person().id, now=clock.now())
    return htmx.done("/stars", _("The scale is changed. Stars that are awarded stay."))


@people.get("", endpoint="show")
@role(RoleName.OFFICER)
def show_person(person_id: int) -> ResponseReturnValue:
    """Show somebody's stars, what was decided about them, and what the office may decide."""
    return _page(_theirs(person_id))


@bars.post("", endpoint="create")
@role(RoleName.OFFICER)
def bar(person_id: int) -> ResponseReturnValue:
    """Decide that somebody may not apply for a while."""
    person, form = _theirs(person_id), BarForm(request.form)
    if not form.validate():
        return _page(person, bar_form=form)
    with write_transaction():
        services.bar(
            person_id,
            form.reason.data or "",
            days=form.days.data,
            by_id=current_person().id,
            now=clock.now(),
        )
    return htmx.done(f"{ADDRESS}/people/{person_id}", _("Decided. The volunteer can read why."))


@liftings.post("", endpoint="create")
@role(RoleName.OFFICER)
def lift(person_id: int, bar_id: int) -> ResponseReturnValue:
    """Let somebody apply again before the time."""
    person, form = _theirs(person_id), LiftForm(request.form)
    if not form.validate():
        return _page(person, lift_form=form)
    reason, by_id = form.reason.data or "", current_person().id
    with write_transaction():
        services.lift(person_id, bar_id, reason, by_id=by_id, now=clock.now())
    return htmx.done(f"{ADDRESS}/people/{person_id}", _("They may apply again."))


@reviews.post("", endpoint="create")
@role(RoleName.OFFICER)
def review(star_id: int) -> ResponseReturnValue:
    """Let a star stay, or revoke it, with a reason."""
    case = queries.through(current_person().paths(RoleName.OFFICER), star_id)
    form, by_id = ReviewForm(request.form), current_person().id
    if not form.validate():
        return _page(case.person, review_form=form)
    decide = services.revoke if request.form.get("outcome") == "revoked" else services.keep
    with write_transaction():
        decide(star_id, form.reason.data or "", by_id=by_id, now=clock.now())
    address = f"{ADDRESS}/people/{case.person.id}"
    return htmx.done(address, _("Decided. The volunteer can read why."))


def _theirs(person_id: int) -> Person:
    return known.through(current_person().paths(RoleName.OFFICER), person_id)


def _page(
    person: Person,
    bar_form: BarForm | None = None,
    lift_form: LiftForm | None = None,
    review_form: ReviewForm | None = None,
) -> ResponseReturnValue:
    """Show the person's page; with a form that did not pass, its errors."""
    cases = queries.of_person(person.id)
    page = render_template(
        "recognition/stars/person.html",
        person=person,
        minutes=hours.total_minutes(person.id),
        cases=cases,
        reasons=queries.reasons([case.application.id for case in cases]),
        bars=queries.bars_of(person.id),
        today=dates.today(clock.now()),
        form=review_form or ReviewForm(),
        bar_form=bar_form or BarForm(data={"days": current_app.config["STAR_BAR_DAYS"]}),
        lift_form=lift_form or LiftForm(),
    )
    return make_response(page, 422 if any((bar_form, lift_form, review_form)) else 200)
