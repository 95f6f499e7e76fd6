"""查实: a decision that entries are false, and everything that changed with them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.append_only import guard
from volunteer_site.core.db import Model, foreign_key

REASON_LENGTH = 200


class Finding(Model):
    """Entries were proven false and taken back; `facts` is the list of what changed, as it was."""

    __tablename__ = "findings"
    __table_args__ = (
        sa.CheckConstraint(f"length(reason) BETWEEN 1 AND {REASON_LENGTH}", name="reason_length"),
    )

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    district_id: orm.Mapped[int] = foreign_key("organisations.id")
    complaint_id: orm.Mapped[int | None] = foreign_key("complaints.id")
    found_at: orm.Mapped[datetime]
    found_by_id: orm.Mapped[int] = foreign_key("people.id")
    reason: orm.Mapped[str]
    facts: orm.Mapped[dict[str, Any]]  # people by number only (R45)


class FindingEntry(Model):
    """An entry that was taken back by a finding."""

    __tablename__ = "finding_entries"

    finding_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("findings.id"), primary_key=True)
    entry_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("hour_entries.id"), primary_key=True, unique=True
    )


for append_only in (Finding, FindingEntry):
    guard(append_only.__table__)
