"""What the office asks communities about records, as they see it: not a word about why (R28)."""

from collections.abc import Iterable
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
from volunteer_site.oversight.questions.models import Question
from volunteer_site.people.models import Person

AT_ONCE = 100  # questions on a page


class Asked(NamedTuple):
    """A question to a community, as the community sees it."""

    id: int
    title: str | None
    day: date | None
    community: str
    person: str | None  # whose entry it is
    words: str
    asked_at: datetime
    due_on: date | None
    replied_at: datetime | None
    reply: str
    closed_at: datetime | None
    activity_id: int | None
    entry_id: int | None

    @property
    def open(self) -> bool:
        """Tell whether it still waits for an answer."""
        return self.replied_at is None and self.closed_at is None

    @property
    def about(self) -> str:
        """Return what it is about: an activity, or all records of the community."""
        return self.title or _("Records of %(community)s", community=self.community)

    def late(self, now: datetime) -> bool:
        """Tell whether the date for an answer is past."""
        return self.open and self.due_on is not None and dates.today(now) > self.due_on


def waiting(paths: Iterable[str]) -> list[Asked]:
    """Return what coordinators of these communities have to answer, the nearest date first."""
    order = (Question.due_on.is_(None), Question.due_on, Question.id)
    return _found(_questions().where(at_or_below(paths), open_one()).order_by(*order))


def asked(paths: Iterable[str]) -> list[Asked]:
    """Return what the office asked communities at or below these paths, unanswered ones first."""
    order = (sa.not_(open_one()), Question.id.desc())
    return _found(_questions().where(at_or_below(paths)).order_by(*order).limit(AT_ONCE))


def among(numbers: Any) -> list[Asked]:
    """Return the questions with these numbers (a SELECT, too), the latest first; for the office."""
    return _found(_questions().where(Question.id.in_(numbers)).order_by(Question.id.desc()))


def through(paths: Iterable[str], question_id: int) -> Asked:
    """Return one question to a community at or below these paths; NotFound otherwise (R56)."""
    asked = _questions().where(Question.id == question_id, at_or_below(paths))
    row = db.session.execute(asked).one_or_none()
    if row is None:
        raise NotFound(_("There is no such question, or it is not one of your community's."))
    return Asked(*row)


def open_one() -> sa.ColumnElement[bool]:
    """Return the condition that a question still waits for an answer."""
    return sa.and_(Question.replied_at.is_(None), Question.closed_at.is_(None))


def _found(asked: Any) -> list[Asked]:
    return [Asked(*row) for row in db.session.execute(asked)]


def _questions() -> Any:
    return (
        sa.select(
            Question.id, sa.func.coalesce(ServiceRecord.title, Activity.title),
            sa.func.coalesce(HourEntry.service_date, Activity.service_date), Organisation.name,
            Person.name, Question.words, Question.asked_at, Question.due_on,
            Question.replied_at, Question.reply, Question.closed_at,
            Question.activity_id, Question.entry_id,
        )
        .join(Organisation, Organisation.id == Question.organisation_id)
        .outerjoin(Activity, Activity.id == Question.activity_id)
        .outerjoin(HourEntry, HourEntry.id == Question.entry_id)
        .outerjoin(ServiceRecord, ServiceRecord.id == HourEntry.service_id)
        .outerjoin(Person, Person.id == HourEntry.person_id)
    )  # fmt: skip
