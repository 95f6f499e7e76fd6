"""One objection, complaint, question and finding of ours, for tests of every address."""

from datetime import timedelta

from tests.factories import FRIDAY_18, NOW
from tests.hours.ledger import CLOSED, credit, facts
from volunteer_site.core.db import write_transaction
from volunteer_site.hours import services as hours
from volunteer_site.oversight.complaints import codes, subjects
from volunteer_site.oversight.complaints import queries as complaint_queries
from volunteer_site.oversight.complaints import services as complaints
from volunteer_site.oversight.findings import services as findings
from volunteer_site.oversight.objections import services as objections


def of(app, activity, person, officer, entry_id):
    """Make one of each; return what addresses call them."""
    with app.app_context(), write_transaction():
        said = objections.Said("minutes", 40, "提前走了")
        objection = objections.object_to(entry_id, person.id, said, days=10, now=NOW)
        return {"objection_id": objection.id} | _complaint(app, activity, officer) | {
            "finding_id": _finding(activity, person, officer)
        }  # fmt: skip


def _complaint(app, activity, officer):
    subject = subjects.named(f"activity:{activity.id}")
    told = complaints.Told(subject, "那天没有人来", "", 0)
    keys = codes.Codes(str(app.secret_key))
    code = complaints.complain(told, "192.0.2.7", keys, per_hour=5, now=NOW)
    complaint = complaint_queries.by_code(keys.of(code))
    complaints.ask(complaint, "", by_id=officer.id, days=5, now=NOW)
    return {"complaint_id": complaint.id, "question_id": 1, "code": codes.plain(code)}


def _finding(activity, person, officer):
    start = FRIDAY_18 - timedelta(days=400)
    about = facts(
        900_000, title=activity.title, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    one = credit(person, activity.organisation_id, 900_000, started_at=start)
    (number,) = hours.post(about, [one], now=CLOSED)
    proof = findings.Proof("查实当日未到场服务")
    recorder = activity.organisation_id
    return findings.prove([number], recorder, proof, by_id=officer.id, now=CLOSED)
