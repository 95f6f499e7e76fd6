"""Who may do what where: granting a role and ending it."""

from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import audit, turns
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Kind, Organisation
from volunteer_site.people.models import Role, RoleName

KINDS = {
    RoleName.COORDINATOR: (Kind.COMMUNITY, Kind.POINT, Kind.TEAM, Kind.SUBDISTRICT),
    RoleName.LIAISON: (Kind.UNIT,),
    RoleName.OFFICER: (Kind.DISTRICT, Kind.SUBDISTRICT),
}


class RoleDoesNotFit(Refusal):
    """There is no such role at this kind of organisation."""

    status = 422


class OwnRole(Refusal):
    """Nobody ends the role that lets them in; another officer does."""


def grant_role(
    person_id: int, organisation: Organisation, name: str, *, now: datetime, by_id: int | None
) -> Role:
    """Let a person act at an organisation and below it; twice changes nothing."""
    if name not in set(RoleName) or organisation.kind not in KINDS[RoleName(name)]:
        raise RoleDoesNotFit(
            _("This role does not exist at “%(name)s”; choose another one.", name=organisation.name)
        )
    turns.wait_for(f"role {person_id}")
    asked = sa.select(Role).where(
        Role.person_id == person_id,
        Role.organisation_id == organisation.id,
        Role.name == name,
        Role.ended_at.is_(None),
    )
    held = db.session.scalar(asked)
    if held is not None:
        return held
    role = Role(person_id=person_id, organisation_id=organisation.id, name=name, granted_at=now)
    role.granted_by_id = by_id
    db.session.add(role)
    db.session.flush()
    audit.record("role.grant", by_id, object_kind="role", object_id=role.id, note=name)
    return role


def end_role(role: Role, *, now: datetime, by_id: int | None) -> None:
    """End a role from this moment; twice changes nothing. Nobody ends their own."""
    if role.ended_at is not None:
        return
    if role.person_id == by_id:
        raise OwnRole(_("You cannot end your own role. Ask another officer to do it."))
    role.ended_at = now
    audit.record("role.end", by_id, object_kind="role", object_id=role.id, note=role.name)
