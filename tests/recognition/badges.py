"""What tests of badges need: hours posted week after week, and who holds what since."""

from datetime import timedelta

import sqlalchemy as sa

from tests.factories import FRIDAY_18, NOW
from tests.hours.ledger import credit, facts
from volunteer_site.core.db import db, write_transaction
from volunteer_site.hours import services as hours
from volunteer_site.recognition.badges.models import Award, AwardEntry, Badge
from volunteer_site.recognition.badges.services import load_catalogue

WEEK = timedelta(days=7)


def load(*slugs):
    """Put the catalogue in; of the badges only `slugs` stay, if any are named."""
    with write_transaction():
        load_catalogue(NOW)
        if slugs:
            db.session.execute(sa.delete(Badge).where(Badge.slug.not_in(slugs)))


def serve(person, community, week=0, *, minutes=60, at=FRIDAY_18, **about):
    """Post an hour on the Friday so many weeks from the usual one; return the entry's number."""
    starts = at + week * WEEK
    number = 1000 * person.id + (starts - FRIDAY_18).days
    about |= {"starts_at": starts, "ends_at": starts + timedelta(hours=12)}
    told = facts(about.pop("source_id", number), **about)
    given = credit(person, community, number, minutes=minutes, started_at=starts)
    with write_transaction():
        posted = hours.post(told, [given], now=starts + timedelta(hours=13))
    return posted[0] if posted else None


def held(*, withdrawn=False):
    """Return the standing awards: (person, badge, period) to (earned on, entries)."""
    wanted = Award.withdrawn_at.is_not(None) if withdrawn else Award.withdrawn_at.is_(None)
    asked = (
        sa.select(Award.person_id, Badge.slug, Award.period, Award.earned_on, AwardEntry.entry_id)
        .join(Badge, Badge.id == Award.badge_id)
        .outerjoin(AwardEntry, AwardEntry.award_id == Award.id)
        .where(wanted)
        .order_by(Award.id, AwardEntry.entry_id)
    )
    found = {}
    for person, slug, period, day, entry in db.session.execute(asked):
        found.setdefault((person, slug, period), (day, []))[1].append(entry)
    return found


def slugs_of(person):
    return {slug for holder, slug, _period in held() if holder == person.id}
