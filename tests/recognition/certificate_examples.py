"""One certificate, one that was asked for, one export of ours, for tests of every address."""

from datetime import date

from tests.factories import NOW
from volunteer_site.core.db import db, write_transaction
from volunteer_site.oversight.exports import services as exports
from volunteer_site.recognition.certificates import services
from volunteer_site.recognition.certificates.documents import Document
from volunteer_site.recognition.certificates.drafts import Days
from volunteer_site.recognition.certificates.models import CertificateRequest
from volunteer_site.recognition.certificates.signing import Key

DAYS = date(2026, 11, 1), date(2026, 11, 20)


def of(app, person, community, officer):
    """Make one of each; the person has hours there. Return what addresses call them."""
    with app.app_context(), write_transaction():
        days, key = Days(person.id, community.id, *DAYS), Key(str(app.secret_key))
        made = services.issue(days, Document(), key, by_id=None, now=NOW)
        asked = CertificateRequest(
            person_id=person.id, recorder_id=community.id, first_day=DAYS[0], last_day=DAYS[1],
            asked_at=NOW,
        )  # fmt: skip
        db.session.add(asked)
        db.session.flush()
        district = community.parent_id
        export = exports.ask(district, DAYS, "月度上报", by_id=officer.id, now=NOW)
        return {
            "certificate_number": made.number, "request_id": asked.id, "export_id": export
        }  # fmt: skip
