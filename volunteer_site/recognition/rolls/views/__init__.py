"""The public page of a roll, the desk where it is made, one's own rolls, and the kinds."""

from volunteer_site.recognition.rolls.views import (
    desk,
    drafts,
    mine,
    months,
    office,
    proposals,
    public,
    withdrawals,
)

blueprints = (
    public.bp,
    months.bp,
    desk.bp,
    desk.months,
    drafts.rolls,
    drafts.openings,
    drafts.publications,
    drafts.people,
    withdrawals.bp,
    mine.bp,
    office.bp,
    office.previews,
    office.retirements,
)

proposals.connect()
