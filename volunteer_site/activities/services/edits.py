"""Changing what is published without stranding anybody: asked first, then told to those above."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from volunteer_site.activities import rules
from volunteer_site.activities.models import Activity, Shift
from volunteer_site.activities.plans import Plan, ShiftPlan
from volunteer_site.activities.services.activities import add_shift, describe, refuse_finished
from volunteer_site.activities.services.signals import enlarged, names_asked, rescheduled
from volunteer_site.core import audit, dates, versions
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound, Refusal
from volunteer_site.core.words import gettext as _


class FewerThanTaken(Refusal):
    """Nobody who has signed up is dropped for a smaller number."""


class HasBegun(Refusal):
    """The time of what has begun stays as people knew it."""


class ShiftStays(Refusal):
    """A published shift is not taken away from those who chose it."""


@dataclass(frozen=True)
class Consequences:
    """What an edit changes for those who have signed up, and who they are."""

    changes: tuple[str, ...]
    people: int
    names: tuple[str, ...]
    fingerprint: str  # of all this; what is confirmed is exactly what was shown


class AsksFirst(Refusal):
    """People have signed up and are touched; the edit has to be confirmed."""

    def __init__(self, consequences: Consequences) -> None:
        super().__init__(_("This touches people who have signed up. Please confirm it."))
        self.consequences = consequences


def edit(
    activity: Activity, plan: Plan, *, by_id: int, now: datetime, confirmed: str | None = None
) -> None:
    """Change an activity; raises AsksFirst until the consequences shown were confirmed.

    Raises FewerThanTaken for less places than people, and the rules of publishing if it is.
    """
    refuse_finished(activity)
    shifts = _locked(activity.id)
    _check(activity, shifts, plan, now)
    consequences = foresee(activity, shifts, plan)
    if consequences.people and consequences.fingerprint != confirmed:
        raise AsksFirst(consequences)
    describe(activity, plan)
    _change_shifts(activity, shifts, plan, now)
    versions.bump("board")
    audit.record("activity.update", by_id, object_kind="activity", object_id=activity.id)


def foresee(activity: Activity, shifts: Sequence[Shift], plan: Plan) -> Consequences:
    """Say what the plan changes for those who have signed up; reads only."""
    everywhere = tuple(_changes_everywhere(activity, plan))
    planned = {shift.id: shift for shift in plan.shifts}
    changes, touched = list(everywhere), []
    for shift in shifts:
        if shift.taken + shift.waiting == 0:
            continue
        own = list(_changes_of(shift, planned[shift.id]))
        changes += own
        if own or everywhere:
            touched.append(shift)
    return _consequences(changes, touched)


def _consequences(changes: list[str], touched: list[Shift]) -> Consequences:
    if not touched:
        return Consequences((), 0, (), "")
    ids = [shift.id for shift in touched]
    seen = (changes, [(shift.id, shift.taken, shift.waiting) for shift in touched])
    names = [name for _, found in names_asked.send(None, shift_ids=ids) for name in found]
    return Consequences(
        tuple(changes),
        sum(shift.taken + shift.waiting for shift in touched),
        tuple(names),
        hashlib.sha256(repr(seen).encode()).hexdigest()[:16],
    )


def _changes_everywhere(activity: Activity, plan: Plan) -> Iterator[str]:
    place, age = plan.words["place"], plan.words["minimum_age"]
    if place != activity.place:
        yield _("Place: %(new)s instead of %(old)s", old=activity.place, new=place)
    if age > activity.minimum_age:
        yield _("From %(new)d years on instead of %(old)d", old=activity.minimum_age, new=age)


def _changes_of(shift: Shift, plan: ShiftPlan) -> Iterator[str]:
    if _moved(shift, plan):
        yield _(
            "Time: %(new)s instead of %(old)s",
            old=dates.show_span(shift.starts_at, shift.ends_at),
            new=dates.show_span(plan.starts_at, plan.ends_at),
        )
    if plan.places < shift.places:
        yield _(
            "Places: %(new)d instead of %(old)d; the %(taken)d who have one keep it",
            old=shift.places,
            new=plan.places,
            taken=shift.taken,
        )


def _locked(activity_id: int) -> list[Shift]:
    """Return the shifts as they stand now, so that nobody signs up until we are done."""
    asked = sa.select(Shift).where(Shift.activity_id == activity_id)
    asked = asked.order_by(Shift.starts_at, Shift.id).with_for_update(key_share=True)
    return list(db.session.scalars(asked.execution_options(populate_existing=True)))


def _check(activity: Activity, shifts: list[Shift], plan: Plan, now: datetime) -> None:
    rules.check_times(plan)
    _check_shifts(activity, shifts, plan)
    if activity.published_at is None:
        return
    rules.check_words(plan.words)
    old = {shift.id: shift for shift in shifts}
    if any(s.id is None or _moved(old[s.id], s) for s in plan.shifts):
        if activity.starts_at <= now:
            raise HasBegun(
                _(
                    "It began at %(time)s, so its time stays. Close it when it is over.",
                    time=dates.show_moment(activity.starts_at),
                )
            )
        rules.check(plan, now)


def _check_shifts(activity: Activity, shifts: list[Shift], plan: Plan) -> None:
    planned = {shift.id: shift for shift in plan.shifts if shift.id is not None}
    if planned.keys() - {shift.id for shift in shifts}:
        raise NotFound(_("One of these shifts is gone. Reload the page and look again."))
    for shift in shifts:
        kept = planned.get(shift.id)
        if kept is None and activity.published_at is not None:
            raise ShiftStays(
                _("A published shift cannot be taken away. Give it the places that are taken.")
            )
        if kept is not None and kept.places < shift.taken:
            raise FewerThanTaken(_too_few(shift, kept.places))


def _too_few(shift: Shift, places: int) -> str:
    return _(
        "%(taken)d people have signed up, so %(places)d places are too few. Write at least "
        "%(taken)d, or ask some of them to withdraw first.",
        taken=shift.taken,
        places=places,
    )


def _change_shifts(activity: Activity, shifts: list[Shift], plan: Plan, now: datetime) -> None:
    old = {shift.id: shift for shift in shifts}
    for planned in plan.shifts:
        if planned.id is None:
            add_shift(activity, planned)
        else:
            _change(old.pop(planned.id), planned, now)
    for shift in old.values():
        db.session.delete(shift)
    db.session.flush()


def _change(shift: Shift, plan: ShiftPlan, now: datetime) -> None:
    moved, grown = _moved(shift, plan), plan.places > shift.places
    shift.name, shift.places = plan.name, plan.places
    shift.starts_at, shift.ends_at = plan.starts_at, plan.ends_at
    db.session.flush()
    if moved:
        rescheduled.send(None, shift_id=shift.id, starts_at=shift.starts_at, ends_at=shift.ends_at)
    if grown and shift.waiting:
        enlarged.send(None, shift_id=shift.id, now=now)


def _moved(shift: Shift, plan: ShiftPlan) -> bool:
    return (shift.starts_at, shift.ends_at) != (plan.starts_at, plan.ends_at)
