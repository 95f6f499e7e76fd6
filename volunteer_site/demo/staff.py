"""Who does the staff's part in what the demo tells: whoever got the role first."""

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.people.models import Role, RoleName


def first(name: RoleName, organisation_id: int | None = None) -> Role:
    """Return the role that was given first and still counts, at one place or anywhere."""
    asked = sa.select(Role).where(Role.name == name, Role.ended_at.is_(None))
    if organisation_id is not None:
        asked = asked.where(Role.organisation_id == organisation_id)
    return db.session.scalars(asked.order_by(Role.id).limit(1)).one()
