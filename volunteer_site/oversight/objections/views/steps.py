"""What a person can do with an objection of theirs: add words, withdraw it, go to the office."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock, htmx
from volunteer_site.core.access import members_only
from volunteer_site.core.db import write_transaction
from volunteer_site.core.words import gettext as _
from volunteer_site.oversight.objections import queries, services
from volunteer_site.oversight.objections.forms import EscalationForm, WordsForm
from volunteer_site.people.session import current_person

ADDRESS = "/me/objections/<int:objection_id>"

notes = Blueprint("objection_notes", __name__, url_prefix=f"{ADDRESS}/notes")
withdrawals = Blueprint("objection_withdrawals", __name__, url_prefix=f"{ADDRESS}/withdrawal")
escalations = Blueprint("objection_escalations", __name__, url_prefix=f"{ADDRESS}/escalation")


@notes.post("")
@members_only
def create(objection_id: int) -> ResponseReturnValue:
    """Add words to it."""
    person_id, form = _mine(objection_id), WordsForm(request.form)
    if not form.validate():
        return _back(objection_id, _("Write what you want to add, at most 500 characters."), "bad")
    with write_transaction():
        words = form.words.data or ""
        services.add_words(objection_id, words, by_id=person_id, now=clock.now())
    return _back(objection_id, _("Added."))


@withdrawals.post("", endpoint="create")
@members_only
def withdraw(objection_id: int) -> ResponseReturnValue:
    """Take it back."""
    person_id = _mine(objection_id)
    with write_transaction():
        services.withdraw(objection_id, by_id=person_id, now=clock.now())
    return _back(objection_id, _("Withdrawn. Nothing changes."))


@escalations.post("", endpoint="create")
@members_only
def escalate(objection_id: int) -> ResponseReturnValue:
    """Take a refusal to the office."""
    person_id, form = _mine(objection_id), EscalationForm(request.form)
    if not form.validate():
        return _back(objection_id, _("At most 500 characters, please."), "bad")
    with write_transaction():
        words = form.words.data or ""
        services.escalate(objection_id, words, by_id=person_id, now=clock.now())
    return _back(objection_id, _("The district office will look at it and decide."))


def _mine(objection_id: int) -> int:
    person_id = current_person().id
    return queries.my(person_id, objection_id).objection.person_id


def _back(objection_id: int, words: str, tone: str = "good") -> ResponseReturnValue:
    return htmx.done(f"/me/objections/{objection_id}", words, tone)
