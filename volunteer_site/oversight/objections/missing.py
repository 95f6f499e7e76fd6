"""Closed activities in which somebody has no hours: where an entry may be missing."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from volunteer_site.activities.models import Activity
from volunteer_site.core import dates
from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.hours.models import HourEntry, ServiceRecord
from volunteer_site.hours.queries import standing
from volunteer_site.organisations.models import Organisation
from volunteer_site.signups.models import Signup

REACH = timedelta(days=60)  # how far back a missing activity may lie
MOST = 30  # activities to choose from


class Candidate(NamedTuple):
    """A closed activity for which somebody has no hours."""

    activity_id: int
    organisation_id: int
    title: str
    community: str
    starts_at: datetime
    ends_at: datetime
    signed_up: bool


class Search(NamedTuple):
    """What is looked for; nothing for what one signed up for."""

    words: str = ""
    day: date | None = None
    slug: str = ""


def without_hours(person_id: int, now: datetime, search: Search) -> list[Candidate]:
    """Return closed activities of the last 60 days in which somebody has no hours.

    Those they signed up for come first; others only if they are looked for.
    """
    asked = _candidates(person_id, now)
    if search.words:
        asked = asked.where(Activity.title.icontains(search.words, autoescape=True))
    if search.day is not None:
        asked = asked.where(Activity.service_date == search.day)
    if search.slug:
        asked = asked.where(Organisation.slug == search.slug)
    if not any(search):
        asked = asked.where(Signup.id.is_not(None))
    order = (Signup.id.is_(None), Activity.starts_at.desc(), Activity.id)
    return [Candidate(*row) for row in db.session.execute(asked.order_by(*order).limit(MOST))]


def candidate(person_id: int, activity_id: int, now: datetime) -> Candidate:
    """Return a closed activity of the last 60 days without hours of the person; or NotFound."""
    asked = _candidates(person_id, now).where(Activity.id == activity_id)
    row = db.session.execute(asked).first()
    if row is None:
        raise NotFound(
            _(
                "There is no closed activity of the last %(days)s days with this number in which "
                "you have no hours.",
                days=REACH.days,
            ),
            link=("/me/objections/new", _("Choose again")),
        )
    return Candidate(*row)


def _candidates(person_id: int, now: datetime) -> Any:
    has_hours = (
        sa.exists()
        .where(
            ServiceRecord.source == "activity",
            ServiceRecord.source_id == Activity.id,
            HourEntry.service_id == ServiceRecord.id,
            HourEntry.person_id == person_id,
        )
        .where(standing())
    )
    signed_up = sa.and_(
        Signup.activity_id == Activity.id,
        Signup.person_id == person_id,
        Signup.withdrawn_at.is_(None),
    )
    return (
        sa.select(
            Activity.id, Organisation.id, Activity.title, Organisation.name, Activity.starts_at,
            Activity.ends_at, Signup.id.is_not(None),
        )
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .outerjoin(Signup, signed_up)
        .where(
            ~has_hours,
            Activity.closed_at.is_not(None),
            Activity.service_date >= dates.today(now - REACH),
        )
    )  # fmt: skip
