"""Asking a community about a record, answering, and needing no answer any more."""

from datetime import datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from blinker import Signal

from volunteer_site.core import audit
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.oversight.deadlines import due_on
from volunteer_site.oversight.questions.models import Question
from volunteer_site.oversight.questions.queries import open_one

replied: Final = Signal("a community has answered: question_id, words, by_id, now")


class Answered(Refusal):
    """The question was answered before, or needs no answer any more."""


class About(NamedTuple):
    """Which record of which community is asked about."""

    organisation_id: int
    activity_id: int | None = None
    entry_id: int | None = None


def ask(about: About, words: str, *, by_id: int, days: int, now: datetime) -> int:
    """Ask a community, which answers within so many working days (R8); return the number.

    `words` come after the usual sentence, which asks how the record came about.
    """
    until = due_on(now, days)
    given = {"words": words, "asked_at": now, "asked_by_id": by_id, "due_on": until}
    question = Question(**about._asdict(), **given)
    db.session.add(question)
    db.session.flush()
    audit.record("question.create", by_id, object_kind="question", object_id=question.id)
    return question.id


def reply(question_id: int, words: str, *, by_id: int, now: datetime) -> None:
    """Let a coordinator explain the record, once; raises Answered.

    Sends `replied`, for whoever asked.
    """
    asked = sa.select(Question).where(Question.id == question_id).with_for_update()
    question = db.session.scalars(asked.execution_options(populate_existing=True)).one()
    _refuse_done(question)
    question.replied_at, question.replied_by_id, question.reply = now, by_id, words
    db.session.flush()
    audit.record("question.reply", by_id, object_kind="question", object_id=question_id)
    replied.send(None, question_id=question_id, words=words, by_id=by_id, now=now)


def close(numbers: Any, now: datetime) -> None:
    """Need no answer to these questions (numbers, or a SELECT) any more; answered ones stay."""
    unanswered = sa.update(Question).where(Question.id.in_(numbers), open_one())
    db.session.execute(
        unanswered.values(closed_at=now).execution_options(synchronize_session=False)
    )


def _refuse_done(question: Question) -> None:
    link = ("/desk/questions", _("To the questions"))
    if question.replied_at is not None:
        raise Answered(_("This question was answered before."), link=link)
    if question.closed_at is not None:
        raise Answered(_("The office has decided meanwhile and needs no answer."), link=link)
