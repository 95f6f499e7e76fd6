"""Answering an appeal: the same for the desk and the office."""

from flask import request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.people.session import current_person
from volunteer_site.signups.absences import services
from volunteer_site.signups.absences.cases import Case
from volunteer_site.signups.absences.forms import AnswerForm


def answered(case: Case, form: AnswerForm, back: str) -> ResponseReturnValue | None:
    """Keep the answer and lead back; None if the form has to be shown again."""
    if not form.validate():
        return None
    upheld = request.form.get("upheld") == "1"
    with write_transaction():
        services.answer(
            case, form.answer.data, upheld=upheld, by_id=current_person().id, now=clock.now()
        )
    words = _("Answered: it does not count.") if upheld else _("Answered: it stays.")
    return htmx.done(back, words)
