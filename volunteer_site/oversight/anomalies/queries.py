"""What can be asked about findings, each only through the roles of who asks (R56)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from volunteer_site.activities.models import Activity
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind as Place
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.oversight.anomalies import words
from volunteer_site.oversight.anomalies.models import Anomaly
from volunteer_site.oversight.questions.models import Question
from volunteer_site.people.models import Person

AT_ONCE = 30  # findings on a page
OPEN, ASKED, REPLIED, ANSWERED = "open", "asked", "replied", "answered"


class Case(NamedTuple):
    """A finding with the names that belong to it."""

    anomaly: Anomaly
    community: str
    person: str | None
    activity: str | None
    activity_on: date | None
    question: Question | None  # the latest

    @property
    def state(self) -> str:
        """Return how far it has come: open, asked, replied, answered."""
        if self.anomaly.answered_at is not None:
            return ANSWERED
        if self.question is None:
            return OPEN
        return ASKED if self.question.replied_at is None else REPLIED


class Wish(NamedTuple):
    """Which findings are looked for, in which order."""

    state: str = OPEN
    kind: str = ""
    community: int | None = None
    worst: bool = False
    page: int = 1


class Waiting(NamedTuple):
    """A finding that waits for the office, as the Monday page lists it."""

    kind: str
    title: str
    community: str
    found_at: datetime
    due_on: date | None
    address: str


def through(paths: Iterable[str], anomaly_id: int) -> Case:
    """Return the finding if its community is at or below one of these paths; or NotFound."""
    row = db.session.execute(_cases(paths).where(Anomaly.id == anomaly_id)).one_or_none()
    if row is None:
        raise NotFound(_("There is no such finding, or it is not one of yours."))
    return Case(*row)


def queue(paths: Iterable[str], wish: Wish) -> tuple[list[Case], int]:
    """Return a page of findings, and how many there are in all."""
    asked = _wished(_cases(paths), wish)
    count = db.session.scalar(sa.select(sa.func.count()).select_from(asked.subquery())) or 0
    latest = (Anomaly.found_at.desc(), Anomaly.weight.desc(), Anomaly.id.desc())
    order = (Anomaly.weight.desc(), Anomaly.id.desc()) if wish.worst else latest
    page = asked.order_by(*order).limit(AT_ONCE).offset((wish.page - 1) * AT_ONCE)
    return [Case(*row) for row in db.session.execute(page)], count


def counts(paths: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return how many findings there are by state, and in each by kind."""
    state = _state()
    asked = (
        sa.select(state, Anomaly.kind, sa.func.count())
        .join(Organisation, Organisation.id == Anomaly.organisation_id)
        .outerjoin(Question, Question.id == Anomaly.question_id)
        .where(at_or_below(paths))
        .group_by(state, Anomaly.kind)
    )
    found: dict[str, dict[str, int]] = {one: {} for one in words.STATES}
    for stands_at, kind, count in db.session.execute(asked):
        found[stands_at][kind] = count
    return found


def communities(paths: Iterable[str]) -> list[tuple[int, str]]:
    """Return the communities that have findings, to choose from."""
    asked = (
        sa.select(Organisation.id, Organisation.name)
        .where(
            at_or_below(paths),
            sa.exists().where(Anomaly.organisation_id == Organisation.id),
        )
        .order_by(Organisation.pinyin, Organisation.name)
    )
    return [(number, name) for number, name in db.session.execute(asked)]


def waiting(paths: Iterable[str], now: datetime) -> list[Waiting]:
    """Return the findings that wait for the office: new ones, answered ones, overdue questions."""
    today = dates.today(now)
    asked = _cases(paths).where(
        Anomaly.answered_at.is_(None),
        sa.or_(Question.id.is_(None), Question.replied_at.is_not(None), Question.due_on < today),
    )
    order = (Question.due_on.is_(None), Question.due_on, Anomaly.weight.desc(), Anomaly.id)
    return [_waits(Case(*row)) for row in db.session.execute(asked.order_by(*order))]


def found_since(paths: Iterable[str], since: datetime) -> dict[str, int]:
    """Return how many findings of each kind there were since a moment."""
    asked = (
        sa.select(Anomaly.kind, sa.func.count())
        .join(Organisation, Organisation.id == Anomaly.organisation_id)
        .where(at_or_below(paths), Anomaly.found_at >= since)
        .group_by(Anomaly.kind)
    )
    return {row[0]: row[1] for row in db.session.execute(asked)}


def district(paths: Iterable[str]) -> Organisation:
    """Return the officer's district, whose rules they may change; raises NotFound."""
    asked = sa.select(Organisation).where(at_or_below(paths), Organisation.kind == Place.DISTRICT)
    found = db.session.scalar(asked.order_by(Organisation.id).limit(1))
    if found is None:
        raise NotFound(_("The rules belong to a district, and your role is not at one."))
    return found


def _cases(paths: Iterable[str]) -> Any:
    return (
        sa.select(
            Anomaly, Organisation.name, Person.name, Activity.title, Activity.service_date,
            Question,
        )
        .join(Organisation, Organisation.id == Anomaly.organisation_id)
        .outerjoin(Question, Question.id == Anomaly.question_id)
        .outerjoin(Person, Person.id == Anomaly.about_id)
        .outerjoin(Activity, Activity.id == Anomaly.activity_id)
        .where(at_or_below(paths))
    )  # fmt: skip


def _wished(asked: Any, wish: Wish) -> Any:
    asked = asked.where(_state() == wish.state)
    if wish.kind:
        asked = asked.where(Anomaly.kind == wish.kind)
    if wish.community:
        asked = asked.where(Anomaly.organisation_id == wish.community)
    return asked


def _state() -> sa.ColumnElement[str]:
    return sa.case(
        (Anomaly.answered_at.is_not(None), ANSWERED),
        (Question.replied_at.is_not(None), REPLIED),
        (Question.id.is_not(None), ASKED),
        else_=OPEN,
    )


def _waits(case: Case) -> Waiting:
    one, due_on = case.anomaly, case.question.due_on if case.question else None
    about = case.activity or case.person or ""
    title = f"{words.name(one.kind)} · {about}" if about else words.name(one.kind)
    return Waiting(
        one.kind, title, case.community, one.found_at, due_on, f"/office/anomalies/{one.id}"
    )
