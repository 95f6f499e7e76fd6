"""Numbers that go up with every change, so that a cached page knows when it is old."""

from collections import defaultdict
from collections.abc import Mapping

import sqlalchemy as sa
from flask import g, has_request_context, request
from sqlalchemy import orm

from volunteer_site.core.db import Model, db, insert_into
from volunteer_site.core.look import Look


class DataVersion(Model):
    """The version of one kind of thing shown on cached pages, such as the board."""

    __tablename__ = "data_versions"
    __table_args__ = (sa.CheckConstraint("version >= 0", name="version_counts_up"),)

    name: orm.Mapped[str] = orm.mapped_column(primary_key=True)
    version: orm.Mapped[int]


_versions = Look(sa.select(DataVersion.name, DataVersion.version))


def current(name: str) -> int:
    """Return the version of `name` now; 0 if nothing has changed yet."""
    return all_now()[name]


def all_now() -> Mapping[str, int]:
    """Return all versions; a page, which changes nothing, asks for them only once."""
    if not (has_request_context() and request.method == "GET"):
        return defaultdict(int, _versions())
    if "versions" not in g:
        g.versions = defaultdict(int, _versions())
    return g.versions  # type: ignore[no-any-return]


def bump(name: str) -> None:
    """Say that `name` has changed; call inside the transaction that changes it."""
    first = insert_into(DataVersion).values(name=name, version=1)
    raised = {"version": DataVersion.version + 1}
    db.session.execute(first.on_conflict_do_update(index_elements=["name"], set_=raised))
