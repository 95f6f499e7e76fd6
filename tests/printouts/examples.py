"""What the addresses of the print shop may name, for the tests that try every address."""

from tests.factories import NOW
from volunteer_site.core.db import write_transaction
from volunteer_site.printouts.jobs import services


def of(app, person, community):
    """Return a paper, what it is about, and a print job of the person's own."""
    with app.app_context(), write_transaction():
        what = ("roll-a4", "2026-11")
        job_id = services.order((person.id, community.id), what, {}, 1, now=NOW).id
    return {"paper": "week-poster-a4", "subject": "2026-W47", "job_id": job_id}
