"""What machines ask: is the site alive, and can it reach a database of its own version."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from volunteer_site.core.access import public
from volunteer_site.core.db import db, revisions

bp = Blueprint("health", __name__)
blueprints = (bp,)
_revision = sa.text("SELECT version_num FROM alembic_version")


@bp.get("/healthz")
@public
def index() -> ResponseReturnValue:
    """Answer that the process is alive, without asking the database."""
    return _answer({"status": "ok"})


@bp.get("/readyz")
@public
def show() -> ResponseReturnValue:
    """Answer whether the database can be reached and has this version's tables."""
    try:
        migrated = sa.inspect(db.session.connection()).has_table("alembic_version")
        found = db.session.scalar(_revision) if migrated else None
    except sa.exc.SQLAlchemyError:
        return _answer({"status": "the database cannot be reached"}, 503)
    if found != revisions()[0]:
        return _answer({"status": "the database is not migrated: run flask db upgrade"}, 503)
    return _answer({"status": "ok", "revision": found})


def _answer(words: dict[str, Any], status: int = 200) -> ResponseReturnValue:
    response = jsonify(words)
    response.headers["Cache-Control"] = "no-store"
    return response, status
