"""The office's side: the scale, stars whose hours fell below them, and who may not apply (R30)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from volunteer_site.core import audit, dates, versions
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound, Refusal
from volunteer_site.core.words import for_everybody
from volunteer_site.core.words import gettext as _
from volunteer_site.hours import queries as hours
from volunteer_site.recognition.notices import services as notices
from volunteer_site.recognition.stars import queries
from volunteer_site.recognition.stars.models import (
    Outcome,
    StarApplication,
    StarBar,
    StarLevel,
    StarReview,
)
from volunteer_site.recognition.stars.scale import Level
from volunteer_site.recognition.stars.services import applying
from volunteer_site.recognition.stars.services.deciding import OwnApplication


class NotRising(Refusal):
    """Each star takes more hours than the one before."""

    status = 422


class NotAStar(Refusal):
    """Only a star that stands can be looked at again."""


def set_scale(levels: Sequence[Level], *, by_id: int, now: datetime) -> None:
    """Let stars take other hours and days from now on; what is awarded stays. Raises NotRising."""
    wanted = [level.hours for level in levels]
    if wanted != sorted(set(wanted)):
        raise NotRising(
            _(
                "Each star has to take more hours than the one before; you wrote %(hours)s.",
                hours=" / ".join(map(str, wanted)),
            )
        )
    changed = [new for new, old in zip(levels, queries.levels(), strict=True) if new != old]
    for level in changed:
        ended = sa.update(StarLevel).where(
            StarLevel.level == level.level, StarLevel.replaced_at.is_(None)
        )
        db.session.execute(ended.values(replaced_at=now))
        db.session.add(StarLevel(**level._asdict(), set_at=now, set_by_id=by_id))
    if changed:
        db.session.flush()
        versions.bump("stars")
        said = " / ".join(f"{level.hours}+{level.days}" for level in levels)
        audit.record("star.scale", by_id, note=said)


def keep(application_id: int, reason: str, *, by_id: int, now: datetime) -> None:
    """Let a star stay although the hours are no longer enough. Raises NotAStar, OwnApplication."""
    _review(_star(application_id, by_id), Outcome.KEPT, reason, by_id, now)


def revoke(application_id: int, reason: str, *, by_id: int, now: datetime) -> None:
    """Revoke a star and all that rest on it, higher ones; raises NotAStar, OwnApplication."""
    star = _star(application_id, by_id)
    asked = sa.select(StarApplication).where(
        StarApplication.person_id == star.person_id,
        StarApplication.level >= star.level,
        queries.standing(),
    )
    for one in db.session.scalars(asked).all():
        one.revoked_at = now
        _review(one, Outcome.REVOKED, reason, by_id, now)
    db.session.flush()
    versions.bump("stars")


def bar(person_id: int, reason: str, *, days: int, by_id: int, now: datetime) -> None:
    """Bar somebody whose hours were proven false from applying, for so many days from today.

    An application that waits is refused with the same reason. Raises OwnApplication.
    """
    _not_oneself(person_id, by_id)
    applying.wait_for(person_id)
    until = dates.today(now) + timedelta(days=days)
    made = StarBar(
        person_id=person_id, until=until, reason=reason, decided_at=now, decided_by_id=by_id
    )
    db.session.add(made)
    waiting = queries.open_of(person_id)
    if waiting is not None:
        waiting.refused_at, waiting.refused_by_id, waiting.refusal_reason = now, by_id, reason
        if waiting.notice_id is not None:
            with for_everybody():
                because = _("The application was refused.")
            notices.call_off(waiting.notice_id, because, by_id=by_id, now=now)
    db.session.flush()
    audit.record("star.bar", by_id, object_kind="person", object_id=person_id, note=reason)


def lift(person_id: int, bar_id: int, reason: str, *, by_id: int, now: datetime) -> None:
    """Let somebody apply again before the time; twice is once. Raises NotFound, OwnApplication."""
    _not_oneself(person_id, by_id)
    asked = sa.select(StarBar).where(StarBar.id == bar_id, StarBar.person_id == person_id)
    found = db.session.scalar(asked.with_for_update())
    if found is None:
        raise NotFound(_("There is no such decision."))
    if found.lifted_at is None:
        found.lifted_at, found.lifted_by_id, found.lifting_reason = now, by_id, reason
        audit.record("star.lift", by_id, object_kind="person", object_id=person_id, note=reason)


def _star(application_id: int, by_id: int) -> StarApplication:
    one = applying.locked(application_id)
    _not_oneself(one.person_id, by_id)
    applying.wait_for(one.person_id)
    if queries.state_of(one) != "awarded":
        raise NotAStar(_("This star was revoked meanwhile, or never awarded. Look at it again."))
    return one


def _review(one: StarApplication, outcome: Outcome, reason: str, by_id: int, now: datetime) -> None:
    review = StarReview(
        application_id=one.id,
        minutes=hours.total_minutes(one.person_id),
        outcome=outcome,
        reason=reason,
        decided_at=now,
        decided_by_id=by_id,
    )
    db.session.add(review)
    kind = "star.revoke" if outcome == Outcome.REVOKED else "star.keep"
    applying.record(kind, by_id, one, reason)


def _not_oneself(person_id: int, by_id: int) -> None:
    if person_id == by_id:
        raise OwnApplication(
            _(
                "Nobody decides about their own star. Another coordinator or the district office "
                "has to."
            )
        )
