"""What the office does with a finding: calls it fine, asks, or takes hours back. People decide."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.core import audit
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound, Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import services as hours
from volunteer_site.oversight.anomalies import entries
from volunteer_site.oversight.anomalies.models import Anomaly, AnomalyRule, Answer
from volunteer_site.oversight.anomalies.rules import RULES
from volunteer_site.oversight.questions import services as questions


class AlreadyAnswered(Refusal):
    """Somebody has decided about it before."""


class Concerned(Refusal):
    """Nobody decides about their own hours (R22)."""


class NothingChosen(Refusal):
    """No entry was chosen to be taken back, or none of them counts any more."""

    status = 422


@dataclass(frozen=True)
class Hand:
    """Who decides, and when."""

    by_id: int
    now: datetime


def call_fine(anomaly_id: int, words: str, hand: Hand) -> int:
    """Say that nothing is wrong; the same pattern is not found again. Return how many it answered.

    Open findings of the same pattern are answered with it. Twice is once.
    Raises AlreadyAnswered, and Concerned for one's own hours.
    """
    anomaly = _locked(anomaly_id)
    if anomaly.answer == Answer.FINE:
        return 0
    _refuse_answered(anomaly)
    _refuse_concerned(anomaly, hand.by_id)
    alike = (Anomaly.kind == anomaly.kind, Anomaly.pattern == anomaly.pattern)
    same = (*alike, Anomaly.answered_at.is_(None))
    questions.close(sa.select(Anomaly.question_id).where(*same), hand.now)
    facts = {"answer": Answer.FINE.value, "words": words}
    fine = facts | {"answered_at": hand.now, "answered_by_id": hand.by_id}
    answered = sa.update(Anomaly).where(*same).values(**fine)
    count: int = db.session.execute(answered).rowcount  # type: ignore[attr-defined]
    _record("anomaly.fine", hand.by_id, anomaly, words)
    return count


def ask(anomaly_id: int, words: str, hand: Hand, *, days: int) -> None:
    """Ask the community's coordinators, who answer within so many working days (R8).

    A second question takes the place of the first and its reply. Raises AlreadyAnswered.
    """
    anomaly = _locked(anomaly_id)
    _refuse_answered(anomaly)
    questions.close([anomaly.question_id], hand.now)
    about = entries.about(anomaly)
    asked = questions.ask(about, words, by_id=hand.by_id, days=days, now=hand.now)
    anomaly.question_id = asked


def reverse(anomaly_id: int, chosen: Collection[int], reason: str, hand: Hand) -> int:
    """Take chosen entries back, with the reason that their people read; return how many (R30).

    Of the finding's entries only those that still count. Raises AlreadyAnswered, NothingChosen,
    and Concerned for one's own hours.
    """
    anomaly = _locked(anomaly_id)
    _refuse_answered(anomaly)
    _refuse_concerned(anomaly, hand.by_id)
    rows = [row for row in entries.standing_of(anomaly) if row.number in chosen]
    if not rows:
        raise NothingChosen(_("Choose at least one entry that still counts."))
    hours.take_turns(row.person_id for row in rows)
    for row in rows:
        hours.reverse(row.number, reason, by_id=hand.by_id, now=hand.now)
    anomaly.answered_at, anomaly.answered_by_id = hand.now, hand.by_id
    anomaly.answer, anomaly.words = Answer.REVERSED, reason
    questions.close([anomaly.question_id], hand.now)
    taken = [row.number for row in rows]
    anomaly.evidence = {**anomaly.evidence, "taken_back": taken}
    _record("anomaly.reverse", hand.by_id, anomaly, f"{taken}: {reason}")
    return len(rows)


def change_rule(
    district_id: int, kind: str, numbers: dict[str, int], hand: Hand, *, on: bool
) -> AnomalyRule:
    """Let a rule go by other numbers in a district, or switch it off; earlier ones are kept."""
    if kind not in RULES:
        raise NotFound(_("There is no such rule."))
    off_at = None if on else hand.now
    changed = AnomalyRule(
        organisation_id=district_id,
        kind=kind,
        numbers=numbers,
        switched_off_at=off_at,
        changed_at=hand.now,
        changed_by_id=hand.by_id,
    )
    db.session.add(changed)
    db.session.flush()
    note = " ".join([kind, "on" if on else "off", *(f"{n}={v}" for n, v in numbers.items())])
    audit.record(
        "anomaly.rule", hand.by_id, object_kind="organisation", object_id=district_id, note=note
    )
    return changed


def _locked(anomaly_id: int) -> Anomaly:
    """Return the finding, nobody else deciding about it meanwhile."""
    anomaly = db.session.get(Anomaly, anomaly_id, with_for_update=True, populate_existing=True)
    if anomaly is None:
        raise NotFound(_("There is no such finding."))
    return anomaly


def _refuse_answered(anomaly: Anomaly) -> None:
    if anomaly.answered_at is not None:
        raise AlreadyAnswered(
            _("This was decided before. Reload the page to see what was decided."),
            link=(f"/office/anomalies/{anomaly.id}", _("To the finding")),
        )


def _refuse_concerned(anomaly: Anomaly, by_id: int) -> None:
    """Leave it to somebody else if the hours or the entering were one's own."""
    people = {row.person_id for row in entries.standing_of(anomaly)}
    if by_id in {*people, anomaly.about_id, anomaly.coordinator_id}:
        raise Concerned(_("Nobody decides about their own hours. Another officer has to do it."))


def _record(kind: str, by_id: int, anomaly: Anomaly, note: str) -> None:
    audit.record(kind, by_id, object_kind="anomaly", object_id=anomaly.id, note=note)
