"""The person's own objections, and the desk and the office where they are answered."""

from volunteer_site.oversight.objections.views import desk, entries, mine, office, steps

blueprints = (
    entries.bp,
    mine.bp,
    steps.notes,
    steps.withdrawals,
    steps.escalations,
    desk.bp,
    desk.agreements,
    desk.refusals,
    office.bp,
    office.agreements,
    office.refusals,
)
