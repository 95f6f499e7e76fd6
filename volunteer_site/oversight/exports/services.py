"""Asking for an export, approving it, keeping that it was fetched; and the national codes."""

from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa

from volunteer_site.core import audit
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.oversight.exports.models import ExportCode, NationalExport
from volunteer_site.oversight.exports.queries import Listed


class NotBySelf(Refusal):
    """Whoever asked does not approve."""


class NotFetchable(Refusal):
    """Nobody has approved it, or its time is over."""


def ask(
    district_id: int, days: tuple[date, date], reason: str, *, by_id: int, now: datetime
) -> int:
    """Ask for an export of these days; return its number. A second officer has to approve."""
    first, last = days
    made = NationalExport(
        district_id=district_id, first_day=first, last_day=last, reason=reason, asked_at=now,
        asked_by_id=by_id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    _record("export.ask", by_id, made.id, reason)
    return made.id


def approve(export_id: int, *, by_id: int, now: datetime) -> None:
    """Let an export be fetched for a week; a second time changes nothing. Raises NotBySelf."""
    fresh = sa.select(NationalExport).where(NationalExport.id == export_id).with_for_update()
    export = db.session.scalars(fresh.execution_options(populate_existing=True)).one()
    if export.asked_by_id == by_id:
        raise NotBySelf(_("You asked for this export, so another officer has to approve it."))
    if export.approved_at is not None:
        return
    export.approved_at, export.approved_by_id = now, by_id
    _record("export.approve", by_id, export_id)


def fetch(found: Listed, name: str, *, by_id: int, now: datetime) -> None:
    """Keep in the audit log that somebody fetched a file of this name; raises NotFetchable."""
    if not found.fetchable(now):
        raise NotFetchable(
            _(
                "This export is not approved, or its week is over. Ask another officer to approve "
                "it, or ask for a new one."
            ),
            link=("/office/exports", _("To the exports")),
        )
    _record("export.fetch", by_id, found.export.id, name)


def set_codes(codes: Mapping[str, str], *, by_id: int, now: datetime) -> None:
    """Keep what the national system calls each kind of work; empty ones have none."""
    db.session.execute(sa.delete(ExportCode))
    rows = [
        {"category": category, "code": code, "changed_at": now}
        for category, code in codes.items()
        if code
    ]
    if rows:
        db.session.execute(sa.insert(ExportCode), rows)
    audit.record("export.codes", by_id)


def _record(kind: str, by_id: int, number: int, note: str = "") -> None:
    audit.record(kind, by_id, object_kind="export", object_id=number, note=note)
