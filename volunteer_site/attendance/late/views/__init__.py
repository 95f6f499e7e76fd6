"""The web side of entering late: asking, deciding, and how much of it there is."""

from volunteer_site.attendance.late.views import approvals, entries, held, late, shares

blueprints = (
    entries.bp,
    late.evidence,
    late.withdrawals,
    late.decisions,
    held.bp,
    approvals.desk,
    approvals.office,
    shares.bp,
)
