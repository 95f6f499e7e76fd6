"""Kinds of rolls, defined by the office: what counts, how much, how many places, where."""

from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person
from volunteer_site.recognition.rolls import defining, kinds, services, words
from volunteer_site.recognition.rolls.forms import COUNTS, SCOPES, WHOSE, KindForm
from volunteer_site.recognition.rolls.models import RollKind

ADDRESS = "/office/roll-kinds"
FEW = 10  # lines of a preview

bp = Blueprint("roll_kinds", __name__, url_prefix=ADDRESS)
previews = Blueprint("roll_kind_previews", __name__, url_prefix=f"{ADDRESS}/preview")
retirements = Blueprint(
    "roll_kind_retirements", __name__, url_prefix=f"{ADDRESS}/<int:kind_id>/retirement"
)


@bp.get("")
@role(RoleName.OFFICER)
def index() -> str:
    """List the kinds there are, and ready-made ones to begin with."""
    there = kinds.of_office(_districts())
    taken = {one.slug for one in there}
    return render_template(
        "recognition/rolls/kinds.html",
        kinds=there,
        patterns=[one for one in kinds.PATTERNS if one.slug not in taken],
        counts=COUNTS,
        scopes=SCOPES,
        whose=WHOSE,
        least=words.least,
    )


@bp.get("/new")
@role(RoleName.OFFICER)
def new() -> str:
    """Ask what it is; a ready-made kind fills the form in."""
    wanted = request.args.get("pattern", "")
    pattern = next((one for one in kinds.PATTERNS if one.slug == wanted), None)
    return _page(KindForm(data=pattern._asdict() if pattern else {}), None, wanted)


@bp.post("")
@role(RoleName.OFFICER)
def create() -> ResponseReturnValue:
    """Define a kind of roll."""
    form, wanted = KindForm(request.form), request.args.get("pattern", "")
    if not form.validate():
        return _page(form, None, wanted), 422
    by_id, [district, *_more] = current_person().id, _districts()
    with write_transaction():
        kind = defining.define(district, wanted, form.said(), by_id=by_id, now=clock.now())
        number = kind.id
    return htmx.done(f"{ADDRESS}/{number}/edit", _("There is such a roll from now on."))


@previews.post("", endpoint="create")
@role(RoleName.OFFICER)
def preview() -> ResponseReturnValue:
    """Show who would be on a kind that is not there yet; nothing is kept."""
    form, wanted = KindForm(request.form), request.args.get("pattern", "")
    if not form.validate():
        return _page(form, None, wanted), 422
    said, district = vars(form.said()), _districts()[0]
    draft = RollKind(organisation_id=district, slug=wanted, name_order="surname", **said)
    return _page(form, None, wanted, _preview(draft))


@bp.get("/<int:kind_id>/edit")
@role(RoleName.OFFICER)
def edit(kind_id: int) -> str:
    """Show a kind with who would be on it, to change it."""
    kind = _ours(kind_id)
    return _page(KindForm(obj=kind), kind)


@bp.post("/<int:kind_id>")
@role(RoleName.OFFICER)
def update(kind_id: int) -> ResponseReturnValue:
    """Change a kind; rolls that are prepared or published stay as they are."""
    kind, form = _ours(kind_id), KindForm(request.form)
    if not form.validate():
        return _page(form, kind), 422
    by_id = current_person().id
    with write_transaction():
        defining.change(kind_id, form.said(), by_id=by_id)
    return htmx.done(f"{ADDRESS}/{kind_id}/edit", _("Changed. It counts for rolls prepared next."))


@retirements.post("", endpoint="create")
@role(RoleName.OFFICER)
def retire(kind_id: int) -> ResponseReturnValue:
    """Make no more rolls of a kind; what is published stays."""
    _ours(kind_id)
    by_id = current_person().id
    with write_transaction():
        defining.retire(kind_id, by_id=by_id, now=clock.now())
    return htmx.done(ADDRESS, _("No more such rolls are made. What is published stays."))


def _districts() -> list[int]:
    person = current_person()
    return sorted({int(path.split("/")[1]) for path in person.paths(RoleName.OFFICER)})


def _ours(kind_id: int) -> RollKind:
    for kind in kinds.of_office(_districts()):
        if kind.id == kind_id:
            return kind
    raise NotFound(_("There is no such kind of roll."), link=(ADDRESS, _("Kinds of rolls")))


def _page(
    form: KindForm,
    kind: RollKind | None,
    pattern: str = "",
    seen: dict[str, Any] | None = None,
) -> str:
    return render_template(
        "recognition/rolls/kind.html",
        form=form,
        kind=kind,
        pattern=pattern,
        seen=_preview(kind) if kind else seen,
    )


def _preview(kind: RollKind) -> dict[str, Any]:
    """Return who would be on such a roll of the district for last month, by the hours of now."""
    now = clock.now()
    month = dates.add_months(dates.month_of(dates.today(now)), -1)
    terms = kinds.terms(kind, now, current_app.config["ROUNDING_MINUTES"])
    district = organisations.get(kind.organisation_id)
    made = services.lines(district, month, terms)
    where = _(
        "The district in %(month)s, by the hours recorded until now.", month=dates.show_month(month)
    )
    roll = services.roll_of(district.id, month, terms, made)
    return {
        "count": len(made),
        "lines": [(one.rank, one.name, words.amount(roll, one.value)) for one in made[:FEW]],
        "sentence": words.joined(where, words.minimum(roll), words.ordering(roll)),
    }
