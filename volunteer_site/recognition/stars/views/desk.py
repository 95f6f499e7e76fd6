"""The desk: applications for stars, put on public notice by one and awarded by another."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, dates, htmx
from volunteer_site.core.access import role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import queries as hours
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person
from volunteer_site.recognition.notices import queries as notices
from volunteer_site.recognition.stars import holders, queries, services
from volunteer_site.recognition.stars.forms import RefusalForm

ADDRESS = "/desk/stars"
ONE = f"{ADDRESS}/<int:star_id>"
DECIDERS = (RoleName.COORDINATOR, RoleName.OFFICER)

bp = Blueprint("desk_stars", __name__, url_prefix=ADDRESS)
openings = Blueprint("star_notices", __name__, url_prefix=f"{ONE}/notice")
awards = Blueprint("star_awards", __name__, url_prefix=f"{ONE}/award")
refusals = Blueprint("star_refusals", __name__, url_prefix=f"{ONE}/refusal")


@bp.get("")
@role(*DECIDERS)
def index() -> str:
    """List the applications that wait, and what was decided within a year."""
    cases = queries.at(current_person().paths(*DECIDERS), clock.now())
    open_ones = [case for case in cases if case.state in {"applied", "noticed"}]
    return render_template(
        "recognition/stars/desk.html",
        waiting=sorted(open_ones, key=lambda case: case.application.applied_at),
        over=[case for case in cases if case not in open_ones],
        last_days=queries.last_days(open_ones),
        today=dates.today(clock.now()),
    )


@bp.get("/<int:star_id>")
@role(*DECIDERS)
def show(star_id: int) -> ResponseReturnValue:
    """Show one application with the hours it rests on, and what can be done next."""
    return _page(_case(star_id), RefusalForm())


@openings.post("")
@role(*DECIDERS)
def create(star_id: int) -> ResponseReturnValue:
    """Put it on public notice."""
    _case(star_id)
    with write_transaction():
        services.put_on_notice(star_id, by_id=current_person().id, now=clock.now())
    said = _("It is on public notice now. Afterwards somebody else awards it.")
    return htmx.done(f"{ADDRESS}/{star_id}", said)


@awards.post("", endpoint="create")
@role(*DECIDERS)
def award(star_id: int) -> ResponseReturnValue:
    """Award the star, as the second person."""
    _case(star_id)
    with write_transaction():
        number = services.award(star_id, by_id=current_person().id, now=clock.now())
    said = _("Awarded as no. %(number)s.", number=number)
    return htmx.done(f"{ADDRESS}/{star_id}", said)


@refusals.post("", endpoint="create")
@role(*DECIDERS)
def refuse(star_id: int) -> ResponseReturnValue:
    """Refuse it, with a reason."""
    case, form = _case(star_id), RefusalForm(request.form)
    if not form.validate():
        return _page(case, form, 422)
    with write_transaction():
        services.refuse(star_id, form.reason.data or "", by_id=current_person().id, now=clock.now())
    return htmx.done(ADDRESS, _("Refused. The volunteer can read why."))


def _case(star_id: int) -> queries.Case:
    return queries.through(current_person().paths(*DECIDERS), star_id)


def _page(case: queries.Case, form: RefusalForm, status: int = 200) -> ResponseReturnValue:
    one, now = case.application, clock.now()
    notice = notices.get(one.notice_id) if one.notice_id else None
    page = render_template(
        "recognition/stars/case.html",
        case=case,
        one=one,
        me=current_person().id,
        minutes=hours.total_minutes(one.person_id),
        shown=holders.shown_name(case.person, now),
        earlier=[one for one in queries.of_person(one.person_id) if one.state == "awarded"],
        reasons=queries.reasons([one.id]),
        notice=notice,
        over=notice is not None and notices.is_over(notice, dates.today(now)),
        unanswered=notices.unanswered(notice.id) if notice else 0,
        upheld=notices.upheld(notice.id) if notice else 0,
        form=form,
    )
    return make_response(page, status)
