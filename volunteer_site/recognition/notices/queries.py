"""What can be asked about public notices."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people.models import Person, Role, RoleName
from volunteer_site.recognition.notices.models import NoticeObjection, PublicNotice

MOST = 100  # notices on a list
ANSWERING = (RoleName.COORDINATOR, RoleName.LIAISON, RoleName.OFFICER)


class Listed(NamedTuple):
    """A notice on a list, with whose it is and how many objections wait for an answer."""

    notice: PublicNotice
    organisation: str
    unanswered: int


def get(notice_id: int) -> PublicNotice:
    """Return a notice; raises NotFound."""
    notice = db.session.get(PublicNotice, notice_id)
    if notice is None:
        raise NotFound(
            _("There is no such public notice."), link=("/notices", _("All public notices"))
        )
    return notice


def through(paths: Iterable[str], notice_id: int) -> PublicNotice:
    """Return a notice at or below one of these paths; raises NotFound (R56)."""
    asked = sa.select(PublicNotice).where(PublicNotice.id == notice_id, _below(paths))
    notice = db.session.scalar(asked)
    if notice is None:
        raise NotFound(_("There is no such public notice, or it is not one of yours."))
    return notice


def answerers(place: Organisation, concerned: Collection[int]) -> list[str]:
    """Return the names of those who may answer objections of a place, the nearest first.

    Those who are concerned may not; who runs the place or looks after it from above may.
    """
    asked = sa.select(Person.id, Person.name).join(Role, Role.person_id == Person.id)
    asked = asked.join(Organisation, Organisation.id == Role.organisation_id).where(
        sa.literal(place.path).startswith(Organisation.path),
        Role.name.in_(ANSWERING),
        Role.ended_at.is_(None),
        Person.erased_at.is_(None),
    )
    nearest: Iterable[Any] = db.session.execute(asked.order_by(Organisation.path.desc(), Role.id))
    return list({number: name for number, name in nearest if number not in concerned}.values())


def running() -> list[Listed]:
    """Return the notices that are not closed, those that end first before."""
    return _listed(PublicNotice.closed_at.is_(None), PublicNotice.last_day, PublicNotice.id)


def closed_lately() -> list[Listed]:
    """Return the notices closed last, the latest first."""
    return _listed(PublicNotice.closed_at.is_not(None), PublicNotice.closed_at.desc())[:20]


def at(paths: Iterable[str], *kinds: str) -> list[Listed]:
    """Return the notices not closed at or below these paths, those that end first before.

    Only those of such kinds of organisations, if any are named.
    """
    here = sa.and_(PublicNotice.closed_at.is_(None), _below(paths))
    if kinds:
        here = sa.and_(here, Organisation.kind.in_(kinds))
    return _listed(here, PublicNotice.last_day, PublicNotice.id)


def objections(notice_id: int) -> Sequence[NoticeObjection]:
    """Return the objections to a notice, in the order in which they came."""
    asked = sa.select(NoticeObjection).where(NoticeObjection.notice_id == notice_id)
    return db.session.scalars(asked.order_by(NoticeObjection.id)).all()


def is_over(notice: PublicNotice, today: date) -> bool:
    """Tell whether the last day has passed, so that objections are no longer taken."""
    return today > notice.last_day


def unanswered(notice_id: int) -> int:
    """Return how many objections wait for an answer; they block the honour (R42)."""
    return _count(notice_id, NoticeObjection.answered_at.is_(None))


def upheld(notice_id: int) -> int:
    """Return how many objections were found right; what is proposed then has to change."""
    return _count(notice_id, NoticeObjection.upheld.is_(True))


def _count(notice_id: int, which: sa.ColumnElement[bool]) -> int:
    asked = sa.select(sa.func.count(NoticeObjection.id)).where(
        NoticeObjection.notice_id == notice_id, which
    )
    return db.session.scalar(asked) or 0


def _listed(which: sa.ColumnElement[bool], *order: Any) -> list[Listed]:
    waiting = (
        sa.select(sa.func.count(NoticeObjection.id))
        .where(NoticeObjection.notice_id == PublicNotice.id, NoticeObjection.answered_at.is_(None))
        .scalar_subquery()
    )
    asked = sa.select(PublicNotice, Organisation.name, waiting)
    asked = asked.join(Organisation, Organisation.id == PublicNotice.organisation_id)
    rows: Iterable[Any] = db.session.execute(asked.where(which).order_by(*order).limit(MOST))
    return [Listed(*row) for row in rows]


def _below(paths: Iterable[str]) -> sa.ColumnElement[bool]:
    ours = sa.select(Organisation.id).where(at_or_below(paths))
    return PublicNotice.organisation_id.in_(ours)
