"""What the office asks communities about records, as they see it: not a word about why (R28)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from volunteer_site.activities.models import Activity
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.oversight.complaints.models import Question
from volunteer_site.oversight.complaints.queries import Waiting


class Asked(NamedTuple):
    """A question to a community, as the community sees it: not a word about why it is asked."""

    id: int
    title: str | None
    day: date | None
    community: str
    words: str
    asked_at: datetime
    due_on: date | None
    replied_at: datetime | None
    reply: str
    activity_id: int | None
    entry_id: int | None

    def late(self, now: datetime) -> bool:
        """Tell whether the date for an answer is past."""
        due = self.due_on
        return self.replied_at is None and due is not None and dates.today(now) > due


def waiting(paths: Sequence[str], now: datetime) -> list[Waiting]:
    """Return the questions of the office that a coordinator of these communities has to answer."""
    return [
        Waiting(
            one.id,
            one.title or one.words,
            one.community,
            one.asked_at,
            one.due_on,
            one.late(now),
            f"/desk/questions/{one.id}",
        )
        for one in asked(paths)
        if one.replied_at is None
    ]


def asked(paths: Iterable[str], *, complaint_id: int | None = None) -> list[Asked]:
    """Return what the office asked communities at or below these paths, the latest first."""
    asked = _questions().where(at_or_below(paths)).order_by(Question.id.desc())
    if complaint_id is not None:
        asked = asked.where(Question.complaint_id == complaint_id)
    return [Asked(*row) for row in db.session.execute(asked.limit(100))]


def through(paths: Iterable[str], question_id: int) -> Asked:
    """Return one question to a community at or below these paths; NotFound otherwise (R56)."""
    asked = _questions().where(Question.id == question_id, at_or_below(paths))
    row = db.session.execute(asked).one_or_none()
    if row is None:
        raise NotFound(_("There is no such question, or it is not one of your community's."))
    return Asked(*row)


def _questions() -> Any:
    return (
        sa.select(
            Question.id, sa.func.coalesce(ServiceRecord.title, Activity.title),
            sa.func.coalesce(HourEntry.service_date, Activity.service_date), Organisation.name,
            Question.words, Question.asked_at, Question.due_on, Question.replied_at,
            Question.reply, Question.activity_id, Question.entry_id,
        )
        .join(Organisation, Organisation.id == Question.organisation_id)
        .outerjoin(Activity, Activity.id == Question.activity_id)
        .outerjoin(HourEntry, HourEntry.id == Question.entry_id)
        .outerjoin(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
    )  # fmt: skip
