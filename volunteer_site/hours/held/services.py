"""A second person grants or refuses hours beyond a day's limit. Call inside `write_transaction`."""

from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import audit
from volunteer_site.core.access import Actor
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.held import rules
from volunteer_site.hours.held.models import Decision, HeldHours
from volunteer_site.hours.held.queries import Line
from volunteer_site.hours.held.rules import Answer
from volunteer_site.hours.models import HourEntry
from volunteer_site.hours.queries import standing
from volunteer_site.hours.services import Credit, posted, take_turns
from volunteer_site.hours.services.posting import enter, line_of, refuse_double


class DecidedBefore(Refusal):
    """Somebody else has decided otherwise in the meantime."""


class FirstTakenBack(Refusal):
    """What counted of the same service was taken back, so nothing more of it counts."""


def decide(line: Line, answer: Answer, by: Actor, *, now: datetime) -> bool:
    """Let hours count, or say why they do not; tell whether it was this time.

    The same decision twice is one. Raises rules.NotYours (R22), rules.NoReason, DecidedBefore,
    FirstTakenBack and what `hours.services.post` raises about minutes counted twice (R6).
    """
    rules.allow(line, by)
    rules.check_words(answer)
    take_turns([line.person_id])
    if not _keep(line.id, answer, by.id, now):
        _check_same(line.id, answer.decision)
        return False
    if answer.decision == Decision.GRANTED:
        _enter(db.session.get_one(HeldHours, line.id, populate_existing=True), by.id, now)
    kind = f"held.{'grant' if answer.decision == Decision.GRANTED else 'refuse'}"
    audit.record(kind, by.id, object_kind="held_hours", object_id=line.id, note=answer.words)
    return True


def _keep(held_id: int, answer: Answer, by_id: int, now: datetime) -> bool:
    """Write the decision down, unless there is one; whoever comes first decides."""
    guarded = sa.update(HeldHours).where(HeldHours.id == held_id, HeldHours.decided_at.is_(None))
    at = sa.case((HeldHours.held_at > now, HeldHours.held_at), else_=now)  # of another clock
    facts = {"decided_at": at, "decided_by_id": by_id, "decision": answer.decision}
    done = db.session.execute(
        guarded.values(answer=answer.words.strip(), **facts),
        execution_options={"synchronize_session": False},
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _check_same(held_id: int, decision: Decision) -> None:
    kept = db.session.get_one(HeldHours, held_id, populate_existing=True)
    if kept.decision != decision and kept.decided_at is not None:
        raise DecidedBefore(rules.decided_before(kept.decision, kept.decided_at))


def _enter(held: HeldHours, by_id: int, now: datetime) -> None:
    """Add the line to the ledger; not if what counted of the service was taken back."""
    _check_first(held)
    credit = Credit(
        held.person_id, held.recorder_id, held.unit_id, held.id, held.proof,
        held.started_at, held.ended_at, held.minutes, by_id, source="held",
    )  # fmt: skip
    refuse_double([credit])
    enter([line_of(held.service_date, credit, held.service_id, now)])
    posted.send(None, person_ids=frozenset({held.person_id}), now=now)


def _check_first(held: HeldHours) -> None:
    """Raise FirstTakenBack if hours of the same service were entered and none stands now."""
    theirs = sa.select(sa.func.min(HourEntry.id)).where(
        HourEntry.service_id == held.service_id, HourEntry.person_id == held.person_id
    )
    number = db.session.scalar(theirs)
    if number is None or db.session.scalar(theirs.where(standing())) is not None:
        return
    raise FirstTakenBack(
        _(
            "Entry %(number)d of the same service was taken back, so the rest of it cannot count. "
            "Refuse it with that reason.",
            number=number,
        )
    )
