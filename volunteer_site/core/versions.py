"""Numbers that go up with every change, so that a cached page knows when it is old."""

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core.db import Model, db


class DataVersion(Model):
    """The version of one kind of thing shown on cached pages, such as the board."""

    __tablename__ = "data_versions"
    __table_args__ = (sa.CheckConstraint("version >= 0", name="version_counts_up"),)

    name: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    version: orm.Mapped[int]


_current = sa.select(DataVersion.version).where(DataVersion.name == sa.bindparam("name"))


def current(name: str) -> int:
    """Return the version of `name` now; 0 if nothing has changed yet."""
    return db.session.execute(_current, {"name": name}).scalar() or 0


def bump(name: str) -> None:
    """Say that `name` has changed; call inside the transaction that changes it."""
    raised = sa.update(DataVersion).where(DataVersion.name == name)
    outcome = db.session.execute(raised.values(version=DataVersion.version + 1))
    if not outcome.rowcount:  # type: ignore[attr-defined]
        db.session.execute(sa.insert(DataVersion).values(name=name, version=1))
