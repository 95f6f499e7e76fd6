"""The audit log: who did what to which record, added to and never changed (R53)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import clock
from volunteer_site.core.append_only import guard
from volunteer_site.core.db import Model, db


class AuditEvent(Model):
    """One important act or failed log-in. People are known by number only."""

    __tablename__ = "audit_events"
    __table_args__ = (sa.Index("ix_audit_events_kind_at", "kind", "at"),)

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    at: orm.Mapped[datetime] = orm.mapped_column(index=True)
    kind: orm.Mapped[str]  # such as "activity.publish"
    actor_id: orm.Mapped[int | None] = orm.mapped_column(index=True)
    object_kind: orm.Mapped[str] = orm.mapped_column(default="")
    object_id: orm.Mapped[int | None]
    address: orm.Mapped[str] = orm.mapped_column(default="")  # of the network
    succeeded: orm.Mapped[bool] = orm.mapped_column(default=True)
    note: orm.Mapped[str] = orm.mapped_column(default="")


guard(AuditEvent.__table__)


def record(kind: str, actor_id: int | None, **facts: object) -> None:
    """Add an event; `facts` are the other columns of `AuditEvent`."""
    values = {"at": clock.now(), "kind": kind, "actor_id": actor_id} | facts
    db.session.execute(sa.insert(AuditEvent).values(**values))
