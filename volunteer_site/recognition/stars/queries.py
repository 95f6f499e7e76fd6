"""What can be asked about stars: the scale, who holds which, what waits for whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import dates, versions
from volunteer_site.core.cache import kept
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import queries as hours
from volunteer_site.organisations.models import Organisation
from volunteer_site.organisations.queries import at_or_below
from volunteer_site.people import queries as people
from volunteer_site.people.models import Person
from volunteer_site.recognition.notices.models import PublicNotice
from volunteer_site.recognition.stars import scale
from volunteer_site.recognition.stars.models import (
    StarApplication,
    StarBar,
    StarLevel,
    StarReview,
)
from volunteer_site.recognition.stars.scale import Level, Star

SHOWN = timedelta(days=400)  # how long what is over stays on the desk's list


@dataclass(frozen=True)
class Case:
    """An application with the names that belong to it."""

    application: StarApplication
    person: Person
    place: Organisation
    first: str | None  # who put it on public notice
    second: str | None  # who awarded or refused it

    @property
    def state(self) -> str:
        """Return how far it has come."""
        return state_of(self.application)


class Barred(NamedTuple):
    """Until when somebody may not apply, and why."""

    id: int
    until: date
    reason: str


def levels() -> tuple[Level, ...]:
    """Return the scale as it is now, kept until the office changes it."""
    return kept("star levels", 2).get(versions.current("stars"), _levels)  # type: ignore[no-any-return]


def state_of(one: StarApplication) -> str:
    """Return applied, noticed, awarded, revoked, refused or withdrawn."""
    facts = (
        (one.withdrawn_at, "withdrawn"),
        (one.refused_at, "refused"),
        (one.revoked_at, "revoked"),
        (one.awarded_at, "awarded"),
        (one.noticed_at, "noticed"),
    )
    return next((name for at, name in facts if at is not None), "applied")


def held(person_id: int) -> StarApplication | None:
    """Return the highest star that somebody holds; None if they hold none."""
    asked = sa.select(StarApplication).where(StarApplication.person_id == person_id, standing())
    return db.session.scalar(asked.order_by(StarApplication.level.desc()).limit(1))


def standing() -> sa.ColumnElement[bool]:
    """Return the condition that a star was awarded and not revoked."""
    return sa.and_(StarApplication.awarded_at.is_not(None), StarApplication.revoked_at.is_(None))


def open_of(person_id: int) -> StarApplication | None:
    """Return somebody's application that is not decided yet, if there is one."""
    asked = sa.select(StarApplication).where(
        StarApplication.person_id == person_id,
        StarApplication.awarded_at.is_(None),
        StarApplication.refused_at.is_(None),
        StarApplication.withdrawn_at.is_(None),
    )
    return db.session.scalar(asked)


def way(person_id: int, now: datetime) -> Star | None:
    """Return the star that somebody may go for; None if they hold all of them."""
    star, table = held(person_id), levels()
    level = star.level if star else 0
    ripe = None
    if level < len(table) and table[level].days:
        ripe = scale.ripe_on(table[level], _since(person_id, star))
    from_day = ripe if ripe and ripe > dates.today(now) else None
    return scale.next_star(hours.total_minutes(person_id), level, table, from_day)


def barred(person_id: int, today: date) -> Barred | None:
    """Return until when somebody may not apply, if so; the longest of several."""
    asked = sa.select(StarBar.id, StarBar.until, StarBar.reason).where(
        StarBar.person_id == person_id, StarBar.lifted_at.is_(None), StarBar.until >= today
    )
    row = db.session.execute(asked.order_by(StarBar.until.desc()).limit(1)).first()
    return Barred(*row) if row else None


def bars_of(person_id: int) -> Sequence[StarBar]:
    """Return every bar that was ever set for somebody, the latest first."""
    asked = sa.select(StarBar).where(StarBar.person_id == person_id)
    return db.session.scalars(asked.order_by(StarBar.id.desc())).all()


def bars_at(paths: Iterable[str], today: date) -> list[tuple[StarBar, Person]]:
    """Return who of these districts may not apply today."""
    asked = sa.select(StarBar, Person).join(Person, Person.id == StarBar.person_id)
    asked = asked.where(
        StarBar.lifted_at.is_(None), StarBar.until >= today, people.belongs(paths)
    ).order_by(StarBar.until)
    return [(bar, person) for bar, person in db.session.execute(asked)]


def of_person(person_id: int) -> list[Case]:
    """Return all applications of somebody, the latest first."""
    return _found(_cases().where(StarApplication.person_id == person_id))


def through(paths: Iterable[str], application_id: int) -> Case:
    """Return an application to a place at or below these paths; or NotFound (R56)."""
    found = _found(_cases().where(StarApplication.id == application_id, at_or_below(paths)))
    if not found:
        raise NotFound(_("There is no such application, or it is not one of yours."))
    return found[0]


def at(paths: Iterable[str], now: datetime) -> list[Case]:
    """Return what waits at or below these paths and what was decided within a year."""
    lately = StarApplication.applied_at > now - SHOWN
    return _found(_cases().where(at_or_below(paths), sa.or_(lately, _open())))


def waiting(paths: Iterable[str]) -> list[Case]:
    """Return the applications at or below these paths that are not decided."""
    return _found(_cases().where(at_or_below(paths), _open()))


def with_notice(notice_id: int) -> Case | None:
    """Return the application that a public notice is about."""
    return next(iter(_found(_cases().where(StarApplication.notice_id == notice_id))), None)


def reasons(application_ids: Iterable[int]) -> dict[int, StarReview]:
    """Return what the office decided last about each of these stars."""
    asked = sa.select(StarReview).where(StarReview.application_id.in_(list(application_ids)))
    found = db.session.scalars(asked.order_by(StarReview.id))
    return {review.application_id: review for review in found}


def last_days(cases: Iterable[Case]) -> dict[int | None, date]:
    """Return the last day of each public notice that these applications are on."""
    numbers = [case.application.notice_id for case in cases if case.application.notice_id]
    asked = sa.select(PublicNotice.id, PublicNotice.last_day).where(PublicNotice.id.in_(numbers))
    return dict(db.session.execute(asked).all())


def _open() -> sa.ColumnElement[bool]:
    return sa.and_(
        StarApplication.awarded_at.is_(None),
        StarApplication.refused_at.is_(None),
        StarApplication.withdrawn_at.is_(None),
    )


def _levels() -> tuple[Level, ...]:
    asked = sa.select(StarLevel.level, StarLevel.hours, StarLevel.days)
    rows = db.session.execute(asked.where(StarLevel.replaced_at.is_(None)))
    changed = {row[0]: Level(*row) for row in rows}
    return tuple(changed.get(usual.level, usual) for usual in scale.OFFICIAL)


def _since(person_id: int, star: StarApplication | None) -> date:
    """Return the day from which the days count that the next star takes."""
    if star is not None and star.awarded_at is not None:
        return dates.local_date(star.awarded_at)
    registered = sa.select(Person.created_at).where(Person.id == person_id)
    return dates.local_date(db.session.scalars(registered).one())


def _cases() -> Any:
    first, second = orm.aliased(Person), orm.aliased(Person)
    by = sa.func.coalesce(StarApplication.awarded_by_id, StarApplication.refused_by_id)
    return (
        sa.select(StarApplication, Person, Organisation, first.name, second.name)
        .join(Person, Person.id == StarApplication.person_id)
        .join(Organisation, Organisation.id == StarApplication.organisation_id)
        .outerjoin(first, first.id == StarApplication.noticed_by_id)
        .outerjoin(second, second.id == by)
        .order_by(StarApplication.id.desc())
    )


def _found(asked: Any) -> list[Case]:
    return [Case(*row) for row in db.session.execute(asked)]
