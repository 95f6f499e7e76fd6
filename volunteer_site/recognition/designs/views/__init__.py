"""The designer, one's own designs, the desk and the office where they are decided, the pictures."""

from volunteer_site.recognition.designs.views import desk, files, mine, office, previews

blueprints = (
    mine.bp,
    mine.withdrawals,
    previews.bp,
    previews.pictures,
    desk.bp,
    desk.approvals,
    desk.refusals,
    office.bp,
    office.approvals,
    office.refusals,
    files.bp,
    files.emblems,
)
