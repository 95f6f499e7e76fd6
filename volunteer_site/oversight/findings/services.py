"""Proving entries false: they are taken back together, and what changed is kept (R30)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import audit
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import services as hours
from volunteer_site.hours.models import HourEntry
from volunteer_site.oversight import consequences
from volunteer_site.oversight.complaints.models import Complaint, ComplaintNote
from volunteer_site.oversight.complaints.subjects import district_of
from volunteer_site.oversight.findings import queries
from volunteer_site.oversight.findings.models import Finding, FindingEntry


class NotTheirs(Refusal):
    """Nobody decides about their own hours (R22)."""

    status = 422


@dataclass(frozen=True)
class Proof:
    """Why the entries are false, and the complaint that led to it, if one did."""

    reason: str
    complaint: Complaint | None = None

    @property
    def words(self) -> str:
        """Return the reason as it stands in the ledger, naming the case."""
        if self.complaint is None:
            return self.reason
        number = self.complaint.number
        return _("Case %(number)s: %(reason)s", number=number, reason=self.reason)


def prove(
    entry_ids: Sequence[int], recorder_id: int, proof: Proof, *, by_id: int, now: datetime
) -> int:
    """Take these entries back and keep the list of what changed; return the finding's number.

    Raises NotTheirs, and what `hours.services.reverse` does.
    """
    _take_back(entry_ids, proof.words, by_id, now)
    finding = Finding(
        district_id=district_of(recorder_id),
        complaint_id=proof.complaint.id if proof.complaint else None,
        found_at=now,
        found_by_id=by_id,
        reason=proof.words,
        facts=queries.facts_of(consequences.of(entry_ids, now)),
    )
    db.session.add(finding)
    db.session.flush()
    rows = [{"finding_id": finding.id, "entry_id": number} for number in sorted(entry_ids)]
    db.session.execute(sa.insert(FindingEntry), rows)
    _tell(finding, proof)
    audit.record("finding.create", by_id, object_kind="finding", object_id=finding.id)
    return finding.id


def _take_back(entry_ids: Sequence[int], reason: str, by_id: int, now: datetime) -> None:
    """Take all of them back, nobody else touching these people's hours meanwhile."""
    theirs = sa.select(HourEntry.person_id).where(HourEntry.id.in_(entry_ids))
    people = set(db.session.scalars(theirs))
    if by_id in people:
        raise NotTheirs(_("Nobody decides about their own hours. Another officer has to do it."))
    hours.take_turns(people)
    for number in sorted(entry_ids):
        hours.reverse(number, reason, by_id=by_id, now=now)


def _tell(finding: Finding, proof: Proof) -> None:
    """Write the finding into the case that led to it."""
    if finding.complaint_id is not None:
        about = {"complaint_id": finding.complaint_id, "at": finding.found_at}
        db.session.add(
            ComplaintNote(**about, step="found", by_id=finding.found_by_id, words=proof.reason)
        )
