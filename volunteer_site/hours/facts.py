"""The facts of a service as they were kept when its hours were first posted (R1)."""

from dataclasses import fields

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.hours.models import ServiceRecord
from volunteer_site.hours.services.credits import Facts


def of(source: str, source_id: int) -> Facts | None:
    """Return what the record says about a service; None if nothing was posted for it yet."""
    asked = sa.select(ServiceRecord).where(
        ServiceRecord.source == source, ServiceRecord.source_id == source_id
    )
    kept = db.session.scalar(asked)
    if kept is None:
        return None
    return Facts(**{field.name: getattr(kept, field.name) for field in fields(Facts)})
