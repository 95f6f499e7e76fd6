"""What desk and office share: the page of a case, and answering it."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.oversight import consequences, evidence, words
from volunteer_site.oversight.changes import Consequences
from volunteer_site.oversight.objections import answers, queries
from volunteer_site.oversight.objections.forms import AgreementForm, RefusalForm
from volunteer_site.oversight.objections.models import Wish
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person


class NotTheirTurn(Refusal):
    """It is somebody else's turn to answer."""


def listing(desk: str, role: RoleName) -> str:
    """List what whoever looks has to answer, what waits for others, and what is over."""
    now = clock.now()
    found = queries.at(current_person().paths(role), now)
    waiting = [case for case in found if not case.state(now).over]
    over = [case for case in found if case.state(now).over]
    return render_template(
        "oversight/objections/desk.html",
        now=now,
        desk=desk,
        mine=[case for case in waiting if acts(case, desk)],
        others=[case for case in waiting if not acts(case, desk)],
        over=sorted(over, key=lambda case: -case.objection.id),
        words=words,
    )


def page(
    case: queries.Case,
    desk: str,
    agreement: AgreementForm | None = None,
    refusal: RefusalForm | None = None,
) -> str:
    """Show the evidence side by side, and what can be answered."""
    now, objection = clock.now(), case.objection
    found = evidence.of(objection)
    return render_template(
        "oversight/objections/case.html",
        case=case,
        now=now,
        desk=desk,
        found=found,
        notes=queries.notes(objection.id),
        rests=_rests(objection.changed_entry_id, objection.wish, found),
        acts=acts(case, desk),
        agreement=agreement or AgreementForm(minutes=_suggested(case, found)),
        refusal=refusal or RefusalForm(),
        late_entry=_late_entry(case),
        words=words,
    )


def agree(case: queries.Case, desk: str) -> ResponseReturnValue:
    """Put the entry right as the form says; or lead to where the hours are entered later."""
    number, form = case.objection.id, AgreementForm(request.form)
    _refuse_idle(case, desk)
    if not form.validate():
        return page(case, desk, agreement=form), 422
    with write_transaction():
        answers.agree(number, form.minutes.data, form.words.data or "", _hand(desk))
    return _answered(queries.through(("/",), number), desk)


def refuse(case: queries.Case, desk: str) -> ResponseReturnValue:
    """Refuse it, with the reason."""
    number, form = case.objection.id, RefusalForm(request.form)
    _refuse_idle(case, desk)
    if not form.validate():
        return page(case, desk, refusal=form), 422
    days = current_app.config["OBJECTION_DAYS"]
    with write_transaction():
        answers.refuse(number, form.reason.data or "", _hand(desk), days=days)
    return htmx.done(f"{desk}/objections/{number}", _("Refused. The volunteer reads the reason."))


def acts(case: queries.Case, desk: str) -> bool:
    """Tell whether whoever looks at the case may answer it now (R22)."""
    now = clock.now()
    if case.objection.person_id == current_person().id:
        return False
    if desk == "/office":
        return case.at_office(now)
    return case.state(now).name in answers.UNANSWERED


def _refuse_idle(case: queries.Case, desk: str) -> None:
    if not acts(case, desk):
        raise NotTheirTurn(
            _("This objection is not yours to answer now. Its page says who has it."),
            link=(f"{desk}/objections/{case.objection.id}", _("To the objection")),
        )


def _hand(desk: str) -> answers.Hand:
    return answers.Hand(current_person().id, clock.now(), office=desk == "/office")


def _answered(case: queries.Case, desk: str) -> ResponseReturnValue:
    """Say what was done; hours that are still to be entered are entered next."""
    here = f"{desk}/objections/{case.objection.id}"
    if case.objection.changed_entry_id is not None:
        return htmx.done(here, _("Done. What changed is listed below."))
    if case.state(clock.now()).over:
        return htmx.done(here, _("Answered. The volunteer reads it."))
    if desk == "/desk":
        return htmx.done(_late_entry(case), _("Now enter the hours later; then it is done."))
    return htmx.done(here, _("The community is asked to enter the hours."))


def _late_entry(case: queries.Case) -> str:
    """Return the address where the hours are entered later."""
    one = case.objection
    return f"/desk/activities/{one.activity_id}/late-entries/new?person={one.person_id}"


def _suggested(case: queries.Case, found: evidence.Evidence) -> int | None:
    """Return the minutes that the person wants, or those that count."""
    if case.objection.minutes_wanted is not None:
        return case.objection.minutes_wanted
    return found.counted.minutes if found.counted else None


def _rests(changed: int | None, wish: str, found: evidence.Evidence) -> Consequences | None:
    """Return what changed, or what would if the entry were taken back."""
    if changed is not None:
        return consequences.of([changed], clock.now())
    if wish == Wish.ABSENT and found.counted is not None:
        return consequences.of([found.counted.number], clock.now())
    return None
