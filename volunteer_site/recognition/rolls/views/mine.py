"""One's own side of rolls: how one stands on them, and why one is on one, or not."""

from flask import Blueprint, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import members_only
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.people import queries as people
from volunteer_site.people.session import current_person
from volunteer_site.recognition.rolls import choices, queries, words
from volunteer_site.recognition.rolls import why as reasons
from volunteer_site.recognition.rolls.choices import NameChoice
from volunteer_site.recognition.rolls.forms import ChoiceForm
from volunteer_site.recognition.rolls.models import MONTHLY, Whose
from volunteer_site.recognition.rolls.queries import Edition
from volunteer_site.recognition.rolls.views.places import page

ADDRESS = "/me/honor-rolls"

bp = Blueprint("my_rolls", __name__, url_prefix=ADDRESS)


@bp.get("")
@members_only
def index() -> str:
    """Show how the person stands on rolls, and on which they stand."""
    return _page(ChoiceForm(data={"choice": choices.of(current_person().id)}))


@bp.post("")
@members_only
def create() -> ResponseReturnValue:
    """Change how the person stands on rolls; pages follow at once (R40)."""
    form = ChoiceForm(request.form)
    if not form.validate():
        return _page(form), 422
    person_id, version = current_person().id, current_app.config["CONSENT_VERSION"]
    by = "guardian" if _is_minor(person_id) else "self"
    choice, now = NameChoice(form.choice.data), clock.now()
    with write_transaction():
        choices.choose(person_id, choice, version, by=by, now=now)
    said = _("Noted. Every roll on the site follows from now on.")
    if choice == NameChoice.FULL and by == "self":
        said = _(
            "Noted. Rolls made from now on name you in full; a line published masked stays so."
        )
    return htmx.done(ADDRESS, said)


@bp.get("/<month:month>/<string:slug>")
@bp.get("/<month:month>/<string:slug>/<string:roll_kind>")
@members_only
def show(month: str, slug: str, roll_kind: str = MONTHLY) -> ResponseReturnValue:
    """Show why the person is on a roll, or is not."""
    place, edition = organisations.by_slug(slug, *queries.KINDS), Edition(month, roll_kind)
    roll = queries.standing(place.id, *edition)
    if roll is None or roll.whose != Whose.PEOPLE or not (roll.published_at or roll.notice_id):
        raise NotFound(
            _("There is no such roll of people, or it is not on notice yet."),
            link=(ADDRESS, _("My honor rolls")),
        )
    told = render_template(
        f"recognition/rolls/{'_why' if htmx.asked() else 'why'}.html",
        why=reasons.why(place, roll, current_person().id),
        roll=roll,
        place=place,
        words=words,
        page=page(slug, edition) if roll.published_at else f"/notices/{roll.notice_id}",
    )
    response = make_response(told)
    response.vary.add("HX-Request")
    return response


def _page(form: ChoiceForm) -> str:
    person_id = current_person().id
    return render_template(
        "recognition/rolls/mine.html",
        form=form,
        minor=_is_minor(person_id),
        rolls=[
            (words.full_title(roll, place.name), page(place.slug, Edition(roll.month, roll.kind)),
             rank)
            for roll, place, rank in queries.published_with(person_id)
        ],
    )  # fmt: skip


def _is_minor(person_id: int) -> bool:
    return people.is_minor(people.get(person_id).birth_date, dates.today(clock.now()))
