"""What can be asked about roles, and about what was done with them."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from volunteer_site.core.audit import AuditEvent
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.organisations.models import Organisation
from volunteer_site.people import queries
from volunteer_site.people.models import Person, Role

AT_ONCE = 50  # events on a page


def roles_of(person_id: int) -> Sequence[sa.Row[Role, Organisation]]:
    """Return all roles a person holds or held, each with its organisation."""
    asked = sa.select(Role, Organisation).join(
        Organisation, Organisation.id == Role.organisation_id
    )
    return db.session.execute(asked.where(Role.person_id == person_id).order_by(Role.id)).all()


def roles_below(
    paths: Iterable[str], organisation_id: int | None = None
) -> Sequence[sa.Row[Role, Organisation, Person]]:
    """Return who acts now at or below these paths, with role and organisation."""
    asked = sa.select(Role, Organisation, Person).where(
        organisations.at_or_below(paths), Role.ended_at.is_(None), Person.erased_at.is_(None)
    )
    asked = asked.join(Organisation, Organisation.id == Role.organisation_id)
    asked = asked.join(Person, Person.id == Role.person_id)
    if organisation_id is not None:
        asked = asked.where(Organisation.id == organisation_id)
    return db.session.execute(asked.order_by(Organisation.path, Role.name, Person.pinyin)).all()


def role_through(paths: Iterable[str], role_id: int) -> Role:
    """Return the role if it is at or below one of these paths; NotFound otherwise (R56)."""
    asked = sa.select(Role).join(Organisation, Organisation.id == Role.organisation_id)
    role = db.session.scalar(asked.where(Role.id == role_id, organisations.at_or_below(paths)))
    if role is None:
        raise NotFound(_("There is no such role, or it is not one of yours."))
    return role


def events(
    paths: Iterable[str], *, kind: str = "", before: int | None = None
) -> Sequence[sa.Row[AuditEvent, str | None]]:
    """Return the latest acts (event, actor's name) of people who belong or act below `paths`.

    With them those of nobody: failed log-ins and jobs. At most 50, older than `before` if given.
    """
    paths = tuple(paths)
    acting = sa.select(Role.person_id).join(Organisation, Organisation.id == Role.organisation_id)
    acting = acting.where(organisations.at_or_below(paths))
    asked = sa.select(AuditEvent, Person.name).outerjoin(Person, Person.id == AuditEvent.actor_id)
    asked = asked.where(
        sa.or_(AuditEvent.actor_id.is_(None), Person.id.in_(acting), queries.belongs(paths))
    )
    if kind:
        asked = asked.where(AuditEvent.kind == kind)
    if before is not None:
        asked = asked.where(AuditEvent.id < before)
    return db.session.execute(asked.order_by(AuditEvent.id.desc()).limit(AT_ONCE)).all()


def kinds() -> list[str]:
    """Return the kinds of acts that ever happened."""
    asked = sa.select(AuditEvent.kind).distinct().order_by(AuditEvent.kind)
    return list(db.session.scalars(asked))
