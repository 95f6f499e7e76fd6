"""Excusing, noting who did not come, appealing. Call inside a `write_transaction`."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from volunteer_site.activities.models import Activity
from volunteer_site.core import audit
from volunteer_site.core.db import db, insert_into
from volunteer_site.core.errors import NotFound, Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.signups.absences import queries, rule
from volunteer_site.signups.absences.cases import Case
from volunteer_site.signups.absences.models import Appeal, Cleared, Excuse, NoShow
from volunteer_site.signups.models import Signup


class ReasonNeeded(Refusal):
    """Once an activity is closed, excusing somebody says why."""

    status = 422


class NothingToAppeal(Refusal):
    """The no-show does not count, or its appeal is answered or still open."""


class AnsweredAlready(Refusal):
    """Somebody else has answered the appeal."""


class OwnAppeal(Refusal):
    """Nobody decides about themselves (R22)."""


def excuse(activity: Activity, person_id: int, reason: str, *, by_id: int, now: datetime) -> bool:
    """Excuse somebody with a place; tell whether they were not excused before.

    Once the activity is closed a reason is asked for, and the no-show does not count any more.
    Raises ReasonNeeded, and NotFound for who has no place.
    """
    _check_place(activity.id, person_id)
    if activity.closed_at is not None and not reason:
        raise ReasonNeeded(
            _("The activity is closed. Say why they could not come, so that it can be looked up.")
        )
    facts = {"reason": reason, "given_at": now, "given_by_id": by_id}
    key = {"activity_id": activity.id, "person_id": person_id}
    written = insert_into(Excuse).on_conflict_do_nothing(
        index_elements=["activity_id", "person_id"],
        index_where=sa.text("withdrawn_at IS NULL"),
    )
    first = bool(db.session.scalar(written.returning(Excuse.id), key | facts))
    if first and activity.closed_at is not None:
        clear(activity.id, [person_id], Cleared.EXCUSE, by_id=by_id, now=now)
        audit.record("absence.excuse", by_id, object_kind="person", object_id=person_id)
    return first


def withdraw_excuse(activity: Activity, person_id: int, *, by_id: int, now: datetime) -> None:
    """Take an excuse back; a no-show that it cleared counts again. Twice is once."""
    standing = queries.standing_excuse(activity.id, person_id)
    if standing is None:
        return
    standing.withdrawn_at, standing.withdrawn_by_id = max(now, standing.given_at), by_id
    db.session.flush()
    if activity.closed_at is None:
        return
    again = {"cleared_at": None, "cleared_because": None, "cleared_by_id": None}
    _change(activity.id, [person_id], NoShow.cleared_because == Cleared.EXCUSE, again)
    audit.record("absence.count", by_id, object_kind="person", object_id=person_id)


def note_no_shows(activity: Activity, person_ids: Collection[int], *, now: datetime) -> list[int]:
    """Note who of these people had a place and did not come; return them.

    Not who is excused, was added at the door, or moved up too late to know of it (R16).
    """
    excused = queries.excused(activity.id)
    asked = (
        sa.select(Signup.person_id, Signup.signed_up_at, Signup.confirmed_at, Signup.starts_at)
        .where(
            Signup.activity_id == activity.id,
            Signup.person_id.in_(person_ids),
            Signup.withdrawn_at.is_(None),
            Signup.confirmed_at.is_not(None),
            Signup.source != "walk_in",
        )
        .order_by(Signup.id)
    )
    away = [
        person_id
        for person_id, signed_up_at, confirmed_at, starts_at in db.session.execute(asked)
        if person_id not in excused
        and rule.could_know(signed_up_at, confirmed_at or starts_at, starts_at)
    ]
    facts = {"activity_id": activity.id, "service_date": activity.service_date, "noted_at": now}
    written = insert_into(NoShow).on_conflict_do_nothing(
        index_elements=["activity_id", "person_id"]
    )
    if away:
        db.session.execute(written, [facts | {"person_id": person_id} for person_id in away])
    return away


def came_after_all(
    activity_id: int, person_ids: Iterable[int], *, by_id: int | None, now: datetime
) -> None:
    """Say that these people were there, as a late entry or a sheet shows; nothing counts then."""
    clear(activity_id, person_ids, Cleared.CAME, by_id=by_id, now=now)


def clear(
    activity_id: int, person_ids: Iterable[int], why: str, *, by_id: int | None, now: datetime
) -> None:
    """Let no-shows not count any more; what does not count already stays as it is."""
    moment = sa.case((NoShow.noted_at > now, NoShow.noted_at), else_=now)  # of another clock
    facts = {"cleared_at": moment, "cleared_because": why, "cleared_by_id": by_id}
    _change(activity_id, person_ids, NoShow.cleared_at.is_(None), facts)


def appeal(case: Case, words: str, *, now: datetime) -> None:
    """Ask for a no-show not to count; the coordinators answer, after a refusal the office."""
    stage = case.next_stage
    if stage is None:
        raise NothingToAppeal(_no_appeal(case))
    whose = {"no_show_id": case.absence.id, "person_id": case.absence.person_id}
    facts = whose | {"stage": stage, "words": words, "made_at": now}
    written = insert_into(Appeal).on_conflict_do_nothing(index_elements=["no_show_id", "stage"])
    db.session.execute(written, [facts])


def answer(case: Case, answer: str, *, upheld: bool, by_id: int, now: datetime) -> None:
    """Answer the appeal that is open, with a reason; upheld, the no-show does not count."""
    absence, plea = case.absence, case.pleas[-1]
    if absence.person_id == by_id:
        raise OwnAppeal(
            _("This is about yourself. Somebody else of your community or the office answers it.")
        )
    at = max(now, plea.made_at)  # another machine's clock may be a little ahead of this one's
    facts = {"answered_at": at, "answered_by_id": by_id, "answer": answer, "upheld": upheld}
    open_one = sa.update(Appeal).where(Appeal.id == plea.id, Appeal.answered_at.is_(None))
    if not db.session.execute(open_one.values(facts)).rowcount:  # type: ignore[attr-defined]
        raise AnsweredAlready(_("Somebody has answered this already. Reload the page to see it."))
    if upheld:
        clear(absence.activity_id, [absence.person_id], Cleared.APPEAL, by_id=by_id, now=now)
    audit.record("absence.answer", by_id, object_kind="person", object_id=absence.person_id)


def forget_words(person_id: int) -> None:
    """Empty what was written about somebody who deletes their account (R45)."""
    for change in (
        sa.update(Excuse).where(Excuse.person_id == person_id).values(reason=""),
        sa.update(Appeal).where(Appeal.person_id == person_id).values(words=""),
    ):
        db.session.execute(change)


def _change(
    activity_id: int,
    person_ids: Iterable[int],
    which: sa.ColumnElement[bool],
    facts: dict[str, Any],
) -> None:
    one_of = sa.update(NoShow).where(
        NoShow.activity_id == activity_id, NoShow.person_id.in_(list(person_ids)), which
    )
    db.session.execute(one_of.values(facts), execution_options={"synchronize_session": False})


def _check_place(activity_id: int, person_id: int) -> None:
    asked = sa.select(Signup.id).where(
        Signup.activity_id == activity_id,
        Signup.person_id == person_id,
        Signup.withdrawn_at.is_(None),
        Signup.confirmed_at.is_not(None),
    )
    if db.session.scalar(asked) is None:
        raise NotFound(_("There is no such person on this list."))


def _no_appeal(case: Case) -> str:
    if case.absence.cleared_at is not None:
        return _("This absence does not count any more, so there is nothing to ask for.")
    if case.pleas[-1].answered_at is None:
        return _("You have asked already; wait for the answer.")
    return _("The office has answered. That is the last answer.")
