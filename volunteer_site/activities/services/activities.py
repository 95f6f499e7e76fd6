"""One dated occasion: drafted, published, cancelled. Edits are in `edits`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from volunteer_site.activities import occurrences, queries, rules
from volunteer_site.activities.models import Activity, Programme, Shift
from volunteer_site.activities.occurrences import Occurrence
from volunteer_site.activities.plans import DESCRIBED, Plan, plan_of
from volunteer_site.activities.services.programmes import refuse_ended
from volunteer_site.activities.services.signals import cancelling
from volunteer_site.core import audit, dates, versions
from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _


class AlreadyMade(Refusal):
    """The programme has an activity for that date (W52)."""


class NotHeld(Refusal):
    """The programme skips that date (R26)."""


class ActivityCancelled(Refusal):
    """What was cancelled stays cancelled."""


class ActivityClosed(Refusal):
    """What was closed stays as it was recorded."""


class ReasonMissing(Refusal):
    """Those who signed up are told why."""

    status = 422


@dataclass(frozen=True)
class Origin:
    """Who holds the activity, and from which programme and date of it."""

    organisation_id: int
    programme_id: int | None = None
    occurrence_on: date | None = None


def create(origin: Origin, plan: Plan, *, by_id: int | None, now: datetime) -> Activity:
    """Keep a draft; raises AlreadyMade if the programme's date has an activity (W52)."""
    rules.check_times(plan)
    _refuse_second(origin)
    activity = Activity(created_at=now, created_by_id=by_id, **vars(origin))
    describe(activity, plan)
    db.session.add(activity)
    db.session.flush()
    for shift in plan.shifts:
        add_shift(activity, shift)
    db.session.flush()
    audit.record("activity.create", by_id, object_kind="activity", object_id=activity.id)
    return activity


def from_programme(
    programme: Programme, occurrence: Occurrence, *, by_id: int | None, now: datetime
) -> Activity:
    """Publish the programme's activity of that date just as it is filled in."""
    refuse_ended(programme)
    if occurrence.day is None:
        raise NotHeld(occurrence.why)
    origin = Origin(programme.organisation_id, programme.id, occurrence.due_on)
    activity = create(origin, occurrences.prefilled(programme, occurrence), by_id=by_id, now=now)
    publish(activity, by_id=by_id, now=now)
    return activity


def publish(activity: Activity, *, by_id: int | None, now: datetime) -> None:
    """Let everybody see it and sign up; raises a rule of R10 or R15. Twice is once."""
    refuse_finished(activity)
    if activity.published_at is not None:
        return
    rules.check(plan_of(activity, queries.shifts(activity.id)), now)
    activity.published_at, activity.published_by_id = now, by_id
    activity.leader_id = activity.leader_id or by_id
    versions.bump("board")
    audit.record("activity.publish", by_id, object_kind="activity", object_id=activity.id)


def cancel(activity: Activity, reason: str | None, *, by_id: int, now: datetime) -> None:
    """Call it off and say why; a draft too, so that it is not made again (W52). Twice is once."""
    if activity.closed_at is not None:
        raise ActivityClosed(_("This activity is closed and its hours are posted."))
    if activity.cancelled_at is not None:
        return
    if not reason:
        raise ReasonMissing(_("Please say why; everybody who signed up will read it."))
    cancelling.send(None, activity_id=activity.id, now=now)
    activity.cancelled_at, activity.cancelled_by_id = now, by_id
    activity.cancellation_reason = reason
    versions.bump("board")
    audit.record("activity.cancel", by_id, object_kind="activity", object_id=activity.id)


def describe(activity: Activity, plan: Plan) -> None:
    """Write the plan's words and the times of all its shifts together into the activity."""
    for name, value in _columns(plan).items():
        setattr(activity, name, value)


def add_shift(activity: Activity, plan: Any) -> None:
    """Add a shift as planned."""
    db.session.add(
        Shift(
            activity_id=activity.id,
            name=plan.name,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            places=plan.places,
        )
    )


def refuse_finished(activity: Activity) -> None:
    """Raise ActivityCancelled or ActivityClosed if nothing can be changed any more."""
    if activity.cancelled_at is not None:
        raise ActivityCancelled(
            _("This activity was cancelled: %(why)s", why=activity.cancellation_reason)
        )
    if activity.closed_at is not None:
        raise ActivityClosed(
            _("This activity was closed at %(time)s.", time=dates.show_moment(activity.closed_at))
        )


def _columns(plan: Plan) -> dict[str, Any]:
    day = dates.local_date(plan.starts_at)
    return {name: plan.words[name] for name in DESCRIBED} | {
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "service_date": day,
        "week": dates.week_of(day),
        "signup_closes_at": plan.closes_at,
        "leader_id": plan.leader_id,
        "note": plan.note,
    }


def _refuse_second(origin: Origin) -> None:
    """Lock the programme, so that two who post at once are one after the other."""
    if origin.programme_id is None:
        return
    lock = sa.select(Programme.id).where(Programme.id == origin.programme_id)
    db.session.execute(lock.with_for_update(key_share=True))
    day = origin.occurrence_on
    if day is None:
        return
    made = queries.made([origin.programme_id], day).get(origin.programme_id, {})
    if day in made:
        raise AlreadyMade(
            _("The activity of %(day)s is there already.", day=dates.show_day(day)),
            link=(f"/desk/activities/{made[day]}", _("To that activity")),
        )
