"""Asking for a late entry, taking it back, granting or refusing it. Inside `write_transaction`."""

from datetime import datetime

import sqlalchemy as sa

from volunteer_site.activities.models import Activity
from volunteer_site.attendance import queries as door
from volunteer_site.attendance.late import posting, queries, rules
from volunteer_site.attendance.late.models import Decision, LateEntry
from volunteer_site.attendance.late.queries import Line
from volunteer_site.attendance.late.refusals import (
    AskedBefore,
    NotYours,
    Settled,
    ThereAlready,
)
from volunteer_site.attendance.late.rules import Wish
from volunteer_site.attendance.models import Direction
from volunteer_site.attendance.queries import Hours
from volunteer_site.attendance.services import closing
from volunteer_site.attendance.services.walk_ins import check_age
from volunteer_site.core import audit, dates
from volunteer_site.core.access import Actor
from volunteer_site.core.db import db, insert_into
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.held.rules import Answer, check_words, decided_before
from volunteer_site.people import queries as people
from volunteer_site.signups.absences import services as absences


def ask(activity_id: int, wish: Wish, by: Actor, *, hours: Hours, now: datetime) -> int:
    """Ask for somebody to be entered late; nothing counts yet. Return the entry's number.

    The same coordinator asking again for the same person gets the same one. Raises what `rules`
    say, ThereAlready and AskedBefore.
    """
    activity = closing.locked(activity_id)
    rules.allow(activity, now, hours)
    rules.check(activity, wish, by.id)
    check_age(activity, people.get(wish.person_id).birth_date)
    _refuse_there(activity, wish.person_id)
    known = queries.open_one(activity_id, wish.person_id)
    if known is not None:
        return _same(known, by.id)
    heads = queries.heads(activity_id)
    rules.check_room(heads, heads.waiting + 1)
    return _write(activity_id, wish, by.id, now)


def withdraw(line: Line, by: Actor, *, now: datetime) -> bool:
    """Take back what one has asked for; tell whether it was this time. Raises NotYours, Settled."""
    if line.asked_by_id != by.id:
        raise NotYours(_("Only %(name)s, who asked, can take it back.", name=line.asked_by))
    if _change(line.id, {"withdrawn_at": max(now, line.asked_at)}):
        audit.record("late.withdraw", by.id, object_kind="late_entry", object_id=line.id)
        return True
    if _now(line).withdrawn_at is None:
        raise Settled(_settled(_now(line)))
    return False


def decide(line: Line, answer: Answer, by: Actor, *, now: datetime) -> bool:
    """Enter somebody late, or say why not; tell whether it was this time.

    Twice is once, and of two who decide at the same moment one does. Granted, the person has
    checked in and out, and if the activity is closed their hours are in the book; if not, closing
    posts them. Raises NotYours (R22), TooLate, NoRoom, ThereAlready, NothingCounts, Settled, and
    what `hours.services.post` raises.
    """
    rules.allow_decision(line, by)
    check_words(answer)
    granted = answer.decision == Decision.GRANTED
    if granted and line.state == "waiting":
        rules.allow_grant(line, now)
    activity = closing.locked(line.activity_id)
    at = max(now, line.asked_at)  # another machine's clock may be a little ahead
    facts = {"decided_at": at, "decided_by_id": by.id, "decision": answer.decision}
    if not _change(line.id, facts | {"answer": answer.words.strip()}):
        _refuse_other(_now(line), answer.decision)
        return False
    if granted:
        _enter(activity, line, by.id, now)
    kind = "late.grant" if granted else "late.refuse"
    audit.record(kind, by.id, object_kind="late_entry", object_id=line.id, note=answer.words)
    return True


def _enter(activity: Activity, line: Line, by_id: int, now: datetime) -> None:
    """Write the marks of a late entry that was granted, and its hours if it is time for them."""
    rules.check_room(queries.heads(activity.id))
    _refuse_there(activity, line.person_id)
    posting.mark(db.session.get_one(LateEntry, line.id, populate_existing=True), now)
    if activity.closed_at is not None:
        posting.post(activity, line, now)
    absences.came_after_all(activity.id, [line.person_id], by_id=by_id, now=now)


def _refuse_there(activity: Activity, person_id: int) -> None:
    for mark in door.marks_of(activity.id, person_id):
        if mark.direction == Direction.IN:
            raise ThereAlready(
                _(
                    "They are on the record since %(time)s. If the minutes are wrong, correct "
                    "the entry.",
                    time=dates.show_time(mark.happened_at),
                ),
                link=(f"/desk/activities/{activity.id}/closing", _("Who was there")),
            )


def _same(known: Line, by_id: int) -> int:
    if known.asked_by_id == by_id:
        return known.id
    raise AskedBefore(
        _(
            "%(name)s asked for this on %(time)s already. You may be the second person who "
            "decides.",
            name=known.asked_by,
            time=dates.show_moment(known.asked_at),
        ),
        link=("/desk/approvals", _("To the approvals")),
    )


def _write(activity_id: int, wish: Wish, by_id: int, now: datetime) -> int:
    written = insert_into(LateEntry).values(
        activity_id=activity_id, shift_id=wish.shift.id, person_id=wish.person_id,
        came_at=wish.came_at, left_at=wish.left_at, reason=wish.reason, evidence=wish.evidence,
        asked_by_id=by_id, asked_at=now, answer="",
    )  # fmt: skip
    number = int(db.session.scalars(written.returning(LateEntry.id)).one())
    audit.record("late.ask", by_id, object_kind="late_entry", object_id=number)
    return number


def _change(late_id: int, facts: dict[str, object]) -> bool:
    """Write down what becomes of one that waits; False if something has become of it already."""
    guarded = sa.update(LateEntry).where(
        LateEntry.id == late_id, LateEntry.decided_at.is_(None), LateEntry.withdrawn_at.is_(None)
    )
    done = db.session.execute(
        guarded.values(**facts), execution_options={"synchronize_session": False}
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _now(line: Line) -> LateEntry:
    return db.session.get_one(LateEntry, line.id, populate_existing=True)


def _refuse_other(kept: LateEntry, decision: Decision) -> None:
    if kept.decision != decision:
        raise Settled(_settled(kept))


def _settled(kept: LateEntry) -> str:
    if kept.decided_at is None:
        return _("It was taken back by who asked for it; there is nothing to decide.")
    return decided_before(kept.decision, kept.decided_at)
