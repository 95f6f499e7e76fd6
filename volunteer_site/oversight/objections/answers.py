"""The other side: the coordinator answers, the office decides. Hours change in the ledger (R13)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import services as hours
from volunteer_site.oversight import evidence
from volunteer_site.oversight.deadlines import due_on
from volunteer_site.oversight.objections.models import Decision, Objection
from volunteer_site.oversight.objections.queries import state_of
from volunteer_site.oversight.objections.services import NotOpen, locked, note

UNANSWERED: Final = {"open", "accepted"}


class NotTheirs(Refusal):
    """Nobody decides about their own hours (R22)."""

    status = 422


class NothingToChange(Refusal):
    """No entry counts that could be put right, and no activity is known to enter hours for."""


@dataclass(frozen=True)
class Hand:
    """Who answers, when, and whether it is the office, which decides finally."""

    by_id: int
    now: datetime
    office: bool = False


def agree(objection_id: int, minutes: int | None, words: str, hand: Hand) -> None:
    """Find the objection right: the entry is put right, or taken back with no minutes.

    Where no entry counts, it stays open until the hours are entered later (`settle`). Raises
    NotTheirs, NotOpen and what `hours.services.correct` does.
    """
    objection = _to_answer(objection_id, hand)
    counted = evidence.of(objection).counted
    if counted is None:
        _accept(objection, words, hand)
        return
    if minutes is not None and minutes != counted.minutes:
        _put_right(counted.number, minutes, _reason(objection, words), hand)
        objection.changed_entry_id = counted.number
    _conclude(objection, Decision.AGREED, words, hand)


def refuse(objection_id: int, words: str, hand: Hand, *, days: int) -> None:
    """Find the objection wrong, saying why; the person can take it to the office in time."""
    objection = _to_answer(objection_id, hand)
    if not hand.office:
        objection.escalate_by = due_on(hand.now, days)
    _conclude(objection, Decision.REFUSED, words, hand)


def settle(person_ids: frozenset[int], now: datetime) -> None:
    """Close what was found right and waited for hours, once those are in the ledger."""
    asked = sa.select(Objection).where(
        Objection.accepted_at.is_not(None),
        Objection.answered_at.is_(None) | Objection.escalated_at.is_not(None),
        Objection.decided_at.is_(None),
        Objection.withdrawn_at.is_(None),
    )
    for objection in db.session.scalars(asked).all():
        if objection.person_id in person_ids and objection.activity_id is not None:
            number = evidence.counted_entry(objection.person_id, objection.activity_id)
            if number is not None:
                hand = Hand(objection.accepted_by_id or 0, now, objection.escalated_at is not None)
                _conclude(objection, Decision.AGREED, objection.answer, hand)


def _to_answer(objection_id: int, hand: Hand) -> Objection:
    """Return an objection that this hand may answer now, nobody else doing so meanwhile."""
    objection = locked(objection_id)
    if hand.by_id == objection.person_id:
        raise NotTheirs(
            _("Nobody decides about their own hours. Another coordinator or the office will.")
        )
    state = state_of(objection, hand.now).name
    if state not in (UNANSWERED | {"escalated"} if hand.office else UNANSWERED):
        raise NotOpen(_("This objection was answered or withdrawn meanwhile. Look at it again."))
    return objection


def _accept(objection: Objection, words: str, hand: Hand) -> None:
    if objection.activity_id is None:
        raise NothingToChange(_("No entry counts here any more, so there is nothing to put right."))
    objection.accepted_at, objection.accepted_by_id = hand.now, hand.by_id
    note(objection, "accepted", hand.by_id, hand.now, words)


def _put_right(number: int, minutes: int, reason: str, hand: Hand) -> None:
    if minutes:
        hours.correct(number, minutes, reason, by_id=hand.by_id, now=hand.now)
    else:
        hours.reverse(number, reason, by_id=hand.by_id, now=hand.now)


def _reason(objection: Objection, words: str) -> str:
    why = words or objection.words
    if why:
        return _("Objection no. %(number)s: %(words)s", number=objection.id, words=why)
    return _("Objection no. %(number)s by the volunteer was found right.", number=objection.id)


def _conclude(objection: Objection, decision: Decision, words: str, hand: Hand) -> None:
    """Write the answer down: the coordinator's, or the office's final one."""
    made: dict[str, Any] = (
        {"decided_at": hand.now, "decided_by_id": hand.by_id, "ruling": decision,
         "ruling_words": words}
        if hand.office
        else {"answered_at": hand.now, "answered_by_id": hand.by_id, "decision": decision,
              "answer": words}
    )  # fmt: skip
    for name, value in made.items():
        setattr(objection, name, value)
    step = {Decision.AGREED: "upheld", Decision.REFUSED: "rejected"} if hand.office else {}
    note(objection, step.get(decision, decision), hand.by_id, hand.now, words)
