"""The volunteer's side: applying for the next star, one after the other (R37)."""

from datetime import date, datetime

import sqlalchemy as sa

from volunteer_site.core import audit, dates, turns
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound, Refusal
from volunteer_site.core.words import for_everybody
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import Person
from volunteer_site.recognition.notices import services as notices
from volunteer_site.recognition.stars import queries
from volunteer_site.recognition.stars.models import StarApplication
from volunteer_site.recognition.stars.scale import Star


class OutOfSequence(Refusal):
    """Stars are given one after the other; none is skipped."""


class NotEnoughHours(Refusal):
    """The hours are not enough for this star."""


class TooEarly(Refusal):
    """The days that this star takes have not passed."""


class Barred(Refusal):
    """The office decided that somebody may not apply for a while."""


class AppliedAlready(Refusal):
    """One application is decided before the next."""


class NoPlace(Refusal):
    """Nobody knows whose desk the application should go to."""


class Decided(Refusal):
    """What is decided does not change any more."""


def apply(person_id: int, level: int, now: datetime) -> StarApplication:
    """Apply for a star; the same again gives the same application.

    Raises AppliedAlready, OutOfSequence, NotEnoughHours, TooEarly, Barred or NoPlace.
    """
    wait_for(person_id)
    waiting = queries.open_of(person_id)
    if waiting is not None:
        return _same(waiting, level)
    star = check(person_id, level, now)
    application = StarApplication(
        person_id=person_id,
        organisation_id=_place(person_id),
        level=star.level,
        needed_minutes=star.hours * 60,
        minutes=star.minutes,
        applied_at=now,
    )
    db.session.add(application)
    db.session.flush()
    record("star.apply", person_id, application)
    return application


def withdraw(person_id: int, application_id: int, now: datetime) -> None:
    """Take one's own application back before it is decided; a second time changes nothing.

    Raises NotFound for others' and Decided.
    """
    one = locked(application_id)
    if one.person_id != person_id:
        raise NotFound(_("There is no such application of yours."))
    if one.withdrawn_at is not None:
        return
    still_open(one)
    one.withdrawn_at = now
    if one.notice_id is not None:
        with for_everybody():
            because = _("The applicant has withdrawn the application.")
        notices.call_off(one.notice_id, because, by_id=person_id, now=now)
    record("star.withdraw", person_id, one)


def forget_person(person_id: int, now: datetime) -> None:
    """End the open application of somebody who deletes their data (R45)."""
    waiting = queries.open_of(person_id)
    if waiting is not None:
        withdraw(person_id, waiting.id, now)


def check(person_id: int, level: int, now: datetime) -> Star:
    """Return the star if the person may have it now: by sequence, hours, days, and no bar.

    Raises OutOfSequence, NotEnoughHours, TooEarly or Barred.
    """
    star = queries.way(person_id, now)
    if star is None or star.level != level:
        held = star.level - 1 if star else level
        raise OutOfSequence(
            _(
                "Stars are given one after the other: this person holds %(held)s, so the next one "
                "is star %(next)s, not star %(level)s.",
                held=held,
                next=held + 1,
                level=level,
            ),
            link=("/stars", _("How stars are given")),
        )
    _check_hours(star)
    _check_bar(person_id, dates.today(now))
    return star


def locked(application_id: int) -> StarApplication:
    """Return an application that nobody else changes meanwhile; raises NotFound."""
    asked = sa.select(StarApplication).where(StarApplication.id == application_id)
    asked = asked.with_for_update().execution_options(populate_existing=True)
    one = db.session.scalar(asked)
    if one is None:
        raise NotFound(_("There is no such application."))
    return one


def still_open(one: StarApplication) -> None:
    """Raise Decided unless the application is waiting."""
    if queries.state_of(one) not in {"applied", "noticed"}:
        raise Decided(_("This application was decided or withdrawn meanwhile. Look at it again."))


def wait_for(person_id: int) -> None:
    """Let only one transaction at a time change somebody's stars."""
    turns.wait_for(f"star {person_id}")


def record(kind: str, by_id: int | None, one: StarApplication, note: str = "") -> None:
    """Write an act into the audit log."""
    said = note or _("star %(level)s", level=one.level)
    audit.record(kind, by_id, object_kind="star", object_id=one.id, note=said)


def _same(waiting: StarApplication, level: int) -> StarApplication:
    if waiting.level != level:
        raise AppliedAlready(
            _(
                "Your application for star %(level)s is not decided yet; the next one follows "
                "after it.",
                level=waiting.level,
            ),
            link=("/me/stars", _("Look at it")),
        )
    return waiting


def _check_hours(star: Star) -> None:
    if star.minutes < star.hours * 60:
        raise NotEnoughHours(
            _(
                "Star %(level)s takes %(hours)s hours; there are %(given)s so far. It can be "
                "applied for once they are reached.",
                level=star.level,
                hours=star.hours,
                given=dates.hours(star.minutes),
            ),
            link=("/stars", _("How stars are given")),
        )
    if star.from_day is not None:
        raise TooEarly(
            _(
                "The hours are enough, but star %(level)s can only be applied for from %(day)s.",
                level=star.level,
                day=dates.show_day(star.from_day),
            )
        )


def _check_bar(person_id: int, today: date) -> None:
    bar = queries.barred(person_id, today)
    if bar is not None:
        raise Barred(
            _(
                "By a decision of the district office stars cannot be applied for until %(day)s. "
                "Reason: %(reason)s",
                day=dates.show_day(bar.until),
                reason=bar.reason,
            )
        )


def _place(person_id: int) -> int:
    asked = sa.select(sa.func.coalesce(Person.community_id, Person.unit_id))
    place = db.session.scalar(asked.where(Person.id == person_id))
    if place is None:
        raise NoPlace(
            _("Choose your community first: its coordinators look at the application."),
            link=("/me/profile", _("Choose my community")),
        )
    return int(place)
