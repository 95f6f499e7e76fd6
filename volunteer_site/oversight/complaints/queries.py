"""What can be asked about complaints: by the complainant's code, or by an office not accused."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.oversight.complaints.models import (
    Complaint,
    ComplaintNote,
    ComplaintParty,
    ComplaintQuestion,
)
from volunteer_site.people.models import Person, Role, RoleName

TOLD = ("opened", "said", "told", "closed")  # the steps that the complainant reads


class Note(NamedTuple):
    """A step of a complaint; `by` is nobody for the complainant."""

    at: datetime
    by: str | None
    step: str
    words: str


class Listed(NamedTuple):
    """A complaint on the office's list."""

    id: int
    number: str
    about: str
    about_words: str
    community: str | None
    opened_at: datetime
    closed_at: datetime | None
    outcome: str | None


def by_code(digest: str) -> Complaint:
    """Return the complaint whose code has this digest; raises NotFound."""
    found = db.session.scalar(sa.select(Complaint).where(Complaint.code_digest == digest))
    if found is None:
        raise NotFound(
            _("There is no complaint with this code. Look at the letters again, please."),
            link=("/complaints", _("Enter it again")),
        )
    return found


def through(paths: Iterable[str], officer_id: int, complaint_id: int) -> Complaint:
    """Return the complaint to an officer of its district who is not accused in it; or NotFound."""
    asked = sa.select(Complaint).join(Organisation, Organisation.id == Complaint.district_id)
    found = db.session.scalar(
        asked.where(Complaint.id == complaint_id, at_or_below(paths), _not_about(officer_id))
    )
    if found is None:
        raise NotFound(_("There is no such complaint, or it is not one of yours."))
    return found


def at(paths: Iterable[str], officer_id: int, *, closed: bool = False) -> list[Listed]:
    """Return the complaints an officer may open: open ones oldest first, or the latest closed."""
    district, community = orm.aliased(Organisation), orm.aliased(Organisation)
    inside = sa.or_(sa.false(), *(district.path.startswith(path) for path in paths))
    asked = (
        sa.select(
            Complaint.id, Complaint.number, Complaint.about, Complaint.about_words,
            community.name, Complaint.opened_at, Complaint.closed_at, Complaint.outcome,
        )
        .join(district, district.id == Complaint.district_id)
        .outerjoin(community, community.id == Complaint.organisation_id)
        .where(inside, _not_about(officer_id), Complaint.closed_at.is_not(None) == closed)
        .order_by(Complaint.id.desc() if closed else Complaint.id)
        .limit(200)
    )  # fmt: skip
    rows: Iterable[Any] = db.session.execute(asked)
    return [Listed(*row) for row in rows]


def notes(complaint_id: int, steps: Sequence[str] = ()) -> list[Note]:
    """Return the steps of a complaint in order, all or only these."""
    asked = (
        sa.select(ComplaintNote.at, Person.name, ComplaintNote.step, ComplaintNote.words)
        .outerjoin(Person, Person.id == ComplaintNote.by_id)
        .where(ComplaintNote.complaint_id == complaint_id)
        .order_by(ComplaintNote.id)
    )
    if steps:
        asked = asked.where(ComplaintNote.step.in_(steps))
    return [Note(*row) for row in db.session.execute(asked)]


def questions_of(complaint_id: int) -> sa.Select[int]:
    """Return the SELECT of the numbers of the questions that a complaint led to."""
    return sa.select(ComplaintQuestion.question_id).where(
        ComplaintQuestion.complaint_id == complaint_id
    )


def names_of_accused(complaint_id: int) -> list[str]:
    """Return the names of those a complaint may be about, which an outcome may not tell."""
    asked = (
        sa.select(Person.name)
        .join(ComplaintParty, ComplaintParty.accused_id == Person.id)
        .where(ComplaintParty.complaint_id == complaint_id, Person.erased_at.is_(None))
    )
    return list(db.session.scalars(asked))


def unseen() -> int:
    """Return how many open complaints no officer may open, all of them being accused."""
    district = orm.aliased(Organisation)
    place = orm.aliased(Organisation)
    can_open = (
        sa.exists()
        .where(
            Role.name == RoleName.OFFICER,
            Role.ended_at.is_(None),
            Role.organisation_id == place.id,
            district.path.startswith(place.path),
            district.id == Complaint.district_id,
        )
        .where(
            ~sa.exists().where(
                ComplaintParty.complaint_id == Complaint.id,
                ComplaintParty.accused_id == Role.person_id,
            )
        )
        .correlate(Complaint)
    )
    asked = sa.select(sa.func.count(Complaint.id)).where(Complaint.closed_at.is_(None), ~can_open)
    return db.session.scalar(asked) or 0


def _not_about(officer_id: int) -> sa.ColumnElement[bool]:
    return ~sa.exists().where(
        ComplaintParty.complaint_id == Complaint.id, ComplaintParty.accused_id == officer_id
    )
